"""Shares of programmes over a year: the S-curve and each dimension, weighed exactly as the indicators weigh them.

Refuses to fill in: a month nobody reported has no actual, and a plan nobody delivered is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import sqlalchemy as sa

from warehouse.figures import CurvePoint, DimensionProgress, ProgrammeLine
from warehouse.indicators.masterplan.entities import EntityKind
from warehouse.indicators.masterplan.progress import (
    NO_REALISATION,
    Left,
    Measure,
    ProgrammeMonth,
    by_budget,
    is_settled,
    programme_months,
    reported_months,
    weigh,
)
from warehouse.indicators.model import as_stored
from warehouse.indicators.periods import write_short_month
from warehouse.schema import core_programme_progress as progress

MONTHS = range(1, 13)
CurveMeasure = Literal["fisik", "keuangan"]
PARTS = {  # columns of plan and actual
    "fisik": ("physical_plan_pct", "physical_actual_pct"),
    "keuangan": ("financial_plan_pct", "financial_actual_pct"),
}


@dataclass(frozen=True)
class CurveOf:
    """Which S-curve: physical or financial, of the region, an agency, a dimension or one programme."""

    measure: CurveMeasure = "fisik"
    entity_kind: EntityKind = "region"
    entity_code: str = ""  # not needed for the region

    def holds(self, row: ProgrammeMonth) -> bool:
        codes = {"opd": row.lead_opd_code, "dimension": row.dimension_code, "programme": row.programme_code}
        return self.entity_kind == "region" or codes[self.entity_kind] == self.entity_code


WHOLE_REGION = CurveOf()


def reported_year(connection: sa.Connection, region_code: str) -> int | None:
    """The last year with a report; None before the first."""
    select = sa.select(sa.func.max(progress.c.report_month)).where(progress.c.region_code == region_code)
    month = connection.execute(select).scalar()
    return None if month is None else int(month.year)


def months_of_year(connection: sa.Connection, region_code: str, year: int) -> tuple[ProgrammeMonth, ...]:
    """Each programme in each reported month of a year, in order of month."""
    months = reported_months(region_code)
    own = sa.select(months.c.report_month).where(sa.extract("year", months.c.report_month) == year).subquery("own")
    rows = programme_months(region_code, own)
    select = (
        sa.select(*rows.c)
        .where(sa.extract("year", rows.c.report_month) == year)
        .order_by(rows.c.report_month, rows.c.programme_code)
    )
    return tuple(ProgrammeMonth(**row._mapping) for row in connection.execute(select))


def curve_of(rows: Iterable[ProgrammeMonth], year: int, of: CurveOf) -> tuple[CurvePoint, ...]:
    """The curve of rows already read. A month that is not due shows its actual once every programme has reported."""
    months: dict[date, list[ProgrammeMonth]] = {date(year, number, 1): [] for number in MONTHS}
    for row in rows:
        if of.holds(row):
            months[row.report_month].append(row)
    is_weighed = of.entity_kind != "programme"
    points = []
    for month, own in months.items():
        both = plan_and_actual(own, of.measure, is_weighed=is_weighed) if own and is_settled(own) else (None, None)
        plan = both[0] if both[0] is not None else _plan_alone(own, of.measure, is_weighed=is_weighed)
        points.append(CurvePoint(month, write_short_month(month), plan, both[1]))
    return tuple(points)


def plan_and_actual(
    rows: Iterable[ProgrammeMonth], measure: CurveMeasure, *, is_weighed: bool = True
) -> tuple[Decimal | None, Decimal | None]:
    """Plan and actual of the same programmes: those that have both."""
    own, parts = list(rows), PARTS[measure]
    plan, actual = (weigh(own, _share(part, parts, is_weighed)).value for part in parts)
    return as_stored(plan), as_stored(actual)


def _plan_alone(rows: Iterable[ProgrammeMonth], measure: CurveMeasure, *, is_weighed: bool) -> Decimal | None:
    plan = PARTS[measure][0]
    share, total, whole = _share(plan, (plan,), is_weighed), Decimal(0), Decimal(0)
    for row in rows:
        parts = share(row)
        if not isinstance(parts, Left):
            total, whole = total + parts[0], whole + parts[1]
    return as_stored(total / whole) if whole else None


def _share(part: str, needed: tuple[str, ...], is_weighed: bool) -> Measure:
    def alone(row: ProgrammeMonth) -> tuple[Decimal, Decimal] | Left:
        value: Decimal | None = getattr(row, part)
        if value is None or any(getattr(row, name) is None for name in needed):
            return NO_REALISATION
        return value, Decimal(1)

    return by_budget(alone) if is_weighed else alone


def dimensions_of(lines: Iterable[ProgrammeLine], rows: Iterable[ProgrammeMonth]) -> tuple[DimensionProgress, ...]:
    """Every dimension with programmes in a year, all at the last month that may be shown of the whole."""
    names = {line.dimension_code: line.dimension_name for line in lines}
    own: dict[str, list[ProgrammeMonth]] = {code: [] for code in sorted(names)}
    for row in last_shown(rows):
        if row.dimension_code in own:
            own[row.dimension_code].append(row)
    return tuple(DimensionProgress(names[code], *plan_and_actual(months, "fisik")) for code, months in own.items())


def last_shown(rows: Iterable[ProgrammeMonth]) -> tuple[ProgrammeMonth, ...]:
    """The last month that may be shown: due, or reported by every programme among the rows; empty before the first."""
    by_month: dict[date, list[ProgrammeMonth]] = {}
    for row in rows:
        by_month.setdefault(row.report_month, []).append(row)
    settled = [month for month, own in by_month.items() if is_settled(own)]
    return tuple(by_month[max(settled)]) if settled else ()
