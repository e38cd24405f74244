"""Writes small workbooks and other files in a few lines; refuses nothing, for odd files are its purpose."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook

Rows = Iterable[Sequence[Any]]


def book(
    *rows: Sequence[Any], name: str = "Data", merged: Sequence[str] = (), then: Callable[..., None] | None = None
) -> bytes:
    """One sheet; `then` is given the sheet before it is saved."""
    made = Workbook()
    fill(made.active, rows, name, merged)
    if then:
        then(made.active)
    return saved(made)


def books(**sheets: Rows) -> bytes:
    """Several sheets, in the order given."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        fill(made.create_sheet(), rows, name)
    return saved(made)


def fill(sheet: Any, rows: Rows, name: str, merged: Sequence[str] = ()) -> None:
    sheet.title = name
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    for area in merged:
        sheet.merge_cells(area)


def saved(made: Workbook) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()
