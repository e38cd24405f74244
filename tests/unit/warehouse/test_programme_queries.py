"""What pages ask about programmes: the list, the S-curve, the dimensions; the same numbers as the indicators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.warehouse.programme_warehouse import (
    PROGRAMMES,
    TARGETS,
    programme_row,
    programme_warehouse,
    progress_row,
    report,
    target_row,
)
from tests.unit.warehouse.small_warehouse import KAB, KOTA, at, deliver
from warehouse import queries
from warehouse.catalogue import calculate_all
from warehouse.programme_progress import CurveOf, curve_of, dimensions_of, months_of_year
from warehouse.rules import load_rules

RULES = load_rules({})
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture(scope="module")
def connection():
    with programme_warehouse() as opened:
        matrix = (
            programme_row("P-1", kecamatan_code="35.16.08"),
            programme_row("P-2", contributor_opd_codes="DISKOMINFO, DLH"),
            programme_row("P-3", lead="DPUPR"),
            programme_row("P-9", start_year=2027),
        )
        deliver(opened, PROGRAMMES, matrix, opd="BAPPEDA", received=at("2026-01-05 08:00"))
        targets = [target_row("P-1", year, "10") for year in (2025, 2026, 2027)]
        deliver(opened, TARGETS, targets, opd="BAPPEDA", received=at("2026-01-05 08:00"))
        dlh = [
            progress_row("P-1", "2026-09", "60/50", "50/40"),
            progress_row("P-2", "2026-09", "60/60", "50/50", "300"),
        ]
        report(opened, "DLH", "2026-09", *dlh, received="2026-10-05 08:00")
        report(opened, "DPUPR", "2026-09", progress_row("P-3", "2026-09", "30/50"), received="2026-10-05 08:00")
        october = [
            progress_row("P-1", "2026-10", "70/66", "60/50", achieved_value=Decimal(8), obstacle="Hujan"),
            progress_row("P-2", "2026-10", "80/", "60/50", "300"),
        ]
        report(opened, "DLH", "2026-10", *october, received="2026-11-12 08:00")
        calculate_all(opened, KAB, RULES)
        yield opened


def test_the_list_of_a_year(connection):
    first, second, third = queries.programmes(connection, KAB, 2026)
    assert [one.programme_code for one in (first, second, third)] == ["P-1", "P-2", "P-3"]
    assert (first.report_month, first.is_reported, first.physical_deviation) == (OCTOBER, True, -4)
    assert (first.dimension_name, first.horizon_name, first.kecamatan_name) == (
        "Smart Environment",
        "Jangka pendek",
        "Mojosari",
    )
    assert (second.contributor_opd_codes, second.is_joint, first.is_joint) == (("DISKOMINFO",), True, False)
    assert (second.physical_deviation, second.financial_deviation) == (None, -10)
    assert (third.report_month, third.is_reported, third.kecamatan_name) == (SEPTEMBER, False, "")


@pytest.mark.parametrize(
    ("year", "codes", "is_reported", "budget"),
    [
        (2022, [], set(), set()),
        (2025, ["P-1", "P-2", "P-3"], {False}, {1_000_000_000, None}),  # December 2025 is due and nobody reported
        (2027, ["P-1", "P-2", "P-3", "P-9"], {True}, {1_000_000_000, None}),  # nothing is due yet
    ],
)
def test_years_without_reports(connection, year, codes, is_reported, budget):
    found = queries.programmes(connection, KAB, year)
    assert [one.programme_code for one in found] == codes
    assert {one.is_reported for one in found} == is_reported
    assert {one.budget_idr for one in found} == budget
    assert {one.physical_actual_pct for one in found} <= {None}


@pytest.mark.parametrize(
    ("of", "september", "october"),
    [
        # September weighs 100, 300 and 100 million; in October P-2 has no realisation and P-3 did not report
        (CurveOf(), ("54", "56"), ("70", "66")),
        (CurveOf("keuangan"), ("50", "48"), ("60", "50")),
        (CurveOf("fisik", "opd", "DPUPR"), ("30", "50"), (None, None)),
        (CurveOf("fisik", "dimension", "6"), ("60", "57.5"), ("70", "66")),
        (CurveOf("fisik", "programme", "P-2"), ("60", "60"), ("80", None)),
        (CurveOf("fisik", "programme", "P-9"), (None, None), (None, None)),
    ],
)
def test_s_curve(connection, of, september, october):
    curve = curve_of(months_of_year(connection, KAB, 2026), 2026, of)
    assert [point.month.month for point in curve] == list(range(1, 13))
    shown = {point.month: (point.plan, point.actual) for point in curve}
    expected = {
        month: tuple(None if one is None else Decimal(one) for one in pair)
        for month, pair in ((SEPTEMBER, september), (OCTOBER, october))
    }
    assert {month: shown[month] for month in expected} == expected
    assert {pair for month, pair in shown.items() if month not in expected} == {(None, None)}


@pytest.mark.parametrize("kind", ["region", "opd", "dimension", "programme"])
def test_the_curve_is_the_indicator(connection, kind):
    realised = queries.indicator_values(connection, "masterplan.realisasi_fisik", kind)
    deviation = queries.indicator_values(connection, "masterplan.deviasi_fisik", kind)
    both = realised.merge(deviation, on=["entity_code", "period_start"], suffixes=("", "_points")).dropna(
        subset=["value"]
    )
    assert len(both) > 1
    months = months_of_year(connection, KAB, 2026)
    for row in both.itertuples():
        curve = curve_of(months, 2026, CurveOf("fisik", kind, row.entity_code))
        point = curve[row.period_start.month - 1]
        assert float(point.actual) == row.value
        assert float(point.plan) == pytest.approx(row.value - row.value_points, abs=1e-6)


def test_dimensions_are_the_indicators(connection):
    lines, months = queries.programmes(connection, KAB, 2026), months_of_year(connection, KAB, 2026)
    smart, environment = dimensions_of(lines, months)
    assert (smart.name, smart.physical_plan_pct, smart.physical_actual_pct) == ("Smart Governance", None, None)
    realised = queries.indicator_values(connection, "masterplan.realisasi_fisik", "dimension")
    stored = realised.set_index(["entity_code", "period_start"]).loc[("6", "2026-10-01"), "value"]
    assert (environment.physical_plan_pct, environment.physical_actual_pct, stored) == (70, 66, 66)


def test_rows_of_one_programme(connection):
    reports = queries.programme_reports(connection, "P-1")
    assert reports["report_month"].dt.date.tolist() == [OCTOBER, SEPTEMBER]
    assert reports["obstacle"].tolist()[0] == "Hujan"
    assert reports["file_name"].str.startswith("opd_progres_program").all()
    assert reports["row_no"].tolist() == [2, 2]
    targets = queries.programme_targets(connection, "P-1")
    assert targets["target_year"].tolist() == [2025, 2026, 2027]
    assert targets["achieved_pct"].fillna(-1).tolist() == [-1, 80, -1]
    assert targets["predikat"].fillna("").tolist() == ["", "Tinggi", ""]
    assert targets["fund_source_name"].tolist() == ["APBD kabupaten/kota"] * 3
    assert queries.programme_facts(connection, "P-1")["programme_name"].tolist() == ["Program P-1"]
    assert len(queries.programme_reports(connection, "P-404")) == 0


def test_years_and_months(connection):
    assert queries.masterplan_years(connection, KAB) == tuple(range(2023, 2033))
    assert queries.masterplan_years(connection, KOTA) == ()
    assert (queries.reported_year(connection, KAB), queries.reported_year(connection, KOTA)) == (2026, None)
    assert queries.due_month(connection, 2026) == OCTOBER
    assert (queries.due_month(connection, 2025), queries.due_month(connection, 2027)) == (date(2025, 12, 1), None)


def test_a_held_delivery_is_among_the_deliveries(connection):
    deliver(connection, "opd_progres_program", [], opd="DPUPR", until=at("2026-11-01 00:00"), status="ditahan")
    assert "ditahan" in queries.submissions(connection, "opd_progres_program")["status"].tolist()
