"""Spending of agencies, their contracts and their projects, each line with the file and row it came in."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import sqlalchemy as sa

from warehouse.catalogue import UNDATED
from warehouse.frames import read_frame
from warehouse.indicators.anggaran.lra import SOURCE as LRA
from warehouse.indicators.anggaran.serapan import INDICATOR as ABSORPTION
from warehouse.indicators.masterplan.contracts import LateRule, latest_due
from warehouse.indicators.selects import any_sample
from warehouse.schema import core_contract as contract
from warehouse.schema import core_project as project
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import meta_sender as sender
from warehouse.schema import meta_submission as submission
from warehouse.schema import ref_opd, ref_region

ON_SCHEDULE, LATE, CRITICAL, UNREPORTED = "sesuai jadwal", "terlambat", "kritis", "tanpa laporan"


def opd_absorption(connection: sa.Connection, region_code: str, year: int) -> pd.DataFrame:
    """Each agency's last month of a year, by code; an agency that owes a report and has none stands without numbers."""
    last_first = sa.func.row_number().over(partition_by=mart.c.entity_code, order_by=mart.c.period_start.desc())
    values = (
        sa.select(mart, last_first.label("place"))
        .where(
            mart.c.indicator_id == ABSORPTION.id,
            mart.c.region_code == region_code,
            mart.c.entity_kind == "opd",
            mart.c.period_start != UNDATED,
            sa.extract("year", mart.c.period_start) == year,
        )
        .subquery("values")
    )
    last = sa.select(*values.c).where(values.c.place == 1).subquery("last")
    owing = sa.select(sender.c.opd_code).where(sender.c.source_id == LRA)
    agencies = sa.union(owing, sa.select(last.c.entity_code)).subquery("agencies")
    code = agencies.c.opd_code
    name = sa.and_(ref_opd.c.region_code == region_code, ref_opd.c.code == code)
    select = (
        sa.select(
            code,
            sa.func.coalesce(ref_opd.c.name, code).label("opd_name"),
            last.c.period_start.label("month"),
            last.c.numerator.label("realised_idr"),
            last.c.denominator.label("budget_idr"),
            last.c.value.label("absorbed_pct"),
            *last.c["status", "reason"],
            sa.func.coalesce(last.c.is_sample, False).label("is_sample"),
        )
        .select_from(agencies.outerjoin(last, last.c.entity_code == code).outerjoin(ref_opd, name))
        .order_by(code)
    )
    return read_frame(connection, select)


def critical_contracts(connection: sa.Connection, region_code: str, rule: LateRule) -> pd.DataFrame:
    """Every contract at its latest due line, most points beyond its limit first, unreported ones last.

    `state` says kritis, terlambat (late within the limit), sesuai jadwal or tanpa laporan.
    """
    due = latest_due(region_code)
    late = due.c.plan_pct - due.c.actual_pct
    allowed = sa.case(
        (due.c.plan_pct <= rule.border_pct, sa.literal(rule.first_points, sa.Numeric(9, 2))),
        else_=sa.literal(rule.second_points, sa.Numeric(9, 2)),
    )
    state = sa.case(
        (due.c.actual_pct.is_(None), UNREPORTED),
        (late > allowed, CRITICAL),
        (late > Decimal(0), LATE),
        else_=ON_SCHEDULE,
    )
    same = sa.and_(
        contract.c.region_code == due.c.region_code,
        contract.c.opd_code == due.c.opd_code,
        contract.c.contract_id == due.c.activity_id,
    )
    select = (
        sa.select(
            sa.type_coerce(state, sa.Text).label("state"),
            *due.c["opd_code", "activity_id"],
            sa.func.coalesce(contract.c.work_name, "").label("work_name"),
            *contract.c["contract_no", "programme_code", "contract_idr"],
            *due.c["scheduled_date", "plan_pct", "actual_pct"],
            sa.type_coerce(late, sa.Numeric(9, 2)).label("late_points"),
            sa.type_coerce(allowed, sa.Numeric(9, 2)).label("allowed_points"),
            submission.c.file_name,
            due.c.row_no,
            any_sample(due.c.is_sample, contract.c.is_sample).label("is_sample"),
        )
        .select_from(due.join(submission, submission.c.submission_id == due.c.submission_id).outerjoin(contract, same))
        .order_by((late - allowed).desc().nulls_last(), due.c.opd_code, due.c.activity_id)
    )
    return read_frame(connection, select)


def projects(connection: sa.Connection, region_code: str) -> pd.DataFrame:
    """Public works by id, with the kecamatan their address names and the one their point lies in."""
    stated, found = ref_region.alias("stated"), ref_region.alias("found")
    select = (
        sa.select(
            *project.c["project_id", "project_name", "budget_year", "address", "project_status"],
            sa.func.coalesce(stated.c.name, "").label("stated_kecamatan_name"),
            sa.func.coalesce(found.c.name, project.c.point_kecamatan_code, "").label("point_kecamatan_name"),
            *project.c["place_note", "latitude", "longitude"],
            submission.c.file_name,
            *project.c["row_no", "is_sample"],
        )
        .select_from(
            project.join(submission, submission.c.submission_id == project.c.submission_id)
            .outerjoin(stated, stated.c.code == project.c.stated_kecamatan_code)
            .outerjoin(found, found.c.code == project.c.point_kecamatan_code)
        )
        .where(project.c.region_code == region_code)
        .order_by(project.c.project_id)
    )
    return read_frame(connection, select)
