"""Kecamatan as a tile map: shares of late arrivals, or one number each; neighbours are outlines without a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt
import pandas as pd

from charts.formats import format_number, format_value
from charts.lettering import fit_text, text_width
from charts.look import Look, dress_layers
from warehouse.call_figures import AreaShare
from warehouse.figures import AreaLevel

MIN_EVENTS = 30  # a share of fewer events is not judged, only its counts are shown
GAP = 0.035  # between tiles, of a tile
INSET = 0.2  # of the text size
TILE_COLUMNS = ("x", "x2", "y", "y2", "name", "words", "number", "is_home", "is_marked", "fill", "ink")
SHORTEST_NAME = 6  # letters a shortened name must keep to be told apart
VOWELS = "aeiou"  # a shortened name ends before one
NO_VALUE = "–"


@dataclass(frozen=True)
class MapPlan:
    """What the map shows: whose kecamatan are numbered, from which share they are marked, with numbers or not."""

    home_code: str
    late_limit_pct: Decimal | None = None
    with_numbers: bool = True


@dataclass(frozen=True)
class AreaValue:
    """One number of one kecamatan; None has no shade and a dash, never a zero."""

    region_code: str
    name: str
    tile_column: int
    tile_row: int
    value: Decimal | None


@dataclass(frozen=True)
class ValuePlan:
    """How the numbers of a map are written, and whose kecamatan are numbered."""

    home_code: str
    decimals: int = 0
    unit: str = ""  # "%" is written behind the number, any other unit belongs to the title
    with_numbers: bool = True


@dataclass(frozen=True)
class Tile:
    """One tile as it is drawn: what it says, its neutral shade (None: no value) and whether it is marked."""

    name: str
    column: int
    row: int
    numbers: tuple[str, ...]  # longest first; () for a neighbour
    step: int | None = None
    is_marked: bool = False

    @property
    def is_home(self) -> bool:
        return bool(self.numbers)


Plan = MapPlan | ValuePlan
Area = AreaShare | AreaValue
Placed = Area | AreaLevel


def map_extent(areas: Sequence[Placed]) -> tuple[int, int]:
    """Columns and rows the areas take."""
    columns = max((area.tile_column or 0 for area in areas), default=0) + 1
    return columns, max((area.tile_row or 0 for area in areas), default=0) + 1


def is_marked(area: AreaShare, plan: MapPlan) -> bool:
    """True when the share passes the region's own limit and rests on enough events."""
    if plan.late_limit_pct is None or area.total_count < MIN_EVENTS or not is_home(area, plan):
        return False
    return Decimal(100 * area.late_count) > plan.late_limit_pct * area.total_count


def is_home(area: Area, plan: Plan) -> bool:
    return area.region_code.startswith(plan.home_code)


def short_name(name: str, width: float, size: float) -> str:
    """The name, its first word, or its first letters up to a consonant with a full stop; "" when too few fit."""
    beginnings = [name[:length].rstrip() for length in range(len(name) - 1, SHORTEST_NAME - 1, -1)]
    cuts = [f"{beginning}." for beginning in beginnings if beginning[-1].lower() not in VOWELS]
    words = [name.split(maxsplit=1)[0]] if " " in name else []
    fitted = fit_text([name, *words, *cuts], width, size)
    return "" if fitted.is_cut else fitted.text


def map_fits(areas: Sequence[AreaShare], plan: MapPlan, look: Look) -> bool:
    """Whether names (and numbers) can be read in tiles of this size."""
    width, height = _cell(map_extent(areas), look)
    lines = 2 if plan.with_numbers else 1
    wide_enough = all(short_name(area.name, width, look.text_size) for area in areas)
    numbers = [_count_words(area) for area in areas if plan.with_numbers and is_home(area, plan)]
    numbers_fit = all(text_width(words, look.text_size, 600) <= width for words in numbers)
    return wide_enough and numbers_fit and height >= lines * look.text_size * 1.06


