"""The last line of each contract's schedule that was due when its agency last reported, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from warehouse.indicators.model import RowKey, Scope
from warehouse.indicators.selects import ACCEPTED
from warehouse.rules import RuleBook
from warehouse.schema import core_physical_progress as stage
from warehouse.schema import meta_submission as submission

SOURCE = "opd_fisik"
SCHEME = "program"


@dataclass(frozen=True)
class DueStage:
    """One contract at its latest due line; `actual_pct` None was not reported."""

    opd_code: str
    activity_id: str
    scheduled_date: date
    plan_pct: Decimal
    actual_pct: Decimal | None
    is_sample: bool


@dataclass(frozen=True)
class LateRule:
    """More points late than these make a contract critical; a plan up to and at the border has the first."""

    border_pct: Decimal
    first_points: Decimal
    second_points: Decimal

    @staticmethod
    def of(rules: RuleBook) -> LateRule:
        limits = rules.limits(SCHEME)
        return LateRule(
            limits.value("critical_plan_pct"),
            limits.value("critical_first_points"),
            limits.value("critical_second_points"),
        )

    def points_allowed(self, plan_pct: Decimal) -> Decimal:
        return self.first_points if plan_pct <= self.border_pct else self.second_points

    def is_critical(self, plan_pct: Decimal, actual_pct: Decimal) -> bool:
        return plan_pct - actual_pct > self.points_allowed(plan_pct)


def latest_due(region_code: str) -> sa.Subquery:
    """One line for each contract. Of lines on one date the one with the most work planned counts."""
    until = sa.func.max(sa.func.coalesce(submission.c.data_until, submission.c.received_at))
    senders = (
        sa.select(submission.c.opd_code, until.label("until"))
        .where(submission.c.source_id == SOURCE, submission.c.status.in_(ACCEPTED))
        .group_by(submission.c.opd_code)
        .subquery("senders")
    )
    place = sa.func.row_number().over(
        partition_by=(stage.c.opd_code, stage.c.activity_id),
        order_by=(stage.c.scheduled_date.desc(), stage.c.plan_pct.desc(), stage.c.stage_id.desc()),
    )
    due = (
        sa.select(*stage.c, place.label("place"))
        .join_from(stage, submission, submission.c.submission_id == stage.c.submission_id)
        .join(senders, senders.c.opd_code == submission.c.opd_code)
        .where(stage.c.region_code == region_code, sa.cast(stage.c.scheduled_date, sa.DateTime) < senders.c.until)
        .subquery("due")
    )
    columns = [column for column in due.c if column.name != "place"]
    return sa.select(*columns).where(due.c.place == 1).subquery("latest_due")


def select_stages(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    latest = latest_due(scope.region_code)
    names = ("opd_code", "activity_id", "scheduled_date", "plan_pct", "actual_pct", "is_sample")
    return sa.select(*latest.c[names]).order_by(latest.c.opd_code, latest.c.activity_id)


def select_rows(key: RowKey) -> sa.Select[Any]:
    """The latest due lines, of one agency when the key names one."""
    latest = latest_due(key.region_code)
    rows = sa.select(*latest.c)
    return rows if key.entity_code == key.region_code else rows.where(latest.c.opd_code == key.entity_code)
