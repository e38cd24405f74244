"""What an opened file is made of, whichever container it came in: sheets of cells, or one delimited text.

Knows no contract and judges nothing. Rows and columns are counted from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

NATIVE = "\x02"  # marks a staged cell its container typed; then a letter of what it is: see `cell_text`


STRUCK_OUT = (  # why a row is refused
    "Baris ini dicoret di buku kerja. Hapus barisnya bila dibatalkan; hilangkan coretannya (Font > Strikethrough) bila "
    "masih berlaku."
)


@dataclass(frozen=True)
class FaultyCell:
    """A cell without a value of its own: `text` is what the workbook shows (#REF!), or empty if never calculated."""

    text: str


@dataclass(frozen=True)
class PercentCell:
    """A number that the workbook shows as a percentage: 0.4045 is shown, and meant, as 40.45."""

    value: float


class Look(Protocol):
    """How a format shows numbers."""

    @property
    def words(self) -> str: ...  # kg
    @property
    def scale(self) -> int: ...  # thousands by which they are shown smaller
    @property
    def has_number(self) -> bool: ...  # False: they are not shown at all

    def draw(self, value: float) -> str: ...  # 12.5 as "12,5 kg"
    def is_exact(self, value: float) -> bool: ...  # all of its digits are shown, none but those


class ShownCell(NamedTuple):
    """A number whose format shows words beside it, or less of it than there is."""

    value: float
    look: Look

    @property
    def shown(self) -> str:
        return self.look.draw(self.value)

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class DoubtfulCell:
    """A number that is not what its cell shows: `kind` says how, as a letter of a mark."""

    kind: str
    shown: str


MOST_INDENTED = 15  # levels: what Excel offers by hand
OTHER_UNIT, SCALED, MIXED, TOO_LONG = "u", "s", "q", "l"
DOUBTS = OTHER_UNIT + SCALED + MIXED + TOO_LONG


@dataclass(frozen=True)
class Grid:
    """One sheet, every row as wide: `cells[0][0]` is A1.

    A cell is "", text, a number (of JSON a Decimal), a boolean, an instant, a duration, or one of the above.
    """

    name: str | None  # None: the container has no sheets
    cells: Sequence[Sequence[Any]]
    is_visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()  # top, left, bottom, right, the last two included
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_1904: bool = False  # bare serial numbers of dates count from 1904
    misfits: Mapping[int, str] = field(default_factory=dict)  # by row: why its values stand under no column
    is_dressed: bool = False  # formats of some cells say more than their numbers, or these are longer than exact ones
    struck: frozenset[tuple[int, int]] = frozenset()  # filled cells that are struck through
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)  # levels by which cells stand in


@dataclass(frozen=True)
class DelimitedText:
    """Text on disk as UTF-8, without the `sep=` line it may have begun with."""

    path: Path
    delimiter: str


@dataclass(frozen=True)
class Opened:
    """A file by its content; `notes` are (rule, message) for its sender."""

    kind: str  # csv, xlsx, xls, ods, json, geojson, xml, sql
    grids: tuple[Grid, ...] = ()
    text: DelimitedText | None = None  # instead of grids, so that DuckDB can read it whole
    member: str | None = None  # inside a ZIP
    notes: tuple[tuple[str, str], ...] = ()
