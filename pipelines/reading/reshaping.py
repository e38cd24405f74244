"""What a source's own `reshape.py` is given and gives back, for worksheets that are not yet a table.

A reshape is pure: cells in, rows under the contract's headers out. It opens no file, and decides nothing about
loading: it notes what its sender should know and doubts what someone must confirm.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.reading.headers import HeaderMatch, find_header


@dataclass(frozen=True)
class Sheet:
    """One worksheet as delivered: `cells[0][0]` is A1."""

    file_name: str
    name: str
    cells: Sequence[Sequence[Any]]
    received_at: datetime | None = None


@dataclass(frozen=True)
class Note:
    """A warning, in words for the sender; `formula_cell` asks the reader to add what the workbook computes there."""

    rule: str
    message: str
    cell: str | None = None
    formula_cell: str | None = None
    row_no: int | None = None
    header: str | None = None  # of the column it is about


@dataclass(frozen=True)
class Doubt:
    """A reason to hold the whole delivery until someone confirms it."""

    rule: str
    message: str
    cell: str | None = None


@dataclass(frozen=True)
class Statement:
    """What the letterhead says, and in which cell."""

    text: str
    cell: str


@dataclass(frozen=True)
class Letterhead:
    """Whose report this says it is: units from the nearest to the widest, and the government."""

    units: tuple[Statement, ...]
    government: Statement | None = None


@dataclass(frozen=True)
class Column:
    """A column of the table: its header as written and where it stands in the sheet, from 0."""

    header: str
    index: int
    cell: str | None = None  # the one cell that holds the value of every row


@dataclass(frozen=True)
class TableRow:
    """One row of the table; `row_no` as the spreadsheet shows it, `values` in the order of the columns."""

    row_no: int
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Reshaped:
    """A worksheet as a table."""

    header_row_no: int
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[Note, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    data_until: datetime | None = None
    letterhead: Letterhead | None = None


Reshape = Callable[[Sheet], Reshaped | None]  # None: the sheet holds no such table


def find_reshape(contract: Contract) -> Reshape | None:
    """The `reshape` of a source whose folder has one."""
    path = contract.folder / "reshape.py"
    return _load(path) if path.is_file() else None


@cache
def _load(path: Path) -> Reshape:
    spec = importlib.util.spec_from_file_location(f"reshape_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    reshape: Reshape = module.reshape
    return reshape


def match_columns(reshaped: Reshaped, contract: Contract) -> tuple[HeaderMatch | None, tuple[int, ...]]:
    """Columns of the table under the contract's headers and aliases, and their places in each row's values."""
    found = find_header([[column.header for column in reshaped.columns]], contract)
    if found is None:
        return None, ()
    places = found.columns
    letters = tuple(reshaped.columns[place].index for place in places)
    width = max((column.index for column in reshaped.columns), default=0) + 1
    return replace(found, row_no=reshaped.header_row_no, columns=letters, width=width), places
