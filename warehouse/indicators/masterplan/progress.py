"""Monthly progress of programmes, and the one shape their weighted figures share: a sum over a sum of budgets.

A programme without the parts of a figure is left out of both sums and counted in the reason. A month that is not due
yet makes no figure of several programmes before all of them have reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.due import Agreement, agreed
from warehouse.figures import ValueStatus
from warehouse.indicators.masterplan.entities import Entity, entities_of
from warehouse.indicators.model import Dataset, IndicatorValue, RowKey, Scope, as_stored
from warehouse.indicators.periods import is_month_due, month_end
from warehouse.indicators.selects import agreed_terms, any_sample, last_receipt
from warehouse.rules import RuleBook
from warehouse.schema import core_programme as programme
from warehouse.schema import core_programme_progress as progress

SOURCE = "opd_progres_program"
SCHEME = "program"
ONE = Decimal(1)


@dataclass(frozen=True)
class ProgrammeMonth:
    """One programme in one month; everything reported None when its agency has not reported."""

    programme_code: str
    report_month: date
    lead_opd_code: str
    dimension_code: str | None  # None: not in the programme matrix
    physical_plan_pct: Decimal | None
    physical_actual_pct: Decimal | None
    financial_plan_pct: Decimal | None
    financial_actual_pct: Decimal | None
    budget_idr: Decimal | None
    realised_idr: Decimal | None
    last_receipt: datetime | None
    grace_minutes: int | None
    due_working_days: int | None
    due_days: int | None
    is_sample: bool

    @property
    def agreement(self) -> Agreement | None:
        return agreed(self.grace_minutes, self.due_working_days, self.due_days)

    @property
    def is_reported(self) -> bool:
        """A line whose realisation is empty throughout is a plan, not a report."""
        parts = (self.physical_actual_pct, self.financial_actual_pct, self.realised_idr)
        return any(part is not None for part in parts)


def reported_months(region_code: str) -> sa.Subquery:
    """Months somebody reported."""
    return sa.select(progress.c.report_month).where(progress.c.region_code == region_code).distinct().subquery()


def programme_months(region_code: str, months: sa.Subquery) -> sa.Subquery:
    """Every programme of the year in each of the given months, with the report where there is one."""
    year = sa.extract("year", months.c.report_month)
    expected = (
        sa.select(*programme.c["programme_code", "lead_opd_code", "dimension_code", "is_sample"], months.c.report_month)
        .join_from(programme, months, sa.and_(programme.c.start_year <= year, programme.c.end_year >= year))
        .where(programme.c.region_code == region_code)
        .subquery("expected")
    )
    sent = sa.select(progress).where(progress.c.region_code == region_code).subquery("sent")
    known = sa.select(programme).where(programme.c.region_code == region_code).subquery("known")
    same = sa.and_(sent.c.programme_code == expected.c.programme_code, sent.c.report_month == expected.c.report_month)
    code = sa.func.coalesce(expected.c.programme_code, sent.c.programme_code)
    return (
        sa.select(
            code.label("programme_code"),
            sa.func.coalesce(expected.c.report_month, sent.c.report_month).label("report_month"),
            sa.func.coalesce(expected.c.lead_opd_code, known.c.lead_opd_code, sent.c.opd_code).label("lead_opd_code"),
            sa.func.coalesce(expected.c.dimension_code, known.c.dimension_code).label("dimension_code"),
            *sent.c[
                "physical_plan_pct", "physical_actual_pct", "financial_plan_pct", "financial_actual_pct",
                "budget_idr", "realised_idr",
            ],
            last_receipt().label("last_receipt"),
            *agreed_terms(SOURCE),
            any_sample(sent.c.is_sample, expected.c.is_sample, known.c.is_sample).label("is_sample"),
        )
        .select_from(
            expected.join(sent, same, full=True, isouter=True).outerjoin(
                known, known.c.programme_code == sent.c.programme_code
            )
        )
        .subquery("programme_months")
    )  # fmt: skip


def select_months(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    months = programme_months(scope.region_code, reported_months(scope.region_code))
    return sa.select(*months.c).order_by(months.c.report_month, months.c.programme_code)


def select_rows(key: RowKey) -> sa.Select[Any]:
    """Reports of the months of a period; of one agency, dimension or programme when the key names one."""
    rows = sa.select(progress).where(
        progress.c.region_code == key.region_code,
        progress.c.report_month >= key.period_start,
        progress.c.report_month <= key.period_end,
    )
    return rows.where(belongs_to(progress.c.programme_code, progress.c.opd_code, key))


def belongs_to(
    programme_code: sa.ColumnElement[str], reporter: sa.ColumnElement[str] | None, key: RowKey
) -> sa.ColumnElement[bool]:
    """Whether a row's programme belongs to the entity of a key."""
    if key.entity_kind == "region" or (not key.entity_kind and key.entity_code == key.region_code):
        return sa.true()
    codes = sa.select(programme.c.programme_code).where(programme.c.region_code == key.region_code)
    led = programme_code.in_(codes.where(programme.c.lead_opd_code == key.entity_code))
    unknown = sa.and_(programme_code.not_in(codes), reporter == key.entity_code) if reporter is not None else sa.false()
    kinds = {
        "programme": programme_code == key.entity_code,
        "dimension": programme_code.in_(codes.where(programme.c.dimension_code == key.entity_code)),
        "opd": sa.or_(led, unknown),
    }
    return kinds[key.entity_kind] if key.entity_kind else sa.or_(*kinds.values())


