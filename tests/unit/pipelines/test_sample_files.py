"""What the sample writes: readable by the contracts, the same for the same date, marked, and free of persons."""

from __future__ import annotations

import csv
import hashlib
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipelines.contracts.contract import Contract, load_contracts
from pipelines.judging.loading import load_source
from pipelines.judging.staging import Staged, open_staging, stage_delivery
from pipelines.reading.readers import read_delivery
from pipelines.sample import SampleScale, write_demo_workbooks, write_sample
from tests.unit.pipelines.loaded import load_file, load_together, warehouse
from warehouse.settings import Settings, load_settings

AS_OF = date(2026, 11, 21)
PROFILES = {"kabupaten_mojokerto": "35.16", "kota_mojokerto": "35.76"}
CASES = ["kabupaten_mojokerto", pytest.param("kota_mojokerto", marks=pytest.mark.slow)]
CALLS, INCIDENTS = "bpbd_panggilan_112", "bpbd_kejadian_112"


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    return {contract.source_id: contract for contract in load_contracts()}


@pytest.fixture(scope="module", params=CASES)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Sixty days of one profile."""
    settings = load_settings(profile=request.param, data_dir=tmp_path_factory.mktemp("data"))
    write_sample(settings, AS_OF, SampleScale(days=60, sources=(CALLS, INCIDENTS)))
    return settings


def files_of(settings: Settings, source_id: str) -> list[Path]:
    return sorted((settings.state_dir / "contoh" / source_id).iterdir())


def digests(settings: Settings) -> dict[str, str]:
    root = settings.state_dir / "contoh"
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def receipts(settings: Settings) -> dict[str, datetime]:
    with (settings.state_dir / "contoh" / "penerimaan.csv").open(encoding="utf-8", newline="") as stream:
        return {row["file_name"]: datetime.fromisoformat(row["received_at"]) for row in csv.DictReader(stream)}


def table_of(path: Path) -> tuple[list[str], list[list[object]], list[object]]:
    """Header, rows and total row of a workbook, found without the product's reader."""
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    top = next(index for index, row in enumerate(cells) if row[0] == "No")
    end = next(index for index, row in enumerate(cells) if row[0] == "JUMLAH")
    return [str(cell) for cell in cells[top]], cells[top + 1 : end], cells[end]


def test_same_date_gives_the_same_bytes(written: Settings, tmp_path: Path) -> None:
    again = load_settings(profile=written.profile, data_dir=tmp_path)
    write_sample(again, AS_OF, SampleScale(days=60, sources=(CALLS, INCIDENTS)))
    assert digests(again) == digests(written)


def test_past_files_do_not_change_when_the_day_moves(written: Settings, tmp_path: Path) -> None:
    later = load_settings(profile=written.profile, data_dir=tmp_path)
    write_sample(later, AS_OF + timedelta(days=1), SampleScale(days=61, sources=(CALLS, INCIDENTS)))
    before, after = digests(written), digests(later)
    kept = {name for name in before if "2026-10" in name.split("/")[-1]}
    assert len(kept) >= 5  # a month of calls and a month of incidents per agency
    assert {name: before[name] for name in kept} == {name: after[name] for name in kept}


def test_yesterdays_calls_stand_unchanged_in_the_next_days_file(written: Settings, tmp_path: Path) -> None:
    later = load_settings(profile=written.profile, data_dir=tmp_path)
    write_sample(later, AS_OF + timedelta(days=1), SampleScale(days=61, sources=(CALLS, INCIDENTS)))
    now, then = (
        next(path for path in files_of(settings, CALLS) if path.name.startswith("panggilan_112_2026-11-01"))
        for settings in (written, later)
    )
    assert then.read_text("cp1252").startswith(now.read_text("cp1252"))


