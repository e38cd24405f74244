"""A masterplan over all of its years: one row a horizon, one cell a year with the programmes that run in it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import altair as alt
import pandas as pd

from charts.lettering import text_width
from charts.look import Look, dress_layers
from warehouse.figures import RoadmapStage

COLUMNS = ("place", "year", "count", "fill")
GAP = 0.04  # between cells, of a cell


def roadmap_frame(stages: Sequence[RoadmapStage], look: Look) -> pd.DataFrame:
    """Neutral shades by thirds of the largest number; a year without programmes has no cell."""
    largest = max((count for stage in stages for _year, count in stage.counts), default=0)
    rows = [
        {"place": place, "year": year, "count": count, "fill": look.theme.steps[min(2, 3 * count // (largest + 1))]}
        for place, stage in enumerate(stages)
        for year, count in stage.counts
        if count
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"place": "int64", "year": "int64", "count": "int64"})


def build_roadmap(stages: Sequence[RoadmapStage], this_year: int, look: Look) -> alt.LayerChart:
    """The running year has a frame around its column and a bold number."""
    data, theme, size = roadmap_frame(stages, look), look.theme, look.text_size
    years = sorted({year for stage in stages for year, _count in stage.counts})
    first, last = years[0], years[-1]
    beyond = max(0.0, text_width(str(last), size, 600) / cell_width(years, stages, look) - 1) / 2  # its label, in years
    x_scale = alt.Scale(domain=[first - 0.5, last + 0.5 + beyond], nice=False)
    y_scale = alt.Scale(domain=[-0.5, len(stages) - 0.5], nice=False, reverse=True)
    y_axis = alt.Axis(
        values=list(range(len(stages))),
        labelExpr=f"{json.dumps([stage.name for stage in stages])}[datum.value]",
        labelColor=theme.text_normal,
        labelLimit=0,
        grid=False,
        title=None,
    )
    bold = f"datum.value == {this_year}"
    x_axis = alt.Axis(
        values=shown_years(years, this_year, stages, look),
        labelExpr="'' + datum.value",
        labelColor=alt.condition(bold, alt.value(theme.text_strong), alt.value(theme.text_quiet)),
        labelFontWeight=alt.condition(bold, alt.value(600), alt.value(400)),
        grid=False,
        title=None,
        labelOverlap=False,
    )
    cells = alt.Chart(
        data.assign(
            left=data["year"] - 0.5 + GAP,
            right=data["year"] + 0.5 - GAP,
            top=data["place"] - 0.5 + GAP,
            bottom=data["place"] + 0.5 - GAP,
        )
    )
    x, y = alt.X("year:Q", scale=x_scale, axis=x_axis), alt.Y("place:Q", scale=y_scale, axis=y_axis)
    layers: list[alt.Chart] = [
        cells.mark_rect(cornerRadius=size * 0.12).encode(
            x=alt.X("left:Q", scale=x_scale, axis=x_axis),
            x2=alt.X2("right:Q"),
            y=alt.Y("top:Q", scale=y_scale, axis=y_axis),
            y2=alt.Y2("bottom:Q"),
            color=alt.Color("fill:N", scale=None),
        ),
        cells.transform_filter(f"datum.year != {this_year}")
        .mark_text(color=theme.step_text)
        .encode(x=x, y=y, text=alt.Text("count:Q")),
        cells.transform_filter(f"datum.year == {this_year}")
        .mark_text(color=theme.step_text, fontWeight=600)
        .encode(x=x, y=y, text=alt.Text("count:Q")),
    ]
    if first <= this_year <= last:
        column = pd.DataFrame(
            [{"left": this_year - 0.5, "right": this_year + 0.5, "top": -0.5, "bottom": len(stages) - 0.5}]
        )
        layers.append(
            alt.Chart(column)
            .mark_rect(filled=False, stroke=theme.text_strong, strokeWidth=look.stroke * 0.7, cornerRadius=size * 0.12)
            .encode(
                x=alt.X("left:Q", scale=x_scale, axis=x_axis),
                x2=alt.X2("right:Q"),
                y=alt.Y("top:Q", scale=y_scale, axis=y_axis),
                y2=alt.Y2("bottom:Q"),
            )
        )
    return dress_layers(layers, look)


def shown_years(years: Sequence[int], this_year: int, stages: Sequence[RoadmapStage], look: Look) -> list[int]:
    """As many as can be written beside each other, the running one among them."""
    room = cell_width(years, stages, look)
    step = next((step for step in (1, 2, 3, 5) if step * room >= 1.25 * text_width("2026", look.text_size, 600)), 10)
    anchor = this_year if this_year in years else years[0]
    return [year for year in years if (year - anchor) % step == 0]


def cell_width(years: Sequence[int], stages: Sequence[RoadmapStage], look: Look) -> float:
    names = max((text_width(stage.name, look.text_size) for stage in stages), default=0.0) + look.text_size
    return max(look.room - names, 1.0) / len(years)
