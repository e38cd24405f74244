"""Bars in the order given with the value at their end; the own region is told by shape and weight, not by colour."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt
import pandas as pd

from charts.formats import format_number, no_data_text
from charts.lettering import text_width
from charts.look import Look, dress_layers

OWN_MARK = "◆ "
WORDS_SHARE = 0.22
ROW = 1.75  # height of one bar with its gap, of the text size
COLUMNS = ("place", "label", "value", "words", "is_own", "before")


@dataclass(frozen=True)
class Bar:
    """One bar; `value` None has words and no bar."""

    label: str
    value: Decimal | None
    words: str = ""  # at the end of the bar; "" writes the value
    is_own: bool = False
    before: Decimal | None = None  # the same in the period compared with, a tick on the bar


@dataclass(frozen=True)
class BarScale:
    """How values are written, where the axis starts and ends, and a line to compare with."""

    decimals: int = 1
    unit: str = ""
    start: Decimal = Decimal(0)
    end: Decimal | None = None  # None: the largest value
    line: Decimal | None = None
    line_label: str = ""


def bar_height(count: int, look: Look) -> float:
    """Height that lets each bar stand clear of the next."""
    return max(count, 1) * ROW * look.text_size


def bar_frame(bars: Sequence[Bar], scale: BarScale, locale: str) -> pd.DataFrame:
    rows = [
        {
            "place": place,
            "label": (OWN_MARK if bar.is_own else "") + bar.label,
            "value": None if bar.value is None else float(bar.value),
            "words": bar.words or _value_words(bar, scale, locale),
            "is_own": bar.is_own,
            "before": None if bar.before is None else float(bar.before),
        }
        for place, bar in enumerate(bars)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    kinds = {"place": "int64", "label": "object", "value": "float64", "words": "object", "before": "float64"}
    return frame.astype({**kinds, "is_own": bool})


def build_ranked_bars(bars: Sequence[Bar], scale: BarScale, look: Look) -> alt.LayerChart:
    data = bar_frame(bars, scale, look.locale)
    theme = look.theme
    start = float(scale.start)
    known = [value for bar in bars for value in (bar.value, bar.before) if value is not None]
    largest = max([float(value) for value in known], default=start + 1)
    end = float(scale.end) if scale.end is not None else max(largest, float(scale.line or 0), start + 0.01)
    room = (end - start) * _words_share(data, look)
    x_scale = alt.Scale(domain=[start, end + room], nice=False, zero=False)
    own = [str(label) for label in data.loc[data["is_own"], "label"]]
    bold = f"indexof({json.dumps(own)}, datum.value) >= 0"
    axis = alt.Axis(
        title=None,
        labelLimit=0,
        labelColor=theme.text_normal,
        labelFontWeight=alt.condition(bold, alt.value(700), alt.value(400)),
    )
    y = alt.Y("label:N", sort=list(data["label"]), axis=axis, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1))
    bars_layer = (
        alt.Chart(data.assign(start=start))
        .mark_bar()
        .encode(
            y=y,
            x=alt.X("start:Q", scale=x_scale, axis=None),
            x2=alt.X2("value:Q"),
            color=alt.ColorValue(theme.data, condition={"test": "datum.is_own", "value": theme.text_strong}),
        )
    )
    layers: list[alt.Chart] = [bars_layer]
    for is_own in sorted(set(data["is_own"])):  # an empty layer would draw a row of its own
        words = alt.Chart(
            data[data["is_own"] == is_own].assign(end=data[["value", "before"]].max(axis=1).fillna(start))
        )
        layers.append(
            words.mark_text(
                align="left", dx=look.text_size * 0.4, color=theme.text_strong, fontWeight=700 if is_own else 400
            ).encode(y=y, x=alt.X("end:Q", scale=x_scale, axis=None), text=alt.Text("words:N"))
        )
    if data["before"].notna().any():
        layers.append(_before_layer(data, look, x_scale, y))
    if scale.line is not None:
        layers.append(_line_layer(scale, look, x_scale))
    return dress_layers(layers, look)


def _words_share(data: pd.DataFrame, look: Look) -> float:
    """Room for the words behind the longest bar, of the bars' own; measured where the width is known."""
    if look.width == "container":
        return WORDS_SHARE
    names = max((text_width(label, look.text_size) for label in data["label"]), default=0.0)
    words = max((text_width(one, look.text_size, 600) for one in data["words"]), default=0.0) + look.text_size
    return max(WORDS_SHARE, words / max(look.room - names - words - look.text_size, words))


def _value_words(bar: Bar, scale: BarScale, locale: str) -> str:
    if bar.value is None:
        return no_data_text()
    number = format_number(bar.value, scale.decimals, locale)
    return f"{number} {scale.unit}" if scale.unit else number


def _before_layer(data: pd.DataFrame, look: Look, x_scale: alt.Scale, y: alt.Y) -> alt.Chart:
    """The compared period as a tick over each bar."""
    tick = alt.Chart(data.dropna(subset="before")).mark_tick(
        color=look.theme.text_strong, orient="vertical", thickness=look.stroke, size=look.text_size * 1.4
    )
    ticks: alt.Chart = tick.encode(y=y, x=alt.X("before:Q", scale=x_scale, axis=None))
    return ticks


def _line_layer(scale: BarScale, look: Look, x_scale: alt.Scale) -> alt.Chart:
    data = pd.DataFrame([{"line": float(scale.line or 0), "words": scale.line_label}])
    rule = alt.Chart(data).mark_rule(color=look.theme.text_normal, strokeDash=[4, 3], strokeWidth=look.stroke / 2)
    line: alt.Chart = rule.encode(x=alt.X("line:Q", scale=x_scale, axis=None))
    return line
