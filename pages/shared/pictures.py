"""Charts on a work page: built once per input, drawn by the browser, told in words to who cannot see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st

from charts.look import PAGE_TEXT, Look
from charts.theme import TERANG
from pages.shared import data
from pages.shared.large_screen import text_scale
from reports.content import Chart
from reports.desk import Desk


@dataclass(frozen=True)
class Place:
    """Where a chart stands, and what it says in words."""

    key: str
    words: str
    width: Literal["stretch", "content"] = "stretch"


def show_chart(place: Place, build: Callable[..., Any], *arguments: Any) -> None:
    """Frozen values only as arguments: how they print is how the picture is remembered."""
    spec = data.chart_spec(f"{build.__module__}.{build.__qualname__}", repr(arguments), build, arguments)
    st.vega_lite_chart(spec=spec, theme=None, key=place.key, alt=place.words, width=place.width)


def look_of(desk: Desk, height: float = 240, text_size: float = PAGE_TEXT) -> Look:
    """What charts of a work page are dressed with: as wide as their place, as large as the letters around them."""
    scale = text_scale()
    return Look(theme=TERANG, height=height * scale, text_size=text_size * scale, locale=desk.locale)


def show_picture(desk: Desk, chart: Chart, key: str) -> None:
    """A chart of a page's content."""
    look = look_of(desk, chart.height)
    if chart.width is not None:
        look = replace(look, width=chart.width * text_scale())
    place = Place(key, chart.words, "stretch" if chart.width is None else "content")
    show_chart(place, chart.build, *chart.arguments, look)
