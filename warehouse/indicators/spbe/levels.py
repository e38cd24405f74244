"""Levels of indicators as their region or an assessor judged them, and the index they make by the pack of their year.

Refuses to mix the two who judge, and to fill in a level nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, IndicatorValue, RowKey, Scope, write_number
from warehouse.indicators.periods import year_bounds
from warehouse.indicators.spbe.weighted_index import Given, resolve
from warehouse.rules import IndexPack, RuleBook
from warehouse.schema import core_spbe_level as level

SOURCE, SCHEME = "diskominfo_spbe_tingkat", "spbe"
SELF, ASSESSOR = "mandiri", "asesor"
NAMED = 6  # indicators named in a reason; more are counted


@dataclass(frozen=True)
class LevelRow:
    """One level of one indicator."""

    assessed_year: int
    indicator_code: str
    assessor: str
    level: Decimal
    is_sample: bool


@dataclass(frozen=True)
class Assessment:
    """The levels of one year by one assessor that the pack knows, by number, and what is wrong with the others."""

    levels: dict[int, Decimal]
    missing: tuple[str, ...]  # labels of indicators without a level
    problems: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing


def pack_of_year(rules: RuleBook, year: int) -> IndexPack | None:
    """SPBE, or what has replaced it; None where no regulation of ours covers the year."""
    day = date(year, 12, 31)
    schemes = (SCHEME, *(pack.scheme for pack in rules.index_packs if pack.replaces == SCHEME))
    return next((pack for scheme in schemes if (pack := rules.index_pack(scheme, day)) is not None), None)


def read_assessment(rows: Iterable[tuple[str, Decimal]], pack: IndexPack) -> Assessment:
    """Code and level of each row. A code or level that the regulation does not have is told and counts for nothing."""
    numbers = {item.label: item.no for item in pack.indicators}
    levels: dict[int, Decimal] = {}
    problems = []
    for code, value in rows:
        whole = pack.is_fractional or value == value.to_integral_value()
        if code not in numbers:
            problems.append(_("{regulation} tidak punya indikator {code}").format(
                regulation=pack.regulation, code=code))  # fmt: skip
        elif not whole or not pack.lowest_level <= value <= pack.highest_level:
            kind = "" if pack.is_fractional else _("bulat ")
            problems.append(_("indikator {code}: {value} bukan tingkat {kind}{lowest} sampai {highest}").format(
                code=code, value=write_number(value), kind=kind, lowest=pack.lowest_level, highest=pack.highest_level
            ))  # fmt: skip
        else:
            levels[numbers[code]] = value
    missing = tuple(item.label for item in pack.indicators if item.no not in levels)
    return Assessment(dict(sorted(levels.items())), missing, tuple(problems))


def select_levels(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """Every level of the region, of both who judge."""
    names = ("assessed_year", "indicator_code", "assessor", "level", "is_sample")
    select = sa.select(*level.c[names]).where(level.c.region_code == scope.region_code)
    return select.order_by(level.c.assessed_year, level.c.indicator_code, level.c.assessor)


def select_rows(assessor: str, key: RowKey) -> sa.Select[Any]:
    """The delivered levels behind a value."""
    return sa.select(level).where(
        level.c.region_code == key.region_code,
        level.c.assessed_year == key.period_start.year,
        level.c.assessor == assessor,
    )


def calculate(assessor: str, data: Dataset[LevelRow], rules: RuleBook) -> list[IndicatorValue]:
    """One value for each year of which a level was delivered, by whomever."""
    years: dict[int, list[LevelRow]] = {}
    for row in data.rows:
        years.setdefault(row.assessed_year, []).append(row)
    return [_calculate_year(assessor, year, rows, data.scope, rules) for year, rows in years.items()]


def _calculate_year(
    assessor: str, year: int, rows: Sequence[LevelRow], scope: Scope, rules: RuleBook
) -> IndicatorValue:
    own = [row for row in rows if row.assessor == assessor]
    pack = pack_of_year(rules, year)
    is_sample = any(row.is_sample for row in own or rows)
    if pack is None:
        reason = _("Tahun {year} tidak dicakup aturan yang tersedia").format(year=year)
        return _value(scope, year, None, is_sample, status=ValueStatus.NOT_APPLICABLE, reason=reason)
    if not own:
        reason = _("Penilaian {assessor} {year} belum disampaikan").format(assessor=assessor, year=year)
        return _value(scope, year, pack, is_sample, status=ValueStatus.NO_DATA, reason=reason)
    found = read_assessment(((row.indicator_code, row.level) for row in own), pack)
    notes = "; ".join(found.problems)
    if not found.is_whole:
        reason = "; ".join(part for part in (missing_words(found.missing), notes) if part)
        return _value(scope, year, pack, is_sample, status=ValueStatus.INCOMPLETE, reason=reason)
    index = resolve(Given(levels=found.levels), pack).index
    parts = {
        "numerator": index.points,
        "denominator": pack.total_weight,
        "value": pack.round(index.value),
        "predikat": pack.predikat(index.value),
    }
    return _value(scope, year, pack, is_sample, status=ValueStatus.CALCULATED, reason=notes, **parts)


def missing_words(missing: Sequence[str]) -> str:
    """`Tingkat indikator 3, 4 belum diisi`, of many only how many."""
    if len(missing) > NAMED:
        return _("Tingkat {count} indikator belum diisi").format(count=len(missing))
    return _("Tingkat indikator {labels} belum diisi").format(labels=", ".join(missing))


def _value(scope: Scope, year: int, pack: IndexPack | None, is_sample: bool, **parts: Any) -> IndicatorValue:
    start, end = year_bounds(year)
    empty: dict[str, Any] = {"numerator": None, "denominator": None, "value": None}
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind="region",
        entity_code=scope.region_code,
        period_kind="year",
        period_start=start,
        period_end=end,
        rule_version=pack.rule_version if pack else "",
        is_sample=is_sample,
        **(empty | parts),
    )
