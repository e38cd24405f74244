"""The words that stand over each column of a table, on one to three lines, and how closely they spell a header.

Knows no table: which line is the header, and which column a contract means, is decided by its callers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from pipelines.reading.cell_text import plain_number
from pipelines.reading.grids import ShownCell
from pipelines.reading.months import month_name

Range = tuple[int, int, int, int]  # top, left, bottom, right, from 0, the last two included
# A unit in brackets does not change what a column means; one that multiplies (ribu, juta) does, and so does a
# percent sign over what is not declared as a percentage.
UNIT_WORDS = """
ton kg kilogram gram gr g kuintal kwintal km km2 m m2 m3 cm mm ha hektar hektare are jiwa orang org kk unit buah bh ekor
batang pohon lembar dokumen paket kegiatan kali hari jam menit detik rp rupiah idr liter ltr l c mgl ugm3 gm3 ugnm3 kwh
mw kw ku ons ml cc tonhari tontahun kgha tonha kwha jiwakm2 titik lokasi desa kelurahan kecamatan rumah
"""
UNITS = frozenset(UNIT_WORDS.split())
PERCENT = ("%", "persen")  # a unit of what is counted in it alone
SCALES = ("ribu", "ribuan", "juta", "jutaan", "miliar", "miliaran", "milyar", "dalam", "000")
MARK = re.compile(r"(?<=[A-Za-z)])\s*\d{1,2}\)\s*$")  # of a footnote: "Pasien 1)"
HINT = re.compile(r"\([^\d()]+\)")
BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
SCALE_SIGN = re.compile("x?1?(000)+")  # (000), (x 1.000): it multiplies
FORMULA = re.compile(r"\d{1,2}|[\d\s]*=?[\d\s+*/x:-]+|[A-Z](\s*[-+*/x:=]\s*[A-Z])+", re.ASCII)


@dataclass(frozen=True)
class Heading:
    """Over one column (from 0): its words from the upper line to the lower, as written."""

    column: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @cached_property
    def spellings(self) -> tuple[frozenset[str], frozenset[str]]:
        """Accepted in full, and by its lower words alone."""
        tails = {" ".join(self.words[start:]) for start in range(1, len(self.words))}
        if len(self.words) > 2:
            tails.add(f"{self.words[0]} {self.words[-1]}")
        return frozenset({normalise(self.text)}), frozenset(normalise(tail) for tail in tails)

    @cached_property
    def unitless(self) -> tuple[tuple[str, str | None], ...]:
        """The same without a unit in brackets, and that unit; in full first."""
        tails = [" ".join(self.words[start:]) for start in range(len(self.words))]
        return tuple(split_unit(tail) for tail in tails)


@lru_cache(maxsize=65536)
def normalise(cell: Any) -> str:
    """Spelling without case, blanks and punctuation; the percent sign stays, it changes the meaning."""
    return re.sub(r"[^0-9a-z%]", "", str(cell).lower())


def split_unit(text: str) -> tuple[str, str | None]:
    """The normalised words without a unit or formula in brackets, and the unit."""
    unit: str | None = None
    kept = MARK.sub("", text) if text.count(")") > text.count("(") else text
    for found in BRACKET.finditer(text):
        inside = normalise(found[1].replace("\u00b3", "3").replace("\u00b2", "2").replace("\u00b5", "u"))
        if inside in UNITS:
            unit = inside
        elif inside in PERCENT:
            unit = "%"
        elif SCALE_SIGN.fullmatch(inside) or not FORMULA.fullmatch(found[1].strip()):
            continue
        kept = kept.replace(found[0], " ")
    words = normalise(kept)
    if unit is None and len(words) > 1 and (words[0] == "%" or words[-1] == "%"):
        return words.strip("%"), "%"
    return words, unit


def unit_line(row: Sequence[Any]) -> dict[int, str]:
    """The units that a line below a header gives its columns, in brackets; empty when it says anything else.

    Other hints may stand among them, in brackets as well: (dd/mm/yyyy).
    """
    words = {column: word for column, cell in enumerate(row) if (word := word_of(cell))}
    if not all(isinstance(row[column], str) for column in words):
        return {}
    found = {column: bracketed for column, word in words.items() if _is_unit(bracketed := f"({word.strip('()[] ')})")}
    return found if all(column in found or HINT.fullmatch(word) for column, word in words.items()) else {}


def _is_unit(bracketed: str) -> bool:
    scale = [word for word in re.findall("[a-z0-9]+", bracketed.lower()) if word not in SCALES]
    return split_unit(bracketed)[1] is not None or normalise("".join(scale)) in {*UNITS, "", "%"}


def word_of(cell: Any) -> str:
    """A header cell as text in one line; what is no text and no number says nothing."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, (int, float)):
        return plain_number(cell)
    if isinstance(cell, ShownCell):
        return cell.shown
    return f"{month_name(cell.month)} {cell.year}" if isinstance(cell, date) else ""


def read_headings(
    rows: Sequence[Sequence[Any]], last: int, depth: int, merged: Sequence[Range] = ()
) -> tuple[Heading, ...]:
    """The headings whose lowest line is `last`; a word over a group of columns is read over each of them.

    A merged cell without a line below it is the heading of its first column alone.
    """
    top = last - depth + 1
    origins = {
        (row, column): None if box[2] >= last and column > box[1] else (box[0], box[1])
        for box in merged
        if box[2] >= top and box[0] <= last
        for row in range(max(box[0], top), min(box[2], last) + 1)
        for column in range(box[1], box[3] + 1)
    }
    words: list[list[str]] = [[] for _ in range(max(len(rows[line]) for line in range(top, last + 1)))]
    for line in range(top, last + 1):
        _add_line(words, rows, line, last, origins)
    return tuple(Heading(column, tuple(found)) for column, found in enumerate(words) if found)


def _add_line(
    words: list[list[str]],
    rows: Sequence[Sequence[Any]],
    line: int,
    last: int,
    origins: dict[tuple[int, int], tuple[int, int] | None],
) -> None:
    group = ""
    for column, found in enumerate(words):
        is_merged = (line, column) in origins
        origin = origins.get((line, column)) if is_merged else (line, column)
        word = _word_at(rows, origin)
        if word:
            group = "" if is_merged else word  # a merged cell says itself how far it reaches
        elif not is_merged and line < last and _has_word_below(rows, line, last, column):
            word = group
        if word and (not found or found[-1] != word):
            found.append(word)


def _word_at(rows: Sequence[Sequence[Any]], place: tuple[int, int] | None) -> str:
    if place is None or place[0] >= len(rows) or place[1] >= len(rows[place[0]]):
        return ""
    return word_of(rows[place[0]][place[1]])


def _has_word_below(rows: Sequence[Sequence[Any]], line: int, last: int, column: int) -> bool:
    return any(column < len(rows[below]) and word_of(rows[below][column]) for below in range(line + 1, last + 1))
