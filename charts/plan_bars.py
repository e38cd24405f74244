"""Realised share against its plan, one bullet a row: bar, tick and number; being behind is neutral, never an alarm."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

import altair as alt
import pandas as pd

from charts.formats import format_number, format_percent, no_data_text
from charts.lettering import fit_text, text_width, without_shared_words
from charts.look import Look, dress_layers
from charts.ranked_bars import ROW

LABEL_SHARE = 0.4  # of the width, for names
TRACK_SHARE = 0.28  # of the width, the least of a bar beside its words
FULL = 100.0
THICKEST = 1.2  # a bar, of the text size
COLUMNS = ("place", "name", "label", "actual", "plan", "words")


@dataclass(frozen=True)
class PlanBar:
    """Percent realised and planned; None is not drawn, and said in words."""

    name: str
    actual: Decimal | None
    plan: Decimal | None


def plan_height(count: int, look: Look) -> float:
    """Height that lets each row stand clear of the next."""
    return max(count, 1) * ROW * look.text_size


def plan_frame(bars: Sequence[PlanBar], look: Look, against: str = "", full: Decimal | None = None) -> pd.DataFrame:
    """The order given; the plan joins the number where the bar keeps its share of the width."""
    against = against or _("rencana")
    places = int(any(bar.plan is not None and bar.plan % 1 for bar in bars))  # of plans, the same in every row
    long = [_value_words(bar, look.locale, against, full, places) for bar in bars]
    widest = max((text_width(words, look.text_size, 600) for words in long), default=0.0)
    labels = _fit_names([bar.name for bar in bars], look)
    names_width = max((text_width(label, look.text_size) for label in labels), default=0.0)
    with_plan = names_width + widest <= (1 - TRACK_SHARE) * look.room
    rows = [
        {
            "place": place,
            "name": bar.name,
            "label": labels[place],
            "actual": None if bar.actual is None else float(bar.actual),
            "plan": None if bar.plan is None else float(bar.plan),
            "words": _value_words(bar, look.locale, against if with_plan else "", full, places),
        }
        for place, bar in enumerate(bars)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"place": "int64", "actual": "float64", "plan": "float64"})


def _fit_names(names: Sequence[str], look: Look) -> list[str]:
    """Names in their share of the width; first words that all begin with go before any name is cut."""
    room = LABEL_SHARE * look.room
    if any(text_width(name, look.text_size) > room for name in names):
        names = without_shared_words(names)
    return [fit_text([name], room, look.text_size).text for name in names]


def build_plan_bars(
    bars: Sequence[PlanBar], look: Look, against: str = "", full: Decimal | None = None
) -> alt.LayerChart:
    """`against` names the tick: the plan, or another target. `full`: the end of a scale of levels; without it, shares
    in percent."""
    data, theme = plan_frame(bars, look, against, full), look.theme
    end = max([FULL if full is None else float(full), *data["actual"].dropna(), *data["plan"].dropna()])
    size, gap = look.text_size, 0.6 * look.text_size
    words_width = max((text_width(words, size, 600) for words in data["words"]), default=0.0) + gap
    names_width = max((text_width(label, size) for label in data["label"]), default=0.0) + gap
    track_width = max(look.room - words_width - names_width, 0.1 * look.room)
    x_scale = alt.Scale(domain=[0, end * (1 + words_width / track_width)], nice=False)
    y_scale = alt.Scale(domain=[-0.5, max(len(data), 1) - 0.5], nice=False, reverse=True)
    axis = alt.Axis(
        values=list(data["place"]),
        labelExpr=f"{json.dumps(list(data['label']))}[datum.value]",
        labelColor=theme.text_normal,
        labelLimit=0,
        labelOverlap=False,
        grid=False,
        title=None,
    )
    thickness = min(look.height / max(len(data), 1) * 0.36, THICKEST * size)
    rows = alt.Chart(data.assign(zero=0.0, end=end)).encode(y=alt.Y("place:Q", scale=y_scale, axis=axis))
    start = alt.X("zero:Q", scale=x_scale, axis=None)
    tick = rows.transform_filter("isValid(datum.plan)").mark_tick(
        color=theme.text_strong, orient="vertical", thickness=look.stroke, size=thickness * 1.8
    )
    words = rows.mark_text(align="right", color=theme.text_strong, fontWeight=600)
    layers: list[alt.Chart] = [
        rows.mark_bar(color=theme.track, height=thickness).encode(x=start, x2=alt.X2("end:Q")),
        rows.transform_filter("isValid(datum.actual)")
        .mark_bar(color=theme.data, height=thickness)
        .encode(x=start, x2=alt.X2("actual:Q")),
        tick.encode(x=alt.X("plan:Q", scale=x_scale, axis=None)),
        words.encode(x=alt.XValue("width"), text=alt.Text("words:N")),  # type: ignore[no-untyped-call]
    ]
    return dress_layers(layers, look)


def _value_words(bar: PlanBar, locale: str, against: str, full: Decimal | None, places: int) -> str:
    if bar.actual is None:
        return no_data_text()
    if full is not None:  # a level, and beside it that of the others
        value, plan = format_number(bar.actual, 2, locale), format_number(bar.plan, 2, locale)
        return value if not against or bar.plan is None else f"{value}, {against} {plan}"
    value = format_percent(bar.actual, 1, locale)
    if not against or bar.plan is None:
        return value
    plan = format_percent(bar.plan, places, locale)
    return _("{value}, {against} {plan}").format(value=value, against=against, plan=plan)
