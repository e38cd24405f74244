"""Rows below a header that comes again with its columns in another order, as the second page of a table may have it.

They are put under the first header, exactly, where the one above them names every column that must be there once, and
nothing that is no column of this table. Any other header is that of another table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.reading.between import is_word, own_units, own_words
from pipelines.reading.blocks import Block
from pipelines.reading.headers import HeaderMatch, is_column_numbers
from pipelines.reading.heading_words import normalise, split_unit
from pipelines.reading.layout import name_rows
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import MEASURES

Order = dict[int, int]  # by column of the first header, that of the other


def follow_headers(block: Block, header: HeaderMatch, contract: Contract) -> tuple[Block, list[Note]]:
    """The block with such rows as the first header has them."""
    amounts = {field.from_ for field in contract.fields if field.type in MEASURES}
    looked_at = [column for name, column in zip(header.headers, header.columns, strict=True) if name in amounts]
    lines = [line for line in block.header_lines if not is_column_numbers(line, bare_allowed=True)]
    if contract.crosstab is not None or len(lines) != 1 or not looked_at:
        return block, []
    words = own_words(header, contract)
    every = frozenset().union(*words.values())
    rows, moved, notes = list(block.rows), set[int](), []
    heads = [
        position for position, row in enumerate(block.rows) if any(is_word(row, column, every) for column in looked_at)
    ]
    for head, until in pairwise((*heads, len(rows))):
        order = _order_of(rows[head], words, header, contract)
        if (
            until == head + 1
            or order is None
            or all(column == place for column, place in order.items())
            or _is_merged(block, head, until)
        ):
            continue
        rows[head] = lines[0]
        for position in range(head + 1, until):
            if not (position == head + 1 and is_column_numbers(rows[position], bare_allowed=True)):
                rows[position] = _put(rows[position], order)
                moved.add(block.row_nos[position])
        told = name_rows([block.row_nos[position] for position in range(head + 1, until)])
        said = (
            f"Baris {block.row_nos[head]} mengulang judul dengan urutan kolom lain; baris {told} dibaca menurut judul "
        )
        notes.append(Note("judul", f"{said}itu. Samakan urutan kolom di seluruh tabel."))
    return replace(block, rows=rows, reordered=frozenset(moved)), notes


def _order_of(
    row: Sequence[Any], words: Mapping[int, frozenset[str]], header: HeaderMatch, contract: Contract
) -> Order | None:
    """None where a column that must be there is not named once, or a word names no column of this table."""
    units = own_units(header, contract)
    known = {normalise(word) for word in (*header.ignored, *contract.ignore, *contract.personal)}
    found: Order = {}
    for place, cell in enumerate(row):
        if cell in ("", None):
            continue
        base, unit = split_unit(cell) if isinstance(cell, str) else ("", None)
        named = [
            column
            for column, own in words.items()
            if (base in own or normalise(cell) in own) and unit in (None, units.get(column))
        ]
        if len(named) > 1 or (named and named[0] in found) or (not named and normalise(cell) not in known):
            return None
        found |= dict.fromkeys(named, place)
    needed = {field.from_ for field in contract.fields if field.required or field.name in contract.grain}
    must = {column for name, column in zip(header.headers, header.columns, strict=True) if name in needed}
    return found if must <= found.keys() else None


def _is_merged(block: Block, head: int, until: int) -> bool:
    """Whether cells of several rows are one: where they stand is not followed."""
    top, below = block.row_nos[head] - 1, block.row_nos[until - 1] - 1
    return any(box[0] < box[2] and box[0] <= below and box[2] >= top for box in block.merged)


def _put(row: Sequence[Any], order: Order) -> list[Any]:
    placed = [""] * (max(order) + 1)
    for column, place in order.items():
        placed[column] = row[place] if place < len(row) else ""
    return placed
