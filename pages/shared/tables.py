"""Tables: short ones in full, long ones in a box that scrolls; delivered text is never markup or formula."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

import pandas as pd
import streamlit as st

from charts.formats import format_number
from pages.shared.export import exact, neutralise_frame
from pages.shared.marks import plain

LONG_HEIGHT, HEADER_HEIGHT, ROW_HEIGHT = 420, 38, 35
TIME_FORMAT = "DD/MM/YYYY HH.mm.ss"


def show_table(header: Sequence[str], rows: Sequence[Sequence[str]], marked: int | None = None) -> None:
    """A short table, every cell a text; the marked row is bold."""
    cells = [
        [f"**{plain(cell)}**" if place == marked and cell else plain(cell) for cell in row]
        for place, row in enumerate(rows)
    ]
    st.table(pd.DataFrame(cells, columns=list(header)), hide_index=True, border="horizontal")


def show_long_table(frame: pd.DataFrame, height: int = LONG_HEIGHT, key: str | None = None) -> None:
    """Many rows; the copy a reader may take from the grid is as safe as a download."""
    shown = neutralise_frame(frame)
    for name in shown:
        if pd.api.types.is_float_dtype(shown[name].dtype):
            shown[name] = [_decimal_words(value) for value in shown[name]]
    times = [name for name in shown if pd.api.types.is_datetime64_any_dtype(shown[name].dtype)]
    st.dataframe(
        shown,
        hide_index=True,
        height=min(height, HEADER_HEIGHT + ROW_HEIGHT * max(len(shown), 1)),
        column_config={name: st.column_config.DatetimeColumn(format=TIME_FORMAT) for name in times},
        placeholder="",
        key=key,
    )


def _decimal_words(value: float) -> str:
    """`3,8`, `164.117,17`: as many places as the number has; the grid itself would write a decimal point."""
    number = exact(value)
    if number is None:
        return ""
    exponent = number.normalize().as_tuple().exponent
    return format_number(number, max(0, -exponent) if isinstance(exponent, int) else 0)


def say_count(shown: int, total: int) -> None:
    if shown < total:
        words = _("Tampil {shown} dari {total} baris; unduhan memuat semuanya.")
        st.caption(words.format(shown=format_number(shown), total=format_number(total)))
