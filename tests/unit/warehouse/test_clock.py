"""The clock: every cadence at its boundaries, over midnight, and when nothing is agreed or delivered."""

from __future__ import annotations

import pytest

from tests.unit.warehouse.small_warehouse import CALLS, INCIDENTS, SPBE, at, deliver, fresh_warehouse
from warehouse.clock import judge_clock, next_delivery, read_clocks, worst_of
from warehouse.due import Agreement, agreed, is_working_day
from warehouse.figures import ClockReading, ClockState

FRESH, DUE, OVERDUE = ClockState.FRESH, ClockState.DUE, ClockState.OVERDUE


@pytest.mark.parametrize(
    ("until", "cadence", "grace", "instant", "state", "minutes"),
    [
        ("2026-11-21 16:00", "hourly", 30, "2026-11-21 16:59:59", FRESH, 0),
        ("2026-11-21 16:00", "hourly", 30, "2026-11-21 17:00", DUE, 0),
        ("2026-11-21 16:00", "hourly", 30, "2026-11-21 17:30", DUE, 0),
        ("2026-11-21 16:00", "hourly", 30, "2026-11-21 17:30:01", OVERDUE, 0),
        ("2026-11-21 16:00", "hourly", 30, "2026-11-21 19:30", OVERDUE, 120),
        ("2026-11-21 23:00", "hourly", 30, "2026-11-21 23:59", FRESH, 0),
        ("2026-11-21 23:00", "hourly", 30, "2026-11-22 00:00", DUE, 0),
        ("2026-11-21 23:00", "hourly", 30, "2026-11-22 00:31", OVERDUE, 1),
        ("2026-11-21 07:00", "daily", 360, "2026-11-22 06:59", FRESH, 0),
        ("2026-11-21 07:00", "daily", 360, "2026-11-22 07:00", DUE, 0),
        ("2026-11-21 07:00", "daily", 360, "2026-11-22 13:00", DUE, 0),
        ("2026-11-21 07:00", "daily", 360, "2026-12-03 13:00", OVERDUE, 11 * 24 * 60),
        ("2026-11-22 00:00", "daily", 0, "2026-11-22 23:59", FRESH, 0),
        ("2026-11-22 00:00", "daily", 0, "2026-11-23 00:00", DUE, 0),
        ("2026-11-01 00:00", "monthly", 60, "2026-11-30 23:59", FRESH, 0),
        ("2026-11-01 00:00", "monthly", 60, "2026-12-01 01:00", DUE, 0),
        ("2026-11-01 00:00", "monthly", 60, "2026-12-01 01:01", OVERDUE, 1),
        ("2025-01-01 00:00", "yearly", 1440, "2025-12-31 23:59", FRESH, 0),
        ("2025-01-01 00:00", "yearly", 1440, "2026-01-02 00:00", DUE, 0),
        ("2025-01-01 00:00", "yearly", 1440, "2026-01-03 00:00", OVERDUE, 1440),
        ("2025-01-01 00:00", "yearly", None, "2030-01-01 00:00", ClockState.UNKNOWN, 0),
    ],
)
def test_states(until, cadence, grace, instant, state, minutes):  # noqa: PLR0917
    judged = judge_clock(at(until), at(until), cadence, agreed(grace, None, None), at(instant))
    assert (judged.state, judged.overdue_minutes) == (state, minutes)
    assert (judged.due_at is None) == (grace is None)


def test_without_a_declared_instant_the_receipt_counts():
    judged = judge_clock(None, at("2026-11-21 16:05"), "hourly", Agreement(30), at("2026-11-21 17:04"))
    assert (judged.state, judged.due_at) == (FRESH, at("2026-11-21 17:35"))


@pytest.mark.parametrize("grace", [None, 30])
def test_never_delivered(grace):
    assert (
        judge_clock(None, None, "hourly", agreed(grace, None, None), at("2026-11-21 16:00")).state is ClockState.NEVER
    )


@pytest.mark.parametrize(
    ("until", "cadence", "expected"),
    [
        ("2026-01-31 23:59", "monthly", "2026-02-28 23:59"),
        ("2026-02-28 23:59", "monthly", "2026-03-31 23:59"),
        ("2026-01-30 12:00", "monthly", "2026-02-28 12:00"),
        ("2026-12-15 00:00", "monthly", "2027-01-15 00:00"),
        ("2026-11-30 00:00", "quarterly", "2027-02-28 00:00"),
        ("2026-11-30 00:00", "weekly", "2026-12-07 00:00"),
        ("2024-02-29 00:00", "yearly", "2025-02-28 00:00"),
        ("2025-02-28 00:00", "yearly", "2026-02-28 00:00"),
    ],
)
def test_ends_of_months(until, cadence, expected):
    assert next_delivery(at(until), cadence) == at(expected)


