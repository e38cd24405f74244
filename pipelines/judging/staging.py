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
from pipelines.reading.grids import DelimitedText
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.layout import lay_out
from pipelines.reading.readers import Delivery
from pipelines.reading.row_kinds import MEASURES, label_sql, settle_kinds, with_kinds_sql
from pipelines.reading.text_records import read_block
from warehouse.engine import frame_as_table

CHUNK = 1 << 22


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
    open_corrections(connection)
    load_code_lists(connection, contract.code_lists)


def stage_delivery(connection: sa.Connection, contract: Contract, staged: Staged) -> None:
    """Add the rows of one delivery, known errors mended."""
    delivery = staged.delivery
    if delivery.rows is not None:
        _insert_frame(connection, contract, staged, delivery.header, delivery.rows)
    elif delivery.text is not None and not _insert_text(connection, contract, staged, delivery.text):
        block = read_block(delivery.text, delivery.header)
        header, frame, _notes = lay_out(block, delivery.header, contract)
        _insert_frame(connection, contract, staged, header, frame)
    settle_kinds(connection, contract, staged.number)
    apply_corrections(connection, contract, staged.number, staged.received_at.date() if staged.received_at else None)


def _insert_text(connection: sa.Connection, contract: Contract, staged: Staged, text: DelimitedText) -> bool:
    """Fast path: DuckDB reads the file. False when rows and lines do not correspond, with nothing inserted."""
    header = staged.delivery.header
    columns = ", ".join(f"'f{index}': 'VARCHAR'" for index in range(header.width))
    cells = {name: f"f{column}" for name, column in zip(header.headers, header.columns, strict=True)}
    chosen = ", ".join(cells.get(name, "NULL") for name in contract.headers)
    label = label_sql([f"f{index}" for index in range(header.width)])
    read = f"""(SELECT *, (row_number() OVER () + {header.row_no})::INTEGER AS row_no
      FROM read_csv(?, delim=?, quote='"', escape='"', header=false, skip={header.row_no}, auto_detect=false,
        strict_mode=true, columns={{{columns}}}))"""
    told = with_kinds_sql(contract, read, cells, label, _may_lead(contract, header))
    try:
        inserted = connection.exec_driver_sql(
            f"""INSERT INTO staged
            SELECT ?, row_no, row_kind, CASE WHEN row_kind <> 'data' THEN spoken END, NULL, NULL, {chosen}
            FROM {told}""",
            (staged.number, text.path.as_posix(), text.delimiter),
        ).scalar_one()
    except sa.exc.DBAPIError:
        return False
    extent = _measure(text, header.row_no)
    if (
        inserted == extent.lines
        and not extent.may_hide_a_cell(header.width)
        and not _repeats(connection, contract, staged)
    ):
        return True
    connection.exec_driver_sql("DELETE FROM staged WHERE delivery_no = ?", (staged.number,))
    return False


def _may_lead(contract: Contract, header: HeaderMatch) -> list[str]:
    """Columns that may hold the word of a total: those up to the last key that is text."""
    types = {field.from_: field.type for field in contract.fields if field.required}
    spoken = {column: types[name] for name, column in zip(header.headers, header.columns, strict=True) if name in types}
    apart = (*MEASURES, "date", "datetime", "time")
    last = max((column for column, kind in spoken.items() if kind not in apart), default=0)
    return [f"f{column}" for column in range(last + 1) if spoken.get(column) not in apart] or ["f0"]


def _repeats(connection: sa.Connection, contract: Contract, staged: Staged) -> bool:
    header = staged.delivery.header
    said = {contract.headers.index(header.headers[at]): header.written[at] for at in (0, -1)}
    asked = " OR ".join(f"c{place} = ?" for place in said)
    return bool(
        connection.exec_driver_sql(
            f"SELECT EXISTS (SELECT 1 FROM staged WHERE delivery_no = ? AND ({asked}))",
            (staged.number, *said.values()),
        ).scalar()
    )


@dataclass(frozen=True)
class _Extent:
    lines: int
    delimiters: int
    open_lines: int  # that end in a delimiter

    def may_hide_a_cell(self, width: int) -> bool:
        """DuckDB passes over one empty cell too many at the end of a line, and with it a row that has shifted."""
        return self.open_lines > 0 and self.delimiters != self.lines * (width - 1)


def _measure(text: DelimitedText, header_rows: int) -> _Extent:
    """Below the header."""
    sign = text.delimiter.encode()
    lines = delimiters = open_lines = 0
    with text.path.open("rb") as stream:
        head = b"".join(stream.readline() for _ in range(header_rows))
        if head.count(b'"') % 2:  # a header of several lines: records and lines do not correspond
            return _Extent(-1, 0, 0)
        while chunk := stream.read(CHUNK) + stream.readline():
            lines += chunk.count(b"\n") + (not chunk.endswith(b"\n"))
            delimiters += chunk.count(sign)
            open_lines += chunk.count(sign + b"\n") + chunk.count(sign + b"\r\n") + chunk.endswith(sign)
    return _Extent(lines, delimiters, open_lines)


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
