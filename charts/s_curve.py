"""Cumulative plan and realisation over a year; a month not reported is a gap, and a cause is never stated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from math import ceil, floor
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from charts.formats import format_deviation, format_month, format_percent
from charts.lettering import text_width
from charts.look import Look, dress_layers
from charts.series import series_frame
from warehouse.figures import CurvePoint, TrendPoint

FULL = 100.0
GRID = (0, 50, 100)  # percent
EDGE = 0.45  # months left free at either end
COLUMNS = ("position", "label", "plan", "actual", "run")


@dataclass(frozen=True)
class Spot:
    """Where words stand: month position, height in percent, and which end of them is there."""

    position: float
    height: float
    align: Literal["left", "right"]


@dataclass(frozen=True)
class Plot:
    """The plot's size told in its own units: text is measured before anything is drawn."""

    points: tuple[CurvePoint, ...]
    look: Look

    @property
    def month(self) -> float:
        """Pixels of one month."""
        labels = text_width("100 %", self.look.text_size) + 0.4 * self.look.text_size
        return max(1.0, self.look.room - labels) / (max(len(self.points) - 1, 1) + 2 * EDGE)

    @property
    def line(self) -> float:
        """Height of one line of text, in percent."""
        return FULL * 1.25 * self.look.text_size / max(1.0, self.look.height - 3.2 * self.look.text_size)

    def width(self, words: str) -> float:
        """In months."""
        return text_width(words, self.look.text_size, 600) / self.month

    def bounds(self, left: float, right: float) -> tuple[float, float]:
        """Lowest and highest value drawn between two positions."""
        places = [left, *range(ceil(left), floor(right) + 1), right]
        values: list[float] = []
        for line in ([point.plan for point in self.points], [point.actual for point in self.points]):
            known = [(place, float(value)) for place, value in enumerate(line) if value is not None]
            inside = [place for place in places if known and known[0][0] <= place <= known[-1][0]]
            at, heights = [place for place, _value in known], [value for _place, value in known]
            values += [float(value) for value in np.interp(inside, at, heights)] if inside else []
        return min(values, default=0.0), max(values, default=0.0)


def curve_frame(points: Sequence[CurvePoint], locale: str) -> pd.DataFrame:
    """Columns position, label, plan, actual, run; months of one run may be joined, others never."""
    series = [TrendPoint(point.month, format_month(point.month, locale), point.actual) for point in points]
    frame = series_frame(series).rename(columns={"value": "actual"})
    plan = [None if point.plan is None else float(point.plan) for point in points]
    return frame.assign(plan=pd.Series(plan, dtype="float64"))[list(COLUMNS)]


def last_reported(points: Sequence[CurvePoint]) -> int | None:
    """Position of the last month with a realisation."""
    return max((place for place, point in enumerate(points) if point.actual is not None), default=None)


def has_gap(points: Sequence[CurvePoint]) -> bool:
    """Whether a month before the last one reported was not."""
    first = next((place for place, point in enumerate(points) if point.actual is not None), 0)
    return any(point.actual is None for point in points[first : last_reported(points)])


def deviation_words(points: Sequence[CurvePoint], locale: str) -> tuple[str, ...]:
    """`realisasi 61,2 %, tertinggal 4,3 poin` of the last month reported, shorter variants behind; () without one."""
    last = last_reported(points)
    if last is None:
        return ()
    point = points[last]
    value = format_percent(point.actual, 1, locale)
    if point.actual is None or point.plan is None:
        return (_("realisasi {value}").format(value=value), value)
    deviation = format_deviation(point.actual - point.plan, 1, locale)
    led = _("realisasi {value}, {deviation}").format(value=value, deviation=deviation)
    return (led, f"{value}, {deviation}", deviation)


def build_s_curve(points: Sequence[CurvePoint], look: Look, *, names_plan: bool = True) -> alt.LayerChart:
    """Plan dashed over the whole year, realisation solid until the last month reported, the deviation in words."""
    data, plot, theme = curve_frame(points, look.locale), Plot(tuple(points), look), look.theme
    end = max(len(points) - 1, 1)
    x_scale = alt.Scale(domain=[-EDGE, end + EDGE], nice=False)
    captions = _captions(plot, names_plan)
    top = max([FULL, *(spot.height + 0.65 * plot.line for _words, spot in captions)])
    y_scale = alt.Scale(domain=[0, top], nice=False)
    y_axis = alt.Axis(values=list(GRID), labelExpr="datum.value + ' %'", title=None)
    base = alt.Chart(data).encode(x=alt.X("position:Q", scale=x_scale, axis=_month_axis(data, plot)))
    plan_y, actual_y = (alt.Y(f"{name}:Q", scale=y_scale, axis=y_axis) for name in ("plan", "actual"))
    stroke = look.stroke
    alone = data.groupby("run")["position"].transform("size") == 1
    layers: list[alt.Chart] = [
        base.mark_line(
            color=theme.text_normal, strokeWidth=stroke * 0.7, strokeDash=[stroke * 2.2, stroke * 1.6]
        ).encode(y=plan_y),
        base.mark_line(color=theme.text_strong, strokeWidth=stroke * 1.4, strokeJoin="round").encode(
            y=actual_y, detail=alt.Detail("run:N")
        ),
        _dots(data[alone].dropna(subset="actual"), look, stroke * 2.2).encode(x=base.encoding.x, y=actual_y),
    ]
    last = last_reported(points)
    if last is not None:
        end_point = alt.Chart(data.iloc[[last]]).encode(x=alt.X("position:Q", scale=x_scale))
        rule = end_point.mark_rule(color=theme.text_normal, strokeWidth=stroke * 0.7)
        layers += [
            rule.encode(y=plan_y, y2=alt.Y2("actual:Q")),
            _dots(data.iloc[[last]], look, stroke * 3.2).encode(x=base.encoding.x, y=actual_y),
        ]
    layers += [_words(words, spot, look, (x_scale, y_scale)) for words, spot in captions]
    return dress_layers(layers, look)


