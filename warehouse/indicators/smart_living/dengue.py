"""What the dengue figures share: reported weeks by kecamatan, weeks of the year, and the reports that are missing.

A kecamatan that did not report is left out and told, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.formulas.usual_band import UsualBand, usual_band
from warehouse.indicators.model import IndicatorValue, RowKey, Scope
from warehouse.rules import LimitsPack, RuleBook
from warehouse.schema import core_dengue_week as dengue
from warehouse.schema import ref_region

SOURCE, SCHEME, GOALS = "dinkes_dbd", "dbd_siaga", "dbd"
DAYS = timedelta(days=6)  # from the first day of a week to its last
REGION, KECAMATAN = "region", "kecamatan"


@dataclass(frozen=True)
class AreaWeek:
    """One kecamatan and week as reported; `area_count` is how many kecamatan the region has."""

    area_code: str
    week_end: date
    cases: int | None
    deaths: int | None
    population: int | None
    area_count: int
    is_sample: bool


def select_weeks(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    areas = (
        sa.select(sa.func.count())
        .select_from(ref_region)
        .where(ref_region.c.parent_code == scope.region_code, ref_region.c.level == "kecamatan")
        .scalar_subquery()
    )
    return (
        sa.select(
            dengue.c.kecamatan_code.label("area_code"),
            dengue.c.week_end,
            dengue.c.case_count.label("cases"),
            dengue.c.death_count.label("deaths"),
            dengue.c.population,
            areas.label("area_count"),
            dengue.c.is_sample,
        )
        .where(dengue.c.region_code == scope.region_code)
        .order_by(dengue.c.week_end, dengue.c.kecamatan_code)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    rows = (
        sa.select(*dengue.c)
        .where(
            dengue.c.region_code == key.region_code,
            dengue.c.week_end >= key.period_start,
            dengue.c.week_end <= key.period_end,
        )
        .order_by(dengue.c.week_end, dengue.c.kecamatan_code)
    )
    return rows if key.entity_code == key.region_code else rows.where(dengue.c.kecamatan_code == key.entity_code)


@dataclass(frozen=True)
class Week:
    """All kecamatan of one week; only those that reported."""

    end: date
    cases: Mapping[str, int]
    area_count: int
    is_sample: bool

    @property
    def missing(self) -> int:
        return max(self.area_count - len(self.cases), 0)

    @property
    def of_year(self) -> tuple[int, int]:
        """Year and number by which weeks of different years are compared."""
        year, number, _day = self.end.isocalendar()
        return year, number

    def of(self, area_code: str) -> int | None:
        """Cases of a kecamatan; of the region ("") only when every kecamatan reported."""
        if area_code:
            return self.cases.get(area_code)
        return None if self.missing else sum(self.cases.values())


def weeks_of(rows: Sequence[AreaWeek]) -> tuple[Week, ...]:
    """Oldest first."""
    found: dict[date, list[AreaWeek]] = {}
    for row in rows:
        found.setdefault(row.week_end, []).append(row)
    return tuple(
        Week(
            end,
            {one.area_code: one.cases for one in several if one.cases is not None},
            several[0].area_count,
            any(one.is_sample for one in several),
        )
        for end, several in sorted(found.items())
    )


@dataclass(frozen=True)
class History:
    """Cases of the same week of other years, by kecamatan; "" is the region."""

    by_week: Mapping[tuple[str, int], Sequence[tuple[int, int]]]

    @staticmethod
    def of(weeks: Iterable[Week]) -> History:
        found: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for week in weeks:
            year, number = week.of_year
            for area in ("", *week.cases):
                cases = week.of(area)
                if cases is not None:
                    found.setdefault((area, number), []).append((year, cases))
        return History(found)

    def usual(self, area: str, week: Week, limits: LimitsPack) -> UsualBand | None:
        """What is usual for a week by the years before it; None of too few."""
        least, past = int(limits.value("least_years")), self._past(area, week)
        return usual_band(past, "rerata", limits.value("deviations"), least) if len(past) >= least else None

    def lacking_words(self, area: str, week: Week, limits: LimitsPack) -> str:
        """Why nothing is usual for a week yet; "" where something is."""
        least, known = int(limits.value("least_years")), len(self._past(area, week))
        if known >= least:
            return ""
        words = _("Tahun pembanding minggu ini kurang: {known} dari {least}")
        return words.format(known=known, least=least)

    def _past(self, area: str, week: Week) -> list[Decimal]:
        """Cases of the same week of the years before it, where they are known."""
        year, number = week.of_year
        return [Decimal(cases) for earlier, cases in self.by_week.get((area, number), ()) if earlier < year]


def missing_words(missing: int, area_count: int) -> str:
    if not missing:
        return ""
    return _("{missing} dari {all} kecamatan belum melapor").format(missing=missing, all=area_count)


def dengue_value(
    scope: Scope, area: str, span: tuple[date, date], *, status: ValueStatus, **parts: Any
) -> IndicatorValue:
    """One value of the region ("") or a kecamatan; numbers that are not given are empty."""
    numbers = {"numerator": None, "denominator": None, "value": None, "reason": "", "rule_version": ""} | parts
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind=KECAMATAN if area else REGION,
        entity_code=area or scope.region_code,
        period_kind="week" if span[1] - span[0] == DAYS else "year",
        period_start=span[0],
        period_end=span[1],
        status=status,
        **numbers,
    )
