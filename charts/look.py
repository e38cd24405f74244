"""What every Altair chart is dressed with: theme, size, text size and locale; no global Altair state is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import altair as alt

from charts.formats import DEFAULT_LOCALE, vega_locale
from charts.theme import FONT_FAMILY, TERANG, Theme

Layer = alt.Chart | alt.LayerChart
PAGE_TEXT = 14  # of a chart on an ordinary work page
NARROW_PAGE = 600.0 / PAGE_TEXT  # width of a narrow page, in parts of its text


@dataclass(frozen=True)
class Look:
    """Where a chart will stand: a work page (width `container`) or a wall and paper (fixed pixels)."""

    theme: Theme = TERANG
    width: float | Literal["container"] = "container"
    height: float = 240
    text_size: float = PAGE_TEXT
    locale: str = DEFAULT_LOCALE

    @property
    def room(self) -> float:
        """Width to measure text against; a page decides its own later, so a narrow one is assumed."""
        return NARROW_PAGE * max(self.text_size, PAGE_TEXT) if self.width == "container" else self.width

    @property
    def stroke(self) -> float:
        """Line width that goes with the text."""
        return max(2.0, self.text_size / 8)


def dress_layers(layers: Sequence[Layer], look: Look) -> alt.LayerChart:
    """The layers as one chart with size, fonts, colours and Indonesian number and date formats."""
    width: Any = look.width
    sized = cast("alt.LayerChart", alt.layer(*layers)).properties(
        width=width,
        height=look.height,
        padding=0,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
    dressed: alt.LayerChart = sized.configure(**chart_config(look))
    return dressed


def chart_config(look: Look) -> dict[str, Any]:
    theme = look.theme
    axis = {
        "labelFontSize": look.text_size,
        "titleFontSize": look.text_size,
        "labelColor": theme.text_quiet,
        "titleColor": theme.text_quiet,
        "titleFontWeight": "normal",
        "gridColor": theme.rule,
        "domain": False,
        "ticks": False,
        "labelPadding": look.text_size * 0.4,
    }
    return {
        "font": FONT_FAMILY.replace('"', "'"),
        "background": "transparent",
        "aria": False,
        "axis": axis,
        "view": {"stroke": None},
        "text": {"fontSize": look.text_size, "fill": theme.text_normal},
        "locale": vega_locale(look.locale),
    }
