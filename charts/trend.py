"""A series over periods with its target; a change of scheme is a dashed rule with words, never a silent join.

What people decided stands as a mark with a word at the foot of its period.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import altair as alt
import pandas as pd

from charts.formats import format_number
from charts.lettering import text_width
from charts.look import Look, dress_layers
from charts.series import SeriesBreak, SeriesEvent, series_frame
from warehouse.figures import TrendPoint


@dataclass(frozen=True)
class OtherSeries:
    """Values to compare with: one for each point of the own series, None where there is none."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class TrendFrame:
    """What stands around the line: decimals of the axis, target, changes of scheme and other series."""

    decimals: int = 1
    target: Decimal | None = None
    target_label: str = ""
    breaks: tuple[SeriesBreak, ...] = ()
    scale_from_zero: bool = True
    others: tuple[OtherSeries, ...] = ()
    events: tuple[SeriesEvent, ...] = ()


def build_trend_chart(points: Sequence[TrendPoint], frame: TrendFrame, look: Look) -> alt.LayerChart:
    data = series_frame(points, frame.breaks)
    data["words"] = _value_words(data["value"], frame, look)
    x_scale = alt.Scale(domain=[-0.3, max(len(points) - 1, 0) + _room_after(points, frame, look)], nice=False)
    labels = json.dumps(list(data["label"]))
    x_axis = alt.Axis(
        values=list(range(len(points))),
        labelExpr=f"{labels}[datum.value]",
        grid=False,
        title=None,
        labelOverlap=True,
        labelSeparation=look.text_size,
    )
    x = alt.X("position:Q", scale=x_scale, axis=x_axis)
    y_axis = alt.Axis(format=f",.{frame.decimals}f", tickCount=4, title=None)
    y_scale = alt.Scale(domain=_value_domain(data["value"], frame), nice=False)
    y = alt.Y("value:Q", scale=y_scale, axis=y_axis)
    base = alt.Chart(data).encode(x=x, y=y)
    theme = look.theme
    layers: list[alt.Chart] = [
        base.mark_line(color=theme.data, strokeWidth=look.stroke).encode(detail=alt.Detail("run:N")),
        base.mark_point(color=theme.data, filled=True, opacity=1, size=_point_size(len(points), look)),
        base.mark_text(dy=-look.text_size, color=theme.text_strong).encode(text=alt.Text("words:N")),
    ]
    if frame.target is not None:
        layers += _target_layers(frame, look, x_scale)
    for other in frame.others:
        layers += _other_layers(other, frame, look, x_scale)
    for item in frame.breaks:
        layers += _break_layers(_position_after(points, item) + 0.5, item.note, look)
    return dress_layers([*layers, *_event_layers(points, frame.events, look)], look)


def _event_layers(points: Sequence[TrendPoint], events: Sequence[SeriesEvent], look: Look) -> list[alt.Chart]:
    """One mark a period, with the words of all that happened in it; what lies before the first point is left out."""
    if not points:
        return []
    words: dict[int, list[str]] = {}
    for event in sorted(events, key=lambda one: one.day):
        if event.day >= points[0].period_start:
            words.setdefault(_position_on(points, event.day), []).append(event.word)
    rows = [{"position": place, "note": "▴ " + ", ".join(dict.fromkeys(said))} for place, said in words.items()]
    if not rows:
        return []
    marks = alt.Chart(pd.DataFrame(rows)).mark_text(
        align="left", baseline="bottom", dx=-look.text_size * 0.35, dy=-2, color=look.theme.text_normal
    )
    foot = alt.YValue(look.height)  # type: ignore[no-untyped-call]
    return [marks.encode(x=alt.X("position:Q"), y=foot, text=alt.Text("note:N"))]


def _position_on(points: Sequence[TrendPoint], day: date) -> int:
    """The period a day lies in: the last that began by then."""
    return max(place for place, point in enumerate(points) if point.period_start <= day)


def _room_after(points: Sequence[TrendPoint], frame: TrendFrame, look: Look) -> float:
    """Periods left free behind the last one for what is written there."""
    at_end = any(_position_after(points, item) == len(points) - 1 for item in frame.breaks)
    names = [_other_words(other, frame, look) for other in frame.others]
    before_last = (item for item in frame.breaks if _position_after(points, item) == len(points) - 2)
    names += [line for item in before_last for line in _lines(item.note)]
    width = max((text_width(name, look.text_size) for name in names if name), default=-look.text_size) + look.text_size
    share = min(width / look.room, 0.5)
    return max(0.3, share / (1 - share) * len(points), max(1.6, 0.3 * len(points)) if at_end else 0.0)


