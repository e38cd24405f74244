"""What was due and how it stands: grace of a day, nothing from before the first delivery, held, excused, awaited."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.unit.warehouse.small_warehouse import CALLS, INCIDENTS, at, deliver, fresh_warehouse
from warehouse.due import Agreement
from warehouse.punctuality import Arrival, Owed, Standing, dues, excused_senders, stand
from warehouse.schema import meta_confirmation, meta_excuse, meta_submission
from warehouse.turnaround import Waits, turnaround

MONTHLY = Owed("monthly", Agreement(days=10))  # October is due at the end of 10 November
FIRST = Arrival(at("2026-10-05 08:00"), at("2026-10-01 00:00"), "diterima")  # September
OCTOBER = at("2026-11-01 00:00")


def came(when: str, status: str = "diterima", until: str = "2026-11-01 00:00") -> Arrival:
    return Arrival(at(when), at(until), status)


@pytest.mark.parametrize(
    ("arrivals", "now", "excused", "standing"),
    [
        ([came("2026-11-10 23:59")], "2026-11-21 00:00", (), Standing.ON_TIME),
        ([came("2026-11-11 00:00")], "2026-11-21 00:00", (), Standing.ON_TIME),
        ([came("2026-11-11 09:00")], "2026-11-21 00:00", (), Standing.GRACE),
        ([came("2026-11-12 00:01")], "2026-11-21 00:00", (), Standing.LATE),
        ([came("2026-11-12 00:01")], "2026-11-21 00:00", (OCTOBER,), Standing.EXCUSED),
        ([came("2026-11-10 09:00")], "2026-11-21 00:00", (OCTOBER,), Standing.ON_TIME),
        ([], "2026-11-21 00:00", (), Standing.MISSING),
        ([], "2026-11-11 12:00", (), Standing.AWAITED),
        ([], "2026-11-21 00:00", (OCTOBER,), Standing.EXCUSED),
        ([], "2026-11-21 00:00", (at("2026-12-01 00:00"),), Standing.MISSING),
        ([came("2026-11-09 08:00", "ditahan")], "2026-11-21 00:00", (), Standing.HELD),
        ([came("2026-11-09 08:00", "ditolak")], "2026-11-21 00:00", (), Standing.MISSING),
        ([came("2026-11-09 08:00", "digantikan"), came("2026-11-18 08:00")], "2026-11-21 00:00", (), Standing.ON_TIME),
        ([came("2026-11-09 08:00", until="2026-10-20 00:00")], "2026-11-21 00:00", (), Standing.MISSING),
    ],
)
def test_how_a_month_stands(arrivals, now, excused, standing):
    found = list(stand(MONTHLY, [FIRST, *arrivals], frozenset(excused), at(now)))
    assert [(end, one) for end, _due, _received, one in found] == [
        (at("2026-10-01 00:00"), Standing.ON_TIME),
        (OCTOBER, standing),
    ]


def test_what_was_due_before_the_first_delivery_is_not_held_against_anyone():
    late = Arrival(at("2026-11-20 08:00"), at("2026-11-01 00:00"), "diterima")
    assert list(stand(MONTHLY, [late], frozenset(), at("2026-11-21 00:00"))) == []
    assert list(stand(MONTHLY, [], frozenset(), at("2026-11-21 00:00"))) == []


def test_hours_are_judged_by_their_days_and_have_no_day_of_grace():
    hourly = Owed("hourly", Agreement(minutes=90))
    arrivals = [Arrival(at("2026-11-18 10:05"), at("2026-11-18 10:00"), "diterima")]
    arrivals += [Arrival(at("2026-11-19 01:00"), at("2026-11-19 00:00"), "diterima")]
    arrivals += [Arrival(at("2026-11-20 05:00"), at("2026-11-20 04:00"), "diterima")]
    found = [one for *_rest, one in stand(hourly, arrivals, frozenset(), at("2026-11-21 00:30"))]
    assert found == [Standing.ON_TIME, Standing.LATE, Standing.AWAITED]


def test_weeks_and_years_end_where_the_calendar_says():
    week = Owed("weekly", Agreement(days=1))
    assert list(week.ends(at("2026-11-10 09:00"), at("2026-11-25 00:00"))) == [
        at("2026-11-16 00:00"),
        at("2026-11-23 00:00"),
    ]
    year = Owed("yearly", Agreement(days=1))
    assert list(year.ends(at("2025-06-01 00:00"), at("2027-02-01 00:00"))) == [
        at("2026-01-01 00:00"),
        at("2027-01-01 00:00"),
    ]


def excuse(connection, end, source=INCIDENTS, opd="SATPOLPP"):
    said = {"reason": "server dipindah", "excused_by": "uji", "excused_at": at("2026-11-21 08:00")}
    connection.execute(sa.insert(meta_excuse), [{"source_id": source, "opd_code": opd, "period_end": at(end)} | said])


def test_a_sender_is_excused_while_nothing_else_is_owed():
    now = at("2026-11-22 18:00")
    with fresh_warehouse() as connection:
        deliver(connection, INCIDENTS, [], opd="SATPOLPP", until=at("2026-11-20 00:00"))
        deliver(connection, CALLS, [], until=at("2026-11-22 17:00"))
        assert excused_senders(connection, now) == frozenset()
        standing = {due.period_end: due.standing for due in dues(connection, now) if due.opd_code == "SATPOLPP"}
        missing = [end for end, one in standing.items() if one is Standing.MISSING]
        assert missing == [at("2026-11-21 00:00")]
        excuse(connection, "2026-11-21 00:00")
        assert excused_senders(connection, now) == {(INCIDENTS, "SATPOLPP")}
        assert excused_senders(connection, now + timedelta(days=1)) == frozenset()
        connection.execute(sa.update(meta_excuse).values(revoked_at=now, revoked_by="walidata", revoke_reason="Salah."))
        assert excused_senders(connection, now) == frozenset()


def test_turnaround_counts_what_ended_and_what_waits():
    with fresh_warehouse() as connection:
        held = deliver(connection, CALLS, [], received=at("2026-11-18 08:00"))
        deliver(connection, CALLS, [], received=at("2026-11-19 08:00"), status="ditahan")
        deliver(connection, INCIDENTS, [], opd="SATPOLPP", received=at("2026-11-19 08:00"), status="ditolak")
        deliver(connection, INCIDENTS, [], opd="SATPOLPP", received=at("2026-11-19 11:00"))
        deliver(connection, INCIDENTS, [], opd="DINKES", received=at("2026-11-20 08:00"), status="ditolak")
        word = {"submission_id": held, "source_id": CALLS, "confirmed_at": at("2026-11-18 10:00")}
        connection.execute(sa.insert(meta_confirmation), [word])
        found = turnaround(connection, at("2026-11-21 08:00"))
        assert found.held == Waits((timedelta(hours=2),), (at("2026-11-19 08:00"),))
        assert found.refused == Waits((timedelta(hours=3),), (at("2026-11-20 08:00"),))
        connection.execute(sa.update(meta_submission).values(origin="contoh"))
        assert turnaround(connection, at("2026-11-21 08:00")).held == Waits((), ())


def test_a_percentile_needs_thirty():
    spans = tuple(timedelta(hours=count) for count in range(1, 31))
    assert Waits(spans[:29], ()).nine_of_ten is None
    assert Waits(spans, ()).nine_of_ten == timedelta(hours=27.9)
    assert Waits((), ()).middle is None
