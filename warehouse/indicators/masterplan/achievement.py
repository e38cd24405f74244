"""Target and last reported achievement of each programme in each year that has reports; no year of the future."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from warehouse.indicators.masterplan.progress import SOURCE, belongs_to
from warehouse.indicators.model import RowKey, Scope
from warehouse.indicators.selects import any_sample
from warehouse.rules import RuleBook
from warehouse.schema import core_programme as programme
from warehouse.schema import core_programme_progress as progress
from warehouse.schema import core_programme_target as target

__all__ = ["SOURCE", "ProgrammeYear", "select_rows", "select_years"]


@dataclass(frozen=True)
class ProgrammeYear:
    """One programme in one year of its term."""

    programme_code: str
    year: int
    lead_opd_code: str
    dimension_code: str
    target_text: str | None
    target_value: Decimal | None
    achieved_value: Decimal | None
    achieved_month: date | None
    is_sample: bool


def select_years(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    reported = sa.and_(progress.c.region_code == scope.region_code, progress.c.achieved_value.is_not(None))
    year = sa.cast(sa.extract("year", progress.c.report_month), sa.Integer)
    any_year = sa.select(year.label("year")).where(progress.c.region_code == scope.region_code).distinct()
    years = any_year.subquery("years")
    last = (
        sa.select(
            progress.c.programme_code,
            year.label("year"),
            sa.func.arg_max(progress.c.achieved_value, progress.c.report_month).label("achieved_value"),
            sa.func.max(progress.c.report_month).label("achieved_month"),
            sa.func.bool_or(progress.c.is_sample).label("is_sample"),
        )
        .where(reported)
        .group_by(progress.c.programme_code, year)
        .subquery("last")
    )
    inside = sa.and_(programme.c.start_year <= years.c.year, programme.c.end_year >= years.c.year)
    aims = sa.and_(
        target.c.region_code == programme.c.region_code,
        target.c.programme_code == programme.c.programme_code,
        target.c.target_year == years.c.year,
    )
    own = sa.and_(last.c.programme_code == programme.c.programme_code, last.c.year == years.c.year)
    is_sample = any_sample(programme.c.is_sample, target.c.is_sample, last.c.is_sample)
    return (
        sa.select(
            *programme.c["programme_code", "lead_opd_code", "dimension_code"],
            years.c.year,
            *target.c["target_text", "target_value"],
            *last.c["achieved_value", "achieved_month"],
            is_sample.label("is_sample"),
        )
        .select_from(programme.join(years, inside).outerjoin(target, aims).outerjoin(last, own))
        .where(programme.c.region_code == scope.region_code)
        .order_by(years.c.year, programme.c.programme_code)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    """Reports with an achievement, and the targets they are held against."""
    reports = sa.select(
        *progress.c["submission_id", "row_no", "is_sample", "programme_code"],
        sa.literal("capaian", sa.Text).label("part"),
        progress.c.report_month.label("period"),
        sa.cast(sa.null(), sa.Text).label("target_text"),
        progress.c.achieved_value.label("quantity"),
    ).where(
        progress.c.region_code == key.region_code,
        progress.c.report_month.between(key.period_start, key.period_end),
        progress.c.achieved_value.is_not(None),
        belongs_to(progress.c.programme_code, progress.c.opd_code, key),
    )
    aims = sa.select(
        *target.c["submission_id", "row_no", "is_sample", "programme_code"],
        sa.literal("target", sa.Text).label("part"),
        sa.func.make_date(target.c.target_year, 1, 1, type_=sa.Date).label("period"),
        target.c.target_text,
        target.c.target_value.label("quantity"),
    ).where(
        target.c.region_code == key.region_code,
        target.c.target_year == key.period_start.year,
        belongs_to(target.c.programme_code, None, key),
    )
    both = sa.union_all(reports, aims).subquery("parts")
    return sa.select(*both.c).order_by(both.c.programme_code, both.c.part, both.c.period)