def share_tiles(areas: Sequence[AreaShare], plan: MapPlan) -> tuple[Tile, ...]:
    """Late arrivals out of all, shaded by share and marked beyond the limit."""
    return tuple(
        Tile(
            area.name,
            area.tile_column,
            area.tile_row,
            (_count_words(area),) if is_home(area, plan) else (),
            _share_step(area, plan),
            is_marked(area, plan),
        )
        for area in areas
    )


def value_tiles(areas: Sequence[AreaValue], plan: ValuePlan, locale: str) -> tuple[Tile, ...]:
    """Each number with a neutral shade by thirds of the range shown."""
    known = [area.value for area in areas if area.value is not None and is_home(area, plan)]
    low, span = min(known, default=Decimal(0)), max(known, default=Decimal(0)) - min(known, default=Decimal(0))
    percent = "%" if plan.unit == "%" else ""
    tiles = []
    for area in areas:
        numbers: tuple[str, ...] = (NO_VALUE,)
        step = None
        if area.value is not None:
            exact = format_number(area.value, plan.decimals, locale)
            numbers = (f"{exact} %" if percent else exact, format_value(area.value, percent, plan.decimals, locale))
            step = min(2, int(3 * (area.value - low) / span)) if span else 0
        home = is_home(area, plan)
        tiles.append(Tile(area.name, area.tile_column, area.tile_row, numbers if home else (), step))
    return tuple(tiles)


def level_tiles(areas: Sequence[AreaLevel], highest: int, marks: bool) -> tuple[Tile, ...]:
    """The word of each level with a neutral shade; the highest is marked, unless nothing is to be."""
    return tuple(
        Tile(
            area.name,
            area.tile_column,
            area.tile_row,
            (area.level_name or NO_VALUE,),
            None if area.level is None else min(area.level - 1, 2),
            marks and area.level == highest,
        )
        for area in areas
        if area.tile_column is not None and area.tile_row is not None
    )


def build_level_map(areas: Sequence[AreaLevel], highest: int, marks: bool, look: Look) -> alt.LayerChart:
    """The level of each kecamatan in words."""
    return draw_tiles(level_tiles(areas, highest, marks), look, with_numbers=True)


def tile_frame(tiles: Sequence[Tile], look: Look, *, with_numbers: bool = True) -> pd.DataFrame:
    """One row a tile, with its texts and colours."""
    size = look.text_size
    width, _height = _cell(_extent(tiles), look)
    rows = []
    for tile in tiles:
        number = _fit_number(tile.numbers, width, size) if with_numbers else ""
        rows.append(
            {
                "x": tile.column + GAP / 2,
                "x2": tile.column + 1 - GAP / 2,
                "y": tile.row + GAP,
                "y2": tile.row + 1 - GAP,
                "name": tile.name,
                "words": short_name(tile.name, width, size) if width else tile.name,
                "number": number,
                "is_home": tile.is_home,
                "is_marked": tile.is_marked,
                "fill": tile_fill(tile, look),
                "ink": tile_ink(tile, look),
            }
        )
    return pd.DataFrame(rows, columns=list(TILE_COLUMNS)).astype({"is_home": bool, "is_marked": bool})


def build_tile_map(areas: Sequence[AreaShare], plan: MapPlan, look: Look) -> alt.LayerChart:
    """Late arrivals by kecamatan."""
    return draw_tiles(share_tiles(areas, plan), look, with_numbers=plan.with_numbers)


def build_value_map(areas: Sequence[AreaValue], plan: ValuePlan, look: Look) -> alt.LayerChart:
    """One number by kecamatan; what it measures stands in the title around the map."""
    return draw_tiles(value_tiles(areas, plan, look.locale), look, with_numbers=plan.with_numbers)


