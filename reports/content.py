"""What a page contains, said once: screen, download and paper all draw from the same frozen value.

Holds values and words, no layout and no Streamlit; numbers stay exact until a renderer writes them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from warehouse.figures import ClockReading, Figure


@dataclass(frozen=True)
class Quantity:
    """A number with its own unit and places, for tables whose rows measure different things."""

    value: Decimal | None
    unit: str
    decimals: int


Cell = str | Decimal | int | date | datetime | bool | Quantity | None  # None: not delivered, never zero


@dataclass(frozen=True)
class Column:
    """One column of a table; `kind` decides alignment, number format and the type in a workbook."""

    title: str
    kind: Literal["text", "number", "percent", "money", "date", "instant", "flag"] = "text"
    decimals: int = 0  # of a number; 2 of an instant: its seconds too
    unit: str = ""
    definition: str = ""  # for the definition sheet of a workbook
    is_off_screen: bool = False  # a screen has something better there; paper and downloads have it
    is_detail: bool = False  # left out on paper, where width is dear; screen and downloads have it


@dataclass(frozen=True)
class Table:
    """Rows as values. `total` follows the measure: a ratio has one only when it was recomputed from its parts."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    marked: int | None = None  # the row of the own region
    link_ids: tuple[str, ...] = ()  # for each row the indicator it leads to, "" for none
    note: str = ""
    name: str = ""  # sheet of a workbook; "" takes the title of the section
    is_leading: bool = False  # the page is this table in the first place: its CSV is these rows and columns
    shown: int | None = None  # rows a screen shows; downloads hold them all. None: all
    is_folded: bool = False  # a screen opens it on a click: the numbers of a chart beside it
    holds_rows: bool = False  # delivered rows: taking them away needs its own right
    restricted: tuple[str, ...] = ()  # titles of columns that need their own right, and each view a line in the journal


@dataclass(frozen=True)
class Chart:
    """An Altair chart: `build(*arguments, look)`. Arguments are frozen values; `height` is for a 14-unit text."""

    name: str
    words: str  # what it shows, for who cannot see it and as its caption on paper
    build: Callable[..., Any]
    arguments: tuple[Any, ...]
    height: float
    width: float | None = None  # None: as wide as its place


@dataclass(frozen=True)
class Figures:
    """Figures side by side."""

    figures: tuple[Figure, ...]
    columns: int = 3
    with_links: bool = True  # to the definition of each; a screen's own matter


@dataclass(frozen=True)
class Words:
    """A sentence. `is_note` marks what explains rather than tells."""

    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Missing:
    """Where something would stand: "data belum disampaikan", of which source, and who owes it."""

    title: str
    owners: tuple[str, ...]
    reason: str = ""


Block = Figures | Table | Chart | Words | Missing


@dataclass(frozen=True)
class Section:
    """One part of a page with its data clocks."""

    title: str
    blocks: tuple[Block, ...]
    note: str = ""
    clocks: tuple[ClockReading, ...] = ()
    is_sample: bool = False
    definition_id: str = ""  # indicator whose definition and rows stand behind the section
    is_failed: bool = False  # could not be built; its words say so


@dataclass(frozen=True)
class SourceLine:
    """A source behind a page."""

    source_id: str
    title: str
    owners: tuple[str, ...]
    row_count: int
    is_sample: bool


@dataclass(frozen=True)
class PageContent:
    """Everything one page shows for one cut of one release."""

    page: str  # file stem, for example "masterplan"
    title: str
    message: str  # one sentence a leader can repeat; states no cause
    period: str
    filter_words: str  # the cut in words, generated from the filters that made it
    sections: tuple[Section, ...]
    sources: tuple[SourceLine, ...]
    address: tuple[tuple[str, str], ...] = ()  # keys and values that make the same page again
    reach_words: str = ""  # how far the reader reads; "" for the whole region

    @property
    def cut_words(self) -> str:
        """Period and cut in one line; a cut that names its days says them once."""
        period = "" if self.period in self.filter_words else self.period
        return " · ".join(part for part in (period, self.filter_words, self.reach_words) if part)

    @property
    def filter_line(self) -> str:
        """The cut and the reach of who took it."""
        return " · ".join(part for part in (self.filter_words, self.reach_words) if part)

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Table))

    @property
    def is_sample(self) -> bool:
        return any(section.is_sample for section in self.sections)
