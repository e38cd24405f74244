"""How a table stands on paper: size of its text and width of each column, measured before it is set.

Refuses to break a number: only columns of text give way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.lettering import Weight, text_width
from reports.content import Column

SIZES = (8.5, 7.5, 6.5, 5.5)  # points, largest first
CELL_ROOM = 9.5  # points left and right of the text, with a little to spare
GOOD_TEXT = 9.0  # width at which a text column still reads well, of its text size
LONGEST_WORD = 22  # signs; a longer word is broken
MEASURED = 8  # of the cells with most signs; digits are nearly as wide as each other
BOLD: Weight = 600


@dataclass(frozen=True)
class TableLayout:
    """Size of the text and width of each column, both in points."""

    size: float
    widths: tuple[float, ...]


@dataclass(frozen=True)
class _Measured:
    """One column at text of one point: its widest cell, the widest word that must not break, its whole header."""

    is_text: bool
    cell: float
    word: float
    title: float

    def wanted(self, size: float) -> float:
        """No cell breaks; the header may, between its words."""
        return max(self.cell, self.word) * size + CELL_ROOM

    def least(self, size: float) -> float:
        return self.word * size + CELL_ROOM if self.is_text else self.wanted(size)

    def good(self, size: float) -> float:
        return max(self.least(size), min(self.wanted(size), GOOD_TEXT * size))


def lay_out(
    columns: Sequence[Column], header: Sequence[str], rows: Sequence[Sequence[str]], room: float
) -> TableLayout:
    """The largest text at which every number keeps its line and every text column can be read."""
    measured = [_measure(column, header[place], {row[place] for row in rows}) for place, column in enumerate(columns)]
    roomy = [max(one.wanted(SIZES[0]), one.title * SIZES[0] + CELL_ROOM) for one in measured]
    if sum(roomy) <= room:
        return TableLayout(SIZES[0], tuple(roomy))
    for size in SIZES:
        if sum(one.good(size) for one in measured) <= room:
            return TableLayout(size, _share_out(measured, size, room))
    smallest = _share_out(measured, SIZES[-1], room)
    shrink = min(1.0, room / sum(smallest))  # more columns than any paper holds: all give way alike
    return TableLayout(SIZES[-1], tuple(width * shrink for width in smallest))


def _share_out(measured: Sequence[_Measured], size: float, room: float) -> tuple[float, ...]:
    """Each column enough to read well, or else its least; what is left goes to those that want more."""
    good = [one.good(size) for one in measured]
    widths = good if sum(good) <= room else [one.least(size) for one in measured]
    hunger = [one.wanted(size) - width for one, width in zip(measured, widths, strict=True)]
    part = max(0.0, room - sum(widths)) / (sum(hunger) or 1.0)
    return tuple(width + more * part for width, more in zip(widths, hunger, strict=True))


def _measure(column: Column, title: str, cells: set[str]) -> _Measured:
    words = (
        {word for cell in cells for word in cell.split() if len(word) <= LONGEST_WORD} if _is_text(column) else set()
    )
    return _Measured(
        _is_text(column),
        _widest(cells),
        max(_widest(words), _widest(set(title.split()))),
        text_width(title, 1, BOLD),
    )


def _is_text(column: Column) -> bool:
    return column.kind == "text"


def _widest(texts: set[str]) -> float:
    longest = sorted(texts, key=lambda text: (-len(text), text))[:MEASURED]
    return max((text_width(text, 1, BOLD) for text in longest), default=0.0)
