"""Holds what the cells of a workbook show against what they hold: "12 kg" in a column of tons is no 12.

A cell whose format names a unit is taken as the same words written in it would be. What cannot be told is left to be
refused, never read in silence; no number is converted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.reading.blocks import Block
from pipelines.reading.cell_text import cell_text
from pipelines.reading.cell_units import (
    MONEY,
    SHARE,
    is_scaled_money,
    magnitude_of,
    may_be_beside,
    may_say,
    only_counts,
)
from pipelines.reading.grids import MIXED, OTHER_UNIT, SCALED, DoubtfulCell, PercentCell, ShownCell
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.reshaping import Note

NUMERIC = ("integer", "number", "percent", "quantity")
AS_SHOWN = ("text", "code", "boolean")
Known = dict[tuple[str, int, bool], str]  # by words, scale, and whether a number is shown: the doubt


_SCALED = (
    '{} sel kolom "{}" tampil disingkat ribuan atau jutaan dan dibaca penuh, seperti tersimpan di selnya. Tampilkan '
    "angkanya penuh (format Angka), misalnya 1.234.567."
)
_COUNTED = (
    '{} sel kolom "{}" tampil dengan kata "{}", yang tidak disebut kontrak; angkanya dibaca. Periksa apakah itu satuan '
    "kolom ini."
)
_IN_RUPIAH = (
    '{} sel kolom "{}" tampil dengan kata "{}", tetapi dibaca dalam {}, satuan kolom ini di kontrak. Periksa apakah '
    "angkanya rupiah penuh."
)


@dataclass
class _Kinds:
    """What a column holds, and what is known of the formats in it."""

    has_shares: bool  # percentages
    has_larger: bool  # beside numbers above 1
    are_mixed: bool  # beside numbers of at most 1, and not among mostly larger ones without that format
    known: Known
    counted: str = ""  # the one word that all of its numbers show: what is counted, or rupiah where these are thousands


def settle_shown(block: Block, header: HeaderMatch, contract: Contract) -> tuple[Block, list[Note]]:
    """The block with every such cell as a plain one, as words, or as one in doubt; and what is told of those read."""
    rows = [list(row) for row in block.rows]
    notes: list[Note] = []
    for column, field in _columns(header, contract):
        kinds = _kinds(rows, column, field)
        told: list[int] = []
        for position, row in enumerate(rows):
            cell = row[column] if column < len(row) else ""
            if type(cell) in (ShownCell, PercentCell, Decimal, float, int):
                row[column], is_told = _settled(cell, field, kinds)
                told += [block.row_nos[position]] * is_told
        if told:
            sentence = (_IN_RUPIAH if field.unit else _COUNTED) if kinds.counted else _SCALED
            said = sentence.format(len(told), field.from_, kinds.counted, field.unit)
            notes.append(Note("tampilan", said, row_no=told[0], header=field.from_))
    return replace(block, rows=rows), notes


def settle_sheet(cells: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
    """The same of a sheet whose columns are not known: money is a number, other words leave the cell in doubt."""
    return [[_of_money(cell) if type(cell) is ShownCell else cell for cell in row] for row in cells]


def _columns(header: HeaderMatch, contract: Contract) -> list[tuple[int, FieldRule]]:
    by_header = {field.from_: field for field in reversed(contract.fields)}
    found = [(column, by_header[words]) for words, column in zip(header.headers, header.columns, strict=True)]
    if contract.crosstab is not None:
        value = contract.by_name[contract.crosstab.value]
        found += [(column, value) for column, _heading in header.spread]
    return found


def _kinds(rows: Sequence[Sequence[Any]], column: int, field: FieldRule) -> _Kinds:
    cells = [row[column] for row in rows if column < len(row)]
    shares = sum(type(cell) is PercentCell for cell in cells)
    larger = sum(type(cell) in (float, int) and abs(cell) > 1 for cell in cells) if shares else 0
    words = {_words(cell) for cell in cells if type(cell) is ShownCell or (type(cell) in (float, int) and cell)}
    counted = words.pop() if len(words) == 1 else ""
    are_mixed = shares >= larger and any(map(_is_fraction, cells))
    is_money = is_scaled_money(field) and MONEY.fullmatch(counted.strip(". ")) is not None
    return _Kinds(shares > 0, larger > 0, are_mixed, {}, counted if is_money or only_counts(counted, field) else "")


def _words(cell: Any) -> str:
    return cell.look.words.lower() if type(cell) is ShownCell else ""


def _is_fraction(cell: Any) -> bool:
    return type(cell) in (float, int) and 0 < abs(cell) <= 1


def _settled(cell: Any, field: FieldRule, kinds: _Kinds) -> tuple[Any, bool]:
    """The cell to read, and whether that is to be told."""
    if type(cell) is Decimal:  # of a code, digits that an exponent stands for are lost
        return (str(cell) if field.type == "code" and cell.as_tuple().exponent > 0 else cell), False  # type: ignore[operator]
    if type(cell) is ShownCell:
        return _undressed(cell, field, kinds)
    if field.type not in NUMERIC or not kinds.has_shares:
        return cell, False
    if type(cell) is PercentCell:
        return _share(cell, field, kinds), False
    is_doubtful = kinds.are_mixed and _is_fraction(cell) and may_say(field, SHARE)
    return DoubtfulCell(MIXED, _told(cell)) if is_doubtful else cell, False


def _share(cell: PercentCell, field: FieldRule, kinds: _Kinds) -> Any:
    """Among plain numbers only a column of percentages, or one that says so, holds some."""
    shown = f"{(cell_text(cell) or '')[2:].replace('.', ',')}%"
    if not may_say(field, SHARE):
        return DoubtfulCell(OTHER_UNIT, shown)
    if field.type == "percent" or field.unit or not (kinds.has_larger or kinds.are_mixed):
        return cell
    return DoubtfulCell(MIXED if kinds.are_mixed else OTHER_UNIT, shown)


def _undressed(cell: ShownCell, field: FieldRule, kinds: _Kinds) -> tuple[Any, bool]:
    if field.type in AS_SHOWN:
        is_sure = field.type == "text" or cell.look.is_exact(cell.value)
        return cell.shown if is_sure else DoubtfulCell(OTHER_UNIT, cell.shown), False
    if field.type not in NUMERIC:
        return cell.value, False
    if kinds.counted and cell.look.has_number and not cell.look.scale:
        return cell.value, True
    known, key = kinds.known, (cell.look.words, cell.look.scale, cell.look.has_number)
    if key not in known:
        known[key] = _doubt(*key, field)
    return (DoubtfulCell(known[key], cell.shown) if known[key] else cell.value), not known[key] and cell.look.scale > 0


def _doubt(words: str, scale: int, has_number: bool, field: FieldRule) -> str:
    """Why numbers that are shown so are not those of the column; empty where they are."""
    thousands, others = magnitude_of(words)
    if scale:
        speaks = magnitude_of(field.unit or "")[0] or magnitude_of(field.from_)[0]
        return "" if thousands == scale and not speaks and may_be_beside(others, field) else SCALED
    if not has_number:
        return SCALED
    is_own = may_be_beside(words, field) or (field.type == "quantity" and not thousands)
    return "" if is_own else OTHER_UNIT


def _of_money(cell: ShownCell) -> Any:
    thousands, words = magnitude_of(cell.look.words)
    is_money = not words or MONEY.fullmatch(words.replace(".", "").strip()) is not None
    return cell.value if is_money and thousands == cell.look.scale else DoubtfulCell(OTHER_UNIT, cell.shown)


def _told(value: float) -> str:
    return (cell_text(value) or "")[2:].replace(".", ",")
