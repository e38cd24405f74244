"""Puts the text cells of every delivery of a source into one staged table, row numbers exact."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from pipelines.code_lists import load_code_lists
from pipelines.contract import Contract, ContractProblem
from pipelines.correcting import apply_corrections, open_corrections
from pipelines.decisions import Confirmation
from pipelines.quoting import literal
from pipelines.readers import Delivery
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
    minutes_ahead: int = 420  # of UTC, by the clocks its times are written after; WIB
    confirmation: Confirmation | None = None  # it is loaded even if there is reason to hold it
    is_nil: bool = False  # it says that nothing happened: no rows are right
    is_own: bool = False  # checked by who holds the file: its cells may be told to them


def open_staging(connection: sa.Connection, contract: Contract) -> None:
    """Empty `staged`: delivery_no, row_no and one text column per header of the contract."""
    columns = ", ".join(f"c{index} VARCHAR" for index in range(len(contract.headers)))
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE staged (delivery_no INTEGER, row_no INTEGER, {columns})")
    open_corrections(connection)
    load_code_lists(connection, contract.code_lists)


def stage_delivery(connection: sa.Connection, contract: Contract, staged: Staged) -> None:
    """Add the rows of one delivery, known errors mended."""
    delivery = staged.delivery
    if delivery.rows is not None:
        _insert_frame(connection, contract, staged, delivery.rows)
    elif delivery.csv_path is not None and not _insert_csv(connection, contract, staged, delivery.csv_path):
        _insert_frame(connection, contract, staged, _records(delivery.csv_path, contract, delivery))
    apply_corrections(connection, contract, staged.number, staged.received_at.date() if staged.received_at else None)


def _insert_csv(connection: sa.Connection, contract: Contract, staged: Staged, path: Path) -> bool:
    """Fast path: DuckDB reads the file. False when rows and lines do not correspond, with nothing inserted."""
    header = staged.delivery.header
    columns = ", ".join(f"'f{index}': 'VARCHAR'" for index in range(header.width))
    chosen = ", ".join(
        f"f{header.columns[header.headers.index(name)]}" if name in header.headers else "NULL"
        for name in contract.headers
    )
    try:
        inserted = connection.exec_driver_sql(
            f"""INSERT INTO staged
            SELECT ?, (row_number() OVER () + {header.row_no})::INTEGER, {chosen}
            FROM read_csv(?, delim={literal(contract.file.delimiter or ",")}, quote='"', escape='"', header=false,
              skip={header.row_no}, auto_detect=false, strict_mode=true, columns={{{columns}}})""",
            (staged.number, path.as_posix()),
        ).scalar_one()
    except sa.exc.DBAPIError:
        return False
    if inserted == _line_count(path) - header.row_no:
        return True
    connection.exec_driver_sql("DELETE FROM staged WHERE delivery_no = ?", (staged.number,))
    return False


def _line_count(path: Path) -> int:
    content = path.read_bytes()
    return content.count(b"\n") + (not content.endswith(b"\n"))


def _records(path: Path, contract: Contract, delivery: Delivery) -> pd.DataFrame:
    """Exact path for blank lines, quoted line breaks and ragged rows: record by record."""
    header = delivery.header
    rows: list[list[object]] = []
    row_no, last = 0, []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row_no, record in enumerate(_whole_records(stream, contract.file.delimiter or ","), start=1):
            last = record
            if row_no > header.row_no and any(cell.strip() for cell in record):
                # A longer row has shifted cells: none of its values can be trusted to stand under its header.
                shifted = len(record) > header.width
                rows.append([row_no, *(None if shifted or c >= len(record) else record[c] for c in header.columns)])
    if rows and len(last) < header.width and sum(bool(cell.strip()) for cell in last) > 1 and _ends_open(path):
        raise ContractProblem(
            f"Berkas terpotong: baris terakhir, {row_no}, berisi {len(last)} dari {header.width} kolom. Kirim ulang."
        )
    return pd.DataFrame(rows, columns=["row_no", *(f"c{index}" for index in range(len(header.columns)))])


def _ends_open(path: Path) -> bool:
    """Whether the last line lacks its end, as that of a copy that broke off."""
    return not path.read_bytes().endswith((b"\n", b"\r"))


def _whole_records(stream: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Records as written; a quotation mark left open would take the next rows, personal cells too, into one cell."""
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    while True:
        begun = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ContractProblem(
                f'Mulai baris {begun} berkas tidak dapat dibaca: tanda petik (") tidak ditutup atau ada sel yang '
                "terlalu panjang. Betulkan baris itu, lalu kirim ulang."
            ) from error


def _insert_frame(connection: sa.Connection, contract: Contract, staged: Staged, frame: pd.DataFrame) -> None:
    header = staged.delivery.header
    chosen = ", ".join(
        f"c{header.headers.index(name)}::VARCHAR" if name in header.headers else "NULL" for name in contract.headers
    )
    with frame_as_table(connection, "delivered_rows", frame):
        connection.exec_driver_sql(
            f"INSERT INTO staged SELECT ?, row_no::INTEGER, {chosen} FROM delivered_rows", (staged.number,)
        )
