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
LEAST_TEXT = 14.0  # width at which a text column still reads well, of its text size
WIDEST_SHARE = 32.0  # no text column asks for more, of its text size
MEASURED = 8  # of the cells with most signs; digits are nearly as wide as each other
BOLD: Weight = 600


@dataclass(frozen=True)
class TableLayout:
    """`widths` in points; a share of what is left where `is_share` says so."""

    size: float
    widths: tuple[float, ...]
    is_share: tuple[bool, ...]


@dataclass(frozen=True)
class _Measured:
    """One column at text of one point: its widest cell, the widest word of its header, its whole header."""

    is_text: bool
    cell: float
    word: float
    title: float

    def wanted(self, size: float) -> float:
        """No cell breaks; the header may, between its words."""
        return max(self.cell, self.word) * size + CELL_ROOM

    def least(self, size: float) -> float:
        return min(self.wanted(size), LEAST_TEXT * size) if self.is_text else self.wanted(size)

    def share(self, size: float) -> float:
        return min(self.wanted(size), WIDEST_SHARE * size) if self.is_text else self.wanted(size)


def lay_out(
    columns: Sequence[Column], header: Sequence[str], rows: Sequence[Sequence[str]], room: float
) -> TableLayout:
    """The largest text at which every number keeps its line and every text column can be read."""
    measured = [_measure(column, header[place], {row[place] for row in rows}) for place, column in enumerate(columns)]
    roomy = [max(one.wanted(SIZES[0]), one.title * SIZES[0] + CELL_ROOM) for one in measured]
    if sum(roomy) <= room:
        return _whole(SIZES[0], roomy)
    for size in SIZES:
        wanted = [one.wanted(size) for one in measured]
        if sum(wanted) <= room:
            return _whole(size, wanted)
        if any(one.is_text for one in measured) and sum(one.least(size) for one in measured) <= room:
            shares = tuple(one.share(size) for one in measured)
            return TableLayout(size, shares, tuple(one.is_text for one in measured))
    return TableLayout(SIZES[-1], tuple(one.wanted(SIZES[-1]) for one in measured), (True,) * len(measured))


def _whole(size: float, widths: Sequence[float]) -> TableLayout:
    return TableLayout(size, tuple(widths), (False,) * len(widths))


def _measure(column: Column, title: str, cells: set[str]) -> _Measured:
    longest = sorted(cells, key=lambda cell: (-len(cell), cell))[:MEASURED]
    return _Measured(
        column.kind == "text",
        max((text_width(cell, 1, BOLD) for cell in longest), default=0.0),
        max((text_width(word, 1, BOLD) for word in title.split()), default=0.0),
        text_width(title, 1, BOLD),
    )
