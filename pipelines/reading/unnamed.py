"""Tells of columns that hold values but have no header; reads none of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.reading.cell_names import column_letters
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.heading_words import Range, word_of
from pipelines.reading.reshaping import Note

LOOKED_AT = 200  # rows below the header


def unnamed_notes(rows: Sequence[Sequence[Any]], header: HeaderMatch, merged: Sequence[Range] = ()) -> list[Note]:
    """`rows`: the sheet from its first row. A column that only counts the rows is nothing to tell."""
    lines = range(header.top_row_no - 1, header.row_no)
    named = {column for line in lines for column, cell in enumerate(rows[line]) if word_of(cell)}
    named |= {
        column for box in merged if box[0] <= lines[-1] and box[2] >= lines[0] for column in range(box[1], box[3] + 1)
    }
    below = [row for row in rows[header.row_no : header.row_no + LOOKED_AT] if any(map(_is_filled, row))]
    found = []
    for column in range(header.width):  # what stands beyond, in a text, has shifted
        cells = [row[column] for row in below if column < len(row) and _is_filled(row[column])]
        if column not in named and len(cells) > 1 and 2 * len(cells) >= len(below) and not _counts(cells):
            said = f"Kolom {column_letters(column)} berisi nilai tanpa judul dan tidak dimuat. Beri judul, atau hapus."
            found.append(Note("kolom", said))
    return found


def _is_filled(cell: Any) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _counts(cells: Sequence[Any]) -> bool:
    numbers = [word_of(cell).rstrip(".") for cell in cells]
    return numbers == [str(number) for number in range(1, len(cells) + 1)]