def _other_words(other: OtherSeries, frame: TrendFrame, look: Look) -> str:
    """Name and last value of a compared series; "" when it has none."""
    known = [value for value in other.values if value is not None]
    return f"{other.label} {format_number(known[-1], frame.decimals, look.locale)}" if known else ""


def _value_words(values: pd.Series, frame: TrendFrame, look: Look) -> list[str]:
    """A number at each point when they stand well apart, else at the last, the highest and the lowest."""
    known = values.dropna()
    words = {place: format_number(value, frame.decimals, look.locale) for place, value in known.items()}
    widest = max((text_width(text, look.text_size) for text in words.values()), default=0.0)
    if widest * 1.8 * len(values) > look.room and len(known):
        words = {place: words[place] for place in (known.idxmin(), known.idxmax(), known.index[-1])}
    return [words.get(place, "") for place in values.index]


def _point_size(count: int, look: Look) -> float:
    """Dots shrink to the line's own width where they would run into each other."""
    return float(min(look.text_size**2 / 3, (look.room / max(count, 1) / 2) ** 2))


def _value_domain(values: pd.Series, frame: TrendFrame) -> list[float]:
    """Room above for the labels of the points; from zero unless told otherwise."""
    known = [float(value) for value in values.dropna()] + ([float(frame.target)] if frame.target is not None else [])
    known += [float(value) for other in frame.others for value in other.values if value is not None]
    high, low = max(known, default=1.0), min(known, default=0.0)
    low = min(low, 0.0) if frame.scale_from_zero else low - 0.15 * (high - low or 1.0)
    return [low, high + 0.18 * (high - low or 1.0)]


def _position_after(points: Sequence[TrendPoint], item: SeriesBreak) -> int:
    """Index of the last period under the old scheme, -1 when the series starts later."""
    return sum(point.period_start <= item.after for point in points) - 1


def _other_layers(other: OtherSeries, frame: TrendFrame, look: Look, x_scale: alt.Scale) -> list[alt.Chart]:
    """Hollow diamonds on a dotted line, with the name beside the last one."""
    known = [(position, value) for position, value in enumerate(other.values) if value is not None]
    if not known:
        return []
    words = _other_words(other, frame, look)
    longest = max(at for one in frame.others for at, value in enumerate(one.values) if value is not None)
    above = known[-1][0] < longest  # where another goes on beside it, its line would strike the name through
    rows = [
        {"position": position, "value": float(value), "words": words if position == known[-1][0] else ""}
        for position, value in known
    ]
    theme = look.theme
    base = alt.Chart(pd.DataFrame(rows)).encode(x=alt.X("position:Q", scale=x_scale), y=alt.Y("value:Q"))
    return [
        base.mark_line(color=theme.text_quiet, strokeDash=[2, 3], strokeWidth=look.stroke / 2),
        base.mark_point(color=theme.text_quiet, shape="diamond", size=_point_size(len(other.values), look), opacity=1),
        base.mark_text(
            align="left", dx=look.text_size * 0.7, dy=-look.text_size * (1 if above else 0), color=theme.text_normal
        ).encode(text=alt.Text("words:N")),
    ]


def _target_layers(frame: TrendFrame, look: Look, x_scale: alt.Scale) -> list[alt.Chart]:
    target = pd.DataFrame([{"target": float(frame.target or 0), "position": -0.3, "words": frame.target_label}])
    base = alt.Chart(target).encode(y=alt.Y("target:Q"))
    rule = base.mark_rule(color=look.theme.text_normal, strokeWidth=look.stroke / 2)
    words = base.mark_text(align="left", dx=look.text_size / 3, dy=-look.text_size * 0.7, color=look.theme.text_normal)
    return [rule, words.encode(x=alt.X("position:Q", scale=x_scale), text=alt.Text("words:N"))]


def _lines(note: str) -> list[str]:
    return note.replace(": ", ":\n").split("\n")


def _break_layers(position: float, note: str, look: Look) -> list[alt.Chart]:
    told = pd.DataFrame([{"position": position, "note": "\n".join(_lines(note))}])
    base = alt.Chart(told).encode(x=alt.X("position:Q"))
    rule = base.mark_rule(color=look.theme.text_normal, strokeDash=[6, 5], strokeWidth=look.stroke / 2)
    words = base.mark_text(
        align="left", baseline="top", dx=look.text_size / 2, color=look.theme.text_normal, lineBreak="\n"
    )
    return [rule, words.encode(y=alt.YValue(0), text=alt.Text("note:N"))]  # type: ignore[no-untyped-call]
