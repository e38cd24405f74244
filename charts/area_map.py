"""Kecamatan by their real boundaries, shaded and numbered as the tile map; needs a page, for a wall it is too fine.

Refuses to guess an outline: an area without one is not drawn, so whoever builds it asks for all of them first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from charts.look import Look, dress_layers
from charts.tile_map import (
    AreaValue,
    MapPlan,
    Placed,
    Tile,
    ValuePlan,
    level_tiles,
    share_tiles,
    tile_fill,
    tile_ink,
    value_tiles,
)
from warehouse.call_figures import AreaShare
from warehouse.figures import AreaLevel, AreaOutline


def covers(outlines: Sequence[AreaOutline], areas: Sequence[Placed]) -> bool:
    """Whether every area has an outline."""
    return {area.region_code for area in areas} <= {one.region_code for one in outlines}


def height_of(outlines: Sequence[AreaOutline], width: float) -> float:
    """Height that keeps the shape at its latitude."""
    west, south, east, north = _extent(outlines)
    return width * (north - south) / ((east - west) * math.cos(math.radians((south + north) / 2)))


def build_area_map(
    areas: Sequence[AreaShare], outlines: Sequence[AreaOutline], plan: MapPlan, look: Look
) -> alt.LayerChart:
    """Late arrivals by kecamatan; what lies between them and is not drawn belongs to a neighbour."""
    return _drawn(areas, outlines, share_tiles(areas, plan), look)


def build_level_area_map(
    areas: Sequence[AreaLevel], outlines: Sequence[AreaOutline], highest: int, marks: bool, look: Look
) -> alt.LayerChart:
    """The level of each kecamatan in words; every area has a place on the tile map too."""
    return _drawn(areas, outlines, level_tiles(areas, highest, marks), look)


def build_value_area_map(
    areas: Sequence[AreaValue], outlines: Sequence[AreaOutline], plan: ValuePlan, look: Look
) -> alt.LayerChart:
    """One number by kecamatan; what it measures stands in the title around the map."""
    return _drawn(areas, outlines, value_tiles(areas, plan, look.locale), look)


def _drawn(
    areas: Sequence[Placed], outlines: Sequence[AreaOutline], tiles: Sequence[Tile], look: Look
) -> alt.LayerChart:
    by_code = {one.region_code: one for one in outlines}
    pairs = [(by_code[area.region_code], tile) for area, tile in zip(areas, tiles, strict=True)]
    features = [_feature(outline, tile, look) for outline, tile in pairs]
    shapes = (
        alt.Chart(alt.InlineData(values=features))
        .mark_geoshape(stroke=look.theme.text_quiet, strokeWidth=1)
        .encode(color=alt.Color("fill:N", scale=None))
    )
    labels = pd.DataFrame([_label(outline, tile, look) for outline, tile in pairs])
    base = alt.Chart(labels).encode(
        longitude="longitude:Q", latitude="latitude:Q", color=alt.Color("ink:N", scale=None)
    )
    size = look.text_size
    names = base.mark_text(dy=-size * 0.55, fontSize=size * 0.85).encode(text="name:N")
    numbers = base.mark_text(dy=size * 0.5, fontSize=size * 0.9, fontWeight=600).encode(text="number:N")
    mapped = [layer.project(type="equirectangular") for layer in (shapes, names, numbers)]
    return dress_layers(mapped, look)


def _feature(outline: AreaOutline, tile: Tile, look: Look) -> Mapping[str, object]:
    geometry = json.loads(outline.outline_json)
    return {"type": "Feature", "geometry": geometry, "name": tile.name, "fill": tile_fill(tile, look)}


def _label(outline: AreaOutline, tile: Tile, look: Look) -> Mapping[str, object]:
    return {
        "longitude": outline.label_longitude,
        "latitude": outline.label_latitude,
        "name": tile.name,
        "number": tile.numbers[0] if tile.numbers else "",
        "ink": tile_ink(tile, look),
    }


def _extent(outlines: Sequence[AreaOutline]) -> tuple[float, float, float, float]:
    wests, souths, easts, norths = zip(*(one.bounds for one in outlines), strict=True)
    return min(wests), min(souths), max(easts), max(norths)
