"""How a table stands on paper: size of its text and width of each column, measured before it is set.

Refuses to break a number: only columns of text give way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.lettering import Weight, text_width
from reports.content import Column

SIZES = (8.5, 7.5, 6.5, 5.5)  # points, largest first
CELL_ROOM = 9.5  # left and right of the text, with a little to spare
LEAST_TEXT = 14.0  # width of a text column that still reads well, of its text size
WIDEST_SHARE = 32.0  # no text column asks for more, of its text size
BREAKABLE = ("text",)


@dataclass(frozen=True)
class TableLayout:
    """`widths` in points; a share of what is left where `is_share` says so."""

    size: float
    widths: tuple[float, ...]
    is_share: tuple[bool, ...]


def lay_out(
    columns: Sequence[Column], header: Sequence[str], rows: Sequence[Sequence[str]], room: float
) -> TableLayout:
    """The largest text at which every number keeps its line and every text column can be read."""
    texts = [column.kind in BREAKABLE for column in columns]
    for size in SIZES:
        wanted = [_wanted(place, header, rows, size, texts[place]) for place in range(len(columns))]
        if sum(wanted) <= room:
            return TableLayout(size, tuple(wanted), (False,) * len(wanted))
        fixed = sum(width for width, is_text in zip(wanted, texts, strict=True) if not is_text)
        narrow = [min(width, LEAST_TEXT * size) for width, is_text in zip(wanted, texts, strict=True) if is_text]
        if narrow and fixed + sum(narrow) <= room:
            shares = tuple(_share(*pair, size) for pair in zip(wanted, texts, strict=True))
            return TableLayout(size, shares, tuple(texts))
    return TableLayout(SIZES[-1], tuple(wanted), (True,) * len(wanted))


def _wanted(place: int, header: Sequence[str], rows: Sequence[Sequence[str]], size: float, is_text: bool) -> float:
    """Width of the longest cell on one line; a header may break between its words."""
    cells = {row[place] for row in rows}
    longest = sorted(cells, key=len, reverse=True)[: 1 if is_text else 8]
    widest = max((text_width(cell, size, 600) for cell in longest), default=0.0)
    return max(widest, *(text_width(word, size, _BOLD) for word in header[place].split() or [""])) + CELL_ROOM


def _share(width: float, is_text: bool, size: float) -> float:
    return min(width, WIDEST_SHARE * size) if is_text else width


_BOLD: Weight = 600