@dataclass(frozen=True)
class Left:
    """Why a programme is left out of a figure."""

    words: str
    is_reported: bool = True
    is_applicable: bool = True


NOT_REPORTED = Left(_("belum melapor"), is_reported=False)
NO_REALISATION = Left(_("tanpa realisasi"))
NO_BUDGET = Left(_("tanpa pagu"))
ZERO_BUDGET = Left(_("pagunya nol"), is_applicable=False)
REASONS = (NOT_REPORTED, NO_REALISATION, NO_BUDGET, ZERO_BUDGET)
Measure = Callable[[ProgrammeMonth], "tuple[Decimal, Decimal] | Left"]  # parts of numerator and denominator


def weight_of(row: ProgrammeMonth) -> Decimal | Left:
    """The budget a programme weighs with."""
    if row.budget_idr is None:
        return NO_BUDGET
    return row.budget_idr if row.budget_idr > 0 else ZERO_BUDGET


def by_budget(alone: Measure) -> Measure:
    """A measure of one programme as its part in several: each weighs with its budget."""

    def weighted(row: ProgrammeMonth) -> tuple[Decimal, Decimal] | Left:
        share, weight = alone(row), weight_of(row)
        if isinstance(share, Left):
            return share
        return weight if isinstance(weight, Left) else (share[0] * weight, weight)

    return weighted


@dataclass(frozen=True)
class Weighed:
    """Sums over the programmes that have all parts, and who was left out."""

    numerator: Decimal
    denominator: Decimal
    used_count: int
    left: tuple[Left, ...]
    is_sample: bool

    @property
    def value(self) -> Decimal | None:
        return self.numerator / self.denominator if self.used_count else None


def weigh(rows: Iterable[ProgrammeMonth], measure: Measure) -> Weighed:
    """Sum a measure over programmes."""
    numerator = denominator = Decimal(0)
    used, left, is_sample = 0, [], False
    for row in rows:
        is_sample |= row.is_sample
        parts = measure(row) if row.is_reported else NOT_REPORTED
        if isinstance(parts, Left):
            left.append(parts)
            continue
        numerator, denominator, used = numerator + parts[0], denominator + parts[1], used + 1
    return Weighed(numerator, denominator, used, tuple(left), is_sample)


def by_entity(rows: Iterable[ProgrammeMonth], region_code: str) -> dict[tuple[Entity, date], list[ProgrammeMonth]]:
    """Programme months of each entity and month that may be shown."""
    found: dict[tuple[Entity, date], list[ProgrammeMonth]] = {}
    for row in rows:
        for entity in entities_of(region_code, row.lead_opd_code, row.dimension_code, row.programme_code):
            found.setdefault((entity, row.report_month), []).append(row)
    return {key: group for key, group in found.items() if is_settled(group)}


def is_settled(rows: Iterable[ProgrammeMonth]) -> bool:
    """A month that is due, or one of which every programme has reported already."""
    return all(row.is_reported or is_due(row) for row in rows)


def is_due(row: ProgrammeMonth) -> bool:
    return is_month_due(row.report_month, row.last_receipt, row.agreement)


def weighted_values(
    data: Dataset[ProgrammeMonth],
    rules: RuleBook,
    measure: Measure,
    alone: Measure | None = None,
    scale: Decimal = ONE,
) -> list[IndicatorValue]:
    """One value for each entity and month; `alone` measures a single programme, which needs no weight."""
    values = []
    for (entity, month), rows in by_entity(data.rows, data.scope.region_code).items():
        weighed = weigh(rows, alone if alone and entity.kind == "programme" else measure)
        status, reason = _standing(weighed, entity)
        values.append(
            IndicatorValue(
                region_code=data.scope.region_code,
                entity_kind=entity.kind,
                entity_code=entity.code,
                period_kind="month",
                period_start=month,
                period_end=month_end(month),
                numerator=as_stored(weighed.numerator) if weighed.used_count else None,
                denominator=as_stored(weighed.denominator) if weighed.used_count else None,
                value=None if weighed.value is None else as_stored(weighed.value * scale),
                status=status,
                reason=reason,
                rule_version=rules.limits(SCHEME).rule_version,
                is_sample=weighed.is_sample,
                opd_code=rows[0].lead_opd_code if entity.kind in ("opd", "programme") else None,
            )
        )
    return values


def _standing(weighed: Weighed, entity: Entity) -> tuple[ValueStatus, str]:
    reason = left_out(weighed, is_one=entity.kind == "programme")
    if weighed.used_count:
        return ValueStatus.CALCULATED, reason
    if not any(left.is_reported for left in weighed.left):
        return ValueStatus.NO_DATA, reason
    is_applicable = any(left.is_applicable for left in weighed.left)
    return ValueStatus.INCOMPLETE if is_applicable else ValueStatus.NOT_APPLICABLE, reason


def left_out(weighed: Weighed, *, is_one: bool = False) -> str:
    """ "52 dari 60 program; 5 belum melapor; 3 tanpa pagu"; nothing when none is left out."""
    if not weighed.left:
        return ""
    if is_one:
        return weighed.left[0].words.capitalize()
    counts = [f"{weighed.left.count(why)} {why.words}" for why in REASONS if why in weighed.left]
    total = weighed.used_count + len(weighed.left)
    used = _("{used} dari {total} program").format(used=weighed.used_count, total=total)
    return "; ".join((used, *counts))
