"""Signals read from a small release: what is there, what is not known, and that late data never look calm."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.unit.warehouse.small_warehouse import (
    CALLS,
    INCIDENTS,
    KAB,
    MORE_SOURCES,
    SENDERS,
    at,
    calls_on,
    deliver,
    fresh_warehouse,
    incident_row,
    owe,
)
from warehouse.alarms.judging import judge
from warehouse.alarms.signals import Sight, read_signals
from warehouse.catalogue import calculate_all
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.schema import core_weather_warning, mart_call_hourly
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
DAY, NOW = date(2026, 11, 21), at("2026-11-21 16:08")
PER_HOUR = (2, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 6, 5, 5, 5, 20)
RIVER = "dpupr_pos_air"


@pytest.fixture
def connection():
    with fresh_warehouse() as opened:
        yield opened


def signals(connection, instant=NOW):
    settings = load_settings(profile="kabupaten_mojokerto")
    calculate_all(connection, settings.region.region_code, RULES)
    view = read_wall_view(connection, settings, RULES, instant)
    return read_signals(Sight(connection, view, RULES))


def beyond(connection, instant=NOW):
    """Rule and place of all that is over its limit."""
    found = judge(RULES, signals(connection, instant), instant)
    return {one.key for one in found.judged if one.is_beyond(False)}


def deliver_calls(connection, last_hour):
    deliver(connection, CALLS, calls_on(DAY, (*PER_HOUR[:-1], last_hour)), until=at("2026-11-21 16:00"))
    build_rollups(connection, RULES)
    names = [column.name for column in mart_call_hourly.columns]
    past = [
        dict.fromkeys(names, 0)
        | {"region_code": KAB, "call_date": DAY - timedelta(weeks=week), "call_hour": hour, "is_sample": False}
        | {"offered_count": 8, "answered_count": 8}
        for week in range(1, 9)
        for hour in range(24)
    ]
    connection.execute(sa.insert(mart_call_hourly), past)


@pytest.mark.parametrize(("last_hour", "value"), [(7, 0), (12, "1.5"), (13, "1.625")])
def test_calls_of_the_last_hour_against_the_usual(connection, last_hour, value):
    deliver_calls(connection, last_hour)
    (reading,) = signals(connection)["panggilan_112"].readings
    assert reading.value == Decimal(value)
    assert reading.detail == f"{last_hour} panggilan jam 15, biasa 8–8"
    assert (("panggilan_112_melonjak", "daerah") in beyond(connection)) is (last_hour > 12)


def test_calls_that_are_late_say_nothing_but_that_they_are_late(connection):
    deliver_calls(connection, 20)
    later = at("2026-11-21 20:00")
    found = signals(connection, later)
    assert not found["panggilan_112"].is_known
    assert [(one.place, one.value) for one in found["data_terlambat"].readings] == [("bpbd_panggilan_112/BPBD", 2)]
    assert beyond(connection, later) == {("data_terlambat", "bpbd_panggilan_112/BPBD")}


def deliver_tickets(connection, late=None):
    rows = [
        incident_row("T-1", "2026-11-20 00:00", kind="pohon_tumbang", opd="DPUPR", status="menunggu_alat"),
        incident_row("T-2", "2026-11-20 03:00", kind="sampah_liar", opd="DLH"),
        incident_row("T-3", "2026-11-20 05:00", kind="lampu_jalan", opd="DPUPR"),
        incident_row("T-4", "2026-11-20 12:00", kind="lampu_jalan", opd="DINKES"),
    ]
    for sender in SENDERS:
        until = at("2026-11-09 07:00" if sender == late else "2026-11-21 07:00")
        deliver(connection, INCIDENTS, [row for row in rows if row["opd_code"] == sender], opd=sender, until=until)


def test_the_oldest_open_ticket_of_each_agency(connection):
    deliver_tickets(connection)
    found = signals(connection)["tiket_terbuka"]
    told = {one.place: (one.value, one.detail) for one in found.readings}
    assert told["DPUPR"][0] == 31
    assert told["DPUPR"][1].startswith("2 terbuka, tertua ")
    assert found.is_known
    assert beyond(connection) == {("tiket_terbuka", "DPUPR"), ("tiket_terbuka", "DLH")}


def test_of_a_late_sender_nothing_is_known_about_its_tickets(connection):
    deliver_tickets(connection, late="DPUPR")
    found = signals(connection)["tiket_terbuka"]
    assert {one.place: one.value is None for one in found.readings}["DPUPR"]
    assert not found.is_known


def test_the_last_reading_of_a_river_post_with_the_one_before(connection):
    owe(connection, [row for row in MORE_SOURCES if row[0] == RIVER])
    posts = [("Rolak Songo", "debit_m3_s", 1390), ("Brangkal", "tma_m", 22.3), ("Pos Lain", "tma_m", 9)]
    rows = [
        {
            "region_code": KAB,
            "station_name": post,
            "parameter_code": name,
            "value": round(value + more, 2),
            "measured_at": when,
        }
        for post, name, value in posts
        for more, when in ((0, at("2026-11-21 15:50")), (0.6, at("2026-11-21 16:00")))
    ]
    deliver(connection, RIVER, rows, opd="DPUPR", until=at("2026-11-21 16:00"))
    told = {one.place: one for one in signals(connection)["muka_air"].readings}
    brangkal = told["Brangkal/tma_m"]
    assert (brangkal.value, brangkal.before, brangkal.owner) == (Decimal("22.9"), Decimal("22.3"), "DPUPR")
    assert told["Rolak Songo/debit_m3_s"].thresholds["kuning"] == 1400
    assert told["Pos Lain/tma_m"].thresholds == {}
    assert beyond(connection) == {
        ("muka_air_siaga", "Brangkal/tma_m"),
        ("muka_air_naik_cepat", "Brangkal/tma_m"),
        ("muka_air_naik_cepat", "Pos Lain/tma_m"),
    }
    assert beyond(connection, at("2026-11-21 19:01")) == set()  # three hours old: not known


def test_the_gravest_weather_warning_of_an_area(connection):
    row = {column.name: None for column in core_weather_warning.c} | {
        "region_code": KAB, "area_name": "Jawa Timur", "alert_status": "Actual", "message_kind": "Alert",
        "event_name": "Hujan Lebat", "sent_at": at("2026-11-21 15:00"), "expires_at": at("2026-11-21 18:00"),
        "submission_id": "k", "row_no": 2, "is_sample": False,
    }  # fmt: skip
    both = [row | {"alert_code": "1", "severity": "Minor"}, row | {"alert_code": "2", "severity": "Severe"}]
    connection.execute(core_weather_warning.insert(), both)
    (reading,) = signals(connection)["peringatan_bmkg"].readings
    assert (reading.place, reading.value) == ("Jawa Timur", 3)
    assert beyond(connection) == {("bmkg_cuaca", "Jawa Timur")}
    assert beyond(connection, at("2026-11-21 18:00")) == set()


def test_with_nothing_delivered_nothing_is_beyond_and_figures_are_not_known(connection):
    found = signals(connection)
    assert {name for name, signal in found.items() if not signal.is_known} == {
        "dbd_siaga",
        "ispu",
        "respons_kebakaran",
        "panggilan_112",
    }
    assert beyond(connection) == set()
