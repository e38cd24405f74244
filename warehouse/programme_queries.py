"""Programmes of the masterplan one by one: the list of a year, a programme's targets and its own reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa

from warehouse.due import agreed
from warehouse.figures import ProgrammeLine
from warehouse.frames import read_frame
from warehouse.indicators.masterplan.capaian import INDICATOR as ACHIEVED
from warehouse.indicators.masterplan.progress import SOURCE, ProgrammeMonth
from warehouse.indicators.masterplan.roster import contributors
from warehouse.indicators.periods import is_month_due
from warehouse.indicators.selects import agreed_terms, any_sample, last_receipt
from warehouse.programme_progress import MONTHS, months_of_year
from warehouse.schema import core_programme as programme
from warehouse.schema import core_programme_progress as progress
from warehouse.schema import core_programme_target as target
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import meta_submission as submission
from warehouse.schema import ref_dimension, ref_fund_source, ref_horizon, ref_region


def masterplan_years(connection: sa.Connection, region_code: str) -> tuple[int, ...]:
    """Years of the masterplan's programmes, first to last, the future included."""
    select = sa.select(sa.func.min(programme.c.start_year), sa.func.max(programme.c.end_year)).where(
        programme.c.region_code == region_code
    )
    first, last = connection.execute(select).one()
    return () if first is None else tuple(range(first, last + 1))


def due_month(connection: sa.Connection, year: int) -> date | None:
    """The last month of a year whose reports are due; None when none is yet, or no due date was agreed."""
    instant, *terms = connection.execute(sa.select(last_receipt().label("instant"), *agreed_terms(SOURCE))).one()
    agreement = agreed(*terms)
    if instant is None or agreement is None:
        return None
    return max(
        (month for month in (date(year, number, 1) for number in MONTHS) if is_month_due(month, instant, agreement)),
        default=None,
    )


def programmes(connection: sa.Connection, region_code: str, year: int) -> tuple[ProgrammeLine, ...]:
    """Programmes of a year by code, each as last reported in that year."""
    return programme_lines(connection, region_code, year, months_of_year(connection, region_code, year))


def programme_lines(
    connection: sa.Connection, region_code: str, year: int, rows: Iterable[ProgrammeMonth]
) -> tuple[ProgrammeLine, ...]:
    """The list, from programme months already read."""
    due, reported = due_month(connection, year), [row for row in rows if row.is_reported]
    on_time = {row.programme_code for row in reported if row.report_month == due}
    last = {row.programme_code: row for row in reported}  # in order of month
    return tuple(
        _line(row, last.get(row.programme_code), due is None or row.programme_code in on_time)
        for row in connection.execute(_select_programmes(region_code, year))
    )


def _select_programmes(region_code: str, year: int) -> sa.Select[Any]:
    aim = sa.and_(
        target.c.region_code == programme.c.region_code,
        target.c.programme_code == programme.c.programme_code,
        target.c.target_year == year,
    )
    return (
        sa.select(
            programme,
            sa.func.coalesce(ref_dimension.c.name, programme.c.dimension_code).label("dimension_name"),
            sa.func.coalesce(ref_region.c.name, programme.c.kecamatan_code, "").label("kecamatan_name"),
            sa.func.coalesce(ref_horizon.c.name, programme.c.horizon_code).label("horizon_name"),
            target.c.budget_idr,
            any_sample(programme.c.is_sample, target.c.is_sample).label("is_any_sample"),
        )
        .select_from(
            programme.outerjoin(ref_dimension, ref_dimension.c.code == programme.c.dimension_code)
            .outerjoin(ref_region, ref_region.c.code == programme.c.kecamatan_code)
            .outerjoin(ref_horizon, ref_horizon.c.code == programme.c.horizon_code)
            .outerjoin(target, aim)
        )
        .where(programme.c.region_code == region_code, programme.c.start_year <= year, programme.c.end_year >= year)
        .order_by(programme.c.programme_code)
    )


def _line(row: Any, report: ProgrammeMonth | None, is_reported: bool) -> ProgrammeLine:
    helpers = tuple(code for code in contributors(row.contributor_opd_codes) if code != row.lead_opd_code)
    return ProgrammeLine(
        programme_code=row.programme_code,
        programme_name=row.programme_name,
        dimension_code=row.dimension_code,
        dimension_name=row.dimension_name,
        lead_opd_code=row.lead_opd_code,
        contributor_opd_codes=helpers,
        kecamatan_name=row.kecamatan_name,
        horizon_name=row.horizon_name,
        report_month=report.report_month if report else None,
        is_reported=is_reported,
        physical_plan_pct=report.physical_plan_pct if report else None,
        physical_actual_pct=report.physical_actual_pct if report else None,
        financial_plan_pct=report.financial_plan_pct if report else None,
        financial_actual_pct=report.financial_actual_pct if report else None,
        budget_idr=row.budget_idr if report is None or report.budget_idr is None else report.budget_idr,
        realised_idr=report.realised_idr if report else None,
        is_sample=row.is_any_sample or (report is not None and report.is_sample),
    )


def programme_facts(connection: sa.Connection, programme_code: str) -> pd.DataFrame:
    """The line of the matrix a programme stands on, with file and row; empty when there is none."""
    select = (
        sa.select(submission.c.file_name, submission.c.sheet_name, submission.c.received_at, programme)
        .join_from(programme, submission, submission.c.submission_id == programme.c.submission_id)
        .where(programme.c.programme_code == programme_code)
    )
    return read_frame(connection, select)


def programme_targets(connection: sa.Connection, programme_code: str) -> pd.DataFrame:
    """Target, budget and achievement of a programme in each year, with file and row of the target."""
    own = sa.and_(
        mart.c.indicator_id == ACHIEVED.id,
        mart.c.entity_kind == "programme",
        mart.c.entity_code == target.c.programme_code,
        mart.c.region_code == target.c.region_code,
        sa.extract("year", mart.c.period_start) == target.c.target_year,
    )
    select = (
        sa.select(
            submission.c.file_name,
            *target.c["row_no", "target_year", "target_text", "target_value", "budget_idr"],
            any_sample(target.c.is_sample, mart.c.is_sample).label("is_sample"),
            sa.func.coalesce(ref_fund_source.c.name, target.c.fund_source_code, "").label("fund_source_name"),
            mart.c.numerator.label("achieved_value"),
            mart.c.value.label("achieved_pct"),
            *mart.c["predikat", "reason"],
        )
        .select_from(
            target.join(submission, submission.c.submission_id == target.c.submission_id)
            .outerjoin(ref_fund_source, ref_fund_source.c.code == target.c.fund_source_code)
            .outerjoin(mart, own)
        )
        .where(target.c.programme_code == programme_code)
        .order_by(target.c.target_year)
    )
    return read_frame(connection, select)


def programme_reports(connection: sa.Connection, programme_code: str) -> pd.DataFrame:
    """Every monthly report of a programme, newest first, with file and row."""
    select = (
        sa.select(submission.c.file_name, submission.c.sheet_name, submission.c.received_at, progress)
        .join_from(progress, submission, submission.c.submission_id == progress.c.submission_id)
        .where(progress.c.programme_code == programme_code)
        .order_by(progress.c.report_month.desc())
    )
    return read_frame(connection, select)
