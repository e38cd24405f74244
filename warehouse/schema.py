"""The tables of a release, as SQLAlchemy sees them: the truth that contracts and queries must agree with.

Timestamps are the region's local wall time without zone (Indonesia has no daylight saving). Codes are text.
Facts have no primary key: duplicates are settled by grain while loading.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()

INDEX = sa.Numeric(4, 2)
TON = sa.Numeric(18, 2)
PERCENT = sa.Numeric(9, 2)
MEASURE = sa.Numeric(24, 6)


def _lineage() -> tuple[sa.Column[Any], ...]:
    """Columns every fact carries: where the row came from, and whether it is DATA CONTOH."""
    return (
        sa.Column("submission_id", sa.Text, nullable=False),
        sa.Column("row_no", sa.Integer, nullable=False),
        sa.Column("is_sample", sa.Boolean, nullable=False),
    )


# --- ref_: code lists -------------------------------------------------------------------------------------------

ref_region = sa.Table(
    "ref_region",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),  # provinsi, kabupaten, kota, kecamatan
    sa.Column("parent_code", sa.Text),
    sa.Column("tile_column", sa.Integer),
    sa.Column("tile_row", sa.Integer),
    sa.Column("standing", sa.Text, nullable=False),
)
ref_opd = sa.Table(
    "ref_opd",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("standing", sa.Text, nullable=False),
)
ref_incident_type = sa.Table(
    "ref_incident_type",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("is_fire", sa.Boolean, nullable=False),
)
ref_call_kind = sa.Table(
    "ref_call_kind",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)
ref_handling_status = sa.Table(
    "ref_handling_status",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)
ref_alias = sa.Table(
    "ref_alias",
    metadata,
    sa.Column("reference", sa.Text, nullable=False),  # the ref_ table meant, for example ref_region
    sa.Column("scope", sa.Text, nullable=False),  # region code the spelling holds in, "" for everywhere
    sa.Column("alias_key", sa.Text, nullable=False),  # spelling, lower case, letters and digits only
    sa.Column("code", sa.Text, nullable=False),
)

# --- core_: cleaned facts ---------------------------------------------------------------------------------------

core_spbe_result = sa.Table(
    "core_spbe_result",
    metadata,
    sa.Column("region_code", sa.Text),  # empty for ministries and regions without a code in ref_region
    sa.Column("result_year", sa.Integer, nullable=False),
    sa.Column("institution_name", sa.Text, nullable=False),
    sa.Column("institution_kind", sa.Text, nullable=False),
    sa.Column("group_name", sa.Text, nullable=False),
    sa.Column("domain_1_index", INDEX),
    sa.Column("domain_2_index", INDEX),
    sa.Column("domain_3_index", INDEX),
    sa.Column("domain_4_index", INDEX),
    sa.Column("spbe_index", INDEX, nullable=False),
    sa.Column("predikat", sa.Text),
    *_lineage(),
)
core_waste_generation = sa.Table(
    "core_waste_generation",
    metadata,
    sa.Column("region_code", sa.Text),
    sa.Column("data_year", sa.Integer, nullable=False),
    sa.Column("province_name", sa.Text, nullable=False),
    sa.Column("region_name", sa.Text, nullable=False),
    sa.Column("generation_daily_ton", TON),
    sa.Column("generation_ton", TON),
    *_lineage(),
)
core_waste_management = sa.Table(
    "core_waste_management",
    metadata,
    sa.Column("region_code", sa.Text),
    sa.Column("data_year", sa.Integer, nullable=False),
    sa.Column("province_name", sa.Text, nullable=False),
    sa.Column("region_name", sa.Text, nullable=False),
    sa.Column("generation_ton", TON),
    sa.Column("reduced_ton", TON),
    sa.Column("reduced_pct", PERCENT),
    sa.Column("handled_ton", TON),
    sa.Column("handled_pct", PERCENT),
    sa.Column("managed_ton", TON),
    sa.Column("managed_pct", PERCENT),
    sa.Column("recycled_ton", TON),
    sa.Column("raw_material_ton", TON),
    sa.Column("recycling_rate_pct", PERCENT),
    *_lineage(),
)
core_waste_composition = sa.Table(
    "core_waste_composition",
    metadata,
    sa.Column("region_code", sa.Text),
    sa.Column("data_year", sa.Integer, nullable=False),
    sa.Column("province_name", sa.Text, nullable=False),
    sa.Column("region_name", sa.Text, nullable=False),
    sa.Column("food_pct", PERCENT),
    sa.Column("wood_pct", PERCENT),
    sa.Column("paper_pct", PERCENT),
    sa.Column("plastic_pct", PERCENT),
    sa.Column("metal_pct", PERCENT),
    sa.Column("textile_pct", PERCENT),
    sa.Column("rubber_leather_pct", PERCENT),
    sa.Column("glass_pct", PERCENT),
    sa.Column("other_pct", PERCENT),
    *_lineage(),
)
core_call = sa.Table(
    "core_call",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("call_id", sa.Text, nullable=False),
    sa.Column("ticket_no", sa.Text),
    sa.Column("call_kind_code", sa.Text, nullable=False),
    sa.Column("offered_at", sa.DateTime, nullable=False),
    sa.Column("answered_at", sa.DateTime),
    sa.Column("ended_at", sa.DateTime),
    sa.Column("wait_seconds", sa.Double),
    sa.Column("talk_seconds", sa.Double),
    *_lineage(),
)
core_incident = sa.Table(
    "core_incident",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("ticket_no", sa.Text, nullable=False),
    sa.Column("incident_type_code", sa.Text, nullable=False),
    sa.Column("kecamatan_code", sa.Text),
    sa.Column("opd_code", sa.Text),  # the agency handling it
    sa.Column("handling_status_code", sa.Text),
    sa.Column("reported_at", sa.DateTime, nullable=False),
    sa.Column("dispatched_at", sa.DateTime),
    sa.Column("arrived_at", sa.DateTime),
    sa.Column("closed_at", sa.DateTime),
    sa.Column("latitude", sa.Double),  # rounded to two decimals, about 1 km: a release holds no exact place
    sa.Column("longitude", sa.Double),
    *_lineage(),
)

# --- mart_: ready to show ---------------------------------------------------------------------------------------

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
    sa.Column("period_kind", sa.Text, nullable=False),  # year, month, day, window
    sa.Column("period_start", sa.Date, nullable=False),
    sa.Column("period_end", sa.Date, nullable=False),  # last day included
    sa.Column("numerator", MEASURE),
    sa.Column("denominator", MEASURE),
    sa.Column("value", MEASURE),
    sa.Column("predikat", sa.Text),  # official class of the value; empty when the scheme has none
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("rule_version", sa.Text, nullable=False),
    sa.Column("is_sample", sa.Boolean, nullable=False),
)

# --- meta_: sources, deliveries, findings, the release itself ---------------------------------------------------

meta_source = sa.Table(
    "meta_source",
    metadata,
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("target_table", sa.Text, nullable=False),
    sa.Column("cadence", sa.Text, nullable=False),  # hourly, daily, monthly, yearly
    sa.Column("grace_minutes", sa.Integer),  # empty: no due date agreed
    sa.Column("license", sa.Text, nullable=False),
    sa.Column("provenance", sa.Text, nullable=False),
    sa.Column("contract_sha256", sa.Text, nullable=False),
)
meta_sender = sa.Table(  # who owes deliveries of a source: one clock each
    "meta_sender",
    metadata,
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
)
meta_submission = sa.Table(
    "meta_submission",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("byte_count", sa.BigInteger, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("data_from", sa.DateTime),  # the instant from which it is complete; empty: the day it ends in
    sa.Column("data_until", sa.DateTime),  # the instant the delivery says it is complete to
    sa.Column("is_sample", sa.Boolean, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),  # inbox, contoh, terbitan
    sa.Column("status", sa.Text, nullable=False),  # diterima, sebagian, ditolak, digantikan
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("sheet_name", sa.Text),
    sa.Column("row_count", sa.Integer, nullable=False),
    sa.Column("accepted_count", sa.Integer, nullable=False),
    sa.Column("rejected_count", sa.Integer, nullable=False),
    sa.Column("superseded_count", sa.Integer, nullable=False),  # valid rows replaced by a later delivery
)
meta_finding = sa.Table(
    "meta_finding",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),  # ditolak, peringatan
    sa.Column("sheet_name", sa.Text),
    sa.Column("row_no", sa.Integer),
    sa.Column("cell", sa.Text),  # spreadsheet address such as C14, or "baris 14, kolom Waktu Masuk"
    sa.Column("field_name", sa.Text),
    sa.Column("header_text", sa.Text),
    sa.Column("value_text", sa.Text),  # empty for personal fields
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),  # Indonesian, with a right example
)
meta_quarantine = sa.Table(  # the rows held back, as delivered, without personal fields
    "meta_quarantine",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("row_no", sa.Integer, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("row_json", sa.Text, nullable=False),  # header text -> cell text
)
meta_release = sa.Table(
    "meta_release",
    metadata,
    sa.Column("release_id", sa.Text, nullable=False),
    sa.Column("built_at", sa.DateTime, nullable=False),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("content_digest", sa.Text, nullable=False),
)
