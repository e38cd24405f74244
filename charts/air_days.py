"""ISPU day by day between the borders of its categories; grey is normal, a day without data is a ring, never a zero."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

import altair as alt
import pandas as pd

from charts.formats import format_day, format_wall_number, round_half_up
from charts.lettering import fit_text, text_width
from charts.look import Look, dress_layers
from warehouse.figures import AirBand, AirReading

COLUMNS = ("position", "label", "index", "is_marked")
WEEK = 7
BAR_SHARE = 0.36  # half the width of a bar, of a day


def is_marked(reading: AirReading, bands: Sequence[AirBand]) -> bool:
    """True when the day's category asks for a response; the index is rounded before it is judged."""
    if reading.index is None:
        return False
    index = round_half_up(reading.index, 0)
    band = next((band for band in bands if band.upper is None or index <= band.upper), None)
    return band is not None and band.needs_response


def asks_now(days: Sequence[AirReading], bands: Sequence[AirBand]) -> bool:
    """True while the latest day asks for a response: smog that has passed asks for nothing."""
    return bool(days) and is_marked(days[-1], bands)


def worst_day(days: Sequence[AirReading]) -> int | None:
    """Position of the highest index, the latest of equals."""
    known = [(day.index, place) for place, day in enumerate(days) if day.index is not None]
    return max(known)[1] if known else None


def missing_words(days: Sequence[AirReading]) -> str:
    """`lingkaran: 2 hari tanpa data`; "" when every day has an index."""
    count = sum(day.index is None for day in days)
    return _("lingkaran: {count} hari tanpa data").format(count=count) if count else ""


def air_frame(days: Sequence[AirReading], bands: Sequence[AirBand], locale: str) -> pd.DataFrame:
    rows = [
        {
            "position": place,
            "label": format_day(day.day, locale),
            "index": None if day.index is None else float(day.index),
            "is_marked": is_marked(day, bands),
        }
        for place, day in enumerate(days)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"position": "int64", "label": "object", "index": "float64", "is_marked": bool})


@dataclass(frozen=True)
class AirPlot:
    """The plot's size told in its own units: names and numbers are measured before anything is drawn."""

    days: tuple[AirReading, ...]
    bands: tuple[AirBand, ...]
    look: Look

    @property
    def top(self) -> float:
        """Index at the upper edge: the worst day with a line of words above it, never below the normal categories."""
        normal = [float(band.upper) for band in self.bands if band.upper is not None and not band.needs_response]
        known = [float(day.index) for day in self.days if day.index is not None]
        words = 1.9 * self.look.text_size / self._height
        room = 1 / max(1 - words, 0.2)
        worst, limit = max(known, default=1.0), max(normal, default=0.0)
        crosses = worst <= limit <= worst * room  # the words then stand above the border
        return max((limit if crosses else worst) * room, limit * 1.04)

    @property
    def line(self) -> float:
        """One line of text, in index."""
        return 1.15 * self.look.text_size * self.top / self._height

    @property
    def names(self) -> float:
        """Room at the right for the names of the categories, in pixels."""
        widths = [text_width(name, self.look.text_size) for name in band_frame(self)["name"] if name]
        return max(widths) + 0.8 * self.look.text_size if widths else 0.0

    @property
    def day(self) -> float:
        """Pixels of one day."""
        return max(self.look.room - self.names - 2.4 * self.look.text_size, 1.0) / max(len(self.days), 1)

    @property
    def end(self) -> float:
        """Day position of the right edge."""
        return len(self.days) - 0.5 + self.names / self.day

    @property
    def _height(self) -> float:
        return max(self.look.height - 1.6 * self.look.text_size, 2 * self.look.text_size)


def band_frame(plot: AirPlot) -> pd.DataFrame:
    """Borders below the top of the plot; the categories reached by a day are named where a line of text fits."""
    rows, low, peak = [], 0.0, max((float(day.index) for day in plot.days if day.index is not None), default=0.0)
    for band in plot.bands:
        high = plot.top if band.upper is None else min(float(band.upper), plot.top)
        if high > low:
            name = band.name if high - low >= plot.line and low <= peak else ""
            rows.append({"border": high if high < plot.top else None, "middle": (low + high) / 2, "name": name})
        low = high
    frame = pd.DataFrame(rows, columns=["border", "middle", "name"])
    return frame.astype({"border": "float64", "middle": "float64", "name": "object"})


