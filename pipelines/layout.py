"""Lays a sheet, or the records of a text, out as rows to stage: merged keys filled, crosstabs turned into rows.

Judges no value and drops no row that holds something; what kind of row it is, is told in SQL by `row_kinds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from pipelines.cell_text import cell_text, column_texts
from pipelines.column_matching import crosstab_headers
from pipelines.contract import Contract
from pipelines.grids import Grid
from pipelines.headers import HeaderMatch, is_column_numbers, normalise
from pipelines.heading_words import Range
from pipelines.reshaping import Note
from pipelines.row_kinds import MEASURES, SEPARATOR, SUMMED, label_of

MOST_NAMED = 12  # rows that are named one by one


@dataclass(frozen=True)
class Block:
    """The rows of a table below its header: blank ones are left out, `row_nos` as the spreadsheet shows them."""

    row_nos: Sequence[int]
    rows: Sequence[Sequence[Any]]
    has_letters: bool  # columns have letters: a cell is told as C7
    merged: tuple[Range, ...] = ()
    header_lines: tuple[Sequence[Any], ...] = ()
    shifted: Sequence[str | None] = ()  # by row: why none of its cells stands where it should


def block_of(grid: Grid, header: HeaderMatch, has_letters: bool) -> Block:
    below = range(header.row_no, len(grid.cells))
    kept = [index for index in below if index in grid.misfits or not _is_blank(grid.cells[index])]
    return Block(
        [index + 1 for index in kept],
        [grid.cells[index] for index in kept],
        has_letters,
        tuple(box for box in grid.merged if box[2] >= header.row_no),
        tuple(grid.cells[header.top_row_no - 1 : header.row_no]),
        [grid.misfits.get(index) for index in kept] if grid.misfits else (),
    )


def _is_blank(row: Sequence[Any]) -> bool:
    for cell in row:  # noqa: SIM110 - a million cells: half the time of any()
        if cell != "" and cell is not None and not (type(cell) is str and cell.isspace()):
            return False
    return True


def lay_out(block: Block, header: HeaderMatch, contract: Contract) -> tuple[HeaderMatch, pd.DataFrame, list[Note]]:
    """Columns row_no, label, shifted, place, then c0, c1, ... in the order of the headers returned."""
    texts = [column_texts(block.rows, column) for column in header.columns]
    notes = _fill_merged(texts, block, header, contract)
    labels = [label_of(row) for row in block.rows]
    for position in _lines_between(block):
        labels[position] = SEPARATOR
        for column in texts:
            column[position] = None
    shifted = block.shifted or [None] * len(labels)
    if contract.crosstab is None:
        facts = {"row_no": block.row_nos, "label": labels, "shifted": shifted, "place": [None] * len(labels)}
        return header, _frame(facts, texts), notes
    return *_melt(block, header, contract, (labels, shifted, texts)), notes


def _frame(facts: dict[str, Any], texts: Sequence[Sequence[str | None]]) -> pd.DataFrame:
    columns = facts | {f"c{index}": column for index, column in enumerate(texts)}
    frame = pd.DataFrame({name: pd.Series(cells, dtype="object") for name, cells in columns.items()})
    return frame.astype({"row_no": "int32"})


def _fill_merged(texts: list[list[str | None]], block: Block, header: HeaderMatch, contract: Contract) -> list[Note]:
    """A key written once in a merged cell stands for all of its rows; an amount is never repeated."""
    measures = {field.from_ for field in contract.fields if field.type in MEASURES and field.name not in contract.grain}
    positions = {row_no - 1: position for position, row_no in enumerate(block.row_nos)}
    notes = []
    for top, left, bottom, _right in block.merged:
        if bottom == top or left not in header.columns or top < header.row_no:
            continue
        index = header.columns.index(left)
        if header.headers[index] in measures:
            cell = f"{xl_col_to_name(left)}{top + 1}"
            said = f'Sel gabung {cell} di kolom "{header.headers[index]}" hanya dihitung untuk baris {top + 1}.'
            notes.append(Note("sel_gabung", f"{said} Tulis angkanya di tiap baris.", cell))
            continue
        said_once = texts[index][positions[top]] if top in positions else None
        for row in range(top, bottom + 1):
            if row in positions:
                texts[index][positions[row]] = said_once
    return notes


def _lines_between(block: Block) -> list[int]:
    """Positions of repeated headers, their column numbers, and titles merged across the table."""
    lines = {_signature(line) for line in block.header_lines} - {()}
    firsts = {normalise(label_of(line)) for line in block.header_lines if label_of(line)}
    titles = {
        top + 1
        for top, left, bottom, right in block.merged
        if top == bottom and right - left >= max(2, _width(block) // 2)
    }
    found: list[int] = []
    for position, row in enumerate(block.rows):
        first = label_of(row)
        if first is not None and normalise(first) in firsts:
            is_between = _signature(row) in lines
        elif found and found[-1] == position - 1:
            is_between = is_column_numbers(row, bare_allowed=True)
        else:
            is_between = block.row_nos[position] in titles and sum(cell not in ("", None) for cell in row) == 1
        if is_between:
            found.append(position)
    return found


def _width(block: Block) -> int:
    return max((len(line) for line in block.header_lines), default=0)


def _signature(row: Sequence[Any]) -> tuple[tuple[int, str], ...]:
    return tuple((column, normalise(cell)) for column, cell in enumerate(row) if cell not in ("", None))


def _melt(
    block: Block,
    header: HeaderMatch,
    contract: Contract,
    parts: tuple[Sequence[str | None], Sequence[str | None], list[list[str | None]]],
) -> tuple[HeaderMatch, pd.DataFrame]:
    """One row for each filled cell under a heading; a row without any stays one row, to be judged."""
    labels, shifted, texts = parts
    facts: dict[str, list[Any]] = {"row_no": [], "label": [], "shifted": [], "place": []}
    melted: list[list[str | None]] = [[] for _ in range(len(texts) + 2)]
    for position, row in enumerate(block.rows):
        cells: list[tuple[int | None, str | None, str | None]] = [
            (column, heading, text)
            for column, heading in header.spread
            if column < len(row) and (text := cell_text(row[column])) is not None and labels[position] != SEPARATOR
        ]
        for column, heading, text in cells or [(None, None, None)]:
            facts["row_no"].append(block.row_nos[position])
            facts["label"].append(labels[position])
            facts["shifted"].append(shifted[position])
            facts["place"].append(_place(block, block.row_nos[position], column, heading))
            own = (*(column_of[position] for column_of in texts), heading, text)
            for target, said in zip(melted, own, strict=True):
                target.append(said)
    (first, heading), (_last, until) = header.spread[0], header.spread[-1]
    span = heading if heading == until else f"{heading} sampai {until}"
    widened = replace(
        header,
        headers=(*header.headers, *crosstab_headers(contract)),
        columns=(*header.columns, first, first),
        written=(*header.written, span, span),
    )
    return widened, _frame(facts, melted)


def _place(block: Block, row_no: int, column: int | None, heading: str | None) -> str | None:
    if column is None:
        return None
    return f"{xl_col_to_name(column)}{row_no}" if block.has_letters else f"baris {row_no}, kolom {heading}"


def hidden_notes(grid: Grid, block: Block, header: HeaderMatch) -> list[Note]:
    """Hidden rows and columns that are read all the same."""
    rows = [row_no for row_no in block.row_nos if row_no - 1 in grid.hidden_rows]
    used = (*header.columns, *(column for column, _heading in header.spread))
    columns = sorted(xl_col_to_name(column) for column in used if column in grid.hidden_columns)
    notes = []
    if rows:
        notes.append(Note("tersembunyi", f"Baris tersembunyi ikut dibaca: {name_rows(rows)}. Hapus bila bukan data."))
    if columns:
        notes.append(Note("tersembunyi", f"Kolom tersembunyi ikut dibaca: {', '.join(columns)}."))
    return notes


def name_rows(row_nos: Sequence[int]) -> str:
    """Row numbers in words, neighbours as a span."""
    spans: list[list[int]] = []
    for row_no in sorted(set(row_nos)):
        if spans and row_no == spans[-1][1] + 1:
            spans[-1][1] = row_no
        else:
            spans.append([row_no, row_no])
    told = [str(first) if first == last else f"{first} sampai {last}" for first, last in spans[:MOST_NAMED]]
    rest = f" dan {len(spans) - MOST_NAMED} bagian lain" if len(spans) > MOST_NAMED else ""
    return ", ".join(told) + rest


def declared_total(block: Block, header: HeaderMatch, contract: Contract) -> int | None:
    """How many rows the agreed total row says there are; an amount under a column of amounts is no such number."""
    if not contract.total_label:
        return None
    word = normalise(contract.total_label)
    summed = {field.from_ for field in contract.fields if field.type in SUMMED}
    amounts = {column for name, column in zip(header.headers, header.columns, strict=True) if name in summed}
    for row in block.rows:
        if normalise(label_of(row) or "").startswith(word):
            column = next((place for place, cell in enumerate(row) if type(cell) in (int, float)), None)
            return None if column is None or column in amounts else int(row[column])
    return None
