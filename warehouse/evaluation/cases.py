"""What the schemes share: which day judges a row, what tells it apart, and a case that cannot be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from warehouse.evaluation.model import Case, Column, Request, Row, Step, Value
from warehouse.evaluation.words import number
from warehouse.figures import ValueStatus
from warehouse.rules import round_half_up
from warehouse.rules.packs import Pack


def day_of(request: Request, row: Row, day_column: str = "tanggal", year_column: str = "tahun") -> date | None:
    """The year of the request, else the day or year of the row, else none: the newest rules."""
    if request.year is not None:
        return date(request.year, 12, 31)
    day, year = row.cells.get(day_column), row.number(year_column)
    if isinstance(day, date):
        return date(day.year, day.month, day.day)
    return None if year is None else date(int(year), 12, 31)


def beside_validity(case: Case, request: Request) -> Case:
    """A case of rules that do not hold in the year asked for, where the scheme has no others for it: it says so."""
    pack = case.pack
    if request.year is None or pack is None or pack.covers(date(request.year, 12, 31)):
        return case
    until = "" if pack.valid_until is None else f" sampai {pack.valid_until.year}"
    said = (
        f"{pack.regulation} berlaku mulai {pack.valid_from.year}{until}; skema ini tidak punya aturan lain untuk "
        f"{request.year}, jadi dipakai juga."
    )
    return case if said in case.explanation else replace(case, explanation=(*case.explanation, said))


def key_of(row: Row, *names: str) -> dict[str, Value]:
    """The cells that tell a row apart, or its line where they are empty."""
    known: dict[str, Value] = {}
    for name in names:
        value = row.cells.get(name)
        if value is not None:
            known[name] = value.isoformat() if isinstance(value, date) else value
    return known or {"baris": row.line}


def refused(
    key: dict[str, Value], pack: Pack | None, status: ValueStatus, reason: str, steps: Sequence[Step] = ()
) -> Case:
    """A case without a result; never a zero."""
    return Case(key=key, pack=pack, results={}, steps=tuple(steps), status=status, reason=reason)


def told(value: Decimal, places: int = 4) -> str:
    """A number in an Indonesian sentence."""
    return number(value, places)


def told_enough(value: Decimal, places: int = 4) -> str:
    """A needed amount in a sentence, rounded up: what is said must suffice."""
    return number(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_CEILING), places)


def told_at_most(value: Decimal, places: int = 4) -> str:
    """A bound in a sentence, rounded down: what is said must suffice."""
    return number(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_FLOOR), places)


def two_ways(used: str, given: Decimal, other: str, computed: Decimal) -> list[str]:
    """Where a row gives a value and what it could be computed from, and they differ as they are written."""
    if told(given, 2) == told(computed, 2):
        return []
    return [f"Dipakai {used}, {told(given)}; {other} memberi {told(computed)}."]


def amount(name: str, meaning: str, unit: str, example: str, *, required: bool = False) -> Column:
    """A column of numbers that cannot be negative."""
    return Column(name, meaning, unit, required=required, example=example, lowest=Decimal(0))


REGION = Column("daerah", "nama atau kode daerah", kind="text", required=False, example="Kab. Mojokerto")
YEAR = Column(
    "tahun", "tahun nilai", kind="integer", required=False, example="2025", lowest=Decimal(1990), highest=Decimal(2100)
)

FULL = Decimal(100)
LIMITED = "Dua angka desimal, setengah ke atas; dibatasi 0 sampai 100"


def limited(index: Decimal) -> Decimal:
    """An index of 0 to 100, at two decimals."""
    return round_half_up(min(max(index, Decimal(0)), FULL), 2)


def limited_note(index: Decimal) -> str:
    return "" if 0 <= index <= FULL else "di luar 0 sampai 100; hasil dibatasi"
