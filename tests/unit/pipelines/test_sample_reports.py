"""Sample programmes, budgets, contracts: believable, agreeing with each other, written as their contracts expect."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from pipelines.contracts.contract import Contract, load_contracts
from pipelines.reading.readers import read_delivery
from pipelines.sample import SampleScale, write_sample
from pipelines.sample.budgets import REVENUE
from pipelines.sample.deliveries import Reporting, SampleFile
from pipelines.sample.model import REPORTS, SampleModel, draw_model
from pipelines.sample.programme_files import silent_agencies
from pipelines.sample.programmes import draw_programmes, plan_years
from pipelines.sample.progress import draw_progress, pace_of
from pipelines.sample.region import SampleRegion, read_region
from pipelines.sample.spelling import number_words
from tests.unit.pipelines.loaded import load_file
from warehouse.settings import load_settings

AS_OF = date(2026, 11, 21)
PROFILES = {"kabupaten_mojokerto": "35.16", "kota_mojokerto": "35.76"}
CASES = ["kabupaten_mojokerto", pytest.param("kota_mojokerto", marks=pytest.mark.slow)]
AGENCIES = {"35.16": 30, "35.76": 23}
LAST = 10  # October, the last month due
MONTHLY = ("opd_progres_program", "opd_lra", "opd_kontrak", "opd_fisik")


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    return {contract.source_id: contract for contract in load_contracts()}


@pytest.fixture(scope="module", params=CASES)
def region(request: pytest.FixtureRequest) -> SampleRegion:
    return read_region(load_settings(profile=request.param))


@pytest.fixture(scope="module")
def model(region: SampleRegion) -> SampleModel:
    return draw_model(region, AS_OF, SampleScale(), REPORTS)


@pytest.fixture(scope="module")
def files(model: SampleModel) -> tuple[SampleFile, ...]:
    return model.files()


def files_of(files: tuple[SampleFile, ...], source_id: str) -> list[SampleFile]:
    return [file for file in files if file.source_id == source_id]


@pytest.mark.parametrize(
    ("as_of", "year", "month"),
    [
        (date(2026, 11, 21), 2026, 10),
        (date(2026, 11, 10), 2026, 10),
        (date(2026, 11, 9), 2026, 9),
        (date(2026, 3, 31), 2026, 2),
        (date(2026, 2, 9), 2025, 12),
        (date(2026, 1, 10), 2025, 12),
        (date(2026, 1, 9), 2025, 11),
    ],
)
def test_the_year_reported_on_is_that_of_the_last_month_due(as_of: date, year: int, month: int) -> None:
    reporting = Reporting(read_region(load_settings()), as_of, 12, 0)
    assert (reporting.year, reporting.last_due.month) == (year, month)


def test_every_agency_leads_and_a_third_is_joint(region: SampleRegion, model: SampleModel) -> None:
    plan = model.programmes
    assert 58 <= len(plan) <= 66
    assert {item.lead for item in plan} == set(region.agencies)
    assert len(region.agencies) == AGENCIES[region.code]
    assert 0.28 <= sum(bool(item.support) for item in plan) / len(plan) <= 0.38
    assert all(item.lead not in item.support and set(item.support) <= set(region.agencies) for item in plan)
    assert len({item.code for item in plan}) == len(plan)
    assert (len({item.dimension for item in plan}), len({item.sub_dimension for item in plan})) == (6, 18)
    assert {item.horizon for item in plan} == {"Quick win", "Jangka pendek", "Jangka menengah", "Jangka panjang"}
    assert 170 <= max(len(item.name) for item in plan) <= 190
    assert 5 <= sum(bool(item.kecamatan) for item in plan) <= len(plan) / 3


@pytest.mark.parametrize(
    ("profile", "years"), [("kabupaten_mojokerto", (2024, 2029)), ("kota_mojokerto", (2023, 2032))]
)
def test_plan_years_are_those_published_or_those_around_the_day(profile: str, years: tuple[int, int]) -> None:
    region = read_region(load_settings(profile=profile))
    assert plan_years(region, 2026) == years
    found = {target.year for item in draw_programmes(Reporting(region, AS_OF, 12, 0)) for target in item.targets}
    assert (min(found), max(found)) == years


def test_lateness_is_mostly_small(model: SampleModel) -> None:
    paces = pace_of(model.reporting, len(model.programmes))
    courses = [draw_progress(model.reporting, item, paces[item.number]) for item in model.programmes]
    assert all(len(months) in (0, 12) for months in courses)
    for months in courses:
        for name in ("physical_plan", "physical", "financial_plan", "financial", "realised_idr"):
            values = [value for value in (getattr(month, name) for month in months) if value is not None]
            assert values == sorted(values), name
    last = [months[LAST - 1] for months in courses if months]
    late = {month: month.physical_plan - month.physical for month in last if month.physical is not None}
    critical = [late[m] > (10 if m.physical_plan <= 70 else 5) for m in late]
    assert 2 <= sum(critical) <= 7
    assert sum(abs(points) <= 5 for points in late.values()) >= 0.7 * len(late)
    assert 3 <= sum(5 < points <= 10 for points in late.values()) <= 14
    assert sum(points < -1.5 for points in late.values()) >= 3
    assert any(month.obstacle for month in last)


def test_one_never_reports_one_stopped_and_a_fifth_miss_the_last_month(
    region: SampleRegion, model: SampleModel, files: tuple[SampleFile, ...]
) -> None:
    never, stopped = silent_agencies(model.reporting, model.programmes)
    months: dict[str, set[int]] = {}
    for file in files_of(files, "opd_progres_program"):
        months.setdefault(file.name.split("_")[2], set()).add(int(file.name[-6:-4]))
    assert never not in months and max(months.pop(stopped)) == LAST - 4
    assert {max(sent) for sent in months.values()} == {LAST - 1, LAST}
    late = sum(max(sent) < LAST for sent in months.values())
    assert 0.1 <= late / len(region.agencies) <= 0.3
    assert all(sent == set(range(1, max(sent) + 1)) for sent in months.values())


def test_months_are_received_after_their_end_and_before_the_day(
    model: SampleModel, files: tuple[SampleFile, ...]
) -> None:
    for file in files:
        assert file.received_at.date() <= AS_OF, file.name
        if file.source_id in MONTHLY:
            end = datetime.combine(model.reporting.month_end(int(file.name.split("-")[-1][:2])), time())
            assert timedelta(days=1) < file.received_at - end < timedelta(days=45), file.name


def test_fewer_months_are_a_part_of_all_months(region: SampleRegion, files: tuple[SampleFile, ...]) -> None:
    few = draw_model(region, AS_OF, SampleScale(months=1), REPORTS).files()
    assert {file.name for file in few} < {file.name for file in files}
    assert {file.name[-6:-4] for file in files_of(few, "opd_progres_program")} == {f"{LAST}"}


def test_budgets_agree_with_the_pagu_and_only_grow(model: SampleModel) -> None:
    totals = set()
    raised = 0
    for budget in model.budgets:
        first, revised = budget.ceiling(is_revised=False), budget.ceiling(is_revised=True)
        assert first <= revised <= 1.1 * first
        raised += revised > first
        spending = [account for code, account in budget.accounts.items() if code != REVENUE]
        for month in range(1, 13):
            assert sum(account.budget_in(month) for account in spending) == (revised if month >= 9 else first)
        for account in budget.accounts.values():
            assert list(account.realised) == sorted(account.realised)
            assert 0 < account.realised[-1] <= account.budget
        own = [item.target_of(2026) for item in model.programmes if item.lead == budget.opd]
        assert sum(target.budget_idr for target in own if target) < first
        totals.add((revised, sum(account.realised[LAST - 1] for account in spending)))
    assert 3 <= raised <= len(model.budgets) / 2
    assert len(totals) == len({total for total, _ in totals}) == len(model.budgets)


def test_realisation_is_a_workbook_of_the_provinces_layout(
    model: SampleModel, files: tuple[SampleFile, ...], tmp_path: Path
) -> None:
    file = next(f for f in files_of(files, "opd_lra") if f.name.endswith("-09.xlsx"))
    file.write(tmp_path / file.name)
    sheet = openpyxl.load_workbook(tmp_path / file.name).active
    stored = openpyxl.load_workbook(tmp_path / file.name, data_only=True).active
    assert sheet is not None and stored is not None
    budget = next(item for item in model.budgets if item.opd == file.name.split("_")[1])
    assert str(sheet["E3"].value).startswith("PEMERINTAH ") and "DATA CONTOH" in str(sheet["E6"].value)
    assert "September" in str(sheet["E5"].value) and str(sheet["E5"].value).startswith("periode ")
    assert sheet["K9"].value == model.region.agencies[budget.opd]
    assert [sheet[place].value for place in ("B14", "G14", "Q14", "S14")] == [
        *("KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI")
    ]
    assert [sheet[f"D{row}"].value for row in (18, 19, 22, 23, 26)] == ["4", "4.1", "5", "5.1", "5.4"]
    assert (sheet["Q22"].value, sheet["R22"].value) == ("=SUM(Q23:Q26)", "=SUM(R23:S26)")
    assert stored["Q22"].value == sum(stored[f"Q{row}"].value for row in range(23, 27)) == budget.ceiling(True)
    assert stored["R22"].value == sum(stored[f"R{row}"].value for row in range(23, 27))
    assert stored["R23"].value == budget.accounts["5.1"].realised[8]
    assert 40 <= len(sheet.merged_cells.ranges) <= 46


def test_contracts_are_mostly_in_time_and_a_few_critical(model: SampleModel) -> None:
    until = model.reporting.month_end(LAST)
    critical = 0
    for item in model.contracts:
        assert item.amount <= item.ceiling and item.stages[0].due >= item.signed
        assert [stage.plan for stage in item.stages][-1] == 100
        actual = [stage.actual for stage in item.stages]
        assert actual == sorted(actual)
        reached = [stage for stage in item.stages if stage.due <= until]
        if reached:
            critical += reached[-1].plan - reached[-1].actual > (10 if reached[-1].plan <= 70 else 5)
    assert 65 <= len(model.contracts) <= 95
    assert len({item.opd for item in model.contracts}) == 12
    assert 4 <= critical <= 9


def test_what_has_not_happened_is_an_empty_cell(files: tuple[SampleFile, ...], tmp_path: Path) -> None:
    blanks = {"opd_kontrak": ("Tanggal Kontrak", "Nilai Kontrak"), "opd_fisik": ("Realisasi",)}
    for source_id, columns in blanks.items():
        file = files_of(files, source_id)[-1]
        file.write(tmp_path / file.name)
        with (tmp_path / file.name).open(encoding="utf-8", newline="") as stream:
            next(stream)
            rows = list(csv.DictReader(stream, delimiter=";"))
        month_end = model_month_end(file.name)
        for row in rows:
            day = row.get("Jadwal") or row.get("Tanggal Kontrak")
            is_past = bool(day) and datetime.strptime(str(day), "%d/%m/%Y").date() <= month_end
            assert all(bool(row[column]) == is_past for column in columns)


def model_month_end(name: str) -> date:
    first = date.fromisoformat(f"{name[-11:-4]}-01")
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


@pytest.mark.parametrize("source_id", sorted(REPORTS))
def test_each_source_is_what_its_contract_expects(
    source_id: str, files: tuple[SampleFile, ...], region: SampleRegion, contracts: dict[str, Contract], tmp_path: Path
) -> None:
    contract = contracts[source_id]
    own = files_of(files, source_id)
    for file in own:
        assert contract.accepts_name(file.name)
        assert contract.sender_of(file.name, region.code) in contract.senders_in(region.code)
    path = tmp_path / own[-1].name
    rows = own[-1].write(path)
    assert not read_delivery(path, contract, tmp_path).header.unknown
    loaded = load_file(contract, path, tmp_path, region.code, own[-1].received_at)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (rows, 0)
    assert [finding for finding in loaded.findings if finding["header_text"]] == []


def test_every_report_says_that_it_is_a_sample(files: tuple[SampleFile, ...], tmp_path: Path) -> None:
    for source_id in sorted(REPORTS):
        file = files_of(files, source_id)[0]
        file.write(tmp_path / file.name)
        if file.name.endswith(".csv"):
            assert "DATA CONTOH" in (tmp_path / file.name).read_text("cp1252").splitlines()[0]
        else:
            sheet = openpyxl.load_workbook(tmp_path / file.name).worksheets[0]
            assert any(
                "DATA CONTOH" in str(value) for row in sheet.iter_rows(max_row=6, values_only=True) for value in row
            )


def test_the_same_day_gives_the_same_bytes(files: tuple[SampleFile, ...], region: SampleRegion, tmp_path: Path) -> None:
    again = draw_model(region, AS_OF, SampleScale(), REPORTS).files()
    assert [(file.name, file.received_at) for file in again] == [(file.name, file.received_at) for file in files]
    for one, other in list(zip(files, again, strict=True))[:: len(files) // 12]:
        digests = []
        for file in (one, other):
            file.write(tmp_path / file.name)
            digests.append(hashlib.sha256((tmp_path / file.name).read_bytes()).hexdigest())
        assert digests[0] == digests[1], one.name


def test_a_report_once_sent_does_not_change(
    files: tuple[SampleFile, ...], region: SampleRegion, tmp_path: Path
) -> None:
    later = {file.name: file for file in draw_model(region, date(2026, 12, 15), SampleScale(), REPORTS).files()}
    for file in (
        files_of(files, "opd_progres_program")[3],
        files_of(files, "bpkad_pagu")[0],
        files_of(files, "opd_lra")[1],
    ):
        file.write(tmp_path / "dahulu")
        later[file.name].write(tmp_path / "kini")
        assert (tmp_path / "dahulu").read_bytes() == (tmp_path / "kini").read_bytes(), file.name


def test_the_report_counts_what_was_written(tmp_path: Path) -> None:
    settings = load_settings(profile="kota_mojokerto", data_dir=tmp_path)
    wanted = ("bappeda_program", "bpkad_pagu", "opd_kontrak")
    report = write_sample(settings, AS_OF, SampleScale(days=3, months=1, sources=wanted))
    assert report.source_ids == wanted
    assert (report.programme_count, report.call_count, report.incident_count, report.station_count) == (61, 0, 0, 0)
    assert report.contract_count > 60
    assert " 61 program," in str(report)


def test_agencies_of_another_region_lead_whatever_they_are_called() -> None:
    home = read_region(load_settings())
    others = {"DINA": "Dinas Perikanan dan Kelautan", "BADU": "Badan Urusan Umpama", "KESRA": "Dinas Kesehatan Rakyat"}
    away = replace(home, code="99.01", name="Kabupaten Umpama", agencies=others)
    plan = draw_programmes(Reporting(away, AS_OF, 12, 0))
    assert {item.lead for item in plan} == set(others)
    assert {item.lead for item in plan if item.sub_dimension == "Mewujudkan prasarana kesehatan"} >= {"KESRA"}
    assert all(set(item.support) < set(others) for item in plan)
    assert draw_programmes(Reporting(replace(home, agencies={}), AS_OF, 12, 0)) == ()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((0, "nol"), (7, "tujuh"), (10, "sepuluh"), (11, "sebelas"), (14, "empat belas"), (20, "dua puluh")),
        *((33, "tiga puluh tiga"), (99, "sembilan puluh sembilan")),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_words(number) == words
