"""Rows of a database as a CSV file: declared columns only, in batches, incremental by a column that grows.

Rows at the edge are read twice rather than missed; the grain of the contract settles duplicates later.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

import sqlalchemy as sa

from pipelines.connectors.connection import SqlConnection
from pipelines.connectors.haul import Errand, Haul, Piece
from pipelines.connectors.problems import FetchProblem
from pipelines.connectors.sql_cells import cell_writer
from pipelines.connectors.sql_server import reading
from pipelines.connectors.web import MB
from pipelines.contracts.contract import Contract
from warehouse.feed_memory import Mark
from warehouse.nearest import nearest_hint

Growing = int | date | datetime
ROOM_FOR_A_ROW = 1 << 16  # bytes


class _Counted:
    """Text on its way into a file: how many bytes, and their SHA-256."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> None:
        content = text.encode()
        self._stream.write(content)
        self.digest.update(content)
        self.size += len(content)


@dataclass(frozen=True)
class _Written:
    """The CSV file: how many rows, whether a limit was met before the last, the greatest watermark."""

    rows: int
    is_cut: bool
    reached: Any  # of Growing, none: no row had one
    sha256: str


def fetch_sql(connection: SqlConnection, errand: Errand) -> Haul:
    refuse_misfit(connection, errand.contract)
    before = _parsed(errand.mark.watermark, connection)
    with reading(connection, errand) as database:
        source = _source(connection)
        _refuse_changed_columns(database, source, connection)
        written = _write(database.execution_options(stream_results=True), source, before, connection, errand)
    if written.is_cut and (written.reached is None or (before is not None and written.reached <= before)):
        raise FetchProblem(_too_many(connection))
    if not written.rows:
        return Haul((), errand.mark, ("Tidak ada baris.",))
    reached = before if written.reached is None else written.reached
    mark = Mark(digests={"": written.sha256}, watermark="" if reached is None else str(reached))
    note = f"{written.rows} baris." + (" Sisanya pada pengambilan berikutnya." if written.is_cut else "")
    if errand.mark.digests.get("") == written.sha256:
        return Haul((), mark, (note,))
    return Haul((Piece(errand.draft, written.sha256),), mark, (note,))


def refuse_misfit(connection: SqlConnection, contract: Contract) -> None:
    """Raises FetchProblem when the columns are not those of the contract, or cannot be read in parts."""
    headings = {column.heading for column in connection.columns}
    for field in contract.fields:
        if field.required and not headings & {field.from_, *field.aliases}:
            raise FetchProblem(
                f"Kolom wajib {field.from_!r} dari kontrak belum ada di columns. Tambahkan, misalnya "
                f"{{name: KOLOM_DI_BASIS_DATA, header: {field.from_!r}, type: text}}."
            )
    known = {name for field in contract.fields for name in (field.from_, *field.aliases)}
    known |= {*contract.ignore, *contract.personal}
    for heading in sorted(headings - known):
        hint = nearest_hint(heading, known)
        raise FetchProblem(f"Kolom {heading!r} di columns tidak dikenal kontrak{hint or '.'} Samakan header-nya.")
    if connection.watermark is not None and (contract.report or not contract.grain):
        why = "kiriman baru mengganti seluruh laporan (report)" if contract.report else "kontrak tidak punya grain"
        raise FetchProblem(f"watermark tidak dapat dipakai: {why}. Hapus watermark, supaya semua baris diambil.")


def _source(connection: SqlConnection) -> sa.FromClause:
    columns: list[sa.ColumnClause[Any]] = [sa.column(column.name) for column in connection.columns]
    if connection.table:
        return sa.table(connection.table, *columns, schema=connection.db_schema)
    return sa.text(connection.query).columns(*columns).subquery("sumber")


def _refuse_changed_columns(database: sa.Connection, source: sa.FromClause, connection: SqlConnection) -> None:
    statement: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(source).where(sa.false())
    found = list(database.execute(statement).keys())
    declared = [column.name for column in connection.columns]
    spare = [name for name in found if name not in declared]
    for name in declared:
        if name not in found:
            raise FetchProblem(
                f"Kolom {name} tidak ada lagi di {connection.table or 'hasil query'}{nearest_hint(name, spare) or '.'} "
                f"Kolom yang belum disebut: {', '.join(spare[:20]) or 'tidak ada'}. Tanyakan pengelolanya, lalu "
                "perbaiki columns."
            )


def _statement(source: sa.FromClause, before: Growing | None, connection: SqlConnection) -> sa.Select[Any]:
    columns = [source.c[column.name] for column in connection.columns]
    statement = sa.select(*columns)
    if connection.watermark is None:
        return statement.order_by(*columns).limit(connection.max_rows + 1)
    mark = source.c[connection.watermark]
    if before is not None:
        since = before - timedelta(minutes=connection.overlap_minutes) if isinstance(before, datetime) else before
        statement = statement.where(sa.or_(mark >= since, mark.is_(None)))  # a row without a mark is never left behind
    blank_first = sa.case((mark.is_(None), 0), else_=1)
    return statement.order_by(blank_first, mark, *columns).limit(connection.max_rows + 1)


def _write(
    database: sa.Connection, source: sa.FromClause, before: Growing | None, connection: SqlConnection, errand: Errand
) -> _Written:
    contract, limit = errand.contract, connection.max_mb * MB
    writers = [cell_writer(column, contract, errand.zone) for column in connection.columns]
    place = next((i for i, column in enumerate(connection.columns) if column.name == connection.watermark), None)
    count, is_cut, reached = 0, False, None
    with errand.draft.open("wb") as stream:
        counted = _Counted(stream)
        out = csv.writer(counted, delimiter=contract.file.delimiter or ",", lineterminator="\n")
        out.writerow(column.heading for column in connection.columns)
        with database.execute(_statement(source, before, connection)).yield_per(connection.batch_rows) as result:
            for number, row in enumerate(result):
                if number % connection.batch_rows == 0:
                    errand.patience.check()
                if count == connection.max_rows or counted.size > limit - ROOM_FOR_A_ROW:
                    is_cut = True
                    break
                out.writerow([write(value) for write, value in zip(writers, row, strict=True)])
                count += 1
                reached = reached if place is None or row[place] is None else row[place]
    return _Written(count, is_cut, reached, counted.digest.hexdigest())


def _parsed(text: str, connection: SqlConnection) -> Growing | None:
    if not text or connection.watermark is None:
        return None
    kind = next(column.type for column in connection.columns if column.name == connection.watermark)
    if kind == "integer":
        return int(text)
    return datetime.fromisoformat(text) if kind == "datetime" else date.fromisoformat(text)


def _too_many(connection: SqlConnection) -> str:
    if connection.watermark is None:
        return (
            f"Lebih dari {connection.max_rows} baris atau {connection.max_mb} MB. Pakai watermark (kolom yang naik "
            "setiap ada perubahan), persempit query, atau naikkan max_rows."
        )
    return (
        f"Lebih dari {connection.max_rows} baris atau {connection.max_mb} MB punya {connection.watermark} yang sama, "
        "sehingga tidak dapat dilanjutkan. Naikkan max_rows atau persempit query."
    )
