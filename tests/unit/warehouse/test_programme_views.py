"""Programmes and air on the wall: many late agencies are one action, unhealthy air is one, programmes are no limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.unit.warehouse.programme_warehouse import (
    AIR,
    LEADS,
    PROGRAMMES,
    PROGRESS,
    air_row,
    programme_row,
    programme_warehouse,
    progress_row,
    report,
)
from tests.unit.warehouse.small_warehouse import at, deliver
from warehouse.catalogue import calculate_all
from warehouse.figures import ClockReading, ClockState
from warehouse.rules import load_rules
from warehouse.settings import load_settings
from warehouse.views import read_wall_view
from warehouse.wall_actions import undelivered_actions
from warehouse.wall_figures import missing_senders

RULES = load_rules({})
NOW = at("2026-11-21 16:08")


@pytest.fixture
def connection():
    with programme_warehouse() as opened:
        yield opened


def view(connection, instant=NOW):
    settings = load_settings(profile="kabupaten_mojokerto")
    calculate_all(connection, settings.region.region_code, RULES)
    return read_wall_view(connection, settings, RULES, instant)


def deliver_programmes(connection):
    rows = [programme_row(f"P-{lead}", lead=lead) for lead in LEADS]
    deliver(connection, PROGRAMMES, rows, opd="BAPPEDA", received=at("2026-01-05 08:00"))
    for lead in LEADS:
        report(connection, lead, "2026-09", progress_row(f"P-{lead}", "2026-09", "60/50"), received="2026-10-05 08:00")
    report(connection, "DLH", "2026-10", progress_row("P-DLH", "2026-10", "70/66"), received="2026-11-12 08:00")


def test_programmes_of_the_running_year(connection):
    deliver_programmes(connection)
    wall = view(connection)
    assert [line.programme_code for line in wall.programmes] == ["P-DISKOMINFO", "P-DLH", "P-DPUPR"]
    assert [line.is_reported for line in wall.programmes] == [False, True, False]
    dimensions = [(one.name, one.physical_plan_pct, one.physical_actual_pct) for one in wall.dimensions]
    assert dimensions == [("Smart Governance", None, None), ("Smart Environment", 70, 66)]
    assert [(point.plan, point.actual) for point in wall.physical_curve[8:10]] == [(60, 50), (70, 66)]
    assert [(point.plan, point.actual) for point in wall.physical_curve[10:]] == [(None, None)] * 2
    figure = wall.figures["masterplan.realisasi_fisik"]
    assert (figure.value, figure.target, figure.target_label) == (66, 70, "rencana 70 %")
    assert figure.clock.state is ClockState.FRESH  # the figure stands on who did report
    assert figure.reason.startswith("1 dari 3 program; 2 belum melapor; ")
    assert wall.figures["masterplan.tanpa_laporan"].value == 2
    assert [one.indicator_id for one in wall.nearest_to_limit] == []


def test_the_roadmap_counts_programmes_of_all_years_by_horizon(connection):
    rows = [
        programme_row("P-1", horizon_code="panjang"),
        programme_row("P-2", start_year=2023, end_year=2024),
        programme_row("P-3", start_year=2024, end_year=2025),
        programme_row("P-4", horizon_code="quick_win", start_year=2026, end_year=2026),
    ]
    deliver(connection, PROGRAMMES, rows, opd="BAPPEDA", received=at("2026-01-05 08:00"))
    stages = {stage.name: dict(stage.counts) for stage in view(connection).roadmap}
    assert list(stages) == ["quick_win", "Jangka pendek", "panjang"]  # one code has a name here
    assert {len(counts) for counts in stages.values()} == {10}
    assert [stages["Jangka pendek"][year] for year in (2023, 2024, 2025, 2026)] == [1, 2, 1, 0]
    assert (stages["quick_win"][2025], stages["quick_win"][2026], stages["panjang"][2032]) == (0, 1, 1)


def test_nothing_delivered_leaves_programmes_and_air_empty(connection):
    wall = view(connection)
    assert (wall.programmes, wall.dimensions, wall.physical_curve, wall.roadmap) == ((), (), (), ())
    assert (wall.air_stations, wall.air_days) == ((), ())
    assert next(band.name for band in wall.air_bands if band.needs_response) == "Tidak Sehat"


def clock(opd, source=PROGRESS, *, cadence="monthly", state=ClockState.OVERDUE, late=15000):
    complete_to = at("2026-10-01 00:00")
    due = at("2026-11-11 00:00") if cadence == "monthly" else complete_to + timedelta(days=1)
    return ClockReading(
        source, "Progres bulanan program masterplan", opd, state, cadence, complete_to, None, due, late, True
    )


def test_many_who_never_sent_are_named_in_part():
    clocks = [clock(f"OPD{number}", state=ClockState.NEVER) for number in range(1, 8)]
    (action,) = undelivered_actions([*clocks, clock("DLH")], frozenset({PROGRESS}))  # who is late is an alarm's matter
    assert (action.title, action.owner, action.detail) == (
        "Data progres bulanan program masterplan belum masuk",
        "OPD1, OPD2, OPD3 dan 4 lainnya",
        "belum pernah disampaikan",
    )


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (0, ""),
        (2, "OPD0 belum menyampaikan sejak 1 Oktober 2026; OPD1 belum menyampaikan sejak 1 Oktober 2026"),
        (4, "4 dari 30 OPD belum menyampaikan"),
    ],
)
def test_many_missing_senders_are_counted(late, words):
    fresh = [clock(f"OPD{number}", state=ClockState.FRESH) for number in range(late, 30)]
    assert missing_senders([*(clock(f"OPD{number}") for number in range(late)), *fresh]) == words


def test_air_of_a_day_with_its_stations(connection):
    rows = [air_row("2026-11-20", "Ngoro", pm25="101"), air_row("2026-11-20", "Mojosari", pm25="40")]
    deliver(connection, AIR, rows, opd="DLH", until=at("2026-11-21 00:00"))
    wall = view(connection)
    assert [one.station_name for one in wall.air_stations] == ["Ngoro", "Mojosari"]
    assert (len(wall.air_days), wall.air_days[-1].day, wall.air_days[0].index) == (30, date(2026, 11, 20), None)
    assert wall.figures["smart_environment.ispu"].target_label == "batas 100"


def test_programmes_are_not_an_operators_limit(connection):
    deliver_programmes(connection)
    deliver(connection, AIR, [air_row("2026-11-20", pm25="98")], opd="DLH", until=at("2026-11-21 00:00"))
    assert [one.indicator_id for one in view(connection).nearest_to_limit] == ["smart_environment.ispu"]
