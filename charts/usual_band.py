"""Calls of a day by hour against the usual band of the same weekday; hours not yet delivered are not drawn."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from charts.look import Look, dress_layers
from charts.theme import Severity
from warehouse.call_figures import HourlyCalls

HOURS = 24
LABEL_HOURS = (0, 6, 12, 18)


@dataclass(frozen=True)
class HourFlag:
    """One hour worth pointing at; `severity` None points without a status colour."""

    hour: int
    words: str
    severity: Severity | None
    on_left: bool = False


def hourly_frame(calls: HourlyCalls) -> pd.DataFrame:
    """Columns hour, today, low, high; an hour without a figure is missing, not zero."""
    has_band = len(calls.usual_low) == HOURS == len(calls.usual_high)
    rows = [
        {
            "hour": hour,
            "today": calls.today[hour] if hour < len(calls.today) else None,
            "low": calls.usual_low[hour] if has_band else None,
            "high": calls.usual_high[hour] if has_band else None,
        }
        for hour in range(HOURS)
    ]
    return pd.DataFrame(rows).astype({"today": "float64", "low": "float64", "high": "float64"})


def peak_above_band(calls: HourlyCalls) -> int | None:
    """The busiest hour above its usual band, or None."""
    if len(calls.usual_high) != HOURS:
        return None
    above = [hour for hour, count in enumerate(calls.today) if count > calls.usual_high[hour]]
    return max(above, key=lambda hour: calls.today[hour], default=None)


def build_usual_band_chart(calls: HourlyCalls, look: Look, flag: HourFlag | None = None) -> alt.LayerChart:
    data = hourly_frame(calls)
    theme = look.theme
    top = max(data[["today", "high"]].max().max(), 1)
    x_axis = alt.Axis(
        values=list(LABEL_HOURS),
        labelExpr="(datum.value < 10 ? '0' : '') + datum.value + '.00'",
        grid=False,
        title=None,
        labelAlign="left",
        labelOverlap=True,
    )
    x = alt.X("hour:Q", scale=alt.Scale(domain=[0, HOURS - 1], nice=False), axis=x_axis)
    y_axis = alt.Axis(format=",d", tickCount=2, title=None, tickMinStep=1)
    y_scale = alt.Scale(domain=[0, float(top) * 1.15], nice=False)
    base = alt.Chart(data).encode(x=x)
    layers: list[alt.Chart] = [
        base.mark_area(color=theme.band, opacity=1).encode(
            y=alt.Y("low:Q", axis=y_axis, scale=y_scale), y2=alt.Y2("high:Q")
        ),
        base.mark_line(color=theme.text_strong, strokeWidth=look.stroke, strokeJoin="round").encode(
            y=alt.Y("today:Q", scale=y_scale, axis=y_axis)
        ),
    ]
    if calls.today:
        last = alt.Chart(data.loc[data["hour"] == len(calls.today) - 1]).mark_point(
            filled=True, color=theme.text_strong, size=(look.stroke * 2.4) ** 2, opacity=1
        )
        layers.append(last.encode(x=x, y=alt.Y("today:Q", scale=y_scale, axis=y_axis)))
    if flag is not None:
        layers += _flag_layers(data, flag, look)
    return dress_layers(layers, look)


def _flag_layers(data: pd.DataFrame, flag: HourFlag, look: Look) -> list[alt.Chart]:
    row = data.loc[data["hour"] == flag.hour].assign(words=flag.words)
    colour = look.theme.text_strong if flag.severity is None else look.theme.status(flag.severity)
    shape = {"kritis": "diamond", "perlu tindakan": "triangle-up"}.get(flag.severity or "", "circle")
    base = alt.Chart(row).encode(x=alt.X("hour:Q"), y=alt.Y("today:Q"))
    words = base.mark_text(
        color=colour,
        align="right" if flag.on_left else "left",
        dx=look.text_size * (-0.7 if flag.on_left else 0.7),
        fontSize=look.text_size,
    )
    point = base.mark_point(filled=True, color=colour, shape=shape, size=look.text_size**2 * 0.55, opacity=1)
    return [point, words.encode(text=alt.Text("words:N"))]
