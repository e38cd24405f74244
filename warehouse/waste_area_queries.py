"""Waste by kecamatan in the newest month: what was weighed and what that is for each person. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from warehouse.indicators.smart_environment.sampah_per_orang import INDICATOR, PARTS
from warehouse.schema import core_waste_month as waste
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import ref_region


@dataclass(frozen=True)
class AreaWaste:
    """One kecamatan; None where nothing was reported."""

    region_code: str
    name: str
    tile_column: int | None
    tile_row: int | None
    value: Decimal | None
    reason: str | None  # None: not reported at all
    tons: tuple[Decimal | None, ...]  # in the order of PARTS
    population: int | None


def waste_areas(connection: sa.Connection, region_code: str) -> tuple[AreaWaste, ...]:
    """Every kecamatan of the region, also one that did not report; empty before the first report."""
    own = sa.and_(mart.c.indicator_id == INDICATOR.id, mart.c.region_code == region_code)
    months = sa.select(sa.func.max(mart.c.period_end)).where(own, mart.c.value.is_not(None))
    newest = months.scalar_subquery()
    of_area = sa.and_(
        own, mart.c.entity_kind == "kecamatan", mart.c.entity_code == ref_region.c.code, mart.c.period_end == newest
    )
    month = sa.func.last_day(waste.c.report_month, type_=sa.Date)
    weighed = sa.and_(waste.c.kecamatan_code == ref_region.c.code, month == newest)
    place = (ref_region.c.code, ref_region.c.name, ref_region.c.tile_column, ref_region.c.tile_row)
    parts = tuple(waste.c[name] for name, _label in PARTS)
    select = (
        sa.select(*place, mart.c.value, mart.c.reason, *parts, waste.c.population)
        .select_from(ref_region.outerjoin(mart, of_area).outerjoin(waste, weighed))
        .where(ref_region.c.parent_code == region_code, ref_region.c.level == "kecamatan", newest.is_not(None))
        .order_by(ref_region.c.code)
    )
    return tuple(AreaWaste(*row[:6], tuple(row[6:-1]), row[-1]) for row in connection.execute(select))
