"""Writes a cell of a sheet as staged text; a cell the workbook itself typed keeps a mark of what it is.

The mark is followed by n for a number, d for a date, t for a time, p for a percentage, e for an error, f for a formula
never calculated, or by the kind of a DoubtfulCell. Judges nothing: an error stays an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pipelines.reading.grids import NATIVE, TOO_LONG, DoubtfulCell, FaultyCell, PercentCell, ShownCell

EXACT_DIGITS = 15  # of a double, whatever they are
EXACT_WHOLE = 2**53  # a double holds every whole number up to here


def column_texts(rows: Sequence[Sequence[Any]], column: int) -> list[str | None]:
    """The cells of one column, empty where a row is shorter."""
    return [cell_text(row[column]) if column < len(row) else None for row in rows]


def cell_text(cell: Any) -> str | None:
    """The staged text; None when the cell is empty or holds blanks only."""
    if type(cell) is str:
        return cell if cell and not cell.isspace() else None
    if type(cell) is float or type(cell) is int:
        told = plain_number(cell)
        if len(told) > EXACT_DIGITS and type(cell) is float and _is_cut(cell, told):
            return f"{NATIVE}{TOO_LONG}{Decimal(repr(cell)):f}"
        return f"{NATIVE}n{told}"
    if cell is None:
        return None
    return _rarer(cell)


def plain_number(value: float) -> str:
    """As the spreadsheet shows it: 15 significant digits, never an exponent."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < EXACT_WHOLE):
        return str(int(value))
    shown = format(value, ".15g")
    return format(Decimal(shown), "f") if "e" in shown else shown


def _is_cut(value: float, told: str) -> bool:
    """Whether a large number has more digits than are told of it."""
    return abs(value) >= 10**EXACT_DIGITS and Decimal(repr(value)) != Decimal(told)


def _rarer(cell: Any) -> str | None:
    match cell:
        case bool():
            text = "ya" if cell else "tidak"
        case datetime() | date():
            text = f"{NATIVE}d{cell.isoformat()}"
        case time():
            text = f"{NATIVE}t{cell.isoformat()}"
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            text = f"{NATIVE}t{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
        case Decimal():
            text = f"{NATIVE}n{cell:f}"
        case PercentCell():
            text = f"{NATIVE}p{_hundredfold(cell.value)}"
        case ShownCell():
            text = f"{NATIVE}n{plain_number(cell.value)}"
        case DoubtfulCell():
            text = f"{NATIVE}{cell.kind}{cell.shown}"
        case FaultyCell():
            text = f"{NATIVE}e{cell.text}" if cell.text else f"{NATIVE}f"
        case _:
            return cell_text(str(cell))
    return text


def _hundredfold(value: float) -> str:
    written = format(Decimal(plain_number(value)) * 100, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
