"""Tables: short ones in full, long ones in a box that scrolls; delivered text is never markup or formula."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from gettext import gettext as _
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from charts.formats import format_number, no_data_text
from pages.shared.marks import plain
from reports.cells import Manner, cell_words, header_words, is_right, row_words, total_words
from reports.content import Column, Table
from reports.csv import neutralise, neutralise_frame
from reports.desk import Desk
from reports.stored_figures import exact

SHORT_ROWS = 30
STYLED_CELLS = 60_000
LONG_HEIGHT, HEADER_HEIGHT, ROW_HEIGHT = 420, 38, 35
TO_THE_RIGHT = "text-align: right !important;"
TIME_FORMAT = "DD/MM/YYYY HH.mm.ss"


def manner_of(desk: Desk) -> Manner:
    return Manner(desk.locale, desk.region.timezone_label)


def show_rows(desk: Desk, table: Table, key: str) -> None:
    """A table of a page's content: typed cells in words, the own region bold, the total apart."""
    with st.expander(plain(table.name) or _("Angka dalam tabel")) if table.is_folded else nullcontext():
        _show_whole(desk, table if table.shown is None else replace(table, rows=table.rows[: table.shown]), key)
        if table.shown is not None:
            say_count(min(table.shown, len(table.rows)), len(table.rows))
    if table.note:
        st.caption(plain(table.note))


def _show_whole(desk: Desk, table: Table, key: str) -> None:
    if not table.rows:
        st.markdown(no_data_text())
    elif len(table.rows) <= SHORT_ROWS:
        _show_short(desk, table)
    else:
        _show_grid(desk, table, key)


def _show_short(desk: Desk, table: Table) -> None:
    manner = manner_of(desk)
    rows = [_short_cells(table, place, manner) for place in range(len(table.rows))]
    if table.total is not None:
        rows.append([f"**{plain(cell)}**" if cell else "" for cell in total_words(table, manner)])
    header = _unique([header_words(column) for column in table.columns])
    _draw(header, rows, [place for place, column in enumerate(table.columns) if is_right(column)])


def _short_cells(table: Table, place: int, manner: Manner) -> list[str]:
    cells = [plain(cell) for cell in row_words(table.rows[place], table, manner)]
    if place == table.marked:
        cells = [f"**{cell}**" if cell else cell for cell in cells]
    indicator_id = table.link_ids[place] if place < len(table.link_ids) else ""
    if indicator_id:
        cells[0] = f"[{cells[0]}]({definition_address(indicator_id)})"
    return cells


def definition_address(indicator_id: str) -> str:
    return f"/indikator?{urlencode({'id': indicator_id})}"


def _show_grid(desk: Desk, table: Table, key: str) -> None:
    """Values stay values, so that the grid sorts them; they are written as everywhere else."""
    manner = manner_of(desk)
    names = _unique([header_words(column) for column in table.columns])
    columns = list(zip(names, table.columns, strict=True))
    frame = pd.DataFrame(
        {
            name: pd.Series([neutralise(row[place]) for row in table.rows], dtype=object)
            for place, name in enumerate(names)
        }
    )
    config = {
        name: st.column_config.Column(alignment="right" if is_right(column) else None) for name, column in columns
    }
    if any(table.link_ids):
        frame[_("Definisi")] = [definition_address(item) if item else None for item in table.link_ids]
        config[_("Definisi")] = st.column_config.LinkColumn(display_text=_("definisi"))
    st.dataframe(
        _written(frame, columns, manner),
        hide_index=True,
        height=min(LONG_HEIGHT, HEADER_HEIGHT + ROW_HEIGHT * len(table.rows)),
        column_config=config,
        placeholder=no_data_text(),
        key=key,
    )
    if table.total is not None:
        pairs = zip((header for header, _column in columns), total_words(table, manner), strict=True)
        st.markdown(" · ".join(f"{plain(name)} **{plain(words)}**" for name, words in pairs if words))


def _written(frame: pd.DataFrame, columns: Sequence[tuple[str, Column]], manner: Manner) -> Any:
    """Values with their words beside them; a very large table gives up sorting by value for speed."""
    if frame.size > STYLED_CELLS:
        return frame.assign(
            **{name: [cell_words(cell, column, manner) for cell in frame[name]] for name, column in columns}
        )
    styler = frame.style
    for name, column in columns:
        if column.kind != "text":
            styler = styler.format(
                {name: partial(cell_words, column=column, manner=manner)}, subset=[name], na_rep=no_data_text()
            )
    return styler


def _unique(names: Sequence[str]) -> list[str]:
    """A grid needs names that differ."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(neutralise(name) if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique


def show_table(header: Sequence[str], rows: Sequence[Sequence[str]], marked: int | None = None) -> None:
    """A short table, every cell a text; the marked row is bold."""
    cells = [
        [f"**{plain(cell)}**" if place == marked and cell else plain(cell) for cell in row]
        for place, row in enumerate(rows)
    ]
    _draw(list(header), cells)


def _draw(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Cells are words, which a table sets to the left; columns of numbers are told otherwise."""
    frame = pd.DataFrame(rows, columns=list(header))
    styles: Any = [{"selector": f"th.col{place}, td.col{place}", "props": TO_THE_RIGHT} for place in right]
    st.table(frame.style.set_table_styles(styles) if right else frame, hide_index=True, border="horizontal")


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
