"""Charts on a work page: built once per input, drawn by the browser, told in words to who cannot see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from pages.shared import data


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