def draw_tiles(tiles: Sequence[Tile], look: Look, *, with_numbers: bool) -> alt.LayerChart:
    data = tile_frame(tiles, look, with_numbers=with_numbers)
    columns, rows = _extent(tiles)
    x_scale = alt.Scale(domain=[0, columns], nice=False)
    y_scale = alt.Scale(domain=[0, rows], nice=False, reverse=True)
    x, y = alt.X("x:Q", scale=x_scale, axis=None), alt.Y("y:Q", scale=y_scale, axis=None)
    home = alt.Chart(data[data["is_home"]]).encode(x=x, y=y)
    outside = alt.Chart(data[~data["is_home"]]).encode(x=x, y=y)
    size, inset = look.text_size, look.text_size * INSET
    corner = size * 0.15
    lines = 2 if with_numbers else 1
    rise = max(0.0, min(0.3 * size, (_cell((columns, rows), look)[1] - lines * size) / (2 * lines)))
    ink = alt.Color("ink:N", scale=None)
    tiles_layer = home.mark_rect(cornerRadius=corner, stroke=look.theme.rule, strokeWidth=1).encode(
        x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), color=alt.Color("fill:N", scale=None)
    )
    frames = outside.mark_rect(
        cornerRadius=corner, filled=False, stroke=look.theme.rule, strokeWidth=2, strokeDash=[size / 4, size / 6]
    ).encode(x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))
    names = home.mark_text(align="left", baseline="top", dx=inset, dy=rise)
    middle_x, middle_y = "(datum.x + datum.x2) / 2", "(datum.y + datum.y2) / 2"
    elsewhere = (
        outside.transform_calculate(mx=middle_x, my=middle_y)
        .mark_text(align="center", baseline="middle")
        .encode(x=alt.X("mx:Q", scale=x_scale, axis=None), y=alt.Y("my:Q", scale=y_scale, axis=None))
    )
    numbers = home.mark_text(align="right", baseline="bottom", dx=-inset, dy=-rise * 0.8, fontWeight=600)
    layers = [
        tiles_layer,
        frames,
        names.encode(text=alt.Text("words:N"), color=ink),
        elsewhere.encode(text=alt.Text("words:N"), color=ink),
    ]
    if with_numbers:
        far_x, far_y = alt.X("x2:Q", scale=x_scale, axis=None), alt.Y("y2:Q", scale=y_scale, axis=None)
        layers.append(numbers.encode(x=far_x, y=far_y, text=alt.Text("number:N"), color=ink))
    return dress_layers(layers, look)


def _extent(tiles: Sequence[Tile]) -> tuple[int, int]:
    return max((tile.column for tile in tiles), default=0) + 1, max((tile.row for tile in tiles), default=0) + 1


def _cell(extent: tuple[int, int], look: Look) -> tuple[float, float]:
    """Room for text in one tile; zero width when the page decides it later."""
    columns, rows = extent
    width = 0.0 if look.width == "container" else float(look.width) / columns * (1 - GAP) - 2 * INSET * look.text_size
    return max(width, 0.0), look.height / rows * (1 - 2 * GAP)


def _fit_number(numbers: tuple[str, ...], width: float, size: float) -> str:
    """The longest writing that fits; a number is never cut."""
    if not numbers or not width:
        return numbers[0] if numbers else ""
    fitted = fit_text(numbers, width, size, 600)
    return "" if fitted.is_cut else fitted.text


def _count_words(area: AreaShare) -> str:
    return f"{area.late_count}/{area.total_count}"


def tile_fill(tile: Tile, look: Look) -> str:
    """Its shade, or the colour that asks for a response."""
    if tile.is_marked:
        return look.theme.perlu_tindakan
    return look.theme.background if tile.step is None else look.theme.steps[tile.step]


def tile_ink(tile: Tile, look: Look) -> str:
    if tile.is_marked:
        return look.theme.status_text
    return look.theme.step_text if tile.is_home and tile.step is not None else look.theme.text_quiet


def _share_step(area: AreaShare, plan: MapPlan) -> int:
    """Neutral shade by share, in halves and three quarters of the limit; few events stay in the lowest."""
    limit = plan.late_limit_pct if plan.late_limit_pct is not None else Decimal(20)
    if area.total_count < MIN_EVENTS:
        return 0
    share = Decimal(100 * area.late_count) / area.total_count
    return 2 if share >= limit * 3 / 4 else 1 if share >= limit / 2 else 0