def build_air_days(
    days: Sequence[AirReading], bands: Sequence[AirBand], with_status: bool, look: Look
) -> alt.LayerChart:
    """Without status every day is grey: what is overdue or has passed asks for nothing."""
    plot, data, theme = AirPlot(tuple(days), tuple(bands), look), air_frame(days, bands, look.locale), look.theme
    data["is_marked"] &= with_status
    borders = band_frame(plot)
    x_scale = alt.Scale(domain=[-0.5, plot.end], nice=False)
    y_scale = alt.Scale(domain=[0, plot.top], nice=False)
    x = alt.X("left:Q", scale=x_scale, axis=_day_axis(data, plot))
    y = alt.Y("index:Q", scale=y_scale, axis=_index_axis(borders, plot))
    known = data.dropna(subset="index")
    known = known.assign(left=known["position"] - BAR_SHARE, right=known["position"] + BAR_SHARE, zero=0.0)
    gaps = data[data["index"].isna()].assign(left=lambda rows: rows["position"], index=plot.line / 3)
    ring = (min(plot.day, look.text_size) * 0.55) ** 2
    colour = alt.condition("datum.is_marked", alt.value(theme.perlu_tindakan), alt.value(theme.data))
    line = alt.Chart(borders.dropna(subset="border")).mark_rule(color=theme.text_quiet, strokeWidth=look.stroke / 3)
    beside = len(days) - 0.5 + 0.4 * look.text_size / plot.day
    names = alt.Chart(borders.assign(left=beside)).mark_text(align="left", color=theme.text_quiet)
    layers: list[alt.Chart] = [
        alt.Chart(known).mark_rect().encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("zero:Q"), color=colour),
        alt.Chart(gaps).mark_point(color=theme.text_quiet, size=ring, opacity=1).encode(x=x, y=y),
        line.encode(y=alt.Y("border:Q", scale=y_scale)),
        names.encode(x=x, y=alt.Y("middle:Q", scale=y_scale), text=alt.Text("name:N")),
    ]
    worst = worst_day(days)
    if worst is not None:
        layers.append(_worst_layer(plot, worst, (x, y), with_status and is_marked(days[worst], bands)))
    return dress_layers(layers, look)


def _worst_layer(plot: AirPlot, worst: int, axes: tuple[alt.X, alt.Y], marked: bool) -> alt.Chart:
    """`▲ 112 PM2,5, 14 Nov` above the highest bar; the triangle only when the day asks for a response."""
    day, size, locale = plot.days[worst], plot.look.text_size, plot.look.locale
    number = ("▲ " if marked else "") + format_wall_number(day.index, 0, locale)
    dated = f"{day.critical}, {format_day(day.day, locale)}" if day.critical else format_day(day.day, locale)
    variants = (f"{number} · {dated}", f"{number} {day.critical}".strip(), number)
    words = fit_text(variants, len(plot.days) * plot.day, size, 600).text
    half = text_width(words, size, 600) / plot.day / 2
    centre = min(max(worst, half - 0.5), max(len(plot.days) - 0.5 - half, half - 0.5))
    peak = float(day.index or 0)
    borders = [border for border in band_frame(plot)["border"].dropna() if peak <= border <= peak + 1.2 * plot.line]
    row = pd.DataFrame([{"left": centre, "index": max([peak, *borders]), "words": words}])  # never across a border
    colour = plot.look.theme.perlu_tindakan if marked else plot.look.theme.text_strong
    mark = alt.Chart(row).mark_text(baseline="bottom", dy=-0.3 * size, fontWeight=600, color=colour)
    layer: alt.Chart = mark.encode(x=axes[0], y=axes[1], text=alt.Text("words:N"))
    return layer


def _day_axis(data: pd.DataFrame, plot: AirPlot) -> alt.Axis:
    """The last day, and one a week before it where the dates find room."""
    labels = list(data["label"])
    widest = max((text_width(label, plot.look.text_size) for label in labels), default=1.0)
    step = next((step for step in (WEEK, 2 * WEEK) if step * plot.day >= widest * 1.15), len(labels) or 1)
    shown = [place for place in range(len(labels)) if (len(labels) - 1 - place) % step == 0]
    expression = f"{json.dumps(labels)}[datum.value]"
    return alt.Axis(values=shown, labelExpr=expression, grid=False, title=None, labelOverlap=False)


def _index_axis(borders: pd.DataFrame, plot: AirPlot) -> alt.Axis:
    """Zero and each border, without those that would be written over the one below."""
    shown = [0.0]
    for border in borders["border"].dropna():
        if border - shown[-1] >= plot.line:
            shown.append(float(border))
    return alt.Axis(values=shown, format=",d", grid=False, title=None, labelOverlap=False)
