"""What may be asked of measures, and what an answer consists of: frozen values, no queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse.cuts import Senders
from warehouse.filters import Filters, Span

ORDERS = ("nama", "nilai", "perubahan", "n")
ORDER_FIELDS = {"nilai": "value", "perubahan": "change", "n": "event_count"}


@dataclass(frozen=True)
class Question:
    """A measure and a cut of it. `senders`: those whose clock is in a state asked for; None for all."""

    measure_id: str
    filters: Filters
    senders: Senders | None = None


@dataclass(frozen=True)
class Window:
    """Which of the rows behind a group are wanted; `group_key` None means all groups."""

    group_key: str | None = None
    limit: int = 1000
    offset: int = 0


@dataclass(frozen=True)
class Group:
    """One row of an exploration; `value` None is not delivered or not known, never zero."""

    key: str
    label: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    event_count: int
    row_count: int
    is_sample: bool
    note: str = ""  # how much of it was delivered
    compared: Decimal | None = None
    start: date | None = None  # first day of a row of time
    part: str = ""  # which part of its time the cut holds, where not all; said in the note too

    @property
    def change(self) -> Decimal | None:
        """In the unit of the value; of a percentage in points."""
        return None if self.value is None or self.compared is None else self.value - self.compared


@dataclass(frozen=True)
class SourceRows:
    """A source behind an exploration and how many delivered rows were used."""

    source_id: str
    title: str
    owners: tuple[str, ...]
    row_count: int
    is_sample: bool


@dataclass(frozen=True)
class Exploration:
    """Groups in the order asked for; `total` None comes with its reason."""

    measure_id: str
    grouping: str
    step: str  # day, month, year: how long a row of time is
    groups: tuple[Group, ...]
    total: Group | None
    no_total_reason: str
    span: Span | None  # None before the first delivery
    compared: Span | None
    until_hour: int | None  # both spans end at this hour of their last day
    ignored: tuple[str, ...]
    sources: tuple[SourceRows, ...]
    as_of: str = ""  # the one period inside the span that stands for it, where periods are not put together


@dataclass(frozen=True)
class DeliveredRows:
    """Rows as delivered: as many as asked for, with the count of all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    row_count: int


def order_groups(groups: tuple[Group, ...], order: str) -> tuple[Group, ...]:
    """By name or number, "-" in front for the largest first; a missing value always last, no order as it comes."""
    name, is_falling = order.removeprefix("-"), order.startswith("-")
    if name == "nama":
        return tuple(sorted(groups, key=lambda group: group.label.casefold(), reverse=is_falling))
    field = ORDER_FIELDS.get(name)
    if field is None:
        return groups
    known = [group for group in groups if getattr(group, field) is not None]
    unknown = [group for group in groups if getattr(group, field) is None]
    return (*sorted(known, key=lambda group: getattr(group, field), reverse=is_falling), *unknown)
