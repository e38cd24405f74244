"""Finds a column that nobody reads and that says some rows are counted in another unit; such a delivery is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.reading.cell_names import cell_name
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.heading_words import normalise
from pipelines.reading.reshaping import Doubt
from pipelines.reading.stated_scale import other_unit

OF_UNITS = frozenset({"satuan", "sat", "unit", "satuanukuran", "uom"})
Row = Sequence[Any]


def unit_column_of(lines: Sequence[Row], header: HeaderMatch) -> int | None:
    """`lines`: from the first of the sheet. Its column, if there is one."""
    said = lines[header.top_row_no - 1 : header.row_no]
    columns = (column for line in said for column, cell in enumerate(line) if normalise(cell) in OF_UNITS)
    return next((column for column in columns if column not in header.columns), None)


def unit_doubt(rows: Iterable[tuple[int, Row]], column: int, contract: Contract) -> Doubt | None:
    """`rows`: those below the header, with their numbers."""
    found = [
        (row_no, unit)
        for row_no, row in rows
        if column < len(row) and isinstance(row[column], str) and (unit := other_unit(row[column], contract))
    ]
    if not found:
        return None
    row_no, unit = found[0]
    more = f", dan {len(found) - 1} baris lain begitu juga" if len(found) > 1 else ""
    said = (
        f"Kolom satuan menyebut {unit} di baris {row_no}{more}, padahal kontraknya memakai satuan lain. Tulis semua "
        "angka dalam satuan yang disepakati."
    )
    return Doubt("kop", said, cell_name(row_no - 1, column))
