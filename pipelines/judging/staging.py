"""Puts the text cells of every delivery of a source into one staged table, row numbers exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import sqlalchemy as sa

from pipelines.contracts.code_lists import load_code_lists
from pipelines.contracts.contract import Contract
from pipelines.deliveries.decisions import Confirmation
from pipelines.judging.correcting import apply_corrections, open_corrections
from pipelines.judging.plain_rows import open_plain, stage_plain
from pipelines.judging.text_lines import Lines, LineShape, add_lines, insert_lines, open_lines, shape_of
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.layout import lay_out
from pipelines.reading.readers import Delivery
from pipelines.reading.reordered import follow_headers
from pipelines.reading.row_kinds import KEPT_LABEL, with_kinds_sql
from pipelines.reading.settled_kinds import settle_kinds
from pipelines.reading.text_records import read_block
from warehouse.engine import frame_as_table

MOST_WAITING = 100_000  # rows read that are not staged yet


@dataclass(frozen=True)
class Staged:
    """One delivery in the staged table; `number` is its order of arrival within the source: later wins."""

    number: int
    submission_id: str
    is_sample: bool
    delivery: Delivery
    received_at: datetime | None = None  # None: rows are not held against the time of arrival
    opd_code: str = ""  # the sender
    file_name: str = ""  # a later file of the same name replaces it
    origin: str = ""  # as of its submission
    minutes_ahead: int = 420  # of UTC, by the clocks its times are written after; WIB
    confirmation: Confirmation | None = None  # it is loaded even if there is reason to hold it
    is_nil: bool = False  # it says that nothing happened: no rows are right
    is_own: bool = False  # checked by who holds the file: its cells may be told to them


def open_staging(connection: sa.Connection, contract: Contract) -> None:
    """Empty `staged`: one text column per header of the contract.

    `row_kind`: data, mungkin, jumlah or lain. `label`: its words, where it is no data, and short ones.
    `shifted`: why its cells stand under no header. `place`: the cell of a crosstab.
    """
    columns = ", ".join(f"c{index} VARCHAR" for index in range(len(contract.headers)))
    connection.exec_driver_sql(
        "CREATE OR REPLACE TEMP TABLE staged (delivery_no INTEGER, row_no INTEGER, row_kind VARCHAR DEFAULT 'data', "
        f"label VARCHAR, shifted VARCHAR, place VARCHAR, {columns})"
    )
    open_plain(connection, contract)
    open_corrections(connection)
    load_code_lists(connection, contract.code_lists)


def stage_delivery(connection: sa.Connection, contract: Contract, staged: Staged) -> None:
    """Add the rows of one delivery, known errors mended."""
    waiting = Waiting(connection, contract)
    waiting.add(staged)
    waiting.settle()


class Waiting:
    """Deliveries that were read, but of whose rows it is not told yet which are data: one statement tells it of all
    whose columns are the same. To understand the patterns of a statement takes longer than to go through a small file.
    """

    def __init__(self, connection: sa.Connection, contract: Contract) -> None:
        self.connection = connection
        self.contract = contract
        self.items: list[Staged] = []
        self.frames: dict[tuple[str, ...], list[pd.DataFrame]] = {}  # by headers
        self.lines: dict[LineShape, str] = {}  # temporary tables
        self.row_count = 0

    def add(self, staged: Staged) -> None:
        """Read the rows of a delivery. Raises ContractProblem, and nothing of it is staged then."""
        delivery = staged.delivery
        if delivery.rows is not None:
            self._add_frame(staged, delivery.header, delivery.rows)
        elif delivery.text is not None:
            part = Lines(staged.number, delivery.header, delivery.text, staged.received_at)
            if stage_plain(self.connection, self.contract, part):
                return
            if not self._add_lines(part):
                block = read_block(delivery.text, delivery.header)
                block, _told = follow_headers(block, delivery.header, self.contract)
                header, frame, _notes = lay_out(block, delivery.header, self.contract)
                self._add_frame(staged, header, frame)
        self.items.append(staged)
        if self.row_count > MOST_WAITING:
            self.settle()

    def settle(self) -> None:
        """Move what waits into `staged`."""
        for headers, frames in self.frames.items():
            self._move_frames(headers, pd.concat(frames))
        for shape, table in self.lines.items():
            insert_lines(self.connection, self.contract, shape, table)
            self.connection.exec_driver_sql(f"DROP TABLE {table}")
        settle_kinds(self.connection, self.contract, [item.number for item in self.items])
        for item in self.items:
            day = item.received_at.date() if item.received_at else None
            apply_corrections(self.connection, self.contract, item.number, day)
        self.items, self.frames, self.lines, self.row_count = [], {}, {}, 0

    def _add_frame(self, staged: Staged, header: HeaderMatch, frame: pd.DataFrame) -> None:
        numbered = frame.assign(delivery_no=pd.Series(staged.number, index=frame.index, dtype="int32"))
        self.frames.setdefault(tuple(header.headers), []).append(numbered)
        self.row_count += len(frame)

    def _add_lines(self, part: Lines) -> bool:
        """False when rows and lines of the file do not correspond, with nothing kept."""
        shape = shape_of(self.contract, part.header)
        table = self.lines.get(shape)
        if table is None:
            table = self.lines[shape] = open_lines(self.connection, shape, len(self.lines))
        count = add_lines(self.connection, table, part)
        self.row_count += count or 0
        return count is not None

    def _move_frames(self, headers: Sequence[str], frame: pd.DataFrame) -> None:
        cells = {name: f"c{index}::VARCHAR" for index, name in enumerate(headers)}
        chosen = ", ".join(cells.get(name, "NULL") for name in self.contract.headers)
        told = with_kinds_sql(self.contract, "delivered_rows", cells, "label::VARCHAR")
        with frame_as_table(self.connection, "delivered_rows", frame):
            self.connection.exec_driver_sql(
                f"""INSERT INTO staged SELECT delivery_no, row_no::INTEGER, kind,
                  {KEPT_LABEL.format(kind="kind")}, shifted::VARCHAR, place::VARCHAR, {chosen}
                FROM (SELECT *, CASE WHEN shifted IS NOT NULL THEN 'data' ELSE row_kind END AS kind FROM {told})"""
            )
