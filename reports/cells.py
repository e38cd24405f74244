"""Cells of a table as readers see them; exact values stay exact in downloads, and a missing one is never zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_date, format_money, format_number, format_percent, no_data_text
from reports.clock_words import instant_words
from reports.content import Cell, Column, Quantity, Table

RUPIAH = "Rp"
RIGHT_KINDS = ("number", "percent", "money")
SECONDS = 2  # `decimals` of a column of instants that are told to the second


@dataclass(frozen=True)
class Manner:
    """How a region writes numbers and times."""

    locale: str
    zone_label: str


def cell_words(cell: Cell, column: Column, manner: Manner) -> str:
    """`1.234,5`, `61,2 %`, `Rp 1,2 M`, `21 November 2026`, `ya`; text as it is."""
    match cell:
        case str():
            words = cell
        case None:
            words = no_data_text()
        case bool():
            words = _("ya") if cell else _("tidak")
        case datetime():
            words = _instant_words(cell, column, manner)
        case date():
            words = format_date(cell, manner.locale)
        case Quantity():
            words = quantity_words(cell, manner.locale)
        case _:
            words = number_words(cell, column, manner.locale)
    return words


def _instant_words(instant: datetime, column: Column, manner: Manner) -> str:
    """To the minute, or to the second where the column asks for it."""
    words = instant_words(instant, manner.zone_label, manner.locale)
    return words.replace(f"{instant:%H.%M} ", f"{instant:%H.%M.%S} ") if column.decimals == SECONDS else words


def quantity_words(quantity: Quantity, locale: str) -> str:
    """`12,7 menit`, `Rp 1.000.000`."""
    if quantity.value is None:
        return no_data_text()
    if quantity.unit == RUPIAH:
        return f"{RUPIAH} {format_number(quantity.value, quantity.decimals, locale)}"
    return " ".join(part for part in (format_number(quantity.value, quantity.decimals, locale), quantity.unit) if part)


def number_words(number: Decimal | int, column: Column, locale: str) -> str:
    """A number by the kind of its column; money is abbreviated, a column of exact rupiah is a `number` in Rp."""
    if column.kind == "money":
        return format_money(number, locale)
    if column.kind == "percent":
        return format_percent(number, column.decimals, locale)
    return format_number(number, column.decimals, locale)


def header_words(column: Column) -> str:
    """The title with the unit of bare numbers: `Timbulan, ton`."""
    return f"{column.title}, {column.unit}" if column.unit and column.kind == "number" else column.title


def is_right(column: Column) -> bool:
    """Numbers stand at the right."""
    return column.kind in RIGHT_KINDS


def row_words(row: tuple[Cell, ...], table: Table, manner: Manner) -> list[str]:
    return [cell_words(cell, column, manner) for cell, column in zip(row, table.columns, strict=True)]


def total_words(table: Table, manner: Manner) -> list[str]:
    """The total row; what has no total stays empty, because a ratio is not summed."""
    if table.total is None:
        return []
    pairs = zip(table.total, table.columns, strict=True)
    return ["" if cell is None else cell_words(cell, column, manner) for cell, column in pairs]
