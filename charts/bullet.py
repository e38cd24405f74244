"""A value on a bar with its limit as a tick; the bar is neutral, being past the limit is said in words elsewhere."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from charts.look import Look, dress_layers
from warehouse.figures import Figure

HEADROOM = Decimal("1.2")  # the limit stands at five sixths of the bar
FULL_PERCENT = Decimal(100)


def bullet_end(figure: Figure) -> Decimal:
    """Right end of the bar: 100 for a percentage with a high target, else a fifth beyond value and target."""
    largest = max(figure.value or Decimal(0), figure.target or Decimal(0))
    if figure.unit == "%" and largest >= FULL_PERCENT / 2:
        return max(FULL_PERCENT, largest)
    return largest * HEADROOM or Decimal(1)


def build_bullet_chart(figure: Figure, look: Look) -> alt.LayerChart:
    """Track, bar and tick. Without a value only the track and the tick are drawn, never a bar of length zero."""
    end = bullet_end(figure)
    row = {
        "start": 0.0,
        "end": float(end),
        "value": None if figure.value is None else float(figure.value),
        "target": None if figure.target is None else float(figure.target),
    }
    data = pd.DataFrame([row], columns=list(row)).astype("float64")
    thickness = look.height * 0.45
    base = alt.Chart(data)
    scale = alt.Scale(domain=[0, float(end)], nice=False, zero=True)
    axis = alt.X("start:Q", scale=scale, axis=None)
    track = base.mark_bar(color=look.theme.track, height=thickness, cornerRadius=thickness / 2).encode(
        x=axis, x2=alt.X2("end:Q")
    )
    layers = [track]
    if figure.value is not None:
        bar = base.mark_bar(color=look.theme.data, height=thickness, cornerRadius=thickness / 2)
        layers.append(bar.encode(x=axis, x2=alt.X2("value:Q")))
    if figure.target is not None:
        tick = base.mark_tick(
            color=look.theme.text_strong, orient="vertical", thickness=look.stroke, size=look.height * 0.98
        )
        layers.append(tick.encode(x=alt.X("target:Q", scale=scale, axis=None)))
    return dress_layers(layers, look)
