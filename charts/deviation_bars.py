"""Realised less planned as ranked bars around zero, late to the left; neutral, critical is told by shape and word."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

import altair as alt
import pandas as pd

from charts.formats import format_number, no_data_text
from charts.lettering import fit_text, text_width
from charts.look import Look, dress_layers
from charts.ranked_bars import ROW

LABEL_SHARE = 0.42  # of the width, for names
COLUMNS = ("place", "name", "label", "value", "words", "is_critical")
HEAD_ROW = -1  # the row above the first bar says which side is which


@dataclass(frozen=True)
class Deviation:
    """One bar in percentage points; None has words and no bar."""

    name: str
    points: Decimal | None
    is_critical: bool = False


def deviation_height(count: int, look: Look) -> float:
    """Height for that many bars and the row that names the sides."""
    return (max(count, 1) + 1) * ROW * look.text_size


def deviation_frame(deviations: Sequence[Deviation], look: Look) -> pd.DataFrame:
    """Most late first, without a value last; names shortened to their share of the width."""
    ranked = sorted(deviations, key=lambda item: (item.points is None, item.points or 0))
    rows = [
        {
            "place": place,
            "name": item.name,
            "label": fit_text([item.name], LABEL_SHARE * look.room, look.text_size).text,
            "value": None if item.points is None else float(item.points),
            "words": _value_words(item, look.locale),
            "is_critical": item.is_critical,
        }
        for place, item in enumerate(ranked)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"place": "int64", "value": "float64", "is_critical": bool})


def build_deviation_bars(deviations: Sequence[Deviation], look: Look) -> alt.LayerChart:
    data, theme = deviation_frame(deviations, look), look.theme
    x_scale = alt.Scale(domain=_domain(data, look), nice=False)
    y_scale = alt.Scale(domain=[HEAD_ROW - 0.5, max(len(data), 1) - 0.5], nice=False, reverse=True)
    axis = alt.Axis(
        values=list(data["place"]),
        labelExpr=f"{json.dumps(list(data['label']))}[datum.value]",
        labelColor=theme.text_normal,
        labelLimit=0,
        labelOverlap=False,
        grid=False,
        title=None,
    )
    rows = data.assign(top=data["place"] - 0.3, bottom=data["place"] + 0.3, zero=0.0, end=data["value"].fillna(0))
    x, y = alt.X("zero:Q", scale=x_scale, axis=None), alt.Y("top:Q", scale=y_scale, axis=axis)
    bars = alt.Chart(rows.dropna(subset="value")).mark_rect().encode(x=x, x2="value:Q", y=y, y2="bottom:Q")
    layers: list[alt.Chart] = [
        bars.encode(color=alt.condition("datum.is_critical", alt.value(theme.text_strong), alt.value(theme.data))),
        alt.Chart(pd.DataFrame([{"zero": 0.0}]))
        .mark_rule(color=theme.text_normal, strokeWidth=look.stroke / 2)
        .encode(x=x),
    ]
    ends = alt.X("end:Q", scale=x_scale, axis=None)
    for is_late in (True, False):
        side = rows[(rows["end"] < 0) == is_late]
        for is_critical in (True, False):
            mark = alt.Chart(side[side["is_critical"] == is_critical]).mark_text(
                align="right" if is_late else "left",
                dx=(-1 if is_late else 1) * 0.4 * look.text_size,
                color=theme.text_strong,
                fontWeight=600 if is_critical else 400,
            )
            layers.append(mark.encode(x=ends, y=alt.Y("place:Q", scale=y_scale, axis=axis), text="words:N"))
        layers.append(_side_name(is_late, look, (x_scale, alt.Y("place:Q", scale=y_scale, axis=axis))))
    return dress_layers(layers, look)


def _domain(data: pd.DataFrame, look: Look) -> list[float]:
    """Room beside the longest bar of each side for its words, in points."""
    late = data[data["value"] < 0]
    ahead = data[~(data["value"] < 0)]
    low, high = min([0.0, *late["value"]]), max([0.0, *ahead["value"].dropna()])
    low_words, high_words = (
        max([text_width(words, look.text_size, 600) for words in side["words"]] + [text_width(name, look.text_size)])
        for side, name in ((late, _("tertinggal")), (ahead, _("mendahului")))
    )
    gap = 0.8 * look.text_size
    names = max((text_width(label, look.text_size) for label in data["label"]), default=0.0) + gap
    bars = max(look.room - names - low_words - high_words - 2 * gap, 0.1 * look.room)
    unit = (high - low or 1.0) / bars
    return [low - (low_words + gap) * unit, high + (high_words + gap) * unit]


def _value_words(item: Deviation, locale: str) -> str:
    """`▲ kritis −12,3`: late has a minus."""
    if item.points is None:
        return no_data_text()
    number = format_number(item.points, 1, locale).replace("-", "−")
    return _("▲ kritis {number}").format(number=number) if item.is_critical else number


def _side_name(is_late: bool, look: Look, place: tuple[alt.Scale, alt.Y]) -> alt.Chart:
    words = _("tertinggal") if is_late else _("mendahului")
    mark = alt.Chart(pd.DataFrame([{"zero": 0.0, "place": float(HEAD_ROW), "words": words}])).mark_text(
        align="right" if is_late else "left",
        dx=(-1 if is_late else 1) * 0.4 * look.text_size,
        color=look.theme.text_quiet,
    )
    named: alt.Chart = mark.encode(x=alt.X("zero:Q", scale=place[0], axis=None), y=place[1], text="words:N")
    return named
