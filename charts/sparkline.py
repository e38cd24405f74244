"""The shape of a series in one small line, last value marked; periods without data stay gaps."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from charts.look import Look, dress_layers
from charts.series import series_frame
from warehouse.figures import TrendPoint


def build_sparkline(points: Sequence[TrendPoint], look: Look) -> alt.LayerChart:
    data = series_frame(points)
    base = alt.Chart(data).encode(
        x=alt.X("position:Q", axis=None, scale=alt.Scale(nice=False, padding=look.text_size / 3)),
        y=alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False, padding=look.text_size / 3)),
    )
    line = base.mark_line(color=look.theme.data, strokeWidth=look.stroke).encode(detail=alt.Detail("run:N"))
    alone = data[data.groupby("run")["position"].transform("size") == 1].dropna(subset="value")
    dots = alt.Chart(alone).mark_point(color=look.theme.data, filled=True, size=look.text_size**2 / 5, opacity=1)
    known = data["value"].last_valid_index()
    last = alt.Chart(data.loc[[] if known is None else [known]]).mark_point(
        color=look.theme.text_strong, filled=True, size=look.text_size**2 / 3, opacity=1
    )
    return dress_layers(
        [line, *(mark.encode(x=alt.X("position:Q"), y=alt.Y("value:Q")) for mark in (dots, last))], look
    )
