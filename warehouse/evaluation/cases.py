"""What the schemes share: which day judges a row, what tells it apart, and a case that cannot be judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from warehouse.evaluation.model import Case, Column, Request, Row, Step, Value
from warehouse.figures import ValueStatus
from warehouse.indicators.model import write_number
from warehouse.rules import Pack, round_half_up


def day_of(request: Request, row: Row, day_column: str = "tanggal", year_column: str = "tahun") -> date | None:
    """The year of the request, else the day or year of the row, else none: the newest rules."""
    if request.year is not None:
        return date(request.year, 12, 31)
    day, year = row.cells.get(day_column), row.number(year_column)
    if isinstance(day, date):
        return date(day.year, day.month, day.day)
    return None if year is None else date(int(year), 12, 31)


def key_of(row: Row, *names: str) -> dict[str, Value]:
    """The cells that tell a row apart, or its line where they are empty."""
    given = {name: row.cells.get(name) for name in names}
    known = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items() if value}
    return known or {"baris": row.line}


def refused(
    key: dict[str, Value], pack: Pack | None, status: ValueStatus, reason: str, steps: Sequence[Step] = ()
) -> Case:
    """A case without a result; never a zero."""
    return Case(key=key, pack=pack, results={}, steps=tuple(steps), status=status, reason=reason)


def told(value: Decimal, places: int = 4) -> str:
    """A number in an Indonesian sentence."""
    return write_number(round_half_up(value, places))


def amount(name: str, meaning: str, unit: str, example: str, *, required: bool = False) -> Column:
    """A column of numbers that cannot be negative."""
    return Column(name, meaning, unit, required=required, example=example, lowest=Decimal(0))


REGION = Column("daerah", "nama atau kode daerah", kind="text", required=False, example="Kab. Mojokerto")
YEAR = Column(
    "tahun", "tahun nilai", kind="integer", required=False, example="2025", lowest=Decimal(1990), highest=Decimal(2100)
)
