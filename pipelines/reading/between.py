"""Finds the lines between the rows of a table: repeated headers, titles and names over a group, other tables below.

Looks at words alone; a row that is none of these stays, to be judged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.reading.blocks import Block
from pipelines.reading.group_headings import group_headings
from pipelines.reading.headers import HeaderMatch, is_column_numbers
from pipelines.reading.heading_words import normalise, split_unit
from pipelines.reading.row_kinds import MEASURES, label_of

SLIP = 0.85  # likeness of a long header typed with one letter wrong
TITLE = re.compile(r"\W*(tabel|lanjutan|lampiran|daftar|rekap|rekapitulasi|laporan)\b", re.IGNORECASE)


def lines_between(block: Block, header: HeaderMatch, contract: Contract) -> list[int]:
    """Positions of all of them, in order. What stands below the header of another table is that table's."""
    lines = _lines_between(block)
    words = own_words(header, contract)
    units = own_units(header, contract)
    amounts = {field.from_ for field in contract.fields if field.type in MEASURES}
    looked_at = [column for name, column in zip(header.headers, header.columns, strict=True) if name in amounts]
    heads = [position for position in lines if not is_column_numbers(block.rows[position], bare_allowed=True)]
    others: list[int] = []
    every = frozenset().union(*words.values()) if words else frozenset()
    for position, row in enumerate(block.rows):
        if any(is_word(row, column, every) for column in looked_at):
            (heads if _repeats(row, words, units) else others).append(position)
        elif _is_title(block, position - 1) and _heads_another(row, every):
            others.append(position)
    found = {*lines, *heads, *group_headings(block.rows, header, contract)}
    for start in others:
        until = next((head for head in sorted(heads) if head > start), len(block.rows))
        found |= set(range(start, until))
    return sorted(found | {head - 1 for head in (*heads, *others) if _is_title(block, head - 1)})


def own_words(header: HeaderMatch, contract: Contract) -> dict[int, frozenset[str]]:
    """By column how its header may be spelled."""
    spelled: dict[str, set[str]] = {name: {name} for name in header.headers}
    for field in contract.fields:
        spelled.setdefault(field.from_, set()).update((field.from_, *field.aliases))
    told = zip(header.headers, header.columns, header.written or header.headers, strict=True)
    return {
        column: frozenset(key for word in (*spelled[name], written) for key in (normalise(word), split_unit(word)[0]))
        for name, column, written in told
    }


def own_units(header: HeaderMatch, contract: Contract) -> dict[int, str]:
    """By column in what it is counted, where that is said."""
    declared = {field.from_: normalise(field.unit) for field in contract.fields if field.unit}
    told = zip(header.headers, header.columns, header.written or header.headers, strict=True)
    units = {column: split_unit(written)[1] or declared.get(name) for name, column, written in told}
    return {column: unit for column, unit in units.items() if unit}


def is_word(row: Sequence[Any], column: int, words: frozenset[str]) -> bool:
    cell = row[column] if column < len(row) else None
    return type(cell) is str and not cell[:1].isdigit() and cell != "" and split_unit(cell)[0] in words


def _repeats(row: Sequence[Any], words: Mapping[int, frozenset[str]], units: Mapping[int, str]) -> bool:
    """Whether every cell says what its own column is called, and counted in."""
    said = [column for column in words if column < len(row) and row[column] not in ("", None)]
    return all(
        _is_nearly(row, column, words[column]) and split_unit(row[column])[1] in (None, units.get(column))
        for column in said
    )


def _is_nearly(row: Sequence[Any], column: int, words: frozenset[str]) -> bool:
    """Whether a cell is its header, or a slip in typing it where others of the row are theirs."""
    cell = row[column]
    return is_word(row, column, words) or (
        type(cell) is str and bool(get_close_matches(split_unit(cell)[0], words, n=1, cutoff=SLIP))
    )


def _heads_another(row: Sequence[Any], words: frozenset[str]) -> bool:
    """Whether a row is all words, one of them a header: the header of another table below its own title."""
    filled = [column for column, cell in enumerate(row) if cell not in ("", None)]
    are_words = all(type(row[column]) is str and re.search("[A-Za-z]{2}", row[column]) for column in filled)
    return len(filled) > 1 and are_words and any(is_word(row, column, words) for column in filled)


def _is_title(block: Block, position: int) -> bool:
    """A line of one text above a header, set apart or called a table."""
    if position < 0 or sum(cell not in ("", None) for cell in block.rows[position]) != 1:
        return False
    label = label_of(block.rows[position])
    stands_apart = position > 0 and block.row_nos[position] - block.row_nos[position - 1] > 1
    return label is not None and (stands_apart or bool(TITLE.match(label)))


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
