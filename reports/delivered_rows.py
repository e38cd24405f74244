"""Delivered rows as a table: file, sheet and row number first, every value as it stands in the release.

Refuses to group the digits of a year: it names, it does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from gettext import gettext as _
from typing import Any, Literal

import pandas as pd

from reports.cells import SECONDS
from reports.columns import column_words
from reports.content import Cell, Column, Table
from warehouse.formulas.covering import FEW
from warehouse.narrowing import COVERED, RESTRICTED_COLUMNS
from warehouse.scope import Action, Scope

Kind = Literal["text", "number", "date", "instant", "flag"]
PERSON_COUNTS = frozenset(COVERED["core_dengue_week"])
YEAR, INSTANT = "_year", "_at"  # ends of column names


def rows_table(names: Sequence[str], rows: Sequence[Sequence[Any]], scope: Scope) -> Table:
    """Named columns and their rows, numbers with as many places as any of their column has; what a reader has no right
    to is left out and said."""
    hidden = hidden_columns(names, scope)
    kept = [place for place, name in enumerate(names) if name not in hidden]
    note = ""
    if hidden:
        words = _("Kolom {names} tidak ditampilkan: perlu hak kolom terbatas.")
        note = words.format(names=", ".join(column_words(name) for name in hidden))
    if not scope.may(Action.SEE_RESTRICTED) and set(names) & PERSON_COUNTS:
        few = _("Jumlah orang kurang dari {few} tidak ditampilkan: perlu hak kolom terbatas.").format(few=FEW)
        note = f"{note} {few}".strip()
    table = _table([names[place] for place in kept], [[row[place] for place in kept] for row in rows])
    return replace(table, note=note, restricted=restricted_titles([names[place] for place in kept]))


def hidden_columns(names: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """Columns of delivered rows that a reader has no right to; they are empty too."""
    if scope.may(Action.SEE_RESTRICTED):
        return ()
    return tuple(name for name in names if name in RESTRICTED_COLUMNS)


def restricted_titles(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(column_words(name) for name in names if name in RESTRICTED_COLUMNS)


def _table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    columns = [_column(name, [_cell(name, row[place]) for row in rows]) for place, name in enumerate(names)]
    cells = tuple(tuple(_cell(name, value) for name, value in zip(names, row, strict=True)) for row in rows)
    return Table(tuple(columns), cells, name=_("Baris sumber"), holds_rows=True)


def frame_rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Rows of a query's frame as plain values; missing is None."""
    series = [[None if pd.isna(value) else value for value in frame[name].astype(object)] for name in frame]
    return list(zip(*series, strict=True))


def _column(name: str, cells: Sequence[Cell]) -> Column:
    known = next((cell for cell in cells if cell is not None), None)
    decimals = max((_places(cell) for cell in cells), default=0)
    return Column(column_words(name), _kind(known), decimals)


def _kind(cell: Cell) -> Kind:
    match cell:
        case bool():
            return "flag"
        case datetime():
            return "instant"
        case date():
            return "date"
        case int() | Decimal():
            return "number"
    return "text"


def _places(cell: Cell) -> int:
    if isinstance(cell, datetime):
        return SECONDS if cell.second else 0
    if not isinstance(cell, Decimal):
        return 0
    exponent = cell.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _cell(name: str, value: Any) -> Cell:
    """Floats as the decimal they print as."""
    if value is None or isinstance(value, str | bool | Decimal):
        return value
    if isinstance(value, datetime):  # a frame knows no days: a column of days holds midnights
        instant = value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
        return instant if name.endswith(INSTANT) or instant.time() != time.min else instant.date()
    if isinstance(value, float):
        return Decimal(repr(float(value)))
    if isinstance(value, int) and name.endswith(YEAR):
        return str(value)
    return value if isinstance(value, date) else int(value)
