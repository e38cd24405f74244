"""Outlines of kecamatan for maps, as far as the region has a file of boundaries; judges no place."""

from __future__ import annotations

import json

import sqlalchemy as sa

from warehouse.figures import AreaOutline
from warehouse.schema import ref_boundary as boundary


def area_outlines(connection: sa.Connection) -> tuple[AreaOutline, ...]:
    """By code; empty without a file."""
    rows = connection.execute(sa.select(boundary).order_by(boundary.c.code))
    return tuple(
        AreaOutline(row.code, row.outline_json, row.label_longitude, row.label_latitude, _bounds(row.outline_json))
        for row in rows
    )


def _bounds(outline_json: str) -> tuple[float, float, float, float]:
    points = [point for part in json.loads(outline_json)["coordinates"] for ring in part for point in ring]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
