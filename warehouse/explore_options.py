"""What a reader may choose from when cutting data: places, agencies and dimensions of a release, by code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from warehouse.schema import meta_release, ref_dimension, ref_opd, ref_region


@dataclass(frozen=True)
class Named:
    """A code with its name."""

    code: str
    name: str


@dataclass(frozen=True)
class PlacedTile:
    """A kecamatan with its place on the tile map."""

    code: str
    name: str
    column: int
    row: int


@dataclass(frozen=True)
class ExploreOptions:
    """Everything there is to choose from, by code."""

    regions: tuple[Named, ...]  # regencies and cities of the province
    kecamatan: tuple[Named, ...]
    opds: tuple[Named, ...]
    dimensions: tuple[Named, ...]
    tiles: tuple[PlacedTile, ...]


def explore_options(connection: sa.Connection) -> ExploreOptions:
    """Options of the region a release is for."""
    own = connection.execute(sa.select(meta_release.c.region_code)).scalar_one()
    region = ref_region.c
    province = sa.select(region.parent_code).where(region.code == own).scalar_subquery()
    inside = sa.and_(region.parent_code == own, region.level == "kecamatan")
    placed = sa.select(region.code, region.name, region.tile_column, region.tile_row).where(
        inside, region.tile_column.is_not(None), region.tile_row.is_not(None)
    )

    def named(select: sa.Select[Any]) -> tuple[Named, ...]:
        return tuple(Named(*row) for row in connection.execute(select))

    beside = sa.and_(region.parent_code == province, region.level.in_(("kabupaten", "kota")))
    return ExploreOptions(
        regions=named(sa.select(region.code, region.name).where(beside).order_by(region.code)),
        kecamatan=named(sa.select(region.code, region.name).where(inside).order_by(region.name)),
        opds=named(
            sa.select(ref_opd.c.code, ref_opd.c.name).where(ref_opd.c.region_code == own).order_by(ref_opd.c.name)
        ),
        dimensions=named(sa.select(ref_dimension.c.code, ref_dimension.c.name).order_by(ref_dimension.c.code)),
        tiles=tuple(PlacedTile(*row) for row in connection.execute(placed.order_by(region.code))),
    )
