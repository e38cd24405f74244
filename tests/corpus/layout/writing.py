"""Writes small workbooks in a few lines; what is odd in them is written out in the case itself."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter import Workbook

Dress = Callable[[Any, Any], object]  # is given the workbook and the sheet, after its cells are written
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def grid(text: str) -> list[list[Any]]:
    """One row a line, cells between bars: 12.5 a number, '12.5 text, =A1 -> 3 a formula that was calculated, \\n a break."""
    lines = text.strip("\n").split("\n")
    return [[_cell(cell.strip()) for cell in line.split("|")] for line in lines]


def _cell(written: str) -> Any:
    if NUMBER.fullmatch(written):
        return float(written) if "." in written else int(written)
    return written.removeprefix("'").replace("\\n", "\n") or None


def book(
    text: str, merged: Sequence[str] = (), dress: Dress | None = None, name: str = "Data", **options: Any
) -> bytes:
    """A workbook of one sheet; `merged` names areas whose first cell holds what they say."""
    return books({name: text}, {name: merged}, {name: dress} if dress else {}, **options)


def books(
    sheets: dict[str, str],
    merged: dict[str, Sequence[str]] | None = None,
    dress: dict[str, Dress] | None = None,
    **options: Any,
) -> bytes:
    kept = io.BytesIO()
    with Workbook(kept, {"in_memory": True, **options}) as made:
        for name, text in sheets.items():
            sheet = made.add_worksheet(name)
            rows = grid(text)
            for area in (merged or {}).get(name, ()):
                sheet.merge_range(area, "")
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value)
            if dress and name in dress:
                dress[name](made, sheet)
    return kept.getvalue()


def _write(sheet: Any, number: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, str) and value.startswith("="):
        formula, _, result = value.partition(" -> ")
        sheet.write_formula(number, column, formula, None, _cell(result) or 0)
    elif isinstance(value, str):
        sheet.write_string(number, column, value)
    else:
        sheet.write_number(number, column, value)
