"""Readings of one river post over hours, between the thresholds of its levels; a long silence is a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import altair as alt
import pandas as pd

from charts.formats import format_day, format_number
from charts.lettering import text_width
from charts.look import Look, dress_layers


@dataclass(frozen=True)
class RiverFrame:
    """What stands around the line: the thresholds, the unit, and how long a silence may be before it is a gap."""

    thresholds: tuple[tuple[str, Decimal], ...]  # the lowest first
    unit: str
    until: datetime
    hours: int = 48
    gap: timedelta = timedelta(hours=3)


def river_frame(readings: Sequence[tuple[datetime, Decimal]], frame: RiverFrame, look: Look) -> pd.DataFrame:
    """Oldest first: hours before the end, value, run, and the words of the last and the highest one."""
    ordered, rows, run = sorted(readings), [], 0
    highest = max(range(len(ordered)), key=lambda place: (ordered[place][1], place), default=0)
    for place, (at, value) in enumerate(ordered):
        if place and at - ordered[place - 1][0] > frame.gap:
            run += 1
        is_told = place in (highest, len(ordered) - 1)
        hours = (at - frame.until).total_seconds() / 3600
        words = format_number(value, 2, look.locale) if is_told else ""
        rows.append({"hours": hours, "value": float(value), "run": run, "words": words})
    types = {"hours": "float64", "value": "float64", "run": "int64", "words": "object"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def build_river_chart(readings: Sequence[tuple[datetime, Decimal]], frame: RiverFrame, look: Look) -> alt.LayerChart:
    data, theme, size = river_frame(readings, frame, look), look.theme, look.text_size
    low, high = _domain(data["value"], frame)
    x_scale = alt.Scale(domain=[-frame.hours, frame.hours * _room_after(frame, look)], nice=False)
    ticks = [-hours for hours in range(0, frame.hours + 1, 12)]
    clock = {hour: (frame.until + timedelta(hours=hour)) for hour in ticks}
    labels = {hour: f"{format_day(at.date(), look.locale)} {at:%H.%M}" for hour, at in clock.items()}
    expression = "".join(f"datum.value == {hour} ? '{label}' : " for hour, label in labels.items()) + "''"
    x = alt.X("hours:Q", scale=x_scale, axis=alt.Axis(values=ticks, labelExpr=expression, grid=False, title=None))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(format=",.1f", tickCount=4, grid=False, title=None),  # a line would cross the words of a limit
    )
    base = alt.Chart(data).encode(x=x, y=y)
    layers: list[alt.Chart] = [
        base.mark_line(color=theme.data, strokeWidth=look.stroke).encode(detail=alt.Detail("run:N")),
        base.transform_filter("datum.words != ''").mark_point(
            color=theme.data, filled=True, opacity=1, size=size**2 / 3
        ),
        base.mark_text(dy=-size * 0.8, color=theme.text_strong, fontWeight=600).encode(text=alt.Text("words:N")),
    ]
    limits = pd.DataFrame(_limit_rows(frame, (low, high), look), columns=["value", "at", "words"])
    rules = alt.Chart(limits).encode(y=alt.Y("value:Q"))
    layers += [
        rules.mark_rule(color=theme.text_quiet, strokeDash=[4, 4], strokeWidth=look.stroke / 2),
        rules.mark_text(align="right", dy=-size * 0.65, color=theme.text_normal).encode(
            x=alt.X("at:Q", scale=x_scale), text=alt.Text("words:N")
        ),
    ]
    return dress_layers(layers, look)


def _domain(values: pd.Series, frame: RiverFrame) -> tuple[float, float]:
    """All readings and the next threshold above them; what lies far above is told in words, not drawn."""
    top = max(values, default=0.0)
    ahead = [float(bound) for _level, bound in frame.thresholds if float(bound) > top][:1]
    below = [float(bound) for _level, bound in frame.thresholds if float(bound) <= top]
    known = [*values, *ahead, *below]
    low, high = min(known, default=0.0), max(known, default=1.0)
    span = high - low or 1.0
    return low - 0.08 * span, high + 0.2 * span


def _limit_rows(frame: RiverFrame, domain: tuple[float, float], look: Look) -> list[dict[str, object]]:
    rows = []
    for level, bound in frame.thresholds:
        if domain[0] <= float(bound) <= domain[1]:
            words = f"{level} {format_number(bound, 2, look.locale)}"
            rows.append({"value": float(bound), "at": frame.hours * _room_after(frame, look), "words": words})
    return rows


def _room_after(frame: RiverFrame, look: Look) -> float:
    """Share of the hours left free behind the last one for the names of the thresholds."""
    names = [f"{level} {format_number(bound, 2, look.locale)}" for level, bound in frame.thresholds]
    width = max((text_width(name, look.text_size) for name in names), default=0.0) + 3 * look.text_size
    share = min(width / look.room, 0.5)
    return share / (1 - share)
