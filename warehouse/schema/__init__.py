"""The tables of a release, as SQLAlchemy sees them: the truth that contracts and queries must agree with.

Timestamps are the region's local wall time without zone (Indonesia has no daylight saving). Codes are text.
Facts have no primary key: duplicates are settled by grain while loading.
"""

from __future__ import annotations

from warehouse.schema.base import metadata
from warehouse.schema.facts import (
    core_air_quality,
    core_call,
    core_dengue_week,
    core_incident,
    core_river_limit,
    core_sensor_reading,
    core_spbe_level,
    core_spbe_result,
    core_waste_composition,
    core_waste_generation,
    core_waste_management,
    core_waste_month,
    core_weather_warning,
)
from warehouse.schema.marts import (
    mart_call_hourly,
    mart_indicator_value,
)
from warehouse.schema.meta import (
    meta_confirmation,
    meta_excuse,
    meta_field,
    meta_finding,
    meta_publication,
    meta_quarantine,
    meta_release,
    meta_sender,
    meta_source,
    meta_submission,
)
from warehouse.schema.programmes import (
    core_budget_ceiling,
    core_budget_realisation,
    core_contract,
    core_physical_progress,
    core_programme,
    core_programme_progress,
    core_programme_target,
    core_project,
)
from warehouse.schema.reference import (
    ref_alias,
    ref_boundary,
    ref_call_kind,
    ref_dimension,
    ref_fund_source,
    ref_handling_status,
    ref_horizon,
    ref_incident_type,
    ref_opd,
    ref_region,
    ref_sub_dimension,
)

__all__ = [
    "core_air_quality",
    "core_budget_ceiling",
    "core_budget_realisation",
    "core_call",
    "core_contract",
    "core_dengue_week",
    "core_incident",
    "core_physical_progress",
    "core_programme",
    "core_programme_progress",
    "core_programme_target",
    "core_project",
    "core_river_limit",
    "core_sensor_reading",
    "core_spbe_level",
    "core_spbe_result",
    "core_waste_composition",
    "core_waste_generation",
    "core_waste_management",
    "core_waste_month",
    "core_weather_warning",
    "mart_call_hourly",
    "mart_indicator_value",
    "meta_confirmation",
    "meta_excuse",
    "meta_field",
    "meta_finding",
    "meta_publication",
    "meta_quarantine",
    "meta_release",
    "meta_sender",
    "meta_source",
    "meta_submission",
    "metadata",
    "ref_alias",
    "ref_boundary",
    "ref_call_kind",
    "ref_dimension",
    "ref_fund_source",
    "ref_handling_status",
    "ref_horizon",
    "ref_incident_type",
    "ref_opd",
    "ref_region",
    "ref_sub_dimension",
]
