"""Finds the header of a table among its letterhead, on one to three lines; never guesses what a column means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.column_matching import Columns, Wanted, match_headings, month_of, wanted_headers
from pipelines.reading.heading_words import Heading, Range, normalise, read_headings, split_unit, unit_line, word_of

__all__ = ["HeaderMatch", "find_header", "normalise"]
HEADER_ROWS = 40
LONG_LETTERHEAD = 200
DEPTHS = (1, 2, 3)
NEAR = 0.75  # likeness of a header with a slip, or another unit
MOST_TOLD = 5  # headers of a file that is refused
NUMBERED = re.compile(r"[(\[]?\s*(\d{1,2})\s*[)\]]?(\s*[=(].*)?")


@dataclass(frozen=True)
class HeaderMatch:
    """Where each contract field stands: `columns[i]` (from 0) holds the field(s) reading `headers[i]`."""

    row_no: int  # of its last line, column numbers included; from 1, as a spreadsheet shows it
    columns: tuple[int, ...]
    headers: tuple[str, ...]  # as the contract writes them
    unknown: tuple[str, ...]  # headers nobody declared: listed, never loaded
    absent: tuple[str, ...]  # optional headers that are missing
    width: int
    top_row_no: int = 0  # of its first line
    written: tuple[str, ...] = ()  # `headers` as delivered
    ignored: tuple[str, ...] = ()  # all headers that are not loaded, declared so or unknown, as delivered
    spread: tuple[tuple[int, str], ...] = ()  # of a crosstab: column and heading
    nearest: Mapping[str, str] = field(default_factory=dict)  # by absent header, an unknown one spelled nearly so


def find_header(rows: Sequence[Sequence[Any]], contract: Contract, merged: Sequence[Range] = ()) -> HeaderMatch | None:
    """The lines that hold most of the contract's headers; None when none holds half of the required ones.

    Raises ContractProblem when they lack a required header or repeat one.
    """
    if contract.file.header_row is not None:
        return _at_declared_row(rows, contract, merged)
    for reach in (HEADER_ROWS, LONG_LETTERHEAD):
        best = _search(rows, range(min(reach, len(rows))), contract, merged)
        if best is not None:
            return _described(rows, best, contract, merged)
    return None


def _at_declared_row(rows: Sequence[Sequence[Any]], contract: Contract, merged: Sequence[Range]) -> HeaderMatch | None:
    last = (contract.file.header_row or 1) - 1
    best = _search(rows, range(last, last + 1), contract, merged) if last < len(rows) else None
    return _described(rows, best, contract, merged) if best else None


@dataclass(frozen=True)
class _Candidate:
    last: int
    depth: int


def _search(
    rows: Sequence[Sequence[Any]], places: range, contract: Contract, merged: Sequence[Range]
) -> _Candidate | None:
    wanted = wanted_headers(contract)
    accepted = [(one.is_required, _keys_of(one)) for one in wanted]
    needed = sum(is_required for is_required, _keys in accepted) or len(accepted)
    asks_months = contract.crosstab is not None and contract.crosstab.columns == "months"
    most = (sum(is_required for is_required, _keys in accepted) + asks_months, len(accepted), asks_months)
    best, best_hits = None, (0, 0, False)
    for last in places:
        if best_hits == most:
            break
        if not any(isinstance(cell, str) and cell.strip() for cell in rows[last]):
            continue
        for depth in (depth for depth in DEPTHS if depth <= last + 1):
            headings = read_headings(rows, last, depth, merged)
            present = {key for heading in headings for key in _keys_in(heading)}
            found = [is_required for is_required, keys in accepted if not present.isdisjoint(keys)]
            months = [month for heading in headings if asks_months and (month := month_of(heading))]
            hits = (sum(found) + bool(months), len(found), any(year for _month, year in months))
            if hits > best_hits:
                best, best_hits = _Candidate(last, depth), hits
    reached = best_hits[0] if any(one.is_required for one in wanted) or asks_months else best_hits[1]
    return best if best is not None and reached * 2 >= needed + asks_months else None


def _keys_of(wanted: Wanted) -> frozenset[str]:
    return frozenset(key for word in wanted.words for key in (normalise(word), split_unit(word)[0]))


def _keys_in(heading: Heading) -> frozenset[str]:
    full, tails = heading.spellings
    return full | tails | {base for base, _unit in heading.unitless}


def _described(
    rows: Sequence[Sequence[Any]], place: _Candidate, contract: Contract, merged: Sequence[Range]
) -> HeaderMatch:
    headings = read_headings(rows, place.last, place.depth, merged)
    units = unit_line(rows[place.last + 1]) if place.last + 1 < len(rows) else {}
    headings = tuple(_with_unit(heading, units) for heading in headings)
    columns = match_headings(place.last + 1, headings, contract)
    unknown = tuple(_told(heading, contract) for heading in columns.unknown)
    _refuse_keys_alone(place.last + 1, columns, unknown, contract)
    used = (*columns.found.values(), *(column for column, _ in columns.spread))
    _refuse_groups(rows, place.last, columns.found | _spread_words(headings, columns), merged)
    last = _lowest_line(rows, place.last + bool(units), used, merged)
    last = _past_column_numbers(rows, last, tuple(columns.found.items()), contract)
    by_column = {heading.column: heading for heading in headings}
    return HeaderMatch(
        last + 1,
        tuple(columns.found.values()),
        tuple(columns.found),
        unknown,
        columns.absent,
        max(len(rows[line]) for line in range(place.last - place.depth + 1, place.last + 1)),
        place.last - place.depth + 2,
        tuple(by_column[column].text for column in columns.found.values()),
        tuple(heading.text for heading in headings if heading.column not in used),
        columns.spread,
        _nearest(columns, unknown),
    )


def _nearest(columns: Columns, told: Sequence[str]) -> dict[str, str]:
    written = {heading.text.lower(): said for heading, said in zip(columns.unknown, told, strict=True)}
    near = {one: get_close_matches(one.lower(), written, n=1, cutoff=NEAR) for one in columns.absent}
    return {one: written[found[0]] for one, found in near.items() if found}


def _spread_words(headings: Sequence[Heading], columns: Columns) -> dict[str, int]:
    places = {column for column, _name in columns.spread}
    return {heading.text: heading.column for heading in headings if heading.column in places}


def _with_unit(heading: Heading, units: Mapping[int, str]) -> Heading:
    """A unit on a line of its own belongs to the lowest word."""
    if heading.column not in units:
        return heading
    return Heading(heading.column, (*heading.words[:-1], f"{heading.words[-1]} {units[heading.column]}"))


def _told(heading: Heading, contract: Contract) -> str:
    """An unknown header; one that may be somebody's name by its place."""
    told = Vocabulary(contract).name_told(heading.text)
    return heading.text if told == heading.text else f"{told}, kolom ke-{heading.column + 1}"


