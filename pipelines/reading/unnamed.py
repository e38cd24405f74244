"""Tells of columns that hold values but have no header, and of rows above it; reads none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.reading.cell_names import column_letters
from pipelines.reading.headers import HeaderMatch, is_column_numbers, normalise
from pipelines.reading.heading_words import Range, word_of
from pipelines.reading.layout import name_rows
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import MEASURES

LOOKED_AT = 200  # rows below the header


def unnamed_notes(rows: Sequence[Sequence[Any]], header: HeaderMatch, merged: Sequence[Range] = ()) -> list[Note]:
    """`rows`: the sheet from its first row. A column that only counts the rows is nothing to tell."""
    lines = range(header.top_row_no - 1, header.row_no)
    named = {column for line in lines for column, cell in enumerate(rows[line]) if word_of(cell)}
    named |= {  # a merged cell without a line below it names its first column alone
        column for box in merged if lines[0] <= box[2] < lines[-1] for column in range(box[1], box[3] + 1)
    }
    named |= {box[1] for box in merged if box[0] < lines[0] <= box[2] and word_of(rows[box[0]][box[1]])}
    looked_at = enumerate(rows[header.row_no : header.row_no + LOOKED_AT], header.row_no + 1)
    below = [(number, row) for number, row in looked_at if any(map(_is_filled, row))]
    until = next((number for number, row in below if _is_header(row, header)), below[-1][0] + 1 if below else 0)
    found = []
    for column in sorted(set(range(header.width)) - named):  # what stands beyond, in a text, has shifted
        filled = [(number, row) for number, row in below if column < len(row) and _is_filled(row[column])]
        is_most = len(filled) > 1 and 2 * len(filled) >= len(below)
        beside = [number for number, row in filled if number < until and _is_of_table(row, header)]
        if (is_most or beside) and not _counts([row[column] for _number, row in filled]):
            place = "" if is_most else f" di baris {name_rows(beside)}"
            said = f"Kolom {column_letters(column)} berisi nilai tanpa judul{place} dan tidak dimuat."
            found.append(Note("kolom", f"{said} Beri judul, atau hapus."))
    return found


def rows_above_notes(rows: Sequence[Sequence[Any]], header: HeaderMatch, contract: Contract) -> list[Note]:
    """Rows above the header with something in each of its columns and numbers where it has numbers."""
    amounts = {field.from_ for field in contract.fields if field.type in MEASURES}
    measured = [column for said, column in zip(header.headers, header.columns, strict=True) if said in amounts]
    found = [
        number
        for number, row in enumerate(rows[: header.top_row_no - 1], start=1)
        if len(header.columns) > 1
        and all(column < len(row) and _is_filled(row[column]) for column in header.columns)
        and measured
        and all(re.fullmatch(r"[-\d.,]*\d", word_of(row[column])) for column in measured)
        and not is_column_numbers(row, bare_allowed=True)
    ]
    said = "Baris {} di atas judul kolom tampak seperti data dan tidak dibaca. Pindahkan ke bawah judulnya."
    return [Note("disisihkan", said.format(name_rows(found)))] if found else []


def _is_header(row: Sequence[Any], header: HeaderMatch) -> bool:
    """Whether a row says again what some column is called: of this table, or of one below."""
    words = set(map(normalise, header.written or header.headers))
    return any(normalise(word) in words for cell in row if (word := word_of(cell)))


def _is_of_table(row: Sequence[Any], header: HeaderMatch) -> bool:
    """Whether most of the columns that are read say something in this row, as they do in no signature."""
    filled = sum(column < len(row) and _is_filled(row[column]) for column in header.columns)
    return 2 * filled > len(header.columns)


def _is_filled(cell: Any) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _counts(cells: Sequence[Any]) -> bool:
    if len(cells) < 2:
        return False
    numbers = [word_of(cell).rstrip(".") for cell in cells]
    return numbers == [str(number) for number in range(1, len(cells) + 1)]
