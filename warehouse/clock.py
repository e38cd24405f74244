"""The honest clock: is the last delivery of each sender still as fresh as agreed, at a given instant.

Reads no wall clock. A source without an agreed due date, or without a rhythm, is never called late.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from warehouse.due import Agreement, agreed
from warehouse.figures import ClockReading, ClockState
from warehouse.indicators.selects import ACCEPTED
from warehouse.schema import meta_sender, meta_source, meta_submission

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
FIXED = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(days=7)}
IRREGULAR = "irregular"
CADENCES = (*FIXED, *MONTHS, IRREGULAR)
AGREED = ("grace_minutes", "due_working_days", "due_days")  # columns of meta_source

# From harmless to worst; of several clocks behind one figure the worst is told. A late sender outranks one that never
# sent: the figure then stands on old data, and only that takes its status away.
ORDER = (ClockState.FRESH, ClockState.DUE, ClockState.UNKNOWN, ClockState.NEVER, ClockState.OVERDUE)


@dataclass(frozen=True)
class Judgement:
    """State of one delivery at one instant."""

    state: ClockState
    due_at: datetime | None  # after this instant the sender is late; None without an agreement
    overdue_minutes: int


def judge_clock(
    data_until: datetime | None,
    received_at: datetime | None,
    cadence: str,
    agreement: Agreement | None,
    instant: datetime,
) -> Judgement:
    """FRESH before the next delivery is expected, DUE until it is due, OVERDUE after."""
    complete_to = data_until or received_at
    if complete_to is None:
        return Judgement(ClockState.NEVER, None, 0)
    if cadence == IRREGULAR:
        return Judgement(ClockState.FRESH, None, 0)
    if agreement is None:
        return Judgement(ClockState.UNKNOWN, None, 0)
    expected_at = next_delivery(complete_to, cadence)
    due_at = agreement.due_at(expected_at)
    if instant < expected_at:
        return Judgement(ClockState.FRESH, due_at, 0)
    if instant <= due_at:
        return Judgement(ClockState.DUE, due_at, 0)
    return Judgement(ClockState.OVERDUE, due_at, int((instant - due_at).total_seconds() // 60))


def next_delivery(complete_to: datetime, cadence: str) -> datetime:
    """One cadence later. The end of a month stays the end of a month."""
    if cadence in FIXED:
        return complete_to + FIXED[cadence]
    if cadence not in MONTHS:
        raise ValueError(f"irama kiriman {cadence!r} harus salah satu dari {', '.join(CADENCES)}")
    months = complete_to.year * 12 + complete_to.month - 1 + MONTHS[cadence]
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = complete_to.day == calendar.monthrange(complete_to.year, complete_to.month)[1]
    return complete_to.replace(year=year, month=month + 1, day=last if at_end else min(complete_to.day, last))


def read_clocks(connection: sa.Connection, instant: datetime) -> tuple[ClockReading, ...]:
    """One reading for each sender of each source, by source and sender."""
    delivery = meta_submission
    same = sa.and_(
        delivery.c.source_id == meta_sender.c.source_id,
        delivery.c.opd_code == meta_sender.c.opd_code,
        delivery.c.status.in_(ACCEPTED),
    )
    complete_to = sa.func.coalesce(delivery.c.data_until, delivery.c.received_at)
    select = (
        sa.select(
            meta_source.c.source_id,
            meta_source.c.title,
            meta_source.c.cadence,
            *meta_source.c[AGREED],
            meta_sender.c.opd_code,
            sa.func.max(delivery.c.data_until).label("data_until"),
            sa.func.arg_max(delivery.c.received_at, complete_to).label("received_at"),
            sa.func.coalesce(sa.func.bool_or(delivery.c.is_sample), False).label("is_sample"),
        )
        .select_from(
            meta_source.join(meta_sender, meta_sender.c.source_id == meta_source.c.source_id).outerjoin(delivery, same)
        )
        .group_by(*meta_source.c["source_id", "title", "cadence", *AGREED], meta_sender.c.opd_code)
        .order_by(meta_source.c.source_id, meta_sender.c.opd_code)
    )
    return tuple(_reading(row, instant) for row in connection.execute(select))


def _reading(row: sa.Row[*tuple[object, ...]], instant: datetime) -> ClockReading:
    fields = row._mapping
    agreement = agreed(*(fields[column] for column in AGREED))
    judged = judge_clock(fields["data_until"], fields["received_at"], fields["cadence"], agreement, instant)
    return ClockReading(
        source_id=fields["source_id"],
        source_title=fields["title"],
        opd_code=fields["opd_code"],
        state=judged.state,
        cadence=fields["cadence"],
        data_until=fields["data_until"],
        received_at=fields["received_at"],
        due_at=judged.due_at,
        overdue_minutes=judged.overdue_minutes,
        is_sample=fields["is_sample"],
    )


def worst_of(readings: Iterable[ClockReading]) -> ClockReading:
    """The reading to tell when several senders feed one figure; sample if any of them is. Needs at least one."""
    several = tuple(readings)
    if not several:
        raise ValueError("worst_of needs at least one reading")
    worst = max(several, key=lambda one: (ORDER.index(one.state), one.overdue_minutes, _age_key(one)))
    return replace(worst, is_sample=any(one.is_sample for one in several))


def _age_key(reading: ClockReading) -> float:
    complete_to = reading.data_until or reading.received_at
    return float("inf") if complete_to is None else -(complete_to - datetime.min).total_seconds()
