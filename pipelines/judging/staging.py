"""Puts the text cells of every delivery of a source into one staged table, row numbers exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import sqlalchemy as sa

from pipelines.contracts.code_lists import load_code_lists
from pipelines.contracts.contract import Contract
from pipelines.deliveries.decisions import Confirmation
from pipelines.judging.correcting import apply_corrections, open_corrections
from pipelines.judging.plain_rows import open_plain, stage_plain
from pipelines.judging.text_lines import Lines, stage_lines
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.layout import lay_out
from pipelines.reading.readers import Delivery
from pipelines.reading.row_kinds import settle_kinds, with_kinds_sql
from pipelines.reading.text_records import read_block
from warehouse.engine import frame_as_table


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

    `row_kind`: data, mungkin, jumlah or lain. `label`: its words, where it is no data.
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
    delivery = staged.delivery
    if delivery.rows is not None:
        _insert_frame(connection, contract, staged, delivery.header, delivery.rows)
    elif delivery.text is not None:
        part = Lines(staged.number, delivery.header, delivery.text, staged.received_at)
        if stage_plain(connection, contract, part):
            return
        if not stage_lines(connection, contract, part):
            block = read_block(delivery.text, delivery.header)
            header, frame, _notes = lay_out(block, delivery.header, contract)
            _insert_frame(connection, contract, staged, header, frame)
    settle_kinds(connection, contract, staged.number)
    apply_corrections(connection, contract, staged.number, staged.received_at.date() if staged.received_at else None)


def _insert_frame(
    connection: sa.Connection, contract: Contract, staged: Staged, header: HeaderMatch, frame: pd.DataFrame
) -> None:
    cells = {name: f"c{index}::VARCHAR" for index, name in enumerate(header.headers)}
    chosen = ", ".join(cells.get(name, "NULL") for name in contract.headers)
    told = with_kinds_sql(contract, "delivered_rows", cells, "label::VARCHAR")
    with frame_as_table(connection, "delivered_rows", frame):
        connection.exec_driver_sql(
            f"""INSERT INTO staged SELECT ?, row_no::INTEGER, kind,
              CASE WHEN kind <> 'data' THEN spoken END, shifted::VARCHAR, place::VARCHAR, {chosen}
            FROM (SELECT *, CASE WHEN shifted IS NOT NULL THEN 'data' ELSE row_kind END AS kind FROM {told})""",
            (staged.number,),
        )
