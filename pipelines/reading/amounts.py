"""Amounts of money in cells, as numbers to compare and as words to show; a cell that is no amount is None, not zero."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

_WRITTEN = re.compile(r"^(?:Rp\.?\s*)?(-?\d{1,3}(?:\.\d{3})+|-?\d+)(?:,(\d+))?(?:\s*,-+)?$", re.IGNORECASE)


def parse_amount(cell: Any) -> Decimal | None:
    """A number of the workbook, or text such as "Rp. 1.234.567,50"."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float, Decimal)):
        return Decimal(str(cell))  # by its decimal digits: sums of cents must come out even
    match = _WRITTEN.match(str(cell).strip())
    if match is None:
        return None
    return Decimal(f"{match.group(1).replace('.', '')}.{match.group(2) or '0'}")


def spell_amount(value: Decimal) -> str:
    """1234567.5 as "1.234.567,50"; whole amounts without cents."""
    places = 0 if value == value.to_integral_value() else 2
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def spell_times(value: Decimal) -> str:
    """How many times too large, to two significant digits: "570 kali", "3,4 kali"."""
    short = Decimal(f"{value:.2g}")
    return f"{spell_amount(short) if short >= 10 else str(short.normalize()).replace('.', ',')} kali"
