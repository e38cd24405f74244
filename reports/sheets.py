"""Sheets of a workbook written cell by cell with real types; names, long texts and long tables are made to fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.cells import header_words
from reports.content import Cell, Column, Quantity
from warehouse.csv_cells import RUNNING_STARTS

LONGEST_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_TEXT = 32_767
ELLIPSIS = "…"
MOST_ROWS = 1_048_576 - 2  # without header and total
WIDTHS = (8, 60)  # characters, narrowest and widest column
MEASURED_ROWS = 200
INDONESIAN = "[$-421]"


@dataclass(frozen=True)
class SheetRows:
    """What goes on one sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None


class Book:
    """A workbook with its names and formats."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self, sheet: SheetRows) -> str:
        """Writes the rows, on several sheets when they do not fit one; returns the name of the first."""
        first = ""
        for start in range(0, max(len(sheet.rows), 1), MOST_ROWS):
            rows = sheet.rows[start : start + MOST_ROWS]
            name = self._new_name(sheet.name)
            self._write_part(self._workbook.add_worksheet(name), sheet, rows)
            first = first or name
        return first

    def _new_name(self, wanted: str) -> str:
        """A name the workbook accepts and that no other sheet has, whatever its capitals."""
        plain = FORBIDDEN.sub(" ", wanted).strip().strip("'").strip() or "Tabel"
        plain = f"{plain} " if plain.lower() == "history" else plain
        name, number = plain[:LONGEST_NAME].strip("'"), 1
        while name.lower() in self._names:
            number += 1
            mark = f" ({number})"
            name = plain[: LONGEST_NAME - len(mark)] + mark
        self._names.add(name.lower())
        return name

    def _write_part(self, worksheet: Worksheet, sheet: SheetRows, rows: tuple[tuple[Cell, ...], ...]) -> None:
        for place, column in enumerate(sheet.columns):
            header = header_words(column)
            self._write_cell(worksheet, (0, place), header, column, is_bold=True)
            worksheet.set_column(place, place, _width(header, [row[place] for row in rows[:MEASURED_ROWS]]))
        for number, row in enumerate(rows, start=1):
            for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
                self._write_cell(worksheet, (number, place), cell, column)
        if rows:
            worksheet.autofilter(0, 0, len(rows), len(sheet.columns) - 1)
        if sheet.total is not None:
            for place, (cell, column) in enumerate(zip(sheet.total, sheet.columns, strict=True)):
                self._write_cell(worksheet, (len(rows) + 1, place), cell, column, is_bold=True)
        worksheet.freeze_panes(1, 0)

    def _write_cell(
        self, worksheet: Worksheet, at: tuple[int, int], cell: Cell, column: Column, is_bold: bool = False
    ) -> None:
        """Missing is an empty cell, never a zero."""
        bold: dict[str, Any] = {"bold": True} if is_bold else {}
        value = cell.value if isinstance(cell, Quantity) else cell
        match value:
            case None:
                return
            case bool():
                worksheet.write_boolean(*at, value, self._format(bold))
            case str():
                text = value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - 1] + ELLIPSIS
                starts = {"quote_prefix": True} if text.lstrip().startswith(RUNNING_STARTS) else {}
                worksheet.write_string(*at, text, self._format(bold | starts | {"valign": "top"}))
            case datetime():
                shape = {"num_format": f"{INDONESIAN}d mmmm yyyy hh\\.mm"}
                worksheet.write_datetime(*at, value, self._format(bold | shape))
            case date():
                worksheet.write_datetime(*at, value, self._format(bold | {"num_format": f"{INDONESIAN}d mmmm yyyy"}))
            case _:
                self._write_number(worksheet, at, value, number_format(cell, column), bold)

    def _write_number(
        self, worksheet: Worksheet, at: tuple[int, int], number: Decimal | int, shape: str, bold: dict[str, Any]
    ) -> None:
        worksheet.write_number(*at, float(number) if isinstance(number, Decimal) else number,
                               self._format(bold | {"num_format": shape}))  # fmt: skip

    def _format(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]


def number_format(cell: Cell, column: Column) -> str:
    """How the sheet shows the exact value."""
    decimals = cell.decimals if isinstance(cell, Quantity) else column.decimals
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    if isinstance(cell, Quantity):
        unit = cell.unit.replace('"', "")
        return f'{digits}" {unit}"' if unit else digits
    return {"percent": f'{digits}" %"', "money": '"Rp" #,##0'}.get(column.kind, digits)


def _width(header: str, cells: list[Cell]) -> float:
    longest = max((len(str(cell.value if isinstance(cell, Quantity) else cell)) for cell in cells), default=0)
    return float(min(max(WIDTHS[0], len(header) + 3, longest + 2), WIDTHS[1]))
