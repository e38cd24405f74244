"""A BIFF workbook (.xls) as grids, by xlrd: values, error cells, percentages, what is hidden.

Computes no formula: one that was never calculated is a fault.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError, xldate_as_datetime

from pipelines.containers.detection import damaged, locked
from pipelines.containers.limits import MAX_CELLS, too_many_cells
from pipelines.containers.number_formats import Dress, dress_of
from pipelines.containers.sheet_xml import letters, padded, shown_digits, shows_percent
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.grids import FaultyCell, Grid, Opened, PercentCell

# What xlrd stumbles with over damaged bytes; it checks few of its own offsets.
STUMBLES = (
    xlrd.XLRDError, CompDocError, struct.error, LookupError, ValueError, TypeError, AttributeError, AssertionError,
    ArithmeticError, NotImplementedError, NameError, EOFError, RecursionError,
)  # fmt: skip
FORMULA, RECALC_ID, ENDS = 0x0006, 0x01C1, 0x000A
BEGINS = {0x0809, 0x0409, 0x0209, 0x0009}
SEVERAL_CELLS = {0x00BD, 0x00BE}  # MULRK, MULBLANK: their last two bytes are the last column
CELLS = {FORMULA, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x0201, 0x00D6, *SEVERAL_CELLS}
LASTING = re.compile(r"\[[hms]+\]", re.IGNORECASE)


def open_xls(path: Path, name: str) -> Opened:
    """Raises ContractProblem when it is damaged, locked or too large."""
    try:
        with path.open("rb") as stream, Path(os.devnull).open("w", encoding="utf-8") as silence:
            book = xlrd.open_workbook(
                file_contents=stream.read(), logfile=silence, formatting_info=True, on_demand=True, ragged_rows=True
            )
            unfinished = _walk(book, name)
            return Opened("xls", grids=tuple(_grids(book, unfinished)))
    except STUMBLES as error:
        if "encrypted" in str(error):
            raise locked(name) from error
        raise damaged(name, "Buku kerja") from error


def _grids(book: Any, unfinished: Sequence[frozenset[tuple[int, int]]]) -> Iterator[Grid]:
    formats = [_format_of(book, index) for index in range(len(book.xf_list))]
    dresses = {index: dress for index in range(len(book.xf_list)) if (dress := dress_of(_code_of(book, index)))}
    lines = {number for number, font in enumerate(book.font_list) if font.struck_out}
    struck = {index for index, style in enumerate(book.xf_list) if style.font_index in lines}
    levels = {index: one.alignment.indent_level for index, one in enumerate(book.xf_list) if one.alignment.indent_level}
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        cells = [
            [_value(sheet, row, column, book.datemode, formats) for column in range(sheet.row_len(row))]
            for row in range(sheet.nrows)
        ]
        is_dressed = _dress(sheet, cells, dresses) or "%" in formats
        for row, column in unfinished[number] if number < len(unfinished) else ():
            if row < len(cells) and column < len(cells[row]):
                cells[row][column] = FaultyCell("")
        yield Grid(
            sheet.name,
            cells,
            sheet.visibility == 0,
            tuple((top, left, below - 1, beyond - 1) for top, below, left, beyond in sheet.merged_cells),
            frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
            frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
            book.datemode == 1,
            is_dressed=is_dressed,
            struck=frozenset(_worn(sheet, struck))
            | frozenset(
                place for place, runs in sheet.rich_text_runlist_map.items() if any(font in lines for _at, font in runs)
            ),
            indents={place: levels[sheet.cell_xf_index(*place)] for place in _worn(sheet, levels)},
        )
        book.unload_sheet(number)


def _worn(sheet: Any, styles: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where cells of these styles stand."""
    if styles:
        for row in range(sheet.nrows):
            yield from (
                (row, column) for column in range(sheet.row_len(row)) if sheet.cell_xf_index(row, column) in styles
            )


def _dress(sheet: Any, cells: list[list[Any]], dresses: Mapping[int, Dress]) -> bool:
    """Whether some cells show more or less than their numbers."""
    is_dressed = False
    for row, column in _worn(sheet, dresses):
        before = cells[row][column]
        cells[row][column] = after = dresses[sheet.cell_xf_index(row, column)].put_on(before)
        is_dressed |= after is not before
    return is_dressed


def _code_of(book: Any, index: int) -> str:
    known = book.format_map.get(book.xf_list[index].format_key)
    return known.format_str if known else ""


def _format_of(book: Any, index: int) -> str:
    """How numbers in this style are shown: "%" as percentages, "[h]" as lasting hours, "000" with zeros in front."""
    code = _code_of(book, index)
    return "%" if shows_percent(code) else "[h]" if LASTING.search(code) else code if shown_digits(code) else ""


def _value(sheet: Any, row: int, column: int, datemode: int, formats: Sequence[str]) -> Any:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return FaultyCell(error_text_from_code.get(value, "#ERROR!"))
    shown = formats[sheet.cell_xf_index(row, column)]
    if kind == xlrd.XL_CELL_DATE:
        return _instant(value, datemode, shown)
    if kind == xlrd.XL_CELL_NUMBER and shown == "%":
        return PercentCell(value)
    return padded(value, shown_digits(shown)) if kind == xlrd.XL_CELL_NUMBER else value


def _instant(value: float, datemode: int, shown: str) -> Any:
    if shown == "[h]":
        return timedelta(days=value)
    try:
        instant = xldate_as_datetime(value, datemode)
    except (XLDateError, ValueError, OverflowError):
        return value
    if 0 <= value < 1:
        return instant.time()
    return instant.date() if instant.time() == time() else instant


def _walk(book: Any, name: str) -> list[frozenset[tuple[int, int]]]:
    """By sheet, the formulas without a result; programs that never calculate leave out which engine did.

    Excel writes an empty result for a formula that gives empty text, and so does who never calculated.
    Raises ContractProblem when the cells from A1 to the last one are too many to hold.
    """
    content, end = book.mem, book.base + book.stream_len
    starts = sorted((position, number) for number, position in enumerate(book._sh_abs_posn) if position)
    found = [set[tuple[int, int]]() for _sheet in book._sh_abs_posn]
    has_engine = any(code == RECALC_ID for code, _at, _size in _records(content, book.base, end))
    total = 0
    for position, number in starts:
        widths: dict[int, int] = {}
        for code, at, size in _records(content, position, end):
            if code in CELLS and size >= 6:
                row, column = struct.unpack_from("<HH", content, at)
                last = struct.unpack_from("<H", content, at + size - 2)[0] if code in SEVERAL_CELLS else column
                widths[row] = max(widths.get(row, 0), last + 1)
                if code == FORMULA and content[at + 6] == 3 and content[at + 12 : at + 14] == b"\xff\xff":
                    found[number].add((row, column))
        total += (max(widths) + 1) * max(widths.values()) if widths else 0
        if total > MAX_CELLS:
            sheet = Vocabulary().name_told(book.sheet_names()[number])
            raise too_many_cells(name, sheet, f"{letters(max(widths.values()) - 1)}{max(widths) + 1}")
    return [frozenset() if has_engine else frozenset(places) for places in found]


def _records(content: bytes, position: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Code, place and size of each record of one sheet or of the globals."""
    depth = 0
    while position + 4 <= end:
        code, size = struct.unpack_from("<HH", content, position)
        yield code, position + 4, size
        depth += (code in BEGINS) - (code == ENDS)
        if code == ENDS and depth <= 0:
            return
        position += 4 + size
