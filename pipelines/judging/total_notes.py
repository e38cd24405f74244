"""How a total that its rows do not add up to is told."""

from __future__ import annotations

from decimal import Decimal

from pipelines.contracts.contract import FieldRule
from pipelines.judging.staging import Staged
from pipelines.reading.cell_names import column_letters
from pipelines.reading.layout import MOVED
from pipelines.reading.reshaping import Note


def total_note(
    item: Staged, field: FieldRule, row_no: int, amounts: tuple[Decimal, Decimal], place: str | None = None
) -> Note:
    """`amounts`: as written, and as it should be; `place`: the cell of a crosstab."""
    written, expected = (_told(amount) for amount in amounts)
    return Note(
        "jumlah",
        f'Baris jumlah {row_no} menyebut {written} di kolom "{field.from_}", jumlah barisnya {expected}.',
        cell_of(item, field, row_no) if place in (None, MOVED) else place,
    )


def cell_of(item: Staged, field: FieldRule, row_no: int) -> str:
    header = item.delivery.header
    column = dict(zip(header.headers, header.columns, strict=True)).get(field.from_)
    if item.delivery.has_letters and column is not None and row_no not in item.delivery.reordered:
        return f"{column_letters(column)}{row_no}"
    return f"baris {row_no}, kolom {field.from_}"


def _told(amount: Decimal) -> str:
    """As Indonesians write it: 1.234,5."""
    plain = f"{amount.normalize():,f}" if amount else "0"
    return plain.translate(str.maketrans(",.", ".,"))
