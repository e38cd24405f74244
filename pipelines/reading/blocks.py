"""The rows below a header, blank ones left out, with their numbers as the spreadsheet shows them; judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.reading.grids import Grid
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.heading_words import Range

INDENT = "  "  # a level


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
        _stood_in(grid, kept),
        has_letters,
        tuple(box for box in grid.merged if box[2] >= header.row_no),
        tuple(grid.cells[header.top_row_no - 1 : header.row_no]),
        [grid.misfits.get(index) for index in kept] if grid.misfits else (),
    )


def _stood_in(grid: Grid, kept: Sequence[int]) -> list[Sequence[Any]]:
    """The rows, their texts with as many blanks before them as the workbook shows: so a text shows what stands in."""
    levels: dict[int, dict[int, int]] = {}
    for (line, column), level in grid.indents.items():
        levels.setdefault(line, {})[column] = level
    rows: list[Sequence[Any]] = []
    for index in kept:
        row: Sequence[Any] = grid.cells[index]
        own = levels.get(index)
        if own:
            row = [
                INDENT * own[column] + cell if column in own and type(cell) is str and cell else cell
                for column, cell in enumerate(row)
            ]
        rows.append(row)
    return rows


def _is_blank(row: Sequence[Any]) -> bool:
    for cell in row:  # noqa: SIM110 - a million cells: half the time of any()
        if cell != "" and cell is not None and not (type(cell) is str and cell.isspace()):
            return False
    return True