def _dots(data: pd.DataFrame, look: Look, diameter: float) -> alt.Chart:
    mark: alt.Chart = alt.Chart(data).mark_point(filled=True, opacity=1, color=look.theme.text_strong, size=diameter**2)
    return mark


def _month_axis(data: pd.DataFrame, plot: Plot) -> alt.Axis:
    """Every month that can be written without touching the next; always the first."""
    labels = list(data["label"])
    widest = max((text_width(label, plot.look.text_size) for label in labels), default=1.0)
    step = next((step for step in (1, 2, 3, 6) if step * plot.month >= widest * 1.15), 12)
    shown = list(range(0, len(labels), step))
    expression = f"{json.dumps(labels)}[datum.value]"
    return alt.Axis(values=shown, labelExpr=expression, grid=False, title=None, labelOverlap=False)


def _captions(plot: Plot, names_plan: bool) -> list[tuple[str, Spot]]:
    """The words on the last month reported, and the name of the plan line where it cannot be taken for the other."""
    last = last_reported(plot.points)
    captions = [] if last is None else [_deviation_caption(plot, last)]
    planned = [place for place, point in enumerate(plot.points) if point.plan is not None]
    spot = _plan_spot(plot, planned[-1], captions) if planned and names_plan else None
    return captions if spot is None else [*captions, (_("rencana"), spot)]


def _plan_spot(plot: Plot, planned: int, captions: list[tuple[str, Spot]]) -> Spot | None:
    """Beside the end of the plan line, away from the realised one, or over it; None where other words stand."""
    end, width = len(plot.points) - 1 + EDGE, plot.width(_("rencana"))
    plan, actual = plot.points[planned].plan or Decimal(0), plot.points[planned].actual
    gap = 0.6 * plot.look.text_size / plot.month
    if planned + gap + width <= end:
        side = -0.3 if actual is not None and actual > plan else 0.3
        return Spot(planned + gap, max(float(plan) + side * plot.line, 0.5 * plot.line), "left")
    left = planned + EDGE - width
    above = Spot(planned + EDGE, plot.bounds(left, planned)[1] + 0.75 * plot.line, "right")
    return None if any(_reaches(plot, words, spot, left, above.height) for words, spot in captions) else above


def _reaches(plot: Plot, words: str, spot: Spot, left: float, height: float) -> bool:
    """True when the words come into the line of text at `height` right of `left`."""
    right = spot.position if spot.align == "right" else spot.position + plot.width(words)
    return right > left - EDGE and abs(spot.height - height) < plot.line


def _deviation_caption(plot: Plot, last: int) -> tuple[str, Spot]:
    """The longest words that find a free spot."""
    words = deviation_words(plot.points, plot.look.locale)
    for variant in words:
        spot = _free_spot(plot, last, plot.width(variant))
        if spot is not None:
            return variant, spot
    return words[-1], Spot(0, FULL + 0.75 * plot.line, "left")


def _free_spot(plot: Plot, last: int, width: float) -> Spot | None:
    """Right of the point below both lines, left of it above them, else at the lower right or upper left corner."""
    end, gap = len(plot.points) - 1 + EDGE, 0.6 * plot.look.text_size / plot.month
    floor_height, above = 0.6 * plot.line, 0.9 * plot.line
    for left in (last + gap, end - width):
        height = plot.bounds(left, min(left + width, end))[0] - above
        if left >= last and left + width <= end and height >= floor_height:
            return Spot(left, height, "left")
    if width <= last + EDGE:
        return Spot(last, _off_grid(plot, plot.bounds(last - width, last)[1] + above), "right")
    height = _off_grid(plot, plot.bounds(0, width)[1] + above)
    clear_of_plan_name = width + EDGE <= end - plot.width(_("rencana"))
    return Spot(0, height, "left") if clear_of_plan_name and height <= FULL + 0.9 * plot.line else None


def _off_grid(plot: Plot, height: float) -> float:
    """The height, or a little higher where a line of the grid would cross the words."""
    crossed = next((line for line in GRID if abs(height - line) < 0.55 * plot.line), None)
    return height if crossed is None else crossed + 0.6 * plot.line


def _words(words: str, spot: Spot, look: Look, scales: tuple[alt.Scale, alt.Scale]) -> alt.Chart:
    is_plan = words == _("rencana")
    row = pd.DataFrame([{"position": spot.position, "height": spot.height, "words": words}])
    mark = alt.Chart(row).mark_text(
        align=spot.align,
        baseline="middle",
        fontWeight=400 if is_plan else 600,
        color=look.theme.text_normal if is_plan else look.theme.text_strong,
    )
    x, y = alt.X("position:Q", scale=scales[0]), alt.Y("height:Q", scale=scales[1])
    text: alt.Chart = mark.encode(x=x, y=y, text=alt.Text("words:N"))
    return text
