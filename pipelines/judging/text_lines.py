"""Stages the lines of a text as DuckDB reads them: the quick way into the staged table, row numbers exact.

Refuses a text whose rows and lines do not correspond, whose header comes again below, or in which words stand alone in
a line: it is read line by line then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import literal
from pipelines.reading.grids import DelimitedText
from pipelines.reading.group_signs import LETTER_ALONE, MOST_ALONE
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.row_kinds import KEPT_LABEL, MEASURES, label_sql, with_kinds_sql

CHUNK = 1 << 22
SMALL = 1 << 20  # bytes
MOST_OF_A_NAME = 2  # cells that a line with the name of a group fills: a letter, and the name
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


@dataclass(frozen=True)
class LineShape:
    """What tells rows of texts apart: under which columns the cells of the contract stand."""

    width: int
    cells: tuple[tuple[str, str], ...]  # header of the contract, column
    may_lead: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"f{index}" for index in range(self.width))


def shape_of(contract: Contract, header: HeaderMatch) -> LineShape:
    cells = tuple((name, f"f{column}") for name, column in zip(header.headers, header.columns, strict=True))
    return LineShape(header.width, cells, tuple(_may_lead(contract, header)))


def open_lines(connection: sa.Connection, shape: LineShape, number: int) -> str:
    """An empty table for the lines of texts of one shape; its name."""
    table, columns = f"lines_{number}", ", ".join(f"{column} VARCHAR" for column in shape.columns)
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE {table} (delivery_no INTEGER, row_no INTEGER, {columns})")
    return table


def add_lines(connection: sa.Connection, table: str, part: Lines) -> int | None:
    """All lines of a text; how many. None when rows and lines of the file do not correspond, with nothing kept."""
    columns = ", ".join(f"f{index}" for index in range(part.header.width))
    try:
        inserted = int(
            connection.exec_driver_sql(
                f"INSERT INTO {table} SELECT ?, row_no, {columns} FROM {lines_sql(part)}", (part.number,)
            ).scalar_one()
        )
    except sa.exc.DBAPIError:
        return None
    own = f"{table} WHERE delivery_no = {int(part.number)}"
    if is_in_lines(part, inserted) and not (
        _may_have_lines_between(part) and has_lines_between(connection, f"(FROM {own})", part.header)
    ):
        return inserted
    connection.exec_driver_sql(f"DELETE FROM {own}")
    return None


def insert_lines(connection: sa.Connection, contract: Contract, shape: LineShape, lines: str) -> None:
    """Stage lines: delivery_no, row_no and their cells. Raises DBAPIError where DuckDB cannot read them."""
    cells = dict(shape.cells)
    chosen = ", ".join(cells.get(name, "NULL") for name in contract.headers)
    told = with_kinds_sql(contract, lines, cells, label_sql(shape.columns), shape.may_lead)
    connection.exec_driver_sql(
        f"""INSERT INTO staged
        SELECT delivery_no, row_no, row_kind, {KEPT_LABEL.format(kind="row_kind")}, NULL, NULL, {chosen}
        FROM {told}"""
    )


def is_in_lines(part: Lines, count: int) -> bool:
    """Whether the file has as many lines as were read, and none hides a cell: DuckDB passes over one empty cell too
    many at the end of a line, and with it a row that has shifted."""
    sign = part.text.delimiter.encode()
    with part.text.path.open("rb") as stream:
        head = b"".join(stream.readline() for _ in range(part.header.row_no))
        if head.count(b'"') % 2:  # a header of several lines: records and lines do not correspond
            return False
        lines = delimiters = 0
        for chunk in _chunks(stream):
            lines += chunk.count(b"\n") + (not chunk.endswith(b"\n"))
            delimiters += chunk.count(sign)
        if lines != count or delimiters == lines * (part.header.width - 1):
            return lines == count
        stream.seek(len(head))
        open_line = re.compile(re.escape(sign) + rb"(\r?\n|\Z)")
        return not any(open_line.search(chunk) for chunk in _chunks(stream))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Whole lines."""
    while chunk := stream.read(CHUNK) + stream.readline():
        yield chunk


def _may_lead(contract: Contract, header: HeaderMatch) -> list[str]:
    """Columns that may hold the word of a total: those up to the last key that is text."""
    types = {field.from_: field.type for field in contract.fields if field.required}
    spoken = {column: types[name] for name, column in zip(header.headers, header.columns, strict=True) if name in types}
    apart = (*MEASURES, "date", "datetime", "time")
    last = max((column for column, kind in spoken.items() if kind not in apart), default=0)
    return [f"f{column}" for column in range(last + 1) if spoken.get(column) not in apart] or ["f0"]


def _may_have_lines_between(part: Lines) -> bool:
    """Whether it has to be asked of the lines of a text: of a small one, to split it is quicker than to ask."""
    header, sign = part.header, part.text.delimiter.encode()
    if part.text.path.stat().st_size > SMALL:
        return True
    lines = part.text.path.read_bytes().splitlines()[header.row_no :]
    ends, words = {header.columns[0], header.columns[-1]}, {word.encode() for word in header.written}
    for line in lines:
        cells = line.split(sign)
        few = sum(bool(cell.strip(b" ")) for cell in cells) <= MOST_OF_A_NAME
        if few or b'"' in line or any(at < len(cells) and cells[at] in words for at in ends):
            return True
    return False


def has_lines_between(connection: sa.Connection, lines: str, header: HeaderMatch) -> bool:
    """Whether the header comes again in some lines, or words stand alone in one as the name of a group does."""
    words = ", ".join("?" for _word in header.written)
    ends = dict.fromkeys(f"f{header.columns[at]}" for at in (0, -1))
    cells = [f"f{index}" for index in range(header.width)]
    filled = " + ".join(f"(trim(coalesce({cell}, '')) <> '')::INTEGER" for cell in cells)
    spoken = " OR ".join(f"regexp_matches({cell}, '[A-Za-z]{{2}}')" for cell in cells)
    letter = " OR ".join(f"regexp_full_match(trim({cell}), '{LETTER_ALONE.pattern}')" for cell in cells[:-1])
    are_alone = f"({filled}) <= {MOST_OF_A_NAME} AND ({filled} = 1 OR {letter or 'false'}) AND ({spoken})"
    asked = " OR ".join(f"{column} IN ({words})" for column in ends)  # its columns may stand in another order
    repeated, alone = connection.exec_driver_sql(
        f"SELECT count(*) FILTER ({asked}), count(*) FILTER ({are_alone}) FROM {lines}", header.written * len(ends)
    ).one()
    return bool(repeated) or (header.width > 1 and 0 < alone <= MOST_ALONE)
