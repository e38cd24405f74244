"""An ODS workbook as grids, in one streaming pass: values, error cells, percentages, what is merged or hidden.

python-calamine tells neither errors nor percentages. Repeated blanks take no room; no formula is computed.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.containers.detection import damage_told, damaged
from pipelines.containers.limits import MAX_CELLS, MAX_COLUMNS, too_many_cells
from pipelines.containers.number_formats import as_shown
from pipelines.containers.ods_styles import TEXT, Styles
from pipelines.containers.sheet_xml import letters, padded
from pipelines.containers.xml_events import XmlFault, read_events
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.cell_text import EXACT_DIGITS
from pipelines.reading.grids import FaultyCell, Grid, Opened, PercentCell, ShownCell

WHAT = "Buku kerja ODS"
NOT_OF_THE_CELL = {"office:annotation", "draw:frame", "draw:custom-shape", "draw:rect", "draw:control", "draw:g"}
CELLS = {"table:table-cell", "table:covered-table-cell"}
MOST_STRUCK = 10_000  # rows that repeat one
ROW_LIMIT = 1_048_576
_DURATION = re.compile(r"(-?)PT?(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,](\d{1,6})\d*)?S)?")
_ERROR = re.compile(r"#[A-Z0-9/!?]+|(?:Err|Galat):\d{3}")


@dataclass
class _Table:
    name: str
    is_visible: bool
    rows: list[list[Any]] = field(default_factory=list)
    width: int = 0
    next_row: int = 0  # rows seen; blanks at the end of `rows` are added when a filled one follows
    next_column: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    column_styles: list[tuple[int, str]] = field(default_factory=list)  # until which column, in order
    struck: set[tuple[int, int]] = field(default_factory=set)
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    is_dressed: bool = False
    is_foreign: bool = False  # what is remembered of another workbook

    def style_of(self, column: int) -> str:
        return next((style for end, style in self.column_styles if column < end), "")

    def grid(self, is_1904: bool) -> Grid:
        count = len(self.rows)
        hidden = frozenset(row for start, end in self.hidden_rows for row in range(start, min(end, count)))
        return Grid(
            self.name,
            self.rows,
            self.is_visible,
            tuple(self.merged),
            hidden,
            frozenset(self.hidden_columns),
            is_1904,
            is_dressed=self.is_dressed,
            struck=frozenset(self.struck),
            indents=self.indents,
        )


class _Reader:
    """Receives the events of content.xml."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables: list[_Table] = []
        self.is_1904 = False
        self.styles = Styles()
        self._table: _Table | None = None
        self._row: list[Any] = []
        self._row_repeat = 1
        self._row_style = ""
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._has_struck = False  # some of its words are
        self._skipped = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        if self._skipped or (self._cell is not None and tag in NOT_OF_THE_CELL):
            self._skipped += 1
        elif tag in CELLS:
            self._cell, self._paragraphs, self._has_struck = given, [], False
        elif self._cell is not None:
            self._start_text(tag, given)
        elif tag == "table:table-row":
            self._start_row(given)
        elif tag == "table:table-column" and self._table:
            self._column(self._table, given)
        elif tag == "table:table":
            is_visible = not self.styles.hides(given.get("table:style-name", ""))
            self._table = _Table(given.get("table:name", ""), is_visible)
        elif tag == "table:table-source" and self._table:
            self._table.is_foreign = True
        elif tag == "table:null-date":
            self.is_1904 = given.get("table:date-value", "").startswith("1904")
        else:
            self.styles.start(tag, given)

    def _start_text(self, tag: str, given: dict[str, str]) -> None:
        if tag == "text:p":
            self._paragraphs.append("")
        elif self._paragraphs:
            self._has_struck |= tag == "text:span" and self.styles.strikes(given.get("text:style-name", ""), TEXT)
            blanks = {"text:s": " " * min(_count(given, "text:c"), 1000), "text:tab": "\t", "text:line-break": "\n"}
            self._paragraphs[-1] += blanks.get(tag, "")

    def text(self, text: str) -> None:
        if self._paragraphs and self._cell is not None and not self._skipped:
            self._paragraphs[-1] += text

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag in CELLS and self._cell is not None and self._table:
            self._end_cell(self._table, self._cell)
            self._cell = None
        elif tag == "table:table-row" and self._table:
            self._end_row(self._table)
        elif tag == "table:table" and self._table:
            if not self._table.is_foreign:
                self.tables.append(self._table)
            self._table = None

    def _start_row(self, given: dict[str, str]) -> None:
        self._row, self._row_repeat = [], _count(given, "table:number-rows-repeated")
        self._row_style = given.get("table:default-cell-style-name", "")
        if self._table:
            self._table.next_column = 0
            if given.get("table:visibility") in ("collapse", "filter"):
                self._table.hidden_rows.append((self._table.next_row, self._table.next_row + self._row_repeat))

    def _column(self, table: _Table, given: dict[str, str]) -> None:
        start = table.next_column
        table.next_column = min(start + _count(given, "table:number-columns-repeated"), MAX_COLUMNS)
        if given.get("table:visibility") in ("collapse", "filter"):
            table.hidden_columns.update(range(start, table.next_column))
        table.column_styles.append((table.next_column, given.get("table:default-cell-style-name", "")))

    def _end_cell(self, table: _Table, given: dict[str, str]) -> None:
        repeat = _count(given, "table:number-columns-repeated")
        value = _value(given, "\n".join(self._paragraphs))
        column = table.next_column
        table.next_column += repeat
        down, right = _count(given, "table:number-rows-spanned"), _count(given, "table:number-columns-spanned")
        if down > 1 or right > 1:
            table.merged.append((table.next_row, column, table.next_row + down - 1, column + right - 1))
        if isinstance(value, str) and not value:
            return
        self._check(table, table.next_row + 1, column + repeat)
        table.is_dressed |= isinstance(value, (ShownCell, PercentCell, Decimal))
        style = given.get("table:style-name") or self._row_style or table.style_of(column)
        if self._has_struck or self.styles.strikes(style):
            table.struck.update(
                (row, place)
                for row in range(table.next_row, table.next_row + min(self._row_repeat, MOST_STRUCK))
                for place in range(column, column + repeat)
            )
        if isinstance(value, str) and (level := self.styles.level(style)):
            table.indents[table.next_row, column] = level
        self._row.extend([""] * (column - len(self._row)))
        self._row.extend([value] * repeat)

    def _end_row(self, table: _Table) -> None:
        if self._row:
            self._check(table, table.next_row + self._row_repeat, len(self._row))
            table.width = max(table.width, len(self._row))
            table.rows.extend([[]] * (table.next_row - len(table.rows)))
            table.rows.extend([self._row] * self._row_repeat)
        table.next_row += self._row_repeat

    def _check(self, table: _Table, rows: int, columns: int) -> None:
        others = sum(len(one.rows) * one.width for one in self.tables)
        if rows > ROW_LIMIT or columns > MAX_COLUMNS or others + rows * max(columns, table.width) > MAX_CELLS:
            raise too_many_cells(self.name, Vocabulary().name_told(table.name), f"{letters(columns - 1)}{rows}")


