"""Spending accounts of an agency's LRA, added up over the year whatever basis the agency reports on.

A monthly report continues the one of the month before; with a month missing the year so far is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from warehouse.due import Agreement, agreed
from warehouse.indicators.model import RowKey, Scope
from warehouse.indicators.selects import agreed_terms, last_receipt
from warehouse.rules import RuleBook
from warehouse.schema import core_budget_realisation as realisation

SOURCE = "opd_lra"
SPENDING = "5"  # belanja
MONTHLY = "bulanan"


@dataclass(frozen=True)
class OpdReport:
    """Spending of one agency in one reported period, as delivered."""

    opd_code: str
    period_start: date
    period_end: date
    basis: str
    budget_idr: Decimal | None
    realised_idr: Decimal | None
    account_count: int
    unspent_count: int  # accounts whose realisation is empty
    unfunded_count: int  # accounts whose budget is empty
    last_receipt: datetime | None
    grace_minutes: int | None
    due_working_days: int | None
    due_days: int | None
    is_sample: bool

    @property
    def agreement(self) -> Agreement | None:
        return agreed(self.grace_minutes, self.due_working_days, self.due_days)


@dataclass(frozen=True)
class OpdMonth:
    """One agency's year so far at the end of a month; `realised_idr` None: not known."""

    report: OpdReport
    realised_idr: Decimal | None
    missing_month: date | None  # a month before it that is absent or incomplete

    @property
    def month(self) -> date:
        return self.report.period_end.replace(day=1)


def select_reports(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """Sums of the detail accounts; stored totals are not among the facts."""
    own = realisation.c

    def total(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
        return sa.cast(sa.func.sum(column), sa.Numeric(24, 2)).label(column.name)

    return (
        sa.select(
            *own["opd_code", "period_start", "period_end", "basis"],
            total(own.budget_idr),
            total(own.realised_idr),
            sa.func.count().label("account_count"),
            sa.func.count().filter(own.realised_idr.is_(None)).label("unspent_count"),
            sa.func.count().filter(own.budget_idr.is_(None)).label("unfunded_count"),
            last_receipt().label("last_receipt"),
            *agreed_terms(SOURCE),
            sa.func.bool_or(own.is_sample).label("is_sample"),
        )
        .where(own.region_code == scope.region_code, is_spending())
        .group_by(*own["opd_code", "period_start", "period_end", "basis"])
        .order_by(own.opd_code, own.period_end, own.period_start)
    )


def is_spending() -> sa.ColumnElement[bool]:
    return sa.or_(realisation.c.account_code == SPENDING, realisation.c.account_code.startswith(SPENDING + "."))


def select_rows(key: RowKey) -> sa.Select[Any]:
    """Spending accounts from the start of the year to the end of a period."""
    rows = sa.select(realisation).where(
        realisation.c.region_code == key.region_code,
        realisation.c.period_end >= key.period_end.replace(month=1, day=1),
        realisation.c.period_end <= key.period_end,
        is_spending(),
    )
    latest = sa.or_(realisation.c.basis == MONTHLY, realisation.c.period_end >= key.period_start)
    rows = rows.where(latest)
    return rows if key.entity_code == key.region_code else rows.where(realisation.c.opd_code == key.entity_code)


def years_so_far(reports: Iterable[OpdReport]) -> list[OpdMonth]:
    """The last report of each agency and month, with its realisation since the first of January."""
    months: list[OpdMonth] = []
    before: OpdMonth | None = None
    for report in sorted(reports, key=lambda one: (one.opd_code, one.period_end, one.period_start)):
        if months and _is_same_month(months[-1].report, report):
            months.pop()  # a later report of the month stands in its place, it does not continue it
            before = months[-1] if months else None
        same_year = before is not None and _belongs_together(before.report, report)
        before = _continued(before if same_year else None, report)
        months.append(before)
    return months


def _belongs_together(one: OpdReport, other: OpdReport) -> bool:
    return one.opd_code == other.opd_code and one.period_end.year == other.period_end.year


def _is_same_month(one: OpdReport, other: OpdReport) -> bool:
    return _belongs_together(one, other) and one.period_end.month == other.period_end.month


def _continued(before: OpdMonth | None, report: OpdReport) -> OpdMonth:
    realised = None if report.unspent_count else report.realised_idr
    if report.basis != MONTHLY or report.period_start.month == 1:
        return OpdMonth(report, realised, None)
    due = date(report.period_end.year, 1, 1) if before is None else _month_after(before.month)
    if before is None or report.period_start.replace(day=1) != due:
        return OpdMonth(report, None, due)
    if before.realised_idr is None:
        return OpdMonth(report, None, before.missing_month or before.month)
    return OpdMonth(report, None if realised is None else before.realised_idr + realised, None)


def _month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