def test_unknown_cadence():
    with pytest.raises(ValueError, match="fortnightly"):
        next_delivery(at("2026-11-21 16:00"), "fortnightly")


@pytest.mark.parametrize("agreement", [None, Agreement(30)])
def test_without_a_rhythm_nothing_is_late(agreement):
    judged = judge_clock(at("2020-01-01 00:00"), None, "irregular", agreement, at("2026-11-21 16:00"))
    assert (judged.state, judged.due_at) == (FRESH, None)


@pytest.mark.parametrize(
    ("working_days", "days", "expected_at", "due_at"),
    [
        (5, 0, "2026-11-01 00:00", "2026-11-07 00:00"),  # October closes on a Saturday: Monday to Friday
        (1, 0, "2026-11-03 00:00", "2026-11-04 00:00"),
        (0, 10, "2026-11-01 00:00", "2026-11-11 00:00"),
        (1, 2, "2026-11-01 00:00", "2026-11-05 00:00"),
        (2, 0, "2026-12-25 00:00", "2026-12-30 00:00"),  # Christmas is a Friday
        (1, 0, "2026-11-03 08:00", "2026-11-05 00:00"),  # what is expected during a day has the next one
    ],
)
def test_due_days_end_with_the_day(working_days, days, expected_at, due_at):
    assert Agreement(0, working_days, days).due_at(at(expected_at)) == at(due_at)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [("2026-08-17", False), ("2026-08-18", True), ("2026-08-16", False), ("2026-05-01", False)],
)
def test_working_days_are_those_of_indonesia(day, is_working):
    assert is_working_day(at(f"{day} 00:00").date()) is is_working


def test_one_reading_for_each_source_and_sender():
    with fresh_warehouse() as connection:
        deliver(connection, CALLS, [], until=at("2026-11-21 15:00"))
        deliver(connection, CALLS, [], until=at("2026-11-21 16:00"), is_sample=True)
        deliver(connection, CALLS, [], until=at("2026-11-21 17:00"), status="ditolak")
        deliver(connection, INCIDENTS, [], opd="DLH", until=at("2026-11-09 07:00"))
        deliver(connection, SPBE, [], opd="DISKOMINFO", received=at("2026-11-21 00:00"))
        clocks = {(c.source_id, c.opd_code): c for c in read_clocks(connection, at("2026-11-21 16:08"))}
    assert len(clocks) == 10
    calls = clocks[CALLS, "BPBD"]
    assert (calls.state, calls.data_until, calls.received_at) == (FRESH, at("2026-11-21 16:00"), at("2026-11-21 16:05"))
    assert calls.is_sample
    assert clocks[INCIDENTS, "DLH"].state is OVERDUE
    assert clocks[INCIDENTS, "BPBD"].state is ClockState.NEVER
    assert clocks[SPBE, "DISKOMINFO"].state is ClockState.UNKNOWN


def reading(state, minutes=0, until="2026-11-21 16:00", is_sample=False):
    return ClockReading("s", "S", state.name, state, "daily", at(until), at(until), None, minutes, is_sample)


@pytest.mark.parametrize(
    ("readings", "place"),
    [
        ((reading(FRESH), reading(DUE)), 1),
        ((reading(DUE), reading(ClockState.UNKNOWN)), 1),
        ((reading(OVERDUE, 5), reading(ClockState.UNKNOWN)), 0),
        ((reading(OVERDUE, 5), reading(OVERDUE, 9)), 1),
        ((reading(OVERDUE, 5), reading(ClockState.NEVER)), 0),
        ((reading(ClockState.UNKNOWN), reading(ClockState.NEVER)), 1),
        ((reading(FRESH), reading(FRESH, until="2026-11-21 15:00")), 1),
    ],
)
def test_worst_of(readings, place):
    assert worst_of(readings) == readings[place]
    assert worst_of((*readings, reading(FRESH, until="2026-11-21 17:00", is_sample=True))).is_sample
