"""Deliveries of agencies month by month: one sign for how a month stands, told by its shape.

The darker, the more to do. No colour of status: a late file is no alarm, and nobody is put to shame by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from charts.look import Look, dress_layers

ROW = 1.9  # height of one agency, of the text size
COLUMNS = ("row", "column", "kind", "words", "told")


@dataclass(frozen=True)
class Sign:
    """How a kind of cell is drawn."""

    shape: str
    is_filled: bool
    is_strong: bool


SIGNS = {
    "tepat waktu": Sign("circle", True, False),
    "lewat sehari": Sign("circle", False, False),
    "ditunggu": Sign("stroke", False, False),
    "dimaklumi": Sign("diamond", False, False),
    "ditahan": Sign("square", False, True),
    "terlambat": Sign("triangle-up", True, True),
    "belum masuk": Sign("M-.7,-.7L.7,.7M.7,-.7L-.7,.7", False, True),
}


@dataclass(frozen=True)
class GridCell:
    """One agency in one month: the sign, the count beside it, and all of it in words for who points at it."""

    row: str
    column: str
    kind: str  # of SIGNS
    words: str
    told: str


def grid_height(rows: int, look: Look) -> float:
    """Height that lets each agency stand clear of the next, with the months above."""
    return (max(rows, 1) * ROW + 2) * look.text_size


def grid_frame(cells: Sequence[GridCell]) -> pd.DataFrame:
    rows = [{name: getattr(cell, name) for name in COLUMNS} for cell in cells]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("object")


def build_delivery_grid(
    cells: Sequence[GridCell], rows: Sequence[str], columns: Sequence[str], look: Look
) -> alt.LayerChart:
    """`rows` and `columns` in the order they stand; a cell that is not there owed nothing."""
    data, theme = grid_frame(cells), look.theme
    axis = alt.Axis(title=None, labelLimit=0, labelColor=theme.text_normal, grid=False)
    top = alt.Axis(title=None, orient="top", labelAngle=0, grid=False, labelOverlap=True)
    y = alt.Y("row:N", sort=list(rows), scale=alt.Scale(domain=list(rows)), axis=axis)
    x = alt.X("column:N", sort=list(columns), scale=alt.Scale(domain=list(columns)), axis=top)
    layers: list[alt.Chart] = []
    for kind, sign in SIGNS.items():
        part = data[data["kind"] == kind]
        if part.empty:  # an empty layer would draw a row of its own
            continue
        colour = theme.text_strong if sign.is_strong else theme.data
        point = alt.Chart(part).mark_point(
            shape=sign.shape,
            filled=sign.is_filled,
            color=colour,
            opacity=1,
            size=(look.text_size * 0.75) ** 2,
            strokeWidth=look.stroke * 0.75,
            xOffset=-look.text_size * 1.3,
        )
        layers.append(point.encode(x=x, y=y, tooltip=alt.Tooltip("told:N", title=" ")))
        words = alt.Chart(part).mark_text(
            align="left",
            dx=-look.text_size * 0.6,
            fontSize=look.text_size * 0.85,
            color=theme.text_strong if sign.is_strong else theme.text_quiet,
        )
        layers.append(words.encode(x=x, y=y, text=alt.Text("words:N")))
    if not layers:
        layers = [alt.Chart(data).mark_point().encode(x=x, y=y)]
    return dress_layers(layers, look)
