"""Spending over the year on either basis, contracts at their last due line, and what stands behind both."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.unit.warehouse.programme_warehouse import (
    CONTRACTS,
    LRA,
    PROJECTS,
    STAGES,
    lra_row,
    programme_warehouse,
    stage_row,
)
from tests.unit.warehouse.small_warehouse import KAB, at, deliver
from warehouse import queries
from warehouse.catalogue import BY_ID, calculate_all, calculate_indicator
from warehouse.figures import ValueStatus
from warehouse.indicators.masterplan.contracts import LateRule
from warehouse.indicators.model import RowKey
from warehouse.rules import load_rules
from warehouse.schema import meta_sender

RULES = load_rules({})
RULE = LateRule.of(RULES)
DONE, PART, NOT = ValueStatus.CALCULATED, ValueStatus.INCOMPLETE, ValueStatus.NOT_APPLICABLE


@pytest.fixture
def connection():
    with programme_warehouse() as opened:
        yield opened


def values(connection, name):
    return {
        (one.entity_code, one.period_start): one for one in calculate_indicator(connection, BY_ID[name], KAB, RULES)
    }


def deliver_lra(connection, *rows, received="2026-12-12 09:00"):
    for opd in sorted({row["opd_code"] for row in rows}):
        own = [row for row in rows if row["opd_code"] == opd]
        deliver(connection, LRA, own, opd=opd, until=at("2026-12-01 00:00"), received=at(received))


def monthly(month, realised, budget="1000"):
    start = date(2026, month, 1)
    end = date(2026, month + 1, 1).toordinal() - 1
    return lra_row(
        "DLH", date.fromordinal(end).isoformat(), "5.1", budget, realised, period_start=start, basis="bulanan"
    )


@pytest.mark.parametrize(
    ("realised", "budget", "end", "share"),
    [  # spending of the Toba workbooks of 2022, as counted apart from this project
        ("3807202897", "6474870459", "2022-10-31", "58.799677"),  # Dinas Sosial
        ("4300850643", "6474870459", "2022-11-30", "66.423733"),
        ("112189838", "1667378459", "2022-02-28", "6.728517"),  # Kecamatan Nassau
        ("1218655764", "1667378459", "2022-11-30", "73.088132"),
        ("3107511038", "4530388158", "2022-11-30", "68.592600"),  # Dinas Kominfo
    ],
)
def test_absorption_of_real_workbooks(connection, realised, budget, end, share):
    deliver_lra(connection, lra_row("DLH", end, "5.1", budget, realised), lra_row("DLH", end, "4.1", "9", "9"))
    found = values(connection, "anggaran.serapan")["DLH", date.fromisoformat(end).replace(day=1)]
    assert (found.value, found.status, found.reason) == (Decimal(share), DONE, "")
    assert (found.numerator, found.denominator) == (Decimal(realised), Decimal(budget))


@pytest.mark.parametrize(
    ("months", "value", "status", "reason"),
    [
        (((1, "100"), (2, "50"), (3, "25")), "17.5", DONE, ""),
        (((2, "50"), (3, "25")), None, PART, "Laporan Januari 2026 belum ada"),  # as Bappeda of Toba in 2022
        (((1, "100"), (3, "25")), None, PART, "Laporan Februari 2026 belum ada"),
        (((1, "100"), (2, None), (3, "25")), None, PART, "Laporan Februari 2026 belum ada atau belum lengkap"),
        (((1, "100"), (2, "50"), (3, None)), None, PART, "1 dari 1 rekening belanja tanpa realisasi"),
    ],
)
def test_monthly_reports_are_added_up(connection, months, value, status, reason):
    deliver_lra(connection, *(monthly(month, realised) for month, realised in months))
    found = values(connection, "anggaran.serapan")["DLH", date(2026, 3, 1)]
    assert (found.value, found.status) == (None if value is None else Decimal(value), status)
    assert found.reason.startswith(reason)
    assert bool(found.reason) == bool(reason)


def test_a_month_reported_twice_counts_once(connection):
    early = monthly(2, "20") | {"period_end": date(2026, 2, 20)}
    deliver_lra(connection, monthly(1, "100"), early, monthly(2, "50"), monthly(3, "25"))
    found = values(connection, "anggaran.serapan")
    assert [found["DLH", date(2026, month, 1)].numerator for month in (1, 2, 3)] == [100, 150, 175]


def test_a_cumulative_report_starts_a_monthly_series_over(connection):
    deliver_lra(connection, monthly(3, "25"), lra_row("DLH", "2026-04-30", "5.1", "1000", "300"), monthly(5, "50"))
    found = values(connection, "anggaran.serapan")
    assert [found["DLH", date(2026, month, 1)].value for month in (3, 4, 5)] == [None, 30, 35]


@pytest.mark.parametrize(
    ("rows", "status", "reason"),
    [
        ((("5.1", "1000", "10"), ("5.2", "100", None)), PART, "1 dari 2 rekening belanja tanpa realisasi"),
        ((("5.1", "1000", "10"), ("5.2", None, "1")), PART, "1 dari 2 rekening belanja tanpa anggaran"),
        ((("5.1", "0", "0"),), NOT, "Anggaran belanja nol"),
    ],
)
def test_accounts_left_empty_are_not_zero(connection, rows, status, reason):
    deliver_lra(connection, *(lra_row("DLH", "2026-11-30", *row) for row in rows))
    found = values(connection, "anggaran.serapan")
    assert (found["DLH", date(2026, 11, 1)].value, found["DLH", date(2026, 11, 1)].status) == (None, status)
    assert found["DLH", date(2026, 11, 1)].reason == reason
    assert (found[KAB, date(2026, 11, 1)].value, found[KAB, date(2026, 11, 1)].status) == (None, status)


@pytest.mark.parametrize(("received", "is_shown"), [("2026-12-05 09:00", False), ("2026-12-11 09:00", True)])
def test_the_region_waits_until_the_month_is_due(connection, received, is_shown):
    deliver_lra(connection, lra_row("DLH", "2026-11-15", "5.1", "1000", "400"), received=received)
    found = values(connection, "anggaran.serapan")
    assert found["DLH", date(2026, 11, 1)].reason == "s.d. 15 November 2026"
    assert ((KAB, date(2026, 11, 1)) in found) is is_shown
    if is_shown:
        assert found[KAB, date(2026, 11, 1)].reason == "1 dari 2 OPD"


def test_the_region_adds_up_its_agencies(connection):
    deliver_lra(
        connection,
        lra_row("DLH", "2026-11-30", "5.1", "1000", "400"),
        lra_row("DISKOMINFO", "2026-11-30", "5.1", "3000", "600"),
        lra_row("DISKOMINFO", "2026-11-30", "51", "7", "7"),  # no account of spending: 51, not 5.1
    )
    found = values(connection, "anggaran.serapan")[KAB, date(2026, 11, 1)]
    assert (found.value, found.numerator, found.denominator, found.reason) == (25, 1000, 4000, "")
    key = RowKey(KAB, "DISKOMINFO", date(2026, 11, 1), date(2026, 11, 30), "opd")
    assert queries.indicator_rows(connection, BY_ID["anggaran.serapan"], key).row_count == 1


@pytest.mark.parametrize(
    ("budget", "realised", "reason"),
    [
        ("3000", None, "1 dari 2 OPD; 1 belum lengkap"),
        ("0", "0", "1 dari 2 OPD; 1 anggarannya nol"),
    ],
)
def test_the_region_says_why_an_agency_is_not_in_it(connection, budget, realised, reason):
    deliver_lra(
        connection,
        lra_row("DLH", "2026-11-30", "5.1", "1000", "400"),
        lra_row("DISKOMINFO", "2026-11-30", "5.1", budget, realised),
    )
    found = values(connection, "anggaran.serapan")[KAB, date(2026, 11, 1)]
    assert (found.value, found.reason) == (40, reason)


def test_absorption_lists_those_who_owe_it_too(connection):
    deliver_lra(
        connection,
        lra_row("DLH", "2026-10-31", "5.1", "1000", "300"),
        lra_row("DLH", "2026-11-30", "5.1", "1000", "400"),
    )
    calculate_all(connection, KAB, RULES)
    frame = queries.opd_absorption(connection, KAB, 2026).set_index("opd_code")
    assert frame.loc["DLH", ["opd_name", "absorbed_pct"]].tolist() == ["Dinas Lingkungan Hidup", 40.0]
    assert frame["absorbed_pct"].isna().to_dict() == {"DISKOMINFO": True, "DLH": False}


@pytest.mark.parametrize(
    ("plan", "actual", "is_critical"),
    [
        ("50", "40", False),  # ten points are not more than ten
        ("50", "39.99", True),
        ("70", "61", False),  # exactly 70 belongs to the first period
        ("70", "60", False),
        ("70", "59.99", True),
        ("70.01", "65.01", False),
        ("70.01", "65", True),
        ("100", "94", True),
        ("100", "95", False),
        ("5", "0", False),
        ("60", "100", False),
    ],
)
def test_critical_contract(connection, plan, actual, is_critical):
    deliver(
        connection, STAGES, [stage_row("K-1", "2026-10-15", plan, actual)], opd="DPUPR", until=at("2026-11-01 00:00")
    )
    found = values(connection, "masterplan.kontrak_kritis")[KAB, date(2026, 10, 31)]
    assert (found.value, found.numerator, found.denominator) == (is_critical, is_critical, 1)
    frame = queries.critical_contracts(connection, KAB, RULE)
    assert (frame["state"].tolist() == ["kritis"]) is is_critical


STAGE_ROWS = (
    stage_row("K-1", "2026-09-30", "40", "10"),
    stage_row("K-1", "2026-10-31", "60", "58"),  # caught up
    stage_row("K-1", "2026-11-01", "100", None),  # after the end of the data
    stage_row("K-2", "2026-09-30", "40", "40"),
    stage_row("K-2", "2026-10-31", "90", None),  # due and not reported
    stage_row("K-3", "2026-10-01", "90", "70"),
    stage_row("K-4", "2026-12-31", "100", None),
    stage_row("K-1", "2026-10-31", "80", "80", opd="DLH"),  # another agency's contract of the same number
)


def test_the_last_due_line_counts(connection):
    for opd in ("DPUPR", "DLH"):
        own = [row for row in STAGE_ROWS if row["opd_code"] == opd]
        deliver(connection, STAGES, own, opd=opd, until=at("2026-11-01 00:00"))
    contract = {
        "region_code": KAB,
        "opd_code": "DPUPR",
        "contract_id": "K-3",
        "contract_no": "3/SPK",
        "budget_year": 2026,
    }
    deliver(connection, CONTRACTS, [contract | {"work_name": "Jembatan", "contract_idr": Decimal(9)}], opd="DPUPR")
    found = values(connection, "masterplan.kontrak_kritis")
    region, dlh = found[KAB, date(2026, 10, 31)], found["DLH", date(2026, 10, 31)]
    assert (region.value, region.denominator, region.reason) == (1, 3, "1 kontrak tanpa laporan tidak dinilai")
    assert (dlh.value, dlh.denominator, dlh.reason) == (0, 1, "")
    frame = queries.critical_contracts(connection, KAB, RULE)
    assert [tuple(row) for row in frame[["opd_code", "activity_id", "state"]].itertuples(index=False)] == [
        ("DPUPR", "K-3", "kritis"),
        ("DLH", "K-1", "sesuai jadwal"),
        ("DPUPR", "K-1", "terlambat"),
        ("DPUPR", "K-2", "tanpa laporan"),
    ]
    assert frame.loc[0, ["work_name", "late_points", "allowed_points"]].tolist() == ["Jembatan", 20.0, 5.0]


def test_each_agency_is_judged_up_to_its_own_last_report(connection):
    deliver(connection, STAGES, [stage_row("K-1", "2026-10-15", "60", None)], opd="DPUPR", until=at("2026-10-01 00:00"))
    deliver(
        connection, STAGES, [stage_row("K-9", "2026-10-15", "60", "60", "DLH")], opd="DLH", until=at("2026-11-01 00:00")
    )
    found = values(connection, "masterplan.kontrak_kritis")
    assert {code for code, _day in found} == {KAB, "DLH"}
    assert found[KAB, date(2026, 10, 31)].reason == ""


@pytest.mark.parametrize(
    ("row", "status", "reason"),
    [
        (("2026-12-31", "60", None), NOT, "Belum ada jadwal kontrak yang jatuh tempo"),
        (("2026-10-31", "60", None), PART, "1 kontrak tanpa laporan tidak dinilai"),
    ],
)
def test_contracts_without_a_judgement(connection, row, status, reason):
    deliver(connection, STAGES, [stage_row("K-1", *row)], opd="DPUPR", until=at("2026-11-01 00:00"))
    found = values(connection, "masterplan.kontrak_kritis")[KAB, date(2026, 10, 31)]
    assert (found.value, found.status, found.reason) == (None, status, reason)


def test_projects_say_where_their_point_lies(connection):
    project = {
        "region_code": KAB,
        "project_id": "4",
        "project_name": "Jalan",
        "budget_year": 2026,
        "address": "Gedeg",
        "project_status": "Selesai",
        "latitude": -7.4,
        "longitude": 112.4,
        "stated_kecamatan_code": "35.16.08",
        "point_kecamatan_code": "35.16.05",
        "place_note": "di kecamatan lain",
    }
    deliver(connection, PROJECTS, [project], opd="DPUPR")
    row = queries.projects(connection, KAB).iloc[0]
    assert [row["stated_kecamatan_name"], row["place_note"]] == ["Mojosari", "di kecamatan lain"]
    assert row["point_kecamatan_name"] not in ("", "Mojosari")


@pytest.mark.real
def test_real_physical_progress(connection, real_data):
    path = real_data / "program" / "toba_kegiatan_fisik_2022.csv"
    with path.open(encoding="utf-8", newline="") as file:
        delivered = list(csv.DictReader(file))
    raw = [row for row in delivered if float(row["target"]) <= 100]  # one target is a sum of money
    assert (len(delivered), len(raw), len({row["id_kegiatan"] for row in delivered})) == (350, 349, 316)
    end = "2022-12-20"
    rows = [
        stage_row(row["id_kegiatan"], row["jadwal_target"], row["target"], row["realisasi"])
        | {"stage_id": row["id_kegiatan_detail"]}
        for row in raw
    ]
    deliver(connection, STAGES, rows, opd="DPUPR", until=datetime.fromisoformat(end))
    last = {}
    for row in raw:
        if row["jadwal_target"] < end:
            key = (row["jadwal_target"], float(row["target"]), row["id_kegiatan_detail"])
            last[row["id_kegiatan"]] = max(
                last.get(row["id_kegiatan"], (key, row)), (key, row), key=lambda pair: pair[0]
            )
    judged = [(float(row["target"]), float(row["realisasi"])) for _key, row in last.values()]
    critical = sum(plan - actual > (10 if plan <= 70 else 5) for plan, actual in judged)
    (found,) = [one for (code, _day), one in values(connection, "masterplan.kontrak_kritis").items() if code == KAB]
    assert (found.value, found.denominator) == (critical, len(judged))
    assert 0 < critical < len(judged)


def test_owners_are_those_of_the_source(connection):
    owners = connection.execute(sa.select(meta_sender.c.opd_code).where(meta_sender.c.source_id == LRA)).scalars()
    assert sorted(owners) == ["DISKOMINFO", "DLH"]
