"""Tables: short ones in full, long ones in a box that scrolls; delivered text is never markup or formula."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

import pandas as pd
import streamlit as st

from charts.formats import format_number
from pages.shared.export import neutralise_frame
from pages.shared.marks import plain

LONG_HEIGHT = 420


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
    rows = min(len(shown), 500)
    st.dataframe(shown, hide_index=True, height=min(height, 38 + 35 * max(rows, 1)), key=key)


def say_count(shown: int, total: int) -> None:
    if shown < total:
        words = _("Tampil {shown} dari {total} baris; unduhan memuat semuanya.")
        st.caption(words.format(shown=format_number(shown), total=format_number(total)))
