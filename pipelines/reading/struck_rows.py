"""Rows that were struck through in a workbook: somebody cancelled them, and no program that reads values sees it.

A row whose every filled cell is struck is refused, with its values left out; one struck in part is read and told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.reading.blocks import Block
from pipelines.reading.grids import STRUCK_OUT, Grid
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.layout import name_rows
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import STARTS_LIKE_TOTAL, label_of


def set_struck_aside(grid: Grid, block: Block, header: HeaderMatch) -> tuple[Block, list[Note]]:
    """A total that is struck is no check any more: it is left out."""
    if not grid.struck:
        return block, []
    used = {*header.columns, *(column for column, _heading in header.spread)}
    lines = {row for row, _column in grid.struck}
    shifted = list(block.shifted or [None] * len(block.rows))
    rows = list(block.rows)
    in_part, totals = [], []
    for position, row_no in enumerate(block.row_nos):
        if row_no - 1 not in lines:
            continue
        filled = {column for column, cell in enumerate(rows[position]) if column in used and cell not in ("", None)}
        struck = {column for column in filled if (row_no - 1, column) in grid.struck}
        if struck and struck != filled:
            in_part.append(row_no)
        elif struck and re.match(STARTS_LIKE_TOTAL, (label_of(rows[position]) or "").strip().lower()):
            totals.append(position)
        elif struck:
            rows[position], shifted[position] = [], STRUCK_OUT
    kept = [position for position in range(len(rows)) if position not in totals]
    notes = []
    if in_part:
        said = f"Sebagian sel dicoret di baris {name_rows(in_part)}; isinya tetap dibaca. Hapus isi yang dibatalkan."
        notes.append(Note("dicoret", said))
    if totals:
        struck_totals = name_rows([block.row_nos[position] for position in totals])
        notes.append(Note("dicoret", f"Baris jumlah yang dicoret tidak dipakai: {struck_totals}."))
    return replace(
        block,
        row_nos=[block.row_nos[position] for position in kept],
        rows=[rows[position] for position in kept],
        shifted=[shifted[position] for position in kept],
    ), notes
