"""Budget reports written by others are read exactly as counted apart from this project, and their traps are told."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.contracts.contract import Basis, load_contract
from pipelines.deliveries.submissions import Confirmation
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.budget_deliveries import LRA, TOBA, Sent, csv_report, judge_all, real_table

pytestmark = pytest.mark.real
BUDGETS = "anggaran"
FIXTURES = Path("tests/fixtures/contracts")
TEMPLATE = "toba_11_lra_20221130-120403.xlsx"
MONTHLY_32 = Basis(default="kumulatif", senders={"SKPD-32": "bulanan"})
DOUBTS = ("unit", "kop", "kembar", "periode", "pagu", "tingkat", "basis", "melebihi")
CONFIRMED = Confirmation("Pemeriksa uji", datetime(2022, 12, 31), "Diperiksa.", "uji", DOUBTS)


@dataclass(frozen=True)
class Toba:
    """The agencies of the regency as its own list names them, and the pagu it declared after the revision."""

    names: dict[str, str]
    pagu: dict[str, Decimal]

    def contract(self, basis: Basis = MONTHLY_32):
        return LRA.model_copy(update={"senders": {TOBA: tuple(self.names)}, "basis": basis})


@pytest.fixture(scope="module")
def toba(real_data):
    folder = real_data / BUDGETS
    names = {f"SKPD-{row['id_skpd']}": row["nama_skpd"] for row in real_table(folder / "toba_skpd.csv")}
    revised = [row for row in real_table(folder / "toba_pagu_skpd_2022.csv") if row["st_anggaran"] == "2"]
    pagu = {f"SKPD-{row['id_skpd']}": row["anggaran"] for row in revised if row["kode_rekening"].strip() == "5"}
    return Toba(names, {opd: Decimal(amount) for opd, amount in pagu.items()})


@pytest.fixture
def send(real_data, tmp_path, toba):
    """Deliver real files under the names Pendopo asks for, received when they were uploaded; the last is looked at."""

    def deliver(*names, pagu=None, basis=MONTHLY_32, confirmation=None):
        sent = []
        for name in names:
            path = real_data / BUDGETS / name
            _toba, number, _lra, stamp = path.stem.split("_")
            copy = tmp_path / f"lra_SKPD-{number}_{stamp}{path.suffix}"
            shutil.copy(path, copy)
            sent.append(Sent(copy, datetime.strptime(stamp, "%Y%m%d-%H%M%S"), confirmation))
        return judge_all(sent, toba.contract(basis), TOBA, pagu or {}, toba.names), sent[-1].path.name

    return deliver


def notes_of(judged, rule):
    return [finding["message"] for finding in judged.findings if finding["rule"] == rule]


READINGS = [
    (TEMPLATE, (1, 1), (11, 30), 3686857110906, 838948580079, ["periode", "unit"]),
    ("toba_11_lra_20221130-125014.xlsx", (1, 1), (10, 31), 6474870459, 3807202897, []),
    ("toba_11_lra_20221219-171246.xlsx", (1, 1), (11, 30), 6474870459, 4300850643, []),
    ("toba_32_lra_20221207-153228.xlsx", (2, 1), (2, 28), 5207335615, 220757048, []),
    ("toba_32_lra_20221207-153247.xlsx", (3, 1), (3, 31), 5207335615, 126029191, []),
    ("toba_48_lra_20221208-203941.xlsx", (2, 1), (2, 28), 1667378459, 112189838, ["unit"]),
    ("toba_48_lra_20221208-204046.xlsx", (3, 1), (3, 31), 1667378459, 168284757, ["unit"]),
    ("toba_48_lra_20221208-205244.xlsx", (11, 1), (11, 30), 1667378459, 1218655764, []),
    ("toba_39_lra_20221207-093504.xlsx", (1, 1), (10, 31), 6061516121, 2306391719, []),
    ("toba_20_lra_20221220-092441.xlsx", (1, 1), (11, 30), 4530388158, 3107511038, []),
    ("toba_2_lra_20221130-122817.xlsx", (1, 1), (11, 30), 119808382419, 119808382419, []),
    ("toba_2_lra_20221219-170101.xlsx", (1, 1), (11, 30), 122469821840, 66670123653, []),
    ("toba_1_lra_20220720-082758.xls", (1, 1), (7, 15), 3686857110906, 1004768968259, []),
    ("toba_1_lra_20221031-164133.xls", (8, 1), (8, 31), 288780238969, 141261635361, []),
]


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading[0][5:-5])
def test_every_report_reads_as_counted_and_only_open_letterheads_are_held(send, reading):
    name, start, end, budget, realised, doubts = reading
    judged, sent = send(name)
    assert judged.rules(sent) == doubts
    if doubts:
        assert (judged.rows, len(judged.quarantine)) == ([], 7)
        judged, sent = send(name, confirmation=CONFIRMED)
    outcome = judged.outcomes[sent]
    assert (outcome.staged, outcome.accepted) == (7, 7)  # 4.1 to 4.3 and 5.1 to 5.4: no stored total
    assert (judged.total("budget_idr"), judged.total("realised_idr")) == (budget, realised)
    spans = {(row["period_start"], row["period_end"]) for row in judged.rows}
    assert spans == {(date(2022, *start), date(2022, *end))}
    stored_totals = notes_of(judged, "jumlah")
    assert len(stored_totals) == (1 if name == "toba_2_lra_20221130-122817.xlsx" else 0)


def test_revenue_with_cents(send):
    judged, _sent = send("toba_39_lra_20221207-093504.xlsx")
    assert judged.total("budget_idr", "4") == 101075215769
    assert judged.total("realised_idr", "4") == Decimal("70202686137.97")


@pytest.mark.parametrize(
    ("name", "realised", "absorbed"),
    [
        ("toba_1_lra_20220720-082758.xls", 1004768968259, 1602016041882),
        ("toba_1_lra_20221031-164133.xls", 141261635361, 0),
    ],
)
def test_what_the_treasury_approved_and_what_the_agency_spent_are_kept_apart(send, name, realised, absorbed):
    judged, _sent = send(name)
    assert (judged.total("realised_idr"), judged.total("absorbed_idr")) == (realised, absorbed)
    (note,) = notes_of(judged, "kop")
    assert "PEMERINTAH PROVINSI SUMATERA UTARA" in note


def test_a_report_in_the_usual_form_lacks_nothing(send):
    judged, _sent = send("toba_20_lra_20221220-092441.xlsx")
    assert {row["absorbed_idr"] for row in judged.rows} == {None}
    assert notes_of(judged, "kolom") == []


def test_the_unedited_template_is_held_whole_on_a_first_delivery(send, toba):
    judged, sent = send(TEMPLATE, pagu=toba.pagu)
    assert judged.rules(sent) == ["periode", "unit", "pagu"]
    assert "Rp 3.686.857.110.906 melebihi pagu SKPD-11 tahun 2022, Rp 6.474.870.459 (570 kali)" in " ".join(
        notes_of(judged, "pagu")
    )
    assert judged.rows == []


def test_the_template_does_not_hide_the_right_report_that_follows(send, toba):
    judged, sent = send(
        TEMPLATE, "toba_11_lra_20221130-125014.xlsx", "toba_11_lra_20221219-171246.xlsx", pagu=toba.pagu
    )
    assert {name: judged.rules(name) for name in judged.outcomes}[sent] == []
    assert judged.total("realised_idr", period_end=date(2022, 10, 31)) == 3807202897
    assert judged.total("realised_idr", period_end=date(2022, 11, 30)) == 4300850643


def test_the_wrong_stored_total_is_told_and_its_details_load(send, toba):
    judged, sent = send("toba_2_lra_20221130-122817.xlsx", pagu=toba.pagu)
    assert judged.rules(sent) == []
    assert judged.total("realised_idr") == 119808382419
    (note,) = notes_of(judged, "jumlah")
    for words in ("R22", "239.616.764.838", "119.808.382.419", "=SUM(R23:S26)", "2 kolom"):
        assert words in note
    (cut,) = notes_of(judged, "periode")
    assert re.search(r"Januari s\.d Desember 2022.* sampai hari diterima, 2022-11-30", cut)


def test_a_report_that_falls_below_the_one_before_is_told(send, toba):
    judged, sent = send("toba_2_lra_20221130-122817.xlsx", "toba_2_lra_20221219-170101.xlsx", pagu=toba.pagu)
    assert judged.rules(sent) == []  # the same period: a correction
    assert judged.total("realised_idr") == 66670123653
    assert "turun dari Rp 119.808.382.419 pada kiriman sebelumnya menjadi Rp 66.670.123.653" in " ".join(
        notes_of(judged, "basis")
    )


def test_the_report_of_a_province_is_held_against_the_pagu_of_the_regency(send, toba):
    judged, sent = send("toba_1_lra_20220720-082758.xls", pagu=toba.pagu)
    assert judged.rules(sent) == ["pagu"]
    judged, sent = send("toba_1_lra_20221031-164133.xls", pagu=toba.pagu)
    assert judged.rules(sent) == []


MONTHS_32 = ("toba_32_lra_20221207-153228.xlsx", "toba_32_lra_20221207-153247.xlsx")


@pytest.mark.parametrize(
    ("basis", "rules"), [(MONTHLY_32, []), (Basis(default="kumulatif"), ["basis"])], ids=["as declared", "undeclared"]
)
def test_monthly_reports_load_where_monthly_was_declared(send, basis, rules):
    judged, sent = send(*MONTHS_32, basis=basis)
    assert judged.rules(sent) == rules
    if not rules:
        assert judged.total("realised_idr") == 220757048 + 126029191
        assert {row["basis"] for row in judged.rows} == {"bulanan"}


def test_cumulative_reports_named_by_one_month_load_once_their_unit_is_confirmed(send, toba):
    months = (
        "toba_48_lra_20221208-203941.xlsx",
        "toba_48_lra_20221208-204046.xlsx",
        "toba_48_lra_20221208-205244.xlsx",
    )
    judged, _sent = send(*months, pagu=toba.pagu, confirmation=CONFIRMED)
    assert not any(judged.rules(name) for name in judged.outcomes)
    assert [finding for finding in judged.findings if finding["rule"] == "basis"] == []
    assert {row["basis"] for row in judged.rows} == {"kumulatif"}
    assert judged.total("realised_idr", period_end=date(2022, 11, 30)) == 1218655764


def monthly_amounts(real_data, number):
    rows = real_table(real_data / BUDGETS / "toba_realisasi_skpd_bulanan_2022.csv")
    chosen = [row for row in rows if row["id_skpd"] == str(number) and row["kode_rekening"] == "5"]
    amounts = {int(row["bulan"]): int(row["realisasi"]) for row in chosen}
    return {month: amount for month, amount in sorted(amounts.items()) if amount}


@pytest.mark.parametrize(
    "agency",
    [(32, 5207335615, [8, 9, 10, 11]), (48, 1667378459, [])],
    ids=["switches in August", "cumulative throughout"],
)
def test_a_year_that_turns_from_cumulative_to_monthly_is_held_from_that_month(real_data, toba, tmp_path, agency):
    number, budget, switched = agency
    amounts = monthly_amounts(real_data, number)
    sent = [
        Sent(csv_report(tmp_path, f"SKPD-{number}", month, (budget, amount)), datetime(2023, 1, month))
        for month, amount in amounts.items()
    ]
    judged = judge_all(sent, toba.contract(Basis(default="kumulatif")), TOBA, toba.pagu, toba.names)
    held = [month for month, item in zip(amounts, sent, strict=True) if judged.rules(item.path.name) == ["basis"]]
    assert held == switched
    loaded = {month: amount for month, amount in amounts.items() if month not in switched}
    assert judged.total("realised_idr") == sum(loaded.values())
    if switched:
        assert (max(loaded), loaded[7], amounts[8]) == (7, 2040898589, 409292713)


def test_the_same_totals_from_another_agency_are_held(real_data, toba, tmp_path):
    source = real_data / BUDGETS / "toba_20_lra_20221220-092441.xlsx"
    sent = []
    for hour, opd in enumerate(("SKPD-20", "SKPD-11"), start=9):
        shutil.copy(source, tmp_path / f"lra_{opd}_2022-11.xlsx")
        sent.append(Sent(tmp_path / f"lra_{opd}_2022-11.xlsx", datetime(2022, 12, 20, hour)))
    judged = judge_all(sent, toba.contract(), TOBA, {}, toba.names)
    assert {name: judged.rules(name) for name in judged.outcomes} == {
        "lra_SKPD-20_2022-11.xlsx": [],
        "lra_SKPD-11_2022-11.xlsx": ["unit", "kembar"],  # its letterhead names the other agency, too
    }


def test_findings_name_the_cell_of_a_merged_report(real_data, toba, tmp_path):
    path = real_data / BUDGETS / "toba_2_lra_20221130-122817.xlsx"
    delivery = read_delivery(path, toba.contract(), tmp_path, datetime(2022, 11, 30, 12, 28))
    letters = dict(zip(delivery.header.headers, delivery.header.columns, strict=True))
    assert letters["KODE REKENING"] == 3  # D
    assert letters["URAIAN"] == 8  # I
    assert (letters["ANGGARAN"], letters["REALISASI"]) == (16, 17)  # Q, and R although REALISASI stands in S14
    assert dict(delivery.fixed_cells) == {"Periode Awal": "E5", "Periode Akhir": "E5"}


@pytest.mark.parametrize(
    ("name", "target", "realised", "first_quarter"),
    [
        ("toba_anggaran_kas_42_20221130-121956.xlsx", 8646359625, {10: 438469347}, 0),
        ("toba_anggaran_kas_48_20221208-205958.xlsx", 1667378459, {3: 168284757, 11: 1218655764}, 168284757),
    ],
)
def test_cash_budgets_count_months_and_no_quarters(real_data, name, target, realised, first_quarter):
    contract = load_contract(FIXTURES / "toba_anggaran_kas" / "contract.yml")
    judged = judge_all([Sent(real_data / BUDGETS / name)], contract, TOBA)
    assert judged.outcomes[name].accepted == 36  # three kinds, twelve months
    assert judged.total("budget_idr") == target
    months = {row["period_end"].month: row["realised_idr"] for row in judged.rows if row["account_code"] == "5"}
    assert {month: months[month] for month in realised} == realised
    assert months[3] == first_quarter  # cumulative where it is not zero: not the sum of three months
