"""One row of indicator levels, aspect or domain values read against an index pack: columns, year, pack, what is given.

Refuses a level the scale does not have and an indicator the regulation of that year does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from warehouse.evaluation.model import Column, InputProblem, Option, Request, Row
from warehouse.indicators.spbe.weighted_index import Given
from warehouse.rules import IndexPack, RuleBook, Weighted

PREDIKAT_ON = Option(
    "predikat_on",
    ("unrounded", "rounded"),
    "unrounded: predikat dari indeks yang belum dibulatkan (praktik 2024); rounded: dari indeks dua desimal (2023).",
)
YEARS = (Decimal(1945), Decimal(2100))
YEAR = Column(
    "tahun",
    "tahun penilaian, menentukan aturannya kecuali ada --year; tanpa keduanya aturan terbaru skema ini",
    kind="integer",
    required=False,
    example="2024",
    lowest=YEARS[0],
    highest=YEARS[1],
)
WHO = (
    YEAR,
    Column("instansi", "nama instansi", kind="text", required=False),
    Column(
        "penilai",
        "siapa yang menilai; keduanya tidak dicampur",
        kind="text",
        required=False,
        choices=("mandiri", "asesor"),
    ),
)
PUBLISHED = (
    Column("indeks_terbit", "indeks terbitan, untuk diperiksa", required=False, example="3.52", lowest=Decimal(0)),
    Column("predikat_terbit", "predikat terbitan, untuk diperiksa", kind="text", required=False),
)


def indicator_columns(codes: Sequence[str], kind: Any, lowest: int) -> tuple[Column, ...]:
    return tuple(
        Column(f"i{code}", f"tingkat indikator {code}", "", kind, False, "3", (), Decimal(lowest), Decimal(5))
        for code in codes
    )


def part_columns(letter: str, what: str, count: int) -> tuple[Column, ...]:
    return tuple(
        Column(f"{letter}{no}", f"nilai {what} {no}", "", "number", False, "3.40", (), Decimal(0), Decimal(5))
        for no in range(1, count + 1)
    )


def year_of(row: Row, request: Request, column: str = "tahun") -> int | None:
    """The year that judges a row: that of the request, else its own."""
    year = row.number(column) if request.year is None else request.year
    return None if year is None else int(year)


def pack_for(scheme: str, year: int | None, rules: RuleBook, request: Request) -> IndexPack | None:
    """The pack of a year, the newest without one; judged on what the option says."""
    pack = rules.find(IndexPack, scheme, None if year is None else date(year, 12, 31))
    return None if pack is None else replace(pack, predikat_on=cast(Any, request.options["predikat_on"]))


def predikat_of(row: Row, column: str, pack: IndexPack) -> str:
    """As the pack writes it; raises InputProblem for a word that is no predikat."""
    given = row.text(column)
    names = [band.name for band in pack.bands]
    found = next((name for name in names if name.casefold() == given.casefold()), "")
    if given and not found:
        raise row.problem(column, f"{given!r} harus salah satu dari {', '.join(names)}")
    return found


def read_given(row: Row, pack: IndexPack) -> Given:
    """Raises InputProblem, every fault of the row at once."""
    problems: list[str] = []
    columns = {f"i{item.label}": item for item in pack.indicators}
    for name in row.cells:
        if name[0] == "i" and name[1:2].isdigit() and name not in columns and row.number(name) is not None:
            problems.append(f"baris {row.line}, kolom {name}: {pack.regulation} tidak punya indikator {name[1:]}")
    levels = {item.no: value for name, item in columns.items() if (value := row.number(name)) is not None}
    given = Given(levels, _parts(row, "a", pack.aspects), _parts(row, "d", pack.domains))
    by_letter = (("i", given.levels), ("a", given.aspects), ("d", given.domains))
    labels = {item.no: item.label for item in pack.indicators}
    for letter, values in by_letter:
        problems += [
            f"baris {row.line}, kolom {letter}{labels.get(no, no) if letter == 'i' else no}: {value} di luar "
            f"{pack.lowest_level} sampai {pack.highest_level} ({pack.regulation}), contoh yang benar 3"
            for no, value in values.items()
            if not pack.lowest_level <= value <= pack.highest_level
        ]
    for letter, items in (("a", pack.aspects), ("d", pack.domains)):
        problems += [
            f"baris {row.line}, kolom {name}: {pack.regulation} tidak punya bagian itu"
            for name in row.cells
            if name[0] == letter and name[1:].isdigit() and int(name[1:]) > len(items) and row.number(name) is not None
        ]
    if problems:
        raise InputProblem(problems)
    return given


def _parts(row: Row, letter: str, items: Sequence[Weighted]) -> dict[int, Decimal]:
    return {item.no: value for item in items if (value := row.number(f"{letter}{item.no}")) is not None}
