"""The rows below a header, blank ones left out, with their numbers as the spreadsheet shows them; judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.reading.grids import Grid
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.heading_words import Range


@dataclass(frozen=True)
class Block:
    """The rows of a table below its header: blank ones are left out, `row_nos` as the spreadsheet shows them."""

    row_nos: Sequence[int]
    rows: Sequence[Sequence[Any]]
    has_letters: bool  # columns have letters: a cell is told as C7
    merged: tuple[Range, ...] = ()
    header_lines: tuple[Sequence[Any], ...] = ()
    shifted: Sequence[str | None] = ()  # by row: why none of its cells stands where it should
    reordered: frozenset[int] = frozenset()  # numbers of rows whose cells stand under other letters in the sheet


def block_of(grid: Grid, header: HeaderMatch, has_letters: bool) -> Block:
    below = range(header.row_no, len(grid.cells))
    kept = [index for index in below if index in grid.misfits or not _is_blank(grid.cells[index])]
    return Block(
        [index + 1 for index in kept],
        [grid.cells[index] for index in kept],
        has_letters,
        tuple(box for box in grid.merged if box[2] >= header.row_no),
        tuple(grid.cells[header.top_row_no - 1 : header.row_no]),
        [grid.misfits.get(index) for index in kept] if grid.misfits else (),
    )


def _is_blank(row: Sequence[Any]) -> bool:
    for cell in row:  # noqa: SIM110 - a million cells: half the time of any()
        if cell != "" and cell is not None and not (type(cell) is str and cell.isspace()):
            return False
    return True
