"""Cleaned facts about what agencies plan, spend and build: programmes, budgets, contracts, projects.

Shares in percent are cumulative within their year; money is in rupiah.
"""

from __future__ import annotations

import sqlalchemy as sa

from warehouse.schema.base import MONEY, PERCENT, QUANTITY, lineage, metadata

core_programme = sa.Table(  # one programme of the masterplan
    "core_programme",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("programme_code", sa.Text, nullable=False),
    sa.Column("programme_name", sa.Text, nullable=False),
    sa.Column("dimension_code", sa.Text, nullable=False),
    sa.Column("sub_dimension_code", sa.Text, nullable=False),
    sa.Column("lead_opd_code", sa.Text, nullable=False),
    sa.Column("contributor_opd_codes", sa.Text),  # codes joined by ", ", in order of code; empty: carried alone
    sa.Column("indicator_name", sa.Text, nullable=False),
    sa.Column("indicator_unit", sa.Text),
    sa.Column("horizon_code", sa.Text, nullable=False),
    sa.Column("start_year", sa.Integer, nullable=False),
    sa.Column("end_year", sa.Integer, nullable=False),
    sa.Column("kecamatan_code", sa.Text),  # empty: the whole region
    *lineage(),
)
core_programme_target = sa.Table(  # target and budget of a programme in one year
    "core_programme_target",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("programme_code", sa.Text, nullable=False),
    sa.Column("target_year", sa.Integer, nullable=False),
    sa.Column("target_text", sa.Text),  # as written: "33 (tiga puluh tiga) unit"
    sa.Column("target_value", QUANTITY),
    sa.Column("budget_idr", MONEY),
    sa.Column("fund_source_code", sa.Text),
    *lineage(),
)
core_programme_progress = sa.Table(  # what the lead agency reports each month, cumulative within the year
    "core_programme_progress",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("programme_code", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),  # who reported
    sa.Column("report_month", sa.Date, nullable=False),  # its first day
    sa.Column("physical_plan_pct", PERCENT, nullable=False),
    sa.Column("physical_actual_pct", PERCENT),
    sa.Column("financial_plan_pct", PERCENT, nullable=False),
    sa.Column("financial_actual_pct", PERCENT),
    sa.Column("budget_idr", MONEY),  # pagu of the year (DPA)
    sa.Column("realised_idr", MONEY),
    sa.Column("achieved_value", QUANTITY),  # of the programme's indicator
    sa.Column("obstacle", sa.Text),
    *lineage(),
)
core_budget_realisation = sa.Table(  # LRA of an agency: detail accounts only, never its stored totals
    "core_budget_realisation",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),  # whose budget
    sa.Column("period_start", sa.Date, nullable=False),
    sa.Column("period_end", sa.Date, nullable=False),  # last day included
    sa.Column("basis", sa.Text, nullable=False),  # kumulatif, bulanan
    sa.Column("account_code", sa.Text, nullable=False),
    sa.Column("account_name", sa.Text, nullable=False),
    sa.Column("budget_idr", MONEY),
    sa.Column("realised_idr", MONEY),  # approved by the treasury
    sa.Column("absorbed_idr", MONEY),  # spent by the agency, not yet reported to the treasury
    *lineage(),
)
core_budget_ceiling = sa.Table(  # declared pagu of an agency in a year
    "core_budget_ceiling",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
    sa.Column("budget_year", sa.Integer, nullable=False),
    sa.Column("account_code", sa.Text, nullable=False),  # "5": all spending
    sa.Column("ceiling_idr", MONEY, nullable=False),
    *lineage(),
)
core_contract = sa.Table(
    "core_contract",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
    sa.Column("contract_id", sa.Text, nullable=False),
    sa.Column("contract_no", sa.Text),
    sa.Column("budget_year", sa.Integer, nullable=False),
    sa.Column("work_name", sa.Text, nullable=False),
    sa.Column("programme_code", sa.Text),
    sa.Column("contract_date", sa.Date),
    sa.Column("ceiling_idr", MONEY),
    sa.Column("contract_idr", MONEY),
    *lineage(),
)
core_physical_progress = sa.Table(  # planned and realised physical share of a contract or activity at a date
    "core_physical_progress",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
    sa.Column("stage_id", sa.Text, nullable=False),  # one line of the sender's schedule
    sa.Column("activity_id", sa.Text, nullable=False),  # contract or activity the line belongs to
    sa.Column("scheduled_date", sa.Date, nullable=False),
    sa.Column("plan_pct", PERCENT, nullable=False),
    sa.Column("actual_pct", PERCENT),
    *lineage(),
)
core_project = sa.Table(  # public works with a place; the place is judged against the boundaries the region delivered
    "core_project",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("project_id", sa.Text, nullable=False),
    sa.Column("project_name", sa.Text, nullable=False),
    sa.Column("budget_year", sa.Integer, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("project_status", sa.Text, nullable=False),
    sa.Column("latitude", sa.Double),
    sa.Column("longitude", sa.Double),
    sa.Column("stated_kecamatan_code", sa.Text),  # from the address
    sa.Column("point_kecamatan_code", sa.Text),  # where the point lies
    sa.Column("place_note", sa.Text),  # sesuai, di kecamatan lain, ...: the list is in pipelines/judging/places.py
    *lineage(),
)
