"""Stages the lines of a text as DuckDB reads them: the quick way into the staged table, row numbers exact.

Refuses a text whose rows and lines do not correspond, or whose header comes again below: it is read line by line then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import literal
from pipelines.reading.grids import DelimitedText
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.row_kinds import MEASURES, label_sql, with_kinds_sql

CHUNK = 1 << 22
PART_OF_A_FILE = 8 << 20  # bytes that one core reads at a time; DuckDB's own 32 MB would leave the others idle


@dataclass(frozen=True)
class Lines:
    """The delivery a text belongs to."""

    number: int
    header: HeaderMatch
    text: DelimitedText
    received_at: datetime | None


def cells_sql(part: Lines) -> str:
    """The lines below the header as DuckDB reads them, in their order: the cells f0, f1, ..."""
    text, header = part.text, part.header
    columns = ", ".join(f"'f{index}': 'VARCHAR'" for index in range(header.width))
    return f"""read_csv({literal(text.path.as_posix())}, delim={literal(text.delimiter)}, quote='"', escape='"',
        header=false, skip={header.row_no}, auto_detect=false, strict_mode=true, buffer_size={PART_OF_A_FILE},
        columns={{{columns}}})"""


def lines_sql(part: Lines) -> str:
    """The same with row_no."""
    return f"(SELECT *, (row_number() OVER () + {part.header.row_no})::INTEGER AS row_no FROM {cells_sql(part)})"


def stage_lines(connection: sa.Connection, contract: Contract, part: Lines) -> bool:
    """All lines of a text. False when rows and lines of the file do not correspond, with nothing inserted."""
    try:
        inserted = insert_lines(connection, contract, part, lines_sql(part))
    except sa.exc.DBAPIError:
        return False
    if is_in_lines(connection, contract, part, inserted):
        return True
    connection.exec_driver_sql("DELETE FROM staged WHERE delivery_no = ?", (part.number,))
    return False


def insert_lines(connection: sa.Connection, contract: Contract, part: Lines, lines: str) -> int:
    """Stage some lines; how many. Raises DBAPIError where DuckDB cannot read them."""
    header = part.header
    cells = {name: f"f{column}" for name, column in zip(header.headers, header.columns, strict=True)}
    chosen = ", ".join(cells.get(name, "NULL") for name in contract.headers)
    label = label_sql([f"f{index}" for index in range(header.width)])
    told = with_kinds_sql(contract, lines, cells, label, _may_lead(contract, header))
    return int(
        connection.exec_driver_sql(
            f"""INSERT INTO staged
            SELECT ?, row_no, row_kind, CASE WHEN row_kind <> 'data' THEN spoken END, NULL, NULL, {chosen}
            FROM {told}""",
            (part.number,),
        ).scalar_one()
    )


def is_in_lines(connection: sa.Connection, contract: Contract, part: Lines, count: int) -> bool:
    """Whether the file has as many lines as were read, none hides a cell, and its header does not come again."""
    extent = _measure(part.text, part.header.row_no)
    fits = count == extent.lines and not extent.may_hide_a_cell(part.header.width)
    return fits and not _repeats(connection, contract, part)


def _may_lead(contract: Contract, header: HeaderMatch) -> list[str]:
    """Columns that may hold the word of a total: those up to the last key that is text."""
    types = {field.from_: field.type for field in contract.fields if field.required}
    spoken = {column: types[name] for name, column in zip(header.headers, header.columns, strict=True) if name in types}
    apart = (*MEASURES, "date", "datetime", "time")
    last = max((column for column, kind in spoken.items() if kind not in apart), default=0)
    return [f"f{column}" for column in range(last + 1) if spoken.get(column) not in apart] or ["f0"]


def _repeats(connection: sa.Connection, contract: Contract, part: Lines) -> bool:
    header = part.header
    said = {contract.headers.index(header.headers[at]): header.written[at] for at in (0, -1)}
    asked = " OR ".join(f"c{place} = ?" for place in said)
    return bool(
        connection.exec_driver_sql(
            f"SELECT EXISTS (SELECT 1 FROM staged WHERE delivery_no = ? AND ({asked}))",
            (part.number, *said.values()),
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
