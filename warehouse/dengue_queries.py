"""Dengue by kecamatan in the newest week: what was computed, and beside it what was announced. Names no person."""

from __future__ import annotations

import sqlalchemy as sa

from warehouse.figures import AreaLevel
from warehouse.indicators.smart_living.dbd_kasus import INDICATOR as CASES
from warehouse.indicators.smart_living.dbd_siaga import INDICATOR as LEVEL
from warehouse.schema import core_dengue_week as dengue
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import ref_region


def dengue_areas(connection: sa.Connection, region_code: str) -> tuple[AreaLevel, ...]:
    """Every kecamatan of the region, also one that did not report; empty before the first report."""
    level, cases = mart.alias("level"), mart.alias("cases")
    newest = (
        sa.select(sa.func.max(mart.c.period_end))
        .where(mart.c.indicator_id == LEVEL.id, mart.c.region_code == region_code, mart.c.entity_kind == "region")
        .scalar_subquery()
    )
    of_area = sa.and_(
        level.c.indicator_id == LEVEL.id,
        level.c.entity_kind == "kecamatan",
        level.c.entity_code == ref_region.c.code,
        level.c.period_end == newest,
    )
    same = sa.and_(
        cases.c.indicator_id == CASES.id,
        cases.c.entity_code == ref_region.c.code,
        cases.c.entity_kind == "kecamatan",
        cases.c.period_end == newest,
    )
    reported = sa.and_(dengue.c.kecamatan_code == ref_region.c.code, dengue.c.week_end == newest)
    select = (
        sa.select(
            ref_region.c.code,
            ref_region.c.name,
            ref_region.c.tile_column,
            ref_region.c.tile_row,
            sa.cast(level.c.value, sa.Integer),
            sa.func.coalesce(level.c.predikat, ""),
            level.c.numerator,
            level.c.denominator,
            cases.c.denominator,
            sa.func.coalesce(dengue.c.announced_level, ""),
            sa.func.coalesce(level.c.reason, ""),
            sa.func.coalesce(level.c.is_sample, sa.false()),
        )
        .select_from(ref_region.outerjoin(level, of_area).outerjoin(cases, same).outerjoin(dengue, reported))
        .where(ref_region.c.parent_code == region_code, ref_region.c.level == "kecamatan", newest.is_not(None))
        .order_by(ref_region.c.code)
    )
    return tuple(AreaLevel(*row) for row in connection.execute(select))