def open_ods(path: Path, name: str) -> Opened:
    """Raises ContractProblem when it is damaged, locked or too large."""
    reader = _Reader(name)
    with damage_told(name, WHAT, XmlFault), zipfile.ZipFile(path) as archive:
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise _locked(name)
        if "styles.xml" in archive.namelist():
            with archive.open("styles.xml") as stream:
                read_events(stream, name, reader.styles.start, _nothing, _nothing)
        with archive.open("content.xml") as stream:
            read_events(stream, name, reader.start, reader.end, reader.text)
    if not reader.tables:
        raise damaged(name, WHAT)
    return Opened("ods", grids=tuple(table.grid(reader.is_1904) for table in reader.tables))


def _locked(name: str) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} (ODS) terkunci dengan sandi. Buka di LibreOffice, pilih File > Simpan Sebagai tanpa centang "
        '"Simpan dengan sandi", lalu kirim lagi.'
    )


def _value(given: dict[str, str], text: str) -> Any:
    kind = given.get("office:value-type", "")
    is_formula = "table:formula" in given
    if given.get("calcext:value-type") == "error" or (is_formula and kind in ("", "string") and _ERROR.fullmatch(text)):
        return FaultyCell(text or "#ERROR!")
    if not kind and is_formula and not text:
        return FaultyCell("")
    if kind == "string":
        return text or given.get("office:string-value", "")
    try:
        value = _TYPED[kind](given) if kind in _TYPED else text
        if kind in ("float", "currency"):
            return padded(value, len(text)) if re.fullmatch(r"0\d+", text) else as_shown(value, text)
        return value
    except (ValueError, OverflowError):
        return text or FaultyCell("")


def _number(written: str) -> float | Decimal:
    """Whole, where it has more digits than a double keeps for certain."""
    number = float(written)
    return Decimal(written) if 10**EXACT_DIGITS <= abs(number) < math.inf else number


def _nothing(_said: str) -> None:
    """What stands between the beginnings of tags says nothing of styles."""


def _instant(written: str) -> date | datetime:
    instant = datetime.fromisoformat(written)
    return instant.date() if instant.time() == time() else instant


def _duration(written: str) -> time | timedelta:
    found = _DURATION.fullmatch(written)
    if not found:
        raise ValueError(written)
    sign, hours, minutes, seconds, part = found.groups()
    lasting = timedelta(
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int((part or "").ljust(6, "0")),
    )
    if sign or lasting >= timedelta(days=1):
        return -lasting if sign else lasting
    return (datetime.min + lasting).time()


def _count(given: dict[str, str], key: str) -> int:
    written = given.get(key, "1")
    return max(int(written), 1) if written.isascii() and written.isdecimal() and len(written) < 9 else 1


_TYPED: dict[str, Callable[[dict[str, str]], Any]] = {
    "float": lambda given: _number(given.get("office:value", "")),
    "currency": lambda given: _number(given.get("office:value", "")),
    "percentage": lambda given: PercentCell(float(given.get("office:value", ""))),
    "date": lambda given: _instant(given.get("office:date-value", "")),
    "time": lambda given: _duration(given.get("office:time-value", "")),
    "boolean": lambda given: given.get("office:boolean-value") == "true",
}
