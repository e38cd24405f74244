"""Cleaned service facts, one row a thing: results, waste, calls, incidents, air."""

from __future__ import annotations

import sqlalchemy as sa

from warehouse.schema.base import INDEX, MEASURE, PERCENT, TON, lineage, metadata

NATIONAL = "Nasional"  # province of a sum over the nation among the waste of regions: itself no region
MEAN = "rerata"  # kind of a published mean among the results: no institution, so neither counted, a peer nor a year
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
    *lineage(),
)
core_spbe_level = sa.Table(  # one indicator as its region or an assessor judged it in a year; of SPBE and of Pemdi
    "core_spbe_level",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("assessed_year", sa.Integer, nullable=False),
    sa.Column("indicator_code", sa.Text, nullable=False),  # as the regulation of the year numbers it
    sa.Column("assessor", sa.Text, nullable=False),  # "mandiri" or "asesor"
    sa.Column("level", INDEX, nullable=False),
    sa.Column("opd_code", sa.Text),  # the agency that answers for the indicator
    sa.Column("evidence_note", sa.Text),
    *lineage(),
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
    *lineage(),
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
    *lineage(),
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
    *lineage(),
)
core_waste_month = sa.Table(  # one kecamatan and month, as weighed; an empty part was not reported
    "core_waste_month",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("kecamatan_code", sa.Text, nullable=False),
    sa.Column("report_month", sa.Date, nullable=False),
    sa.Column("hauled_ton", TON),
    sa.Column("processed_ton", TON),
    sa.Column("collected_ton", TON),
    sa.Column("population", sa.Integer, nullable=False),
    *lineage(),
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
    *lineage(),
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
    *lineage(),
)
core_air_quality = sa.Table(  # one station and day; values are ISPU sub-indices, not concentrations
    "core_air_quality",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("station_name", sa.Text),  # empty: the delivery does not say which station
    sa.Column("measured_date", sa.Date, nullable=False),
    sa.Column("pm25_index", PERCENT),
    sa.Column("pm10_index", PERCENT),
    sa.Column("so2_index", PERCENT),
    sa.Column("co_index", PERCENT),
    sa.Column("o3_index", PERCENT),
    sa.Column("no2_index", PERCENT),
    sa.Column("hc_index", PERCENT),
    sa.Column("published_index", PERCENT),  # as delivered, beside what is recomputed
    sa.Column("published_critical", sa.Text),
    sa.Column("published_category", sa.Text),
    *lineage(),
)
core_dengue_week = sa.Table(  # one kecamatan and week; counts only, never a person
    "core_dengue_week",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("kecamatan_code", sa.Text, nullable=False),
    sa.Column("week_end", sa.Date, nullable=False),  # last day of the week
    sa.Column("case_count", sa.Integer),  # empty: not reported
    sa.Column("death_count", sa.Integer),
    sa.Column("population", sa.Integer),
    sa.Column("announced_level", sa.Text),  # as the agency announced it, beside what is computed
    *lineage(),
)
core_weather_warning = sa.Table(  # one area of one message; whether a warning holds is for `expires_at` to say
    "core_weather_warning",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("alert_code", sa.Text, nullable=False),
    sa.Column("language_code", sa.Text),
    sa.Column("area_name", sa.Text),  # empty, as what follows may be, where a message only takes another back
    sa.Column("alert_status", sa.Text, nullable=False),  # of CAP: Actual, Exercise, System, Test, Draft
    sa.Column("message_kind", sa.Text, nullable=False),  # of CAP: Alert, Update, Cancel, Ack, Error
    sa.Column("replaced_alerts", sa.Text),  # "sender,code,instant" of each warning this one replaces or cancels
    sa.Column("event_name", sa.Text),
    sa.Column("urgency", sa.Text),
    sa.Column("severity", sa.Text),
    sa.Column("certainty", sa.Text),
    sa.Column("sent_at", sa.DateTime, nullable=False),
    sa.Column("effective_at", sa.DateTime),  # empty: from when it was sent
    sa.Column("expires_at", sa.DateTime),
    sa.Column("headline", sa.Text),
    sa.Column("description", sa.Text),
    sa.Column("instruction", sa.Text),
    sa.Column("area_polygons", sa.Text),  # "lat,long lat,long ...", several joined by "; "
    *lineage(),
)
core_sensor_reading = sa.Table(  # one instrument and moment; which unit a parameter has is for the contract to say
    "core_sensor_reading",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("station_name", sa.Text, nullable=False),
    sa.Column("parameter_code", sa.Text, nullable=False),
    sa.Column("measured_at", sa.DateTime, nullable=False),
    sa.Column("value", sa.Double, nullable=False),
    *lineage(),
)
core_river_limit = sa.Table(  # of one post and parameter since a day, in its unit; empty: the post has no such level
    "core_river_limit",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("station_name", sa.Text, nullable=False),
    sa.Column("river_name", sa.Text),
    sa.Column("parameter_code", sa.Text, nullable=False),
    sa.Column("valid_from_date", sa.Date, nullable=False),
    sa.Column("hijau_limit", MEASURE),
    sa.Column("kuning_limit", MEASURE),
    sa.Column("merah_limit", MEASURE),
    sa.Column("siaga_limit", MEASURE),
    sa.Column("bahaya_limit", MEASURE),
    sa.Column("basis", sa.Text),
    *lineage(),
)
