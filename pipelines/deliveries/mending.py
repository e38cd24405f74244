"""Draws the workbook in which an agency mends what was refused of its own file: same headers, cells at fault marked.

For who may hold the file only: cells stand as they were delivered, personal ones too. Reads no release and judges
nothing; sent in again, its rows join those that were accepted, since the key of a row decides.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import xlsxwriter

from pipelines.containers import open_file
from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.reading.blocks import Block
from pipelines.reading.cell_text import EXACT_DIGITS
from pipelines.reading.column_matching import REASONS_HEADER
from pipelines.reading.declared_time import search_name
from pipelines.reading.grids import STRUCK_OUT, DelimitedText, FaultyCell, Opened, PercentCell
from pipelines.reading.headers import LONG_LETTERHEAD, HeaderMatch, find_header
from pipelines.reading.readers import no_header_message
from pipelines.reading.reordered import follow_headers
from pipelines.reading.reshaping import find_reshape
from pipelines.reading.sheets import choose_sheet

FAULT, INK = "#FFF2CC", "#17202A"
DATES = {datetime: "dd/mm/yyyy hh:mm:ss", date: "dd/mm/yyyy", time: "hh:mm:ss", timedelta: "[hh]:mm:ss"}
ADDED = "_perbaikan"


@dataclass(frozen=True)
class Fault:
    """One thing to mend, as the findings of a delivery tell it: `row_no` as the spreadsheet shows it."""

    row_no: int
    header: str | None  # as the contract writes it; None: the row as a whole
    message: str


@dataclass(frozen=True)
class Mending:
    """A workbook to mend, under a name that does not replace the file it came from."""

    file_name: str
    content: bytes
    row_count: int


@dataclass(frozen=True)
class _Table:
    """What is carried over: lines above and of the header, and rows by number."""

    header: HeaderMatch
    top: Sequence[Sequence[Any]]
    rows: Mapping[int, Sequence[Any]]


def can_mend(contract: Contract) -> bool:
    """Whether its files are tables in which a row is a row; a printed report or a dump is mended where it came from."""
    return contract.file.table is None and contract.crosstab is None and find_reshape(contract) is None


def mend_workbook(path: Path, contract: Contract, faults: Iterable[Fault], work_dir: Path) -> Mending | None:
    """The refused rows of an archived file with why; of a report that replaces all of itself every row.

    None when there is nothing to mend this way. Raises ContractProblem when the file cannot be read as a table.
    """
    by_row: dict[int, list[Fault]] = {}
    struck = set()
    for fault in faults:
        if STRUCK_OUT in fault.message:
            struck.add(fault.row_no)  # written without its line, what was cancelled would be delivered
        else:
            by_row.setdefault(fault.row_no, []).append(fault)
    if not by_row or not can_mend(contract):
        return None
    opened = open_file(path, work_dir, contract.file)
    if opened.kind in ("json", "geojson", "xml", "sql"):
        return None
    table = _table_of(opened.member or path.name, opened, contract)
    kept = [row for row in sorted(table.rows) if row not in struck and (contract.report or row in by_row)]
    content = _draw(contract, table, kept, by_row)
    return Mending(mended_name(path.name, contract), content, len(kept))


def mended_name(file_name: str, contract: Contract) -> str:
    """A name of its own that says of sender and time what the first one said."""
    stem = PurePosixPath(file_name).stem
    cuts = [len(stem), *(place for place in range(len(stem) - 1, -1, -1) if stem[place] == "_")]
    names = [f"{stem[:cut]}{ADDED}{stem[cut:]}.xlsx" for cut in cuts]
    said = _said_by(file_name, contract)
    return next((name for name in names if _said_by(name, contract) == said), names[0])


def _said_by(file_name: str, contract: Contract) -> tuple[tuple[str, ...] | None, ...]:
    as_of = contract.as_of
    patterns = (contract.file.sender, as_of.file_name if as_of else None, as_of.since if as_of else None)
    found = (search_name(pattern, file_name, contract) if pattern else None for pattern in patterns)
    return tuple(match.groups() if match else None for match in found)


def _table_of(name: str, opened: Opened, contract: Contract) -> _Table:
    if opened.text is not None:
        lines = _lines(opened.text)
        header = find_header(lines[:LONG_LETTERHEAD], contract)
    else:
        chosen = choose_sheet(name, opened.grids, contract)
        lines, header = (chosen.grid.cells, chosen.header) if chosen else ([], None)
    if header is None:
        raise ContractProblem(no_header_message(name, contract), "judul")
    below = range(header.row_no + 1, len(lines) + 1)
    block = Block(
        below, lines[header.row_no :], False, header_lines=tuple(lines[header.top_row_no - 1 : header.row_no])
    )
    block, _told = follow_headers(block, header, contract)  # as the rows were judged, under the header they are given
    return _Table(header, lines[: header.row_no], dict(zip(block.row_nos, block.rows, strict=True)))


def _lines(text: DelimitedText) -> Sequence[Sequence[Any]]:
    """Record by record, counted as `pipelines.reading.text_records` does."""
    with text.path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=text.delimiter))


def _draw(contract: Contract, table: _Table, kept: Sequence[int], by_row: Mapping[int, Sequence[Fault]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1), "title": contract.title})
    pen = _Pen(book, book.add_worksheet("Data"))
    width = max([table.header.width, *(len(row) for row in table.top)])
    columns = dict(zip(table.header.headers, table.header.columns, strict=True))
    for row, cells in enumerate(table.top):
        for column, cell in enumerate(cells):
            pen.write(row, column, cell, is_head=row >= table.header.top_row_no - 1)
    head = table.header.row_no - 1
    pen.write(head, width, REASONS_HEADER, is_head=True)
    for row, number in enumerate(kept, start=head + 1):
        faults = by_row.get(number, ())
        wrong = {columns.get(fault.header or "") for fault in faults}
        for column, cell in enumerate(table.rows[number][:width]):
            pen.write(row, column, cell, is_fault=column in wrong)
        pen.write(row, width, " ".join(dict.fromkeys(fault.message for fault in faults)))
    pen.sheet.set_column(0, width - 1, 18)
    pen.sheet.set_column(width, width, 80)
    pen.sheet.freeze_panes(head + 1, 0)
    book.close()
    return stream.getvalue()


class _Pen:
    """Writes cells as they were delivered; a text stays a text, so that codes keep their zeros."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        self.book, self.sheet = book, sheet
        self._formats: dict[tuple[str, bool, bool], Any] = {}

    def write(self, row: int, column: int, cell: Any, *, is_head: bool = False, is_fault: bool = False) -> None:
        if isinstance(cell, FaultyCell):
            cell = cell.text
        number_format = next((shape for kind, shape in DATES.items() if type(cell) is kind), "")
        if isinstance(cell, PercentCell):
            cell, number_format = cell.value, "0.00%"
        shape = self._format("@" if isinstance(cell, str) else number_format, is_head, is_fault)
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, shape)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell, shape)
        elif isinstance(cell, Decimal) and abs(cell) >= 10**EXACT_DIGITS:
            self.sheet.write_string(row, column, f"{cell:f}", self._format("@", is_head, is_fault))
        elif isinstance(cell, (int, float, Decimal)):
            self.sheet.write_number(row, column, cell, shape)
        elif number_format:
            self.sheet.write_datetime(row, column, cell, shape)
        else:
            self.sheet.write_string(row, column, str(cell), shape)

    def _format(self, number_format: str, is_head: bool, is_fault: bool) -> Any:
        key = number_format, is_head, is_fault
        if key not in self._formats:
            look: dict[str, Any] = {"num_format": number_format or "General", "bold": is_head}
            if is_fault:
                look |= {"bg_color": FAULT, "border": 2, "border_color": INK}
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]
