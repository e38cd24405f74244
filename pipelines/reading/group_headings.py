"""Finds the names of groups that stand alone above their rows: "A. Dinas Kesehatan", "WILAYAH UTARA".

A name that nothing sets apart from those of the other rows stays a row of data, to be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.reading.cell_text import cell_text
from pipelines.reading.group_signs import INDENTED, LETTER_ALONE, LETTERED, MOST_ALONE, signs_of
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.row_kinds import STARTS_LIKE_TOTAL

NAMED = ("text", "code")
WEAK = frozenset({"kapital"})
NUMBER = re.compile(r"\x02n\d+|\s*\d{1,5}[.)]?\s*")
Row = Sequence[Any]


def group_headings(rows: Sequence[Row], header: HeaderMatch, contract: Contract) -> list[int]:
    """Their positions. Each has rows with further cells somewhere below it, or a letter that no row has."""
    keys = {field.from_ for field in naming_fields(contract) if not field.fill_down}
    names = {column: said for column, said in zip(header.columns, header.headers, strict=True) if said in keys}
    every = list(names_alone(rows))
    alone = {position: column for position, column in every if column in names} if len(every) <= MOST_ALONE else {}
    found: list[int] = []
    for column in sorted(set(alone.values())):
        members = _members(rows, header, column)
        if not members:
            continue
        told = [signs_of(rows[position][column]) for position in members]
        own = {*re.findall("[a-z]+", names[column].lower())}
        taken = own.union(*told)
        # Capitals, or a sign that only the members have, tell a group where the table begins with one.
        begins = min(position for position, place in alone.items() if place == column) < members[0]
        weak = frozenset() if begins else WEAK
        common = told[0].intersection(*told) if begins and len(told) > 1 else frozenset()
        is_numbered = _is_numbered([rows[position] for position in members], column)
        found += [
            position
            for position, place in alone.items()
            if place == column
            and (position < members[-1] or _is_lettered(rows, position, column, members))
            and not re.match(STARTS_LIKE_TOTAL, _words(rows[position][column]))
            and (
                is_numbered
                or _has_letter(rows[position], column)
                or _is_apart(rows[position][column], taken | weak, common)
            )
        ]
    return sorted(found)


def _is_lettered(rows: Sequence[Row], position: int, column: int, members: Sequence[int]) -> bool:
    """Whether a letter numbers it, and none numbers a row of data: so it is told where nothing follows too."""

    def has_letter(place: int) -> bool:
        return _has_letter(rows[place], column) or LETTERED in signs_of(rows[place][column])

    return has_letter(position) and not any(map(has_letter, members))


def _is_apart(name: str, taken: Set[str], common: Set[str]) -> bool:
    """Whether a name has a sign that no other has, or lacks one that all others have."""
    return bool(signs_of(name) - taken - {INDENTED} or common - signs_of(name))


def naming_fields(contract: Contract) -> list[FieldRule]:
    """Those that say what a row is about."""
    return [one for one in contract.fields if one.type in NAMED and (one.required or one.name in contract.grain)]


def names_alone(rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    """Position and column of words that are all a row holds, a letter that numbers them left aside."""
    for position, row in enumerate(rows):
        if len(row) - row.count("") - row.count(None) > 2:
            continue
        filled = [column for column, cell in enumerate(row) if cell_text(cell) is not None]
        if len(filled) == 2 and _has_letter(row, filled[1]):
            filled = filled[1:]
        if len(filled) == 1 and type(row[filled[0]]) is str and re.search("[A-Za-z]{2}", row[filled[0]]):
            yield position, filled[0]


def _members(rows: Sequence[Row], header: HeaderMatch, column: int) -> list[int]:
    """Positions of the rows with a word there and something else that the contract reads."""
    others = [*(place for place in header.columns if place != column), *(place for place, _month in header.spread)]
    return [
        position
        for position, row in enumerate(rows)
        if column < len(row)
        and type(row[column]) is str
        and row[column] != ""
        and any(place < len(row) and row[place] not in ("", None) for place in others)
        and not re.match(STARTS_LIKE_TOTAL, _words(row[column]))
    ]


def _is_numbered(members: Sequence[Row], column: int) -> bool:
    """Whether a column before it numbers all of them."""
    return len(members) > 1 and any(
        all(NUMBER.fullmatch(cell_text(row[place]) or "") for row in members) for place in range(column)
    )


def _has_letter(row: Row, column: int) -> bool:
    return any(type(cell) is str and LETTER_ALONE.fullmatch(cell.strip()) for cell in row[:column] if cell != "")


def _words(cell: str) -> str:
    return re.sub("[^0-9a-z%]+", " ", cell.lower()).strip()
