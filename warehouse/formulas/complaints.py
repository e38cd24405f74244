"""How long a complaint took, or has waited, against the limit of its kind.

The day it came in is day zero; then each working day counts (Monday to Friday but for public holidays and the leave
days that go with them), or each day of the calendar. Who closes on the last day is within the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from warehouse.due import after_working_days, working_days_between


class State(StrEnum):
    """Where a complaint stands on the day it is judged."""

    IN_TIME = "selesai dalam batas"
    LATE = "selesai lewat batas"
    OPEN = "berjalan"
    OVERDUE = "berjalan lewat batas"


@dataclass(frozen=True)
class Handling:
    """One complaint, or one step of it: days used or waited so far, and its last day in time."""

    days: int
    limit: int
    due: date
    state: State

    @property
    def left(self) -> int:
        """Days left; negative: over the limit."""
        return self.limit - self.days

    @property
    def is_decided(self) -> bool:
        return self.state is not State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state in (State.OPEN, State.OVERDUE)


def handle(start: date, end: date | None, today: date, limit: int, working: bool) -> Handling:
    """`end` None: still open on `today`."""
    until = today if end is None else end
    days = working_days_between(start, until) if working else (until - start).days
    due = after_working_days(start, limit) if working else start + timedelta(days=limit)
    in_time = days <= limit
    if end is None:
        return Handling(days, limit, due, State.OPEN if in_time else State.OVERDUE)
    return Handling(days, limit, due, State.IN_TIME if in_time else State.LATE)


def within_limit(found: Sequence[Handling]) -> tuple[int, int]:
    """How many were in time, of those decided: closed, or open over their limit."""
    decided = [one for one in found if one.is_decided]
    return sum(one.state is State.IN_TIME for one in decided), len(decided)