def test_every_file_is_what_its_contract_expects(
    written: Settings, contracts: dict[str, Contract], tmp_path: Path
) -> None:
    region = PROFILES[written.profile]
    received = receipts(written)
    for source_id in (CALLS, INCIDENTS):
        contract = contracts[source_id]
        for path in files_of(written, source_id):
            assert contract.accepts_name(path.name)
            assert contract.sender_of(path.name, region) in contract.senders_in(region)
            delivery = read_delivery(path, contract, tmp_path)
            assert not delivery.header.unknown and not delivery.header.absent, path.name
            assert delivery.data_until is not None
            assert timedelta(0) < received[path.name] - delivery.data_until <= timedelta(hours=3), path.name


def test_receipts_list_exactly_the_files(written: Settings) -> None:
    names = {path.name for source in (CALLS, INCIDENTS) for path in files_of(written, source)}
    assert set(receipts(written)) == names


def test_every_hour_of_the_day_has_its_file_even_without_calls(written: Settings) -> None:
    hourly = [path for path in files_of(written, CALLS) if re.search(r"_2026-11-21-\d\d_", path.name)]
    assert len(hourly) == 24
    for hour, path in enumerate(hourly):
        assert receipts(written)[path.name] == datetime(2026, 11, 21) + timedelta(hours=hour + 1, minutes=5)
        rows = path.read_text("cp1252").splitlines()[1:]
        assert all(row.split(";")[1].startswith(f"21/11/2026 {hour:02d}:") for row in rows)


def test_few_rows_are_refused_and_the_days_own_files_are_clean(
    written: Settings, contracts: dict[str, Contract], tmp_path: Path
) -> None:
    region = PROFILES[written.profile]
    month = next(p for p in files_of(written, CALLS) if p.name.startswith("panggilan_112_2026-10-01"))
    counts = load_file(contracts[CALLS], month, tmp_path, region).counts
    assert 0 < counts.rejected <= 0.015 * counts.staged
    for path in (p for p in files_of(written, CALLS) if re.search("2026-11-21-(00|10|16)_", p.name)):
        assert load_file(contracts[CALLS], path, tmp_path, region).counts.rejected == 0


def test_incident_rows_are_accepted_but_for_a_few(
    written: Settings, contracts: dict[str, Contract], tmp_path: Path
) -> None:
    contract, region = contracts[INCIDENTS], PROFILES[written.profile]
    paths = [path for path in files_of(written, INCIDENTS) if not path.name.endswith("-20.xlsx")]
    with warehouse() as connection:
        open_staging(connection, contract)
        items = [
            Staged(number, path.name, False, read_delivery(path, contract, tmp_path), None, "")
            for number, path in enumerate(paths)
        ]
        for item in items:
            stage_delivery(connection, contract, item)
        counts = load_source(connection, contract, region, items).values()
    assert len(counts) == len(paths)
    staged, rejected = sum(each.staged for each in counts), sum(each.rejected for each in counts)
    assert staged > 200
    assert rejected <= 0.02 * staged


def test_total_of_each_workbook_is_its_number_of_rows(written: Settings) -> None:
    for path in files_of(written, INCIDENTS):
        _, rows, total = table_of(path)
        assert total[2] == len(rows), path.name
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))


def test_one_agency_stopped_sending_eleven_days_ago(written: Settings) -> None:
    last = {}
    for name, moment in receipts(written).items():
        if name.startswith("kejadian_112_"):
            sender = name.split("_")[2]
            last[sender] = max(last.get(sender, moment), moment)
    late = last.pop("DLH")
    assert late == datetime(2026, 11, 10, 6, 15)
    assert set(last.values()) == {datetime(2026, 11, 21, 6, 15)}


