"""Kecamatan as a tile map: late arrivals out of all, shaded by share; neighbours are outlines without a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt
import pandas as pd

from charts.lettering import fit_text, text_width
from charts.look import Look, dress_layers
from warehouse.figures import AreaShare

MIN_EVENTS = 30  # a share of fewer events is not judged, only its counts are shown
GAP = 0.035  # between tiles, of a tile
INSET = 0.2  # of the text size
TILE_COLUMNS = ("x", "x2", "y", "y2", "name", "words", "number", "is_home", "is_marked", "fill", "ink")
SHORTEST_NAME = 6  # letters a shortened name must keep to be told apart


@dataclass(frozen=True)
class MapPlan:
    """What the map shows: whose kecamatan are numbered, from which share they are marked, with numbers or not."""

    home_code: str
    late_limit_pct: Decimal | None = None
    with_numbers: bool = True


def map_extent(areas: Sequence[AreaShare]) -> tuple[int, int]:
    """Columns and rows the areas take."""
    columns = max((area.tile_column for area in areas), default=0) + 1
    return columns, max((area.tile_row for area in areas), default=0) + 1


def is_marked(area: AreaShare, plan: MapPlan) -> bool:
    """True when the share passes the region's own limit and rests on enough events."""
    if plan.late_limit_pct is None or area.total_count < MIN_EVENTS or not is_home(area, plan):
        return False
    return Decimal(100 * area.late_count) > plan.late_limit_pct * area.total_count


def is_home(area: AreaShare, plan: MapPlan) -> bool:
    return area.region_code.startswith(plan.home_code)


def short_name(name: str, width: float, size: float) -> str:
    """The name, its first word, or its first letters with a full stop; "" when too few fit."""
    cuts = [name[:length].rstrip() + "." for length in range(len(name) - 1, SHORTEST_NAME - 1, -1)]
    words = [name.split(maxsplit=1)[0]] if " " in name else []
    fitted = fit_text([name, *words, *cuts], width, size)
    return "" if fitted.is_cut else fitted.text


def map_fits(areas: Sequence[AreaShare], plan: MapPlan, look: Look) -> bool:
    """Whether names (and numbers) can be read in tiles of this size."""
    width, height = _cell(areas, look)
    lines = 2 if plan.with_numbers else 1
    wide_enough = all(short_name(area.name, width, look.text_size) for area in areas)
    numbers = [_count_words(area) for area in areas if plan.with_numbers and is_home(area, plan)]
    numbers_fit = all(text_width(words, look.text_size, 600) <= width for words in numbers)
    return wide_enough and numbers_fit and height >= lines * look.text_size * 1.06


def tile_frame(areas: Sequence[AreaShare], plan: MapPlan, look: Look) -> pd.DataFrame:
    """One row a tile, with its texts and colours."""
    theme = look.theme
    width, _height = _cell(areas, look)
    rows = []
    for area in areas:
        home, marked = is_home(area, plan), is_marked(area, plan)
        rows.append(
            {
                "x": area.tile_column + GAP / 2,
                "x2": area.tile_column + 1 - GAP / 2,
                "y": area.tile_row + GAP,
                "y2": area.tile_row + 1 - GAP,
                "name": area.name,
                "words": short_name(area.name, width, look.text_size) if width else area.name,
                "number": _count_words(area) if home and plan.with_numbers else "",
                "is_home": home,
                "is_marked": marked,
                "fill": theme.perlu_tindakan if marked else _shade(area, plan, look),
                "ink": theme.status_text if marked else theme.step_text if home else theme.text_quiet,
            }
        )
    return pd.DataFrame(rows, columns=list(TILE_COLUMNS)).astype({"is_home": bool, "is_marked": bool})


def build_tile_map(areas: Sequence[AreaShare], plan: MapPlan, look: Look) -> alt.LayerChart:
    data = tile_frame(areas, plan, look)
    columns, rows = map_extent(areas)
    x_scale = alt.Scale(domain=[0, columns], nice=False)
    y_scale = alt.Scale(domain=[0, rows], nice=False, reverse=True)
    x, y = alt.X("x:Q", scale=x_scale, axis=None), alt.Y("y:Q", scale=y_scale, axis=None)
    home = alt.Chart(data[data["is_home"]]).encode(x=x, y=y)
    outside = alt.Chart(data[~data["is_home"]]).encode(x=x, y=y)
    size, inset = look.text_size, look.text_size * INSET
    corner = size * 0.15
    lines = 2 if plan.with_numbers else 1
    rise = max(0.0, min(0.3 * size, (_cell(areas, look)[1] - lines * size) / (2 * lines)))
    ink = alt.Color("ink:N", scale=None)
    tiles = home.mark_rect(cornerRadius=corner).encode(x2="x2:Q", y2="y2:Q", color=alt.Color("fill:N", scale=None))
    frames = outside.mark_rect(
        cornerRadius=corner, filled=False, stroke=look.theme.rule, strokeWidth=2, strokeDash=[size / 4, size / 6]
    ).encode(x2="x2:Q", y2="y2:Q")
    names = home.mark_text(align="left", baseline="top", dx=inset, dy=rise)
    middle_x, middle_y = "(datum.x + datum.x2) / 2", "(datum.y + datum.y2) / 2"
    elsewhere = (
        outside.transform_calculate(mx=middle_x, my=middle_y)
        .mark_text(align="center", baseline="middle")
        .encode(x=alt.X("mx:Q", scale=x_scale, axis=None), y=alt.Y("my:Q", scale=y_scale, axis=None))
    )
    numbers = home.mark_text(align="right", baseline="bottom", dx=-inset, dy=-rise * 0.8, fontWeight=600)
    layers = [tiles, frames, names.encode(text="words:N", color=ink), elsewhere.encode(text="words:N", color=ink)]
    if plan.with_numbers:
        far_x, far_y = alt.X("x2:Q", scale=x_scale, axis=None), alt.Y("y2:Q", scale=y_scale, axis=None)
        layers.append(numbers.encode(x=far_x, y=far_y, text="number:N", color=ink))
    return dress_layers(layers, look)


def _cell(areas: Sequence[AreaShare], look: Look) -> tuple[float, float]:
    """Room for text in one tile; zero width when the page decides it later."""
    columns, rows = map_extent(areas)
    width = 0.0 if look.width == "container" else float(look.width) / columns * (1 - GAP) - 2 * INSET * look.text_size
    return max(width, 0.0), look.height / rows * (1 - 2 * GAP)


def _count_words(area: AreaShare) -> str:
    return f"{area.late_count}/{area.total_count}"


def _shade(area: AreaShare, plan: MapPlan, look: Look) -> str:
    """Neutral shade by share, in halves and three quarters of the limit; few events stay in the lowest."""
    limit = plan.late_limit_pct if plan.late_limit_pct is not None else Decimal(20)
    if area.total_count < MIN_EVENTS:
        return look.theme.steps[0]
    share = Decimal(100 * area.late_count) / area.total_count
    return look.theme.steps[2 if share >= limit * 3 / 4 else 1 if share >= limit / 2 else 0]
