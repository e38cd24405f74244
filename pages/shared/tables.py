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
from pages.shared.large_screen import grid_key
from pages.shared.marks import plain
from pages.shared.restricted import may_show
from reports.cells import Manner, cell_words, header_words, is_right, row_words, total_words
from reports.content import Cell, Column, Quantity, Table
from reports.desk import Desk
from warehouse.csv_cells import neutralise

SHORT_ROWS, SHORT_COLUMNS = 30, 9  # more would be cut off at 1366 pixels
STYLED_CELLS = 60_000
TO_THE_RIGHT = "text-align: right !important;"
ON_ITS_LINE = "white-space: nowrap !important;"  # a number is never broken, nor is a mark from its word
SHORT_CELL = 10


def manner_of(desk: Desk) -> Manner:
    return Manner(desk.locale, desk.region.timezone_label)


def show_rows(desk: Desk, table: Table, key: str) -> None:
    """A table of a page's content: typed cells in words, the own region bold, the total apart."""
    if not may_show(desk, table, key):
        return
    table = _on_screen(table)
    with st.expander(plain(table.name) or _("Angka dalam tabel")) if table.is_folded else nullcontext():
        _show_whole(desk, table if table.shown is None else replace(table, rows=table.rows[: table.shown]), key)
        if table.shown is not None:
            say_count(min(table.shown, len(table.rows)), len(table.rows))
    if table.note:
        st.caption(plain(table.note))


def _on_screen(table: Table) -> Table:
    """Without columns whose place a button takes."""
    kept = [place for place, column in enumerate(table.columns) if not column.is_off_screen]
    if len(kept) == len(table.columns):
        return table
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


def _show_whole(desk: Desk, table: Table, key: str) -> None:
    if not table.rows:
        st.markdown(no_data_text())
    elif len(table.rows) <= SHORT_ROWS and len(table.columns) <= SHORT_COLUMNS:
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
            name: pd.Series(_grid_cells([row[place] for row in table.rows], column, manner), dtype=object)
            for place, (name, column) in enumerate(columns)
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
        column_config=config,
        placeholder=no_data_text(),
        key=grid_key(key),
    )
    if table.total is not None:
        label, *totals = total_words(table, manner)
        parts = [f"{plain(name)} **{plain(words)}**" for (name, _column), words in zip(columns[1:], totals, strict=True)
                 if words]  # fmt: skip
        st.markdown(" · ".join([f"**{plain(label)}**", *parts]))


def _grid_cells(cells: Sequence[Cell], column: Column, manner: Manner) -> list[Any]:
    """A grid holds one type a column: days among instants, or words among either, are all written as words."""
    if len({type(cell) for cell in cells if cell is not None}) > 1:
        return [None if cell is None else neutralise(cell_words(cell, column, manner)) for cell in cells]
    return [_grid_cell(cell, manner) for cell in cells]


def _grid_cell(cell: Cell, manner: Manner) -> Any:
    """A value the grid can sort; yes and no, and numbers of different units, are words as everywhere else."""
    return cell_words(cell, Column(""), manner) if isinstance(cell, bool | Quantity) else neutralise(cell)


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


def _draw(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Cells are words, which a table sets to the left; columns of numbers are told otherwise."""
    frame = pd.DataFrame(rows, columns=list(header))
    styles: Any = [{"selector": f"th.col{place}, td.col{place}", "props": TO_THE_RIGHT} for place in right]
    short = [place for place in range(len(header)) if all(len(row[place]) <= SHORT_CELL for row in rows)]
    styles += [{"selector": f"td.col{place}, td.col{place} *", "props": ON_ITS_LINE} for place in {*right, *short}]
    st.table(frame.style.set_table_styles(styles) if styles else frame, hide_index=True, border="horizontal")


def say_count(shown: int, total: int) -> None:
    if shown < total:
        words = _("Tampil {shown} dari {total} baris; unduhan memuat semuanya.")
        st.caption(words.format(shown=format_number(shown), total=format_number(total)))