def test_personal_columns_are_delivered_and_hold_no_person(
    written: Settings, contracts: dict[str, Contract], tmp_path: Path
) -> None:
    for path in files_of(written, CALLS):
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines(), delimiter=";"))
        assert rows[0][-2:] == ["Nomor Telepon", "Nama Penelepon"]
        assert all(re.fullmatch(r"0800-CONTOH-\d{4,}", row[-2]) for row in rows[1:])
        assert all(re.fullmatch(r"Penelepon contoh \d+", row[-1]) for row in rows[1:])
    for path in files_of(written, INCIDENTS):
        header, rows, _ = table_of(path)
        assert set(contracts[INCIDENTS].personal) <= set(header)
        names, phones = header.index("Nama Pelapor"), header.index("Nomor Telepon")
        assert all(str(row[names]).startswith("Pelapor contoh ") for row in rows)
        assert all(str(row[phones]).startswith("0800-CONTOH-") for row in rows)
    loaded = load_file(contracts[INCIDENTS], files_of(written, INCIDENTS)[0], tmp_path, PROFILES[written.profile])
    assert "contoh" not in str(loaded.rows).lower()


def test_workbooks_say_they_are_samples(written: Settings) -> None:
    for path in files_of(written, INCIDENTS):
        cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert cells[0][0] == f"PEMERINTAH {written.region.region_name.upper()}"
        assert any("DATA CONTOH" in str(row[0]) for row in cells[:7])


def test_dates_are_partly_text_and_partly_real(written: Settings) -> None:
    kinds = {type(row[2]).__name__ for path in files_of(written, INCIDENTS) for row in table_of(path)[1]}
    assert kinds == {"str", "datetime"}


def test_one_month_is_saved_with_a_byte_order_mark(written: Settings) -> None:
    marked = [p.name for p in files_of(written, CALLS) if p.read_bytes().startswith(b"\xef\xbb\xbf")]
    assert marked == ["panggilan_112_2026-10-01_2026-11-01_s.d._00.csv"]


def test_open_tickets_of_the_morning(written: Settings, contracts: dict[str, Contract], tmp_path: Path) -> None:
    until = datetime(2026, 11, 21, 6)
    is_large = written.profile == "kabupaten_mojokerto"
    ages, agencies = [], set()
    received = {path: None for path in files_of(written, INCIDENTS) if path.name.endswith("_2026-11-21.xlsx")}
    for row in load_together(contracts[INCIDENTS], received, tmp_path, PROFILES[written.profile])[0]:
        if row["closed_at"] is None:
            age = (until - row["reported_at"]).total_seconds() / 3600
            ages.append(age)
            agencies |= {row["opd_code"]} if age > 24 else set()
    assert (7 if is_large else 4) <= len(ages) <= 15
    assert sum(age > 24 for age in ages) == (3 if is_large else 2)
    assert 31 <= max(ages) < 32
    assert agencies == ({"DPUPR", "DLH"} if is_large else {"DPUPRPERAKIM", "DLH"})


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["kabupaten_mojokerto", "kota_mojokerto"])
def test_demo_workbooks(profile: str, contracts: dict[str, Contract], tmp_path: Path) -> None:
    settings = load_settings(profile=profile, data_dir=tmp_path)
    broken, mended = write_demo_workbooks(settings, AS_OF, tmp_path / "demo")
    assert broken.name == mended.name
    bad = load_file(contracts[INCIDENTS], broken, tmp_path, PROFILES[profile])
    good = load_file(contracts[INCIDENTS], mended, tmp_path, PROFILES[profile])
    assert (bad.counts.accepted, bad.counts.rejected) == (6, 4)
    assert {f["header_text"] for f in bad.findings if f["row_no"]} == {
        "Kecamatan",
        "Waktu Lapor",
        "Waktu Selesai",
        "Status",
    }
    assert (good.counts.accepted, good.counts.rejected) == (10, 0)
    assert [f["rule"] for f in good.findings] == ["disisihkan"]  # its total and signature
    still_open = [row for row in bad.rows if row["closed_at"] is None]
    assert len(still_open) == 1
    assert datetime(2026, 11, 21, 6) - still_open[0]["reported_at"] > timedelta(hours=24)
