"""What an indicator is and what its calculation returns: a value always carries numerator, status and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _
from typing import Any, Generic, Literal, TypeVar

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.packs import unread_marked

STORED_PLACES = 6
RowT = TypeVar("RowT")


@dataclass(frozen=True)
class Scope:
    """The region a calculation is for, and how far its sources have been delivered."""

    region_code: str
    region_name: str
    source_title: str
    owners: tuple[str, ...]  # agencies that owe the source
    data_until: datetime | None  # None: never delivered
    coordinator: str | None = None  # the agency that answers for what several make together


@dataclass(frozen=True)
class Dataset(Generic[RowT]):
    """Input rows of one indicator, typed by its module."""

    scope: Scope
    rows: tuple[RowT, ...]


@dataclass(frozen=True)
class RowKey:
    """Names one stored value, to ask for the rows behind it."""

    region_code: str
    entity_code: str
    period_start: date
    period_end: date
    entity_kind: str = ""  # empty: whichever kind the code belongs to


@dataclass(frozen=True)
class IndicatorValue:
    """One value for one entity and period; `value` None always comes with a status and a reason."""

    region_code: str
    entity_kind: str
    entity_code: str
    period_kind: str
    period_start: date
    period_end: date
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    status: ValueStatus
    reason: str
    rule_version: str
    is_sample: bool
    predikat: str = ""
    opd_code: str | None = None
    determinant: str = ""  # what decides the value: the critical pollutant of an ISPU
    # without the right to counts of few persons hidden, as such a count follows from it: a count; of a level its limit
    is_covered: bool = False


@dataclass(frozen=True)
class Indicator:
    """One figure as the public may question it: definition, formula, basis, and how to compute it."""

    id: str
    version: int
    title: str
    unit: str
    decimals: int
    better: Literal["higher", "lower", "none"]
    dimension: str
    owner_note: str
    definition: str
    formula: str
    legal_basis: str
    period_kind: Literal["year", "month", "week", "day", "window"]
    source_ids: tuple[str, ...]
    row_type: type[Any]
    inputs: Callable[[Scope, RuleBook], sa.Select[Any]] | None  # None: depends on the clock, never stored
    rows: Callable[[RowKey], sa.Select[Any]] | None
    calculate: Callable[[Dataset[Any], RuleBook], list[IndicatorValue]]
    target_key: str = ""  # full name of a limit, or "" for none
    target_word: str = ""  # "target", "batas", "SPM"
    title_key: str = ""  # limit written into the title at {limit}
    # what numerator and denominator are: "events" is a sum over so many events, whose mean is the value
    parts: Literal["counts", "money", "weights", "events"] = "counts"
    limit_keys: tuple[str, ...] = ()  # further limits the calculation uses, by full name
    counted: str = _("pembilang")  # the numerator of a share in words, with its unit in `counted_in`
    counted_in: str = ""
    is_headline: bool = False  # of the four to six a dimension is judged by; the others stand behind them
    coordinator_source: str = ""  # its only sender answers for values that several agencies make together

    def title_by(self, rules: RuleBook) -> str:
        """The title with the limit in force."""
        return self.title.format(limit=write_number(rules.value(self.title_key))) if self.title_key else self.title

    def target_by(self, rules: RuleBook, day: date | None = None) -> tuple[Decimal | None, str]:
        """The limit in force, on a day where it was another before, and its words, for example "target 90 %"."""
        target = rules.limit_on(self.target_key, day) if self.target_key else None
        if target is None:
            return None, ""
        unit = " %" if self.unit == "%" else ""
        return target.value, unread_marked(f"{self.target_word} {write_number(target.value)}{unit}", target.standing)

    def excludes_target(self, rules: RuleBook, day: date | None = None) -> bool:
        """Whether a value exactly on the limit misses it: "kurang dari 10"."""
        target = rules.limit_on(self.target_key, day) if self.target_key else None
        return target is not None and target.is_excluded


def as_stored(value: Decimal | None) -> Decimal | None:
    """A number at the precision of the mart, half up."""
    return None if value is None else round_half_up(value, STORED_PLACES)


def write_number(value: Decimal) -> str:
    """A number in Indonesian words of a reason or label, no trailing zeros: "1,5"."""
    return f"{value.normalize():f}".replace(".", ",")


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Share in percent, not rounded."""
    return part * 100 / whole
