"""Turns a delivered file into a staged table of text cells with row numbers; judges nothing about the values.

Personal columns are left in the file: they are not even staged. Refuses a file whose header is not the contract's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.containers import open_file
from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.blocks import Block, block_of
from pipelines.reading.cell_text import cell_text
from pipelines.reading.declared_time import since_of_name, until_of_letterhead, until_of_name
from pipelines.reading.grids import DelimitedText, Grid, Opened
from pipelines.reading.headers import HEADER_ROWS, LONG_LETTERHEAD, HeaderMatch, find_header
from pipelines.reading.layout import declared_total, hidden_notes, lay_out
from pipelines.reading.outlines import read_boundaries, refuse_other_kinds
from pipelines.reading.reordered import follow_headers
from pipelines.reading.reshaping import Doubt, Letterhead, Note, Reshaped, Sheet, find_reshape, match_columns
from pipelines.reading.sheets import choose_sheet, visible_sheets
from pipelines.reading.shown_numbers import settle_sheet, settle_shown
from pipelines.reading.stated_scale import scale_doubt
from pipelines.reading.struck_rows import set_struck_aside
from pipelines.reading.text_records import read_block
from pipelines.reading.unit_column import unit_column_of, unit_doubt
from pipelines.reading.unnamed import rows_above_notes, unnamed_notes

HEAD_BYTES = 1 << 17
LETTERED = ("xlsx", "xls", "ods")  # their cells have addresses


@dataclass(frozen=True)
class Delivery:
    """Rows ready to stage: those of a sheet, or a text that DuckDB can read whole."""

    header: HeaderMatch
    sheet_name: str | None
    data_until: datetime | None
    declared_total: int | None
    rows: pd.DataFrame | None = None  # row_no, label, shifted, place, c0, c1, ... in the order of header.headers
    text: DelimitedText | None = None
    has_letters: bool = False
    reordered: frozenset[int] = frozenset()  # rows whose cells stand under other letters in the sheet
    data_from: datetime | None = None  # None: nothing said, complete from the start of the day it ends in
    unread_sheets: tuple[str, ...] = ()  # further visible sheets with such a table
    fixed_cells: tuple[tuple[str, str], ...] = ()  # header and the one cell that holds it for every row
    notes: tuple[Note, ...] = ()
    doubts: tuple[Doubt, ...] = ()  # reasons to hold it, found while reading
    letterhead: Letterhead | None = None
    is_1904: bool = False  # bare day numbers count from 1904


def read_delivery(path: Path, contract: Contract, work_dir: Path, received_at: datetime | None = None) -> Delivery:
    """Open a file by its content. Raises ContractProblem with what to mend."""
    if contract.file.outlines and path.suffix.lower() == ".sql":
        refuse_other_kinds(path.name, "sql")
    return read_opened(path, open_file(path, work_dir, contract.file), contract, received_at)


def read_opened(path: Path, opened: Opened, contract: Contract, received_at: datetime | None = None) -> Delivery:
    """Find the table in what the file holds."""
    name = opened.member or path.name
    if contract.file.outlines:
        refuse_other_kinds(name, opened.kind)
        read_boundaries(path)
    if opened.text is not None:
        delivery = _read_text(name, opened.text, contract)
    elif find_reshape(contract) is not None:
        delivery = _reshaped(path, opened, contract, received_at)
    else:
        delivery = _read_sheet(name, opened, contract)
    notes = tuple(Note(*note) for note in opened.notes)
    return replace(delivery, notes=(*notes, *delivery.notes)) if notes else delivery


def _read_text(name: str, text: DelimitedText, contract: Contract) -> Delivery:
    with text.path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.read(HEAD_BYTES)
    lines: list[Sequence[str]] = []
    try:
        lines += islice(csv.reader(io.StringIO(head), delimiter=text.delimiter), LONG_LETTERHEAD)
    except csv.Error as error:
        raise ContractProblem(
            f"Isi berkas {name} terpotong atau rusak. Simpan ulang sebagai CSV UTF-8, lalu kirim lagi."
        ) from error
    header = find_header(lines, contract)
    if header is None:
        raise ContractProblem(no_header_message(name, contract, lines), "judul")
    until = until_of_name(name, contract) or until_of_letterhead(lines[: header.top_row_no - 1], contract)
    since = since_of_name(name, contract, until)
    told = Delivery(
        header,
        None,
        until,
        None,
        data_from=since,
        doubts=_doubts(lines[: header.top_row_no - 1], contract) + _unit_doubts(lines, header, text, contract),
        notes=(*unnamed_notes(lines, header), *rows_above_notes(lines, header, contract)),
    )
    if contract.crosstab is None:
        return replace(told, text=text)
    header, rows, notes = lay_out(read_block(text, header), header, contract)
    return replace(told, header=header, rows=rows, notes=(*told.notes, *notes))


def _doubts(above: Sequence[Sequence[object]], contract: Contract) -> tuple[Doubt, ...]:
    doubt = scale_doubt(above, contract)
    return () if doubt is None else (doubt,)


def _unit_doubts(
    lines: Sequence[Sequence[Any]], header: HeaderMatch, rows: DelimitedText | Block, contract: Contract
) -> tuple[Doubt, ...]:
    column = unit_column_of(lines, header)
    if column is None:
        return ()
    block = rows if isinstance(rows, Block) else read_block(rows, header)
    doubt = unit_doubt(zip(block.row_nos, block.rows, strict=True), column, contract)
    return () if doubt is None else (doubt,)


def _read_sheet(name: str, opened: Opened, contract: Contract) -> Delivery:
    chosen = choose_sheet(name, opened.grids, contract)
    if chosen is None:
        shown = [row for grid in visible_sheets(name, opened.grids, contract) for row in grid.cells[:HEADER_ROWS]]
        raise ContractProblem(no_header_message(name, contract, shown), "judul")
    grid, header = chosen.grid, chosen.header
    block = block_of(grid, header, opened.kind in LETTERED)
    block, struck = set_struck_aside(grid, block, header)
    block, followed = follow_headers(block, header, contract)
    told_first = [*struck, *followed]
    if grid.is_dressed:
        block, dressed = settle_shown(block, header, contract)
        told_first += dressed
    widened, rows, notes = lay_out(block, header, contract)
    until = until_of_name(name, contract) or until_of_letterhead(grid.cells[: header.top_row_no - 1], contract)
    told = Vocabulary(contract).name_told
    return Delivery(
        widened,
        None if grid.name is None else told(grid.name),
        until,
        declared_total(block, header, contract),
        rows,
        has_letters=block.has_letters,
        reordered=block.reordered,
        is_1904=grid.is_1904,
        data_from=since_of_name(name, contract, until),
        unread_sheets=tuple(told(other) for other in chosen.unread),
        notes=(
            *told_first,
            *notes,
            *hidden_notes(grid, block, header),
            *unnamed_notes(grid.cells, header, grid.merged),
            *rows_above_notes(grid.cells, header, contract),
        ),
        doubts=_doubts(grid.cells[: header.top_row_no - 1], contract)
        + _unit_doubts(grid.cells, header, block, contract),
    )


def no_header_message(name: str, contract: Contract, rows: Sequence[Sequence[object]] = ()) -> str:
    """`rows`: where the header was sought; a word there that is nearly one of its words is told."""
    needed = [field.from_ for field in contract.fields if field.required]
    wanted = tuple(dict.fromkeys(needed or contract.headers))
    place = f"Baris {contract.file.header_row} di {name} bukan" if contract.file.header_row else ""
    found = f"{place} baris judul kolom." if place else f"Baris judul kolom tidak ditemukan di {name}."
    return f"{found} Baris judul harus memuat: {', '.join(wanted)}.{_misspelt(wanted, rows, contract)}"


def _misspelt(wanted: Sequence[str], rows: Sequence[Sequence[object]], contract: Contract) -> str:
    present = {
        cell.strip().lower(): cell.strip() for row in rows[:HEADER_ROWS] for cell in row if isinstance(cell, str)
    }
    told = Vocabulary(contract).name_told
    near = {
        header: told(present[match[0]])
        for header in wanted
        if header.lower() not in present and (match := get_close_matches(header.lower(), present, n=1, cutoff=0.75))
    }
    return "".join(f' Yang tertulis "{said}": mungkin maksudnya "{header}".' for header, said in near.items())


def _reshaped(path: Path, opened: Opened, contract: Contract, received_at: datetime | None) -> Delivery:
    reshape = find_reshape(contract)
    grids = visible_sheets(path.name, opened.grids, contract)
    sheets = [Sheet(path.name, grid.name or "", _plain_cells(grid), received_at) for grid in grids]
    shaped = [(grid, table) for grid, sheet in zip(grids, sheets, strict=True) if reshape and (table := reshape(sheet))]
    if not shaped:
        raise ContractProblem(_no_table_message(path.name, contract), "judul")
    (grid, table), *others = shaped
    told = Vocabulary(contract).name_told
    unread = tuple(told(other.name or "") for other, _ in others)
    delivery = _shaped_delivery(path, grid, table, contract)
    return replace(delivery, sheet_name=told(grid.name or ""), unread_sheets=unread)


def _plain_cells(grid: Grid) -> Sequence[Sequence[Any]]:
    return settle_sheet(grid.cells) if grid.is_dressed else grid.cells


def _no_table_message(name: str, contract: Contract) -> str:
    """A report says its dates above the table, so they are no headers to look for."""
    wanted = ", ".join(field.from_ for field in contract.fields if field.required and field.type != "date")
    return f"Tidak ada lembar di {name} yang berisi tabel {contract.title}. Judul kolomnya harus memuat: {wanted}."


def _shaped_delivery(path: Path, grid: Grid, table: Reshaped, contract: Contract) -> Delivery:
    header, places = match_columns(table, contract)
    if header is None:
        raise ContractProblem(no_header_message(path.name, contract), "judul")
    records = [[row.row_no, None, None, None, *(cell_text(row.values[p]) for p in places)] for row in table.rows]
    names = ["row_no", "label", "shifted", "place", *(f"c{index}" for index in range(len(places)))]
    frame = pd.DataFrame(records, columns=names, dtype="object").astype({"row_no": "int32"})
    fixed = [(found, table.columns[place].cell) for found, place in zip(header.headers, places, strict=True)]
    return Delivery(
        header,
        grid.name,
        table.data_until,
        None,
        frame,
        has_letters=True,
        is_1904=grid.is_1904,
        fixed_cells=tuple((found, cell) for found, cell in fixed if cell is not None),
        notes=tuple(_with_formula(note, path, grid.name or "") for note in table.notes),
        doubts=table.doubts,
        letterhead=table.letterhead,
    )


def _with_formula(note: Note, path: Path, sheet_name: str) -> Note:
    if note.formula_cell is None:
        return note
    from pipelines.reading.formulas import describe_formula  # noqa: PLC0415 - openpyxl, for a wrong total only

    return replace(note, message=f"{note.message} {describe_formula(path, sheet_name, note.formula_cell)}")