def _lowest_line(rows: Sequence[Sequence[Any]], last: int, used: Sequence[int], merged: Sequence[Range]) -> int:
    """Further header lines below, whose words stand over columns that nobody asked for."""
    while last + 1 < len(rows):
        below = last + 1
        reaches = any(box[0] <= last and box[2] >= below for box in merged)
        filled = [column for column, cell in enumerate(rows[below]) if cell not in ("", None)]
        words = [column for column in filled if isinstance(rows[below][column], str)]
        is_free = not set(filled) & set(used)
        if not is_free or not (reaches or (len(words) > 1 and words == filled)):
            break
        last = below
    return last


def _refuse_groups(rows: Sequence[Sequence[Any]], last: int, found: dict[str, int], merged: Sequence[Range]) -> None:
    """A word over a group of columns names none of them. Raises ContractProblem."""
    below = [word_of(cell) for cell in rows[last + 1]] if last + 1 < len(rows) else []
    for header, column in found.items():
        box = next((box for box in merged if box[0] <= last <= box[2] and box[1] <= column <= box[3]), None)
        if box is not None:
            is_group = box[2] == last and box[3] > box[1]
            parts = below[box[1] : box[3] + 1]
        else:
            beside = word_of(rows[last][column + 1]) if column + 1 < len(rows[last]) else "-"
            others = [place for place in found.values() if place != column]
            is_group = not beside and bool(others) and not any(below[place] for place in others if place < len(below))
            parts = below[column : column + 2]
        if is_group and len(parts) > 1 and all(re.search("[^0-9.,]|^(19|20)[0-9]{2}$", part) for part in parts):
            raise ContractProblem(
                f'Judul "{header}" (baris {last + 1}) berdiri di atas beberapa kolom: {", ".join(parts)}. '
                "Sebut kolom yang dimaksud di kontrak.",
                "judul",
            )


def _past_column_numbers(
    rows: Sequence[Sequence[Any]], last: int, found: Sequence[tuple[str, int]], contract: Contract
) -> int:
    """The line "(1) (2) (3)" right below the header belongs to it."""
    below = next((row for row in range(last + 1, len(rows)) if any(map(word_of, rows[row]))), None)
    if below is None:
        return last
    types = {field.from_: field.type for field in contract.fields}
    in_words = any(types.get(header) in ("text", "date", "datetime", "boolean") for header, _column in found)
    following = rows[below + 1] if below + 1 < len(rows) else ()
    starts_again = next((word for cell in following if (word := word_of(cell))), "") == "1"
    if not is_column_numbers(rows[below], in_words or starts_again):
        return last
    return below if all(column < len(rows[below]) and word_of(rows[below][column]) for _, column in found) else last


def is_column_numbers(row: Sequence[Any], bare_allowed: bool) -> bool:
    """Whether a row only counts its columns; bare "1 2 3" may be data unless the caller knows better.
    So does "a b c"."""
    words = [word for cell in row if (word := word_of(cell))]
    letters = "".join(word.strip("()[]. ").lower() for word in words)
    if len(words) > 2 and len(letters) == len(words) and "abcdefghijklmnopqrstuvwxyz".startswith(letters):
        return True
    matches = [NUMBERED.fullmatch(word) for word in words]
    numbers = [int(found[1]) for found in matches if found]
    if len(numbers) != len(words) or len(words) < 2 or numbers != list(range(numbers[0], numbers[0] + len(words))):
        return False
    bracketed = any(not word.isdigit() for word in words)
    return bracketed or (bare_allowed and len(words) > 2 and numbers[0] == 1)


def _refuse_keys_alone(row_no: int, columns: Columns, unknown: Sequence[str], contract: Contract) -> None:
    """The file of a neighbouring source has the same keys: loaded, its rows would empty every figure."""
    keys = {contract.by_name[column].from_ for column in contract.grain if column in contract.by_name}
    if columns.absent and set(columns.found) <= keys:
        others = f" Yang tertulis: {', '.join(unknown[:MOST_TOLD])}; samakan judul dan satuannya." if unknown else ""
        raise ContractProblem(
            f"Baris judul (baris {row_no}) hanya memuat {', '.join(columns.found)}; tidak satu pun kolom isinya ada "
            f"({', '.join(columns.absent)}).{others} Periksa apakah berkas ini milik sumber lain.",
            "judul",
        )
