"""The series of an alarm at its own place: a programme's deviation, the warnings of an area, never another place's."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal

import pytest

from charts.look import Look
from reports.alarm_series import _SERIES, series_blocks
from reports.content import Chart
from tests.unit.reports.test_alarm_page import alarm
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.explored import _deliver_plans
from tests.unit.warehouse.small_warehouse import INCIDENTS, at, deliver, fresh_warehouse, incident_row, owe
from tests.unit.warehouse.test_weather import warning
from warehouse.alarms.machine import State
from warehouse.alarms.on_wall import SERIES
from warehouse.catalogue import BY_ID
from warehouse.rules.alarm_packs import SIGNALS

WARNED = ("bmkg_peringatan", "Peringatan dini cuaca", "core_weather_warning", "irregular", None, ())


@contextmanager
def planned():
    with fresh_warehouse() as connection:
        _deliver_plans(connection)
        with desk_on(connection) as desk:
            yield desk


def drawn(blocks):
    _words, chart = blocks
    assert isinstance(chart, Chart)
    chart.build(*chart.arguments, Look(width=600)).to_dict()
    points, frame = chart.arguments
    return [(point.label, point.value) for point in points], frame.target


@pytest.mark.parametrize(
    ("signal", "place", "limit", "series"),
    [
        ("deviasi_program", "P-1", -10, [("Sep 2026", -10), ("Okt 2026", -10)]),
        ("deviasi_program", "P-2", -10, [("Sep 2026", 2), ("Okt 2026", 1)]),
        ("ispu", "Mojosari", 100, [("19 Nov", 80), ("20 Nov", 51)]),
    ],
)
def test_the_stored_values_of_its_own_place(signal, place, limit, series):
    with planned() as desk:
        raised = alarm(1, State.NEW, 1, signal=signal, place=place, place_name=place, limit=Decimal(limit))
        assert drawn(series_blocks(desk, raised)) == (series, limit)


def test_one_value_is_no_series():
    with planned() as desk:
        assert series_blocks(desk, alarm(1, State.NEW, 1, signal="deviasi_program", place="P-9")) == []


def test_the_gravest_warning_of_an_area_on_each_day(monkeypatch):
    own = {key: value for key, value in warning().items() if key not in ("submission_id", "row_no", "is_sample")}
    grave = own | {"alert_code": "x.2", "severity": "Severe"}
    elsewhere = own | {"alert_code": "x.3", "severity": "Extreme", "area_name": "Banten"}
    drill = own | {"alert_code": "x.4", "severity": "Extreme", "alert_status": "Exercise"}
    with fresh_warehouse() as connection:
        owe(connection, [WARNED])
        monkeypatch.setattr("tests.unit.warehouse.small_warehouse.MORE_SOURCES", (WARNED,))
        deliver(connection, WARNED[0], [own, grave, elsewhere, drill], opd="BMKG", until=at("2026-02-16 22:50"))
        with desk_on(connection, "2026-02-17 08:00") as desk:
            raised = alarm(1, State.NEW, 1, signal="peringatan_bmkg", place="Jawa Timur", limit=Decimal(2))
            points, limit = drawn(series_blocks(desk, raised))
    assert (len(points), limit) == (30, 2)
    assert points[-3:] == [("15 Feb", 0), ("16 Feb", 3), ("17 Feb", 0)]


def test_the_oldest_open_ticket_of_an_agency_at_the_end_of_each_day():
    """T-1 is open from 15 to 18 November, T-2 since the 19th; another agency's older one plays no part."""
    with fresh_warehouse() as connection:
        rows = [
            incident_row("T-1", "2026-11-15 12:00", opd="DPUPR", closed="2026-11-18 09:00"),
            incident_row("T-2", "2026-11-19 18:00", opd="DPUPR", status="proses"),
            incident_row("T-3", "2026-11-19 19:00", opd="DPUPR", status="selesai"),
            incident_row("T-4", "2026-11-01 00:00", opd="DLH", status="proses"),
        ]
        deliver(connection, INCIDENTS, rows, opd="DPUPR", until=at("2026-11-20 22:00"))
        with desk_on(connection) as desk:
            raised = alarm(1, State.NEW, 1, limit=Decimal(24))
            points, limit = drawn(series_blocks(desk, raised))
    assert limit == 24
    assert points[-7:] == [
        ("14 Nov", 0), ("15 Nov", 12), ("16 Nov", 36), ("17 Nov", 60), ("18 Nov", 0), ("19 Nov", 6), ("20 Nov", 28),
    ]  # fmt: skip


def test_how_late_a_sender_was_on_each_day():
    """Due at 06.00 the next day: two in time, one 5 hours late on the 20th, and one missing since this morning."""
    with fresh_warehouse() as connection:
        for until, received in (("18", "18 05:00"), ("19", "19 05:00"), ("20", "20 11:00")):
            times = {"until": at(f"2026-11-{until} 00:00"), "received": at(f"2026-11-{received}")}
            deliver(connection, INCIDENTS, [], opd="SATPOLPP", **times)
        with desk_on(connection) as desk:
            place = f"{INCIDENTS}/SATPOLPP"
            raised = alarm(1, State.NEW, 1, signal="data_terlambat", place=place, limit=Decimal(1))
            points, limit = drawn(series_blocks(desk, raised))
    assert (points, limit) == ([("18 Nov", 0), ("19 Nov", 0), ("20 Nov", 5), ("21 Nov", Decimal("10.1"))], 1)


def test_long_delays_are_told_in_days():
    with fresh_warehouse() as connection:
        for day in ("10", "11"):
            deliver(connection, INCIDENTS, [], opd="SATPOLPP", until=at(f"2026-11-{day} 00:00"))
        with desk_on(connection) as desk:
            raised = alarm(1, State.NEW, 1, signal="data_terlambat", place=f"{INCIDENTS}/SATPOLPP", limit=Decimal(1))
            words, _chart = series_blocks(desk, raised)
            points, limit = drawn(series_blocks(desk, raised))
    assert "hari;" in words.text and limit is None
    assert points[:3] == [("10 Nov", 0), ("11 Nov", 0), ("12 Nov", Decimal("0.8"))]
    assert points[-1] == ("21 Nov", Decimal("9.4"))


def test_every_signal_whose_number_is_kept_leads_to_its_indicator():
    assert set(SIGNALS) - set(SERIES) == {"peringatan_bmkg"}  # warnings are no indicator
    assert set(SERIES.values()) <= set(BY_ID)


def test_every_signal_has_a_series():
    assert set(_SERIES) == set(SIGNALS)
