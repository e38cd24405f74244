"""Delivered ISPU of stations by day: which sub-index is the highest, and whether the published index can be checked.

Refuses to call a day healthy on what is left when the critical pollutant's own value was not delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from warehouse.indicators.model import RowKey, Scope
from warehouse.rules import RuleBook
from warehouse.schema import core_air_quality as air

SOURCE = "dlh_ispu"
# Of equal sub-indices the first named here is the critical one: particles first, then in the order of the regulation.
POLLUTANTS = (
    ("pm25_index", "PM2,5"),
    ("pm10_index", "PM10"),
    ("so2_index", "SO2"),
    ("co_index", "CO"),
    ("o3_index", "O3"),
    ("no2_index", "NO2"),
    ("hc_index", "HC"),
)
NO_STATION = "tanpa nama stasiun"


@dataclass(frozen=True)
class StationDay:
    """One station on one day, as delivered; every number is an index, not a concentration."""

    station_name: str | None
    measured_date: date
    pm25_index: Decimal | None
    pm10_index: Decimal | None
    so2_index: Decimal | None
    co_index: Decimal | None
    o3_index: Decimal | None
    no2_index: Decimal | None
    hc_index: Decimal | None
    published_index: Decimal | None
    published_critical: str | None
    published_category: str | None
    is_sample: bool

    @property
    def station(self) -> str:
        return self.station_name or NO_STATION

    @property
    def sub_indices(self) -> dict[str, Decimal]:
        """Delivered sub-indices by pollutant, in the order that settles ties."""
        values = {label: getattr(self, column) for column, label in POLLUTANTS}
        return {label: value for label, value in values.items() if value is not None}

    @property
    def highest(self) -> tuple[Decimal | None, str]:
        """Highest delivered sub-index and its pollutant; None and "" when none was delivered."""
        known = self.sub_indices
        if not known:
            return None, ""
        label = max(known, key=lambda one: known[one])  # of equals the first
        return known[label], label

    @property
    def named_critical(self) -> str:
        """The published critical pollutant as we write it; as delivered when it is none of ours."""
        given = self.published_critical or ""
        key = "".join(mark for mark in given.casefold() if mark.isalnum())
        return next((label for column, label in POLLUTANTS if column == f"{key}_index"), given)

    @property
    def hides_critical(self) -> bool:
        """The published index lies above all that was delivered, and the pollutant that explains it is not there."""
        value, _label = self.highest
        above = value is not None and self.published_index is not None and self.published_index > value
        return above and self.named_critical not in self.sub_indices


def select_days(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    names = (*(column for column, _label in POLLUTANTS), "published_index", "published_critical", "published_category")
    return (
        sa.select(*air.c["station_name", "measured_date"], *air.c[names], air.c.is_sample)
        .where(air.c.region_code == scope.region_code)
        .order_by(air.c.measured_date, air.c.station_name)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    """Delivered readings of a day, of one station when the key names one."""
    rows = sa.select(air).where(
        air.c.region_code == key.region_code, air.c.measured_date.between(key.period_start, key.period_end)
    )
    if key.entity_code == key.region_code:
        return rows
    return rows.where(sa.func.coalesce(air.c.station_name, NO_STATION) == key.entity_code)
