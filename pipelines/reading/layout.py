"""Lays a sheet, or the records of a text, out as rows to stage: merged keys filled, crosstabs turned into rows.

Judges no value and drops no row that holds something; what kind of row it is, is told in SQL by `row_kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from pipelines.contracts.contract import Contract
from pipelines.reading.between import lines_between
from pipelines.reading.blocks import Block
from pipelines.reading.cell_names import column_letters
from pipelines.reading.cell_text import cell_text, column_texts
from pipelines.reading.column_matching import crosstab_headers
from pipelines.reading.grids import Grid
from pipelines.reading.headers import HeaderMatch, normalise
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import MEASURES, SEPARATOR, SUMMED, label_of

MOVED = "dipindah"  # place of a row whose cells stand under other letters in the sheet
MOST_NAMED = 12  # rows that are named one by one


def lay_out(block: Block, header: HeaderMatch, contract: Contract) -> tuple[HeaderMatch, pd.DataFrame, list[Note]]:
    """Columns row_no, label, shifted, place, then c0, c1, ... in the order of the headers returned."""
    texts = [column_texts(block.rows, column) for column in header.columns]
    notes = _fill_merged(texts, block, header, contract)
    labels = [label_of(row) for row in block.rows]
    for position in lines_between(block, header, contract):
        labels[position] = SEPARATOR
        for column in texts:
            column[position] = None
    shifted = block.shifted or [None] * len(labels)
    if contract.crosstab is None:
        facts = {"row_no": block.row_nos, "label": labels, "shifted": shifted, "place": _moved(block)}
        return header, _frame(facts, texts), notes
    notes += _without_year(header, contract)
    return *_melt(block, header, contract, (labels, shifted, texts)), notes


def _moved(block: Block) -> list[str | None]:
    return [MOVED if row_no in block.reordered else None for row_no in block.row_nos]


def _frame(facts: dict[str, Any], texts: Sequence[Sequence[str | None]]) -> pd.DataFrame:
    columns = facts | {f"c{index}": column for index, column in enumerate(texts)}
    frame = pd.DataFrame({name: pd.Series(cells, dtype="object") for name, cells in columns.items()})
    return frame.astype({"row_no": "int32"})


def _fill_merged(texts: list[list[str | None]], block: Block, header: HeaderMatch, contract: Contract) -> list[Note]:
    """A key written once in a merged cell stands for all of its rows; an amount is never repeated."""
    measures = {field.from_ for field in contract.fields if field.type in MEASURES and field.name not in contract.grain}
    positions = {row_no - 1: position for position, row_no in enumerate(block.row_nos)}
    notes = []
    for top, left, bottom, right in block.merged:
        if left not in header.columns or top < header.row_no:
            continue
        others = [column for column in header.columns if left < column <= right]
        if (
            others
            and header.headers[header.columns.index(left)] in measures
            and _holds_amount(block, positions, top, left)
        ):
            notes.append(_merged_across(header, (top, left, right), others))
        if bottom == top:
            continue
        index = header.columns.index(left)
        if header.headers[index] in measures:
            cell = f"{column_letters(left)}{top + 1}"
            said = f'Sel gabung {cell} di kolom "{header.headers[index]}" hanya dihitung untuk baris {top + 1}.'
            notes.append(Note("sel_gabung", f"{said} Tulis angkanya di tiap baris.", cell))
            continue
        said_once = texts[index][positions[top]] if top in positions else None
        for row in range(top, bottom + 1):
            if row in positions:
                texts[index][positions[row]] = said_once
    return notes


def _holds_amount(block: Block, positions: Mapping[int, int], row: int, column: int) -> bool:
    """A word there is the name of a total or a heading, over the columns it has no need of."""
    told = cell_text(block.rows[positions[row]][column]) if row in positions else None
    return any(character.isdigit() for character in told or "")


def _merged_across(header: HeaderMatch, box: tuple[int, int, int], others: Sequence[int]) -> Note:
    """An amount in one cell over several columns stands in the first of them."""
    top, left, right = box
    names = dict(zip(header.columns, header.headers, strict=True))
    empty = ", ".join(f'"{names[column]}"' for column in others)
    cell = f"{column_letters(left)}{top + 1}"
    said = (
        f'Sel gabung {cell}:{column_letters(right)}{top + 1} hanya dibaca di kolom "{names[left]}"; {empty} dianggap '
    )
    return Note("sel_gabung", f"{said}tidak disampaikan. Tulis angkanya di tiap kolom.", cell)


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


def _without_year(header: HeaderMatch, contract: Contract) -> list[Note]:
    """Months as headings that are to be months of a year, and name none."""
    into = contract.crosstab and contract.by_name[contract.crosstab.into]
    bare = [heading for _column, heading in header.spread if not re.search(r"\d", heading)]
    if not into or into.type != "month" or not bare:
        return []
    named = bare[0] if len(bare) == 1 else f"{bare[0]} sampai {bare[-1]}"
    said = (
        f'Judul bulan ({named}) di baris {header.row_no} tidak menyebut tahun. Tulis "{bare[0]} 2026", atau tahunnya '
    )
    return [Note("judul", f"{said}di judul kelompok di atas bulan-bulan itu.", row_no=header.row_no, header=into.from_)]


def _place(block: Block, row_no: int, column: int | None, heading: str | None) -> str | None:
    if column is None:
        return None
    return f"{column_letters(column)}{row_no}" if block.has_letters else f"baris {row_no}, kolom {heading}"


def hidden_notes(grid: Grid, block: Block, header: HeaderMatch) -> list[Note]:
    """Hidden rows and columns that are read all the same."""
    rows = [row_no for row_no in block.row_nos if row_no - 1 in grid.hidden_rows]
    used = (*header.columns, *(column for column, _heading in header.spread))
    columns = sorted(column_letters(column) for column in used if column in grid.hidden_columns)
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
