"""Ready to show: rollups at page grain and indicator values."""

from __future__ import annotations

import sqlalchemy as sa

from warehouse.schema.base import MEASURE, metadata

mart_call_hourly = sa.Table(
    "mart_call_hourly",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("call_date", sa.Date, nullable=False),
    sa.Column("call_hour", sa.Integer, nullable=False),
    sa.Column("offered_count", sa.Integer, nullable=False),
    sa.Column("answered_count", sa.Integer, nullable=False),
    sa.Column("answered_in_time_count", sa.Integer, nullable=False),
    sa.Column("abandoned_count", sa.Integer, nullable=False),  # after the short-call limit
    sa.Column("short_abandoned_count", sa.Integer, nullable=False),
    sa.Column("genuine_count", sa.Integer, nullable=False),
    sa.Column("information_count", sa.Integer, nullable=False),
    sa.Column("prank_count", sa.Integer, nullable=False),
    sa.Column("ghost_count", sa.Integer, nullable=False),
    sa.Column("is_sample", sa.Boolean, nullable=False),
)
mart_indicator_value = sa.Table(
    "mart_indicator_value",
    metadata,
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("indicator_version", sa.Integer, nullable=False),
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text),
    sa.Column("entity_kind", sa.Text, nullable=False),  # region, domain, kecamatan, opd
    sa.Column("entity_code", sa.Text, nullable=False),
    sa.Column("period_kind", sa.Text, nullable=False),  # year, month, week, day, window
    sa.Column("period_start", sa.Date, nullable=False),
    sa.Column("period_end", sa.Date, nullable=False),  # last day included
    sa.Column("numerator", MEASURE),
    sa.Column("denominator", MEASURE),
    sa.Column("value", MEASURE),
    sa.Column("predikat", sa.Text),  # official class of the value; empty when the scheme has none
    sa.Column("determinant", sa.Text),  # what decides the value, such as the critical pollutant
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("rule_version", sa.Text, nullable=False),
    sa.Column("is_sample", sa.Boolean, nullable=False),
    sa.Column("is_covered", sa.Boolean),  # a count of few persons follows from it (of a level from its limit)
)
