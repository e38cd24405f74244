"""Hourly calls: what counts as answered in time, abandoned or short, and which hours are covered."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.unit.warehouse.small_warehouse import CALLS, at, call_row, calls_on, deliver, fresh_warehouse
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.schema import mart_call_hourly as hourly

DAY = date(2026, 11, 21)


def hours_of(connection, rules=None):
    build_rollups(connection, rules or load_rules({}))
    return connection.execute(sa.select(hourly).order_by(hourly.c.call_date, hourly.c.call_hour)).all()


@pytest.mark.parametrize(
    ("wait", "kind", "short_limit", "expected"),
    [
        # answered, in time, abandoned, short abandoned
        (9, "normal", "0", (1, 1, 0, 0)),
        (10, "normal", "0", (1, 1, 0, 0)),
        (11, "normal", "0", (1, 0, 0, 0)),
        (0, "putus", "0", (0, 0, 1, 0)),
        (2, "putus", "3", (0, 0, 0, 1)),
        (3, "putus", "3", (0, 0, 1, 0)),
        (2, "prank", "3", (1, 1, 0, 0)),
    ],
)
def test_one_call(wait, kind, short_limit, expected):
    with fresh_warehouse() as connection:
        deliver(
            connection, CALLS, [call_row(at("2026-11-21 08:10"), wait=wait, kind=kind)], until=at("2026-11-21 09:00")
        )
        rows = hours_of(connection, load_rules({"layanan_112.short_call_seconds": short_limit}))
    hour = rows[8]
    assert hour.offered_count == 1
    counted = (hour.answered_count, hour.answered_in_time_count, hour.abandoned_count, hour.short_abandoned_count)
    assert counted == expected


@pytest.mark.parametrize(
    ("until", "hours"),
    [
        ("2026-11-21 16:00", 16),
        ("2026-11-21 16:30", 16),
        ("2026-11-21 23:59", 24),
        ("2026-11-21 23:59:59", 24),
        ("2026-11-22 00:00", 24),
    ],
)
def test_covered_hours_without_calls_are_zero_and_later_hours_are_missing(until, hours):
    with fresh_warehouse() as connection:
        deliver(connection, CALLS, calls_on(DAY, (0, 2, 0, 1)), until=at(until))
        rows = hours_of(connection)
    assert [row.call_hour for row in rows] == list(range(hours))
    assert [row.offered_count for row in rows][:5] == [0, 2, 0, 1, 0]


def test_a_day_is_covered_only_as_far_as_the_delivery_that_supplied_it():
    with fresh_warehouse() as connection:
        deliver(connection, CALLS, calls_on(date(2026, 11, 20), (1,) * 24), until=at("2026-11-20 18:00"))
        deliver(connection, CALLS, calls_on(DAY, (1,)), until=at("2026-11-21 02:00"))
        deliver(connection, CALLS, calls_on(date(2026, 11, 19), (1,)), until=at("2026-11-20 00:00"), status="ditolak")
        rows = hours_of(connection)
    assert {row.call_date for row in rows} == {date(2026, 11, 20), DAY}
    assert len([row for row in rows if row.call_date == DAY]) == 2


def test_an_hour_between_two_deliveries_is_missing_and_an_empty_one_is_zero():
    with fresh_warehouse() as connection:
        for hour in (0, 1, 2, 4):
            calls = [] if hour == 1 else calls_on(DAY, (0,) * hour + (3,))
            span = {"since": at(f"2026-11-21 0{hour}:00"), "until": at(f"2026-11-21 0{hour + 1}:00")}
            deliver(connection, CALLS, calls, **span)
        rows = hours_of(connection)
    assert [(row.call_hour, row.offered_count) for row in rows] == [(0, 3), (1, 0), (2, 3), (4, 3)]


def test_a_delivery_of_several_days_covers_a_day_without_calls():
    with fresh_warehouse() as connection:
        first = calls_on(date(2026, 11, 19), (1,) * 24)
        deliver(connection, CALLS, first, since=at("2026-11-19 00:00"), until=at("2026-11-21 00:00"))
        rows = hours_of(connection)
    assert len([row for row in rows if row.call_date == date(2026, 11, 20) and row.offered_count == 0]) == 24
    assert len(rows) == 48


def test_a_delivery_without_calls_still_covers_its_hours():
    with fresh_warehouse() as connection:
        deliver(
            connection, CALLS, calls_on(date(2026, 11, 20), (1,) * 24), until=at("2026-11-21 00:00"), is_sample=True
        )
        deliver(connection, CALLS, [], until=at("2026-11-21 02:00"))
        rows = hours_of(connection)
    today = [row for row in rows if row.call_date == DAY]
    assert [row.offered_count for row in today] == [0, 0]
    assert [row.is_sample for row in today] == [False, False]
    assert all(row.is_sample for row in rows if row.call_date != DAY)


def test_kinds_are_counted_apart():
    rows = [
        call_row(at(f"2026-11-21 00:0{n}"), kind=kind)
        for n, kind in enumerate(("normal", "prank", "ghost", "informasi"))
    ]
    with fresh_warehouse() as connection:
        deliver(connection, CALLS, rows, until=at("2026-11-21 01:00"))
        hour = hours_of(connection)[0]
    assert (hour.genuine_count, hour.prank_count, hour.ghost_count, hour.information_count) == (1, 1, 1, 1)


def test_nothing_delivered():
    with fresh_warehouse() as connection:
        assert hours_of(connection) == []
