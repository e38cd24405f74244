"""Every delivery that was due, and how it stands: in time, a day late, late, missing, held, excused or still awaited.

Reads no wall clock, and counts nothing from before a sender's first delivery: what had not begun is not late.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate, zip_longest

import sqlalchemy as sa

from warehouse.clock import AGREED, IRREGULAR, MONTHS, next_delivery, read_clocks
from warehouse.due import DAY, Agreement, agreed
from warehouse.figures import ClockReading, ClockState
from warehouse.indicators.selects import ACCEPTED
from warehouse.schema import meta_excuse, meta_sender, meta_source, meta_submission

HELD, SUPERSEDED = "ditahan", "digantikan"
ARRIVED = (*ACCEPTED, SUPERSEDED)
SPAN = timedelta(days=366)  # how far back periods are told
NO_GRACE = "hourly"  # an hour that comes a day late is of no use to anyone


class Standing(StrEnum):
    """How one delivery that was due stands."""

    ON_TIME = "tepat waktu"
    GRACE = "lewat sehari"
    AWAITED = "ditunggu"
    EXCUSED = "dimaklumi"
    HELD = "ditahan"
    LATE = "terlambat"
    MISSING = "belum masuk"


GOOD = (Standing.ON_TIME, Standing.GRACE)
JUDGED = (*GOOD, Standing.LATE, Standing.MISSING)  # what counts for or against a sender


@dataclass(frozen=True)
class Due:
    """One period of one source that one agency owed."""

    source_id: str
    source_title: str
    opd_code: str
    period_end: datetime
    due_at: datetime  # by the agreement; a day more is forgiven
    received_at: datetime | None
    standing: Standing
    is_sample: bool


Stood = tuple[datetime, datetime, datetime | None, Standing]  # period, due date, when it came, how that stands


def grace_of(cadence: str) -> timedelta:
    """What is forgiven after the due date."""
    return timedelta() if cadence == NO_GRACE else DAY


@dataclass(frozen=True)
class Arrival:
    """A delivery as far as punctuality asks."""

    received_at: datetime
    complete_to: datetime
    status: str


@dataclass(frozen=True)
class Owed:
    """What one sender of one source agreed to."""

    cadence: str
    agreement: Agreement

    @property
    def grace(self) -> timedelta:
        return grace_of(self.cadence)

    def ends(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """Ends of periods from the first at or after `since` up to `until`; of hours, those of their days."""
        step = "daily" if self.cadence == NO_GRACE else self.cadence
        end = _begun(step, since)
        while end < since:
            end = next_delivery(end, step)
        while end <= until:
            yield end
            end = next_delivery(end, step)


def _begun(cadence: str, instant: datetime) -> datetime:
    """The first instant of the period an instant lies in."""
    day = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    if cadence == "weekly":
        return day - timedelta(days=day.weekday())
    if cadence in MONTHS:
        return day.replace(day=1, month=(day.month - 1) // MONTHS[cadence] * MONTHS[cadence] + 1)
    return day


def stand(owed: Owed, arrivals: Sequence[Arrival], excused: frozenset[datetime], instant: datetime) -> Iterator[Stood]:
    """Period, due date, when it came, and how that stands; oldest first. Nothing before the first delivery."""
    if not arrivals:
        return
    began = min(one.received_at for one in arrivals)
    came = _Coming([one for one in arrivals if one.status in ARRIVED])
    held = _Coming([one for one in arrivals if one.status == HELD])
    for end in owed.ends(max(began - SPAN, instant - SPAN), instant):
        due = owed.agreement.due_at(end)
        if due < began:
            continue
        received = came.first(end)
        if received is None and held.first(end) is not None:
            yield end, due, None, Standing.HELD
        else:
            yield end, due, received, _standing(received, due, owed.grace, end in excused, instant)


def _standing(
    received: datetime | None, due: datetime, grace: timedelta, is_excused: bool, instant: datetime
) -> Standing:
    if received is not None and received <= due:
        return Standing.ON_TIME
    if received is not None and received <= due + grace:
        return Standing.GRACE
    if is_excused:
        return Standing.EXCUSED
    if received is not None:
        return Standing.LATE
    return Standing.AWAITED if instant <= due + grace else Standing.MISSING


class _Coming:
    """When a period was first complete, by its end."""

    def __init__(self, arrivals: Iterable[Arrival]) -> None:
        ordered = sorted(arrivals, key=lambda one: one.complete_to)
        self._until = [one.complete_to for one in ordered]
        self._first = list(accumulate((one.received_at for one in reversed(ordered)), min))[::-1]

    def first(self, end: datetime) -> datetime | None:
        place = bisect_left(self._until, end)
        return self._first[place] if place < len(self._first) else None


def dues(connection: sa.Connection, instant: datetime) -> tuple[Due, ...]:
    """Of every sender with an agreed due date, by source, agency and period."""
    return tuple(_dues(connection, instant, _excused(connection)))


def excused_senders(connection: sa.Connection, instant: datetime) -> frozenset[tuple[str, str]]:
    """Source and agency of whoever owes nothing that was not excused."""
    excused = _excused(connection)
    owing: dict[tuple[str, str], set[Standing]] = {}
    for due in _dues(connection, instant, excused) if excused else ():
        if due.received_at is None and (due.source_id, due.opd_code) in excused:
            owing.setdefault((due.source_id, due.opd_code), set()).add(due.standing)
    late = {Standing.MISSING, Standing.HELD}
    return frozenset(pair for pair, found in owing.items() if Standing.EXCUSED in found and not found & late)


def read_excused_clocks(connection: sa.Connection, instant: datetime) -> tuple[ClockReading, ...]:
    """The clock of every sender, with those marked whose delay was excused."""
    clocks, excused = read_clocks(connection, instant), excused_senders(connection, instant)
    return tuple(
        replace(clock, is_excused=True)
        if clock.state is ClockState.OVERDUE and (clock.source_id, clock.opd_code) in excused
        else clock
        for clock in clocks
    )


def _excused(connection: sa.Connection) -> dict[tuple[str, str], frozenset[datetime]]:
    found: dict[tuple[str, str], frozenset[datetime]] = {}
    standing = sa.select(*meta_excuse.c["source_id", "opd_code", "period_end"]).where(
        meta_excuse.c.revoked_at.is_(None)
    )
    for row in connection.execute(standing):
        pair = row.source_id, row.opd_code
        found[pair] = found.get(pair, frozenset()) | {row.period_end}
    return found


def _unpacked(found: Sequence[Stood]) -> Iterator[Stood]:
    """The past of the sample is packed into files of a month: of such a file its last period is told."""
    for one, following in zip_longest(found, found[1:]):
        if following is None or one[2] is None or one[2] != following[2]:
            yield one


def _dues(
    connection: sa.Connection, instant: datetime, excused: dict[tuple[str, str], frozenset[datetime]]
) -> Iterator[Due]:
    delivery, source = meta_submission, meta_source
    names = ("source_id", "opd_code", "received_at", "data_until", "status", "is_sample")
    arrivals: dict[tuple[str, str], list[Arrival]] = {}
    samples: set[tuple[str, str]] = set()
    for row in connection.execute(sa.select(*delivery.c[names]).where(delivery.c.received_at <= instant)):
        pair = row.source_id, row.opd_code
        arrivals.setdefault(pair, []).append(Arrival(row.received_at, row.data_until or row.received_at, row.status))
        if row.is_sample:
            samples.add(pair)
    agreements = (
        sa.select(*source.c["source_id", "title", "cadence", *AGREED], meta_sender.c.opd_code)
        .join(meta_sender, meta_sender.c.source_id == source.c.source_id)
        .where(source.c.cadence != IRREGULAR)
        .order_by(source.c.source_id, meta_sender.c.opd_code)
    )
    for row in connection.execute(agreements):
        agreement = agreed(*(row._mapping[column] for column in AGREED))
        pair = row.source_id, row.opd_code
        if agreement is None:
            continue
        found = list(
            stand(Owed(row.cadence, agreement), arrivals.get(pair, ()), excused.get(pair, frozenset()), instant)
        )
        for end, due_at, received, standing in _unpacked(found) if pair in samples else found:
            yield Due(row.source_id, row.title, row.opd_code, end, due_at, received, standing, pair in samples)
