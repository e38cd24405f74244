"""Backups of a journal, the same for both databases: a zip with one file of JSON lines a table, and a manifest.

A restore checks every byte before it writes, never mixes a backup with what is there, and signs everybody out.
Tables are read as the database describes them, since a backup may be of an older version than the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal.backup_file import BackupError, BackupFile, Manifest, Row, open_backup, write_backup_file
from journal.failures import telling_failures
from journal.history import write_entry
from journal.migrating import (
    VERSION_TABLE,
    head_revision,
    is_missing,
    known_revisions,
    refuse_foreign,
    revision_of,
    upgrade,
)
from journal.model import JSON, Base, Kind
from journal.store import Journal, WritingSession, open_engine, snapshot_engine
from warehouse.scope import Scope

__all__ = ["BackupError", "Restored", "Who", "backup", "backup_connection", "restore"]

BATCH_ROWS = 1_000
WRONG_VALUES = (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.ProgrammingError)


@dataclass(frozen=True)
class Who:
    """Who restores, when, and why: the first entry of the restored journal."""

    scope: Scope
    at: datetime
    why: str = ""


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    replaced: Path | None  # backup of what was there before


def backup(url: str, path: Path, at: datetime) -> Manifest:
    """Write a backup of the journal as it is at one moment. Never writes over a file."""
    if is_missing(url):
        raise BackupError(_empty_words())
    engine = open_engine(url)
    try:
        with telling_failures(engine.url), snapshot_engine(engine).connect() as connection:
            return backup_connection(connection, path, at)
    finally:
        engine.dispose()


def backup_connection(connection: sa.Connection, path: Path, at: datetime) -> Manifest:
    """Write a backup of what the transaction of this connection sees."""
    revision = revision_of(connection)
    if revision is None:
        raise BackupError(_empty_words())
    rows = ((table.name, _rows(connection, table)) for table in _tables(connection).sorted_tables)
    return write_backup_file(path, rows, revision, at)


def restore(url: str, path: Path, who: Who, replaced: Path | None = None) -> Restored:
    """Fill an empty or missing journal from a backup; with `replaced`, whatever is there is backed up to it first.

    One transaction: a restore that fails or is killed leaves the journal as it was.
    """
    with open_backup(path) as source:
        manifest = source.manifest
        if manifest.revision not in known_revisions():
            words = _("Cadangan {name} berasal dari Pendopo yang lebih baru (versi {revision}). Perbarui programnya.")
            raise BackupError(words.format(name=path.name, revision=manifest.revision))
        source.check()
        journal = Journal(open_engine(url))
        try:
            with journal.writing(who.scope, who.at, who.why) as session:
                kept = _clear(session.connection(), who.at, replaced)
                upgrade(session.connection(), manifest.revision)
                _fill_all(session.connection(), source)
                upgrade(session.connection(), head_revision())
                _end_sign_ins(session, who.at)
                _record(session, path, manifest)
        finally:
            journal.close()
    return Restored(manifest, kept)


def _clear(connection: sa.Connection, at: datetime, replaced: Path | None) -> Path | None:
    """Take away empty tables; others only after a backup of them. The path of that backup."""
    if revision_of(connection) is None:
        refuse_foreign(connection)
    tables = _tables(connection)
    filled = [table.name for table in tables.sorted_tables if connection.execute(sa.select(table).limit(1)).first()]
    if filled and replaced is None:
        words = _("Jurnal ini sudah berisi ({tables}). Tambahkan --replace bila isinya memang hendak diganti; ")
        kept = _("isinya dicadangkan dahulu.")
        raise BackupError(words.format(tables=", ".join(filled)) + kept)
    if filled and replaced is not None:
        backup_connection(connection, replaced, at)
    tables.drop_all(connection)
    sa.Table(VERSION_TABLE, sa.MetaData()).drop(connection, checkfirst=True)
    return replaced if filled else None


def _tables(connection: sa.Connection) -> sa.MetaData:
    """The journal's tables as this database has them, in an order in which they can be filled."""
    found = set(sa.inspect(connection).get_table_names()) & set(Base.metadata.tables)
    tables = sa.MetaData()
    tables.reflect(connection, only=sorted(found))
    for table in tables.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.JSON):
                column.type = JSON
    return tables


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    query = sa.select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(query, execution_options={"yield_per": BATCH_ROWS}).mappings():
        yield {key: value.isoformat() if isinstance(value, datetime) else value for key, value in row.items()}


def _instant_columns(table: sa.Table) -> frozenset[str]:
    return frozenset(column.name for column in table.columns if isinstance(column.type, sa.DateTime))


def _fill_all(connection: sa.Connection, source: BackupFile) -> None:
    tables = _tables(connection)
    if set(tables.tables) != set(source.manifest.tables):
        raise BackupError(_unfit_words(source))
    for table in tables.sorted_tables:
        try:
            _fill(connection, table, source.rows(table.name, _instant_columns(table)))
        except (sa.exc.CompileError, ValueError) as error:
            raise BackupError(_unfit_words(source)) from error
        except sa.exc.StatementError as error:
            if isinstance(error, sa.exc.DBAPIError) and not isinstance(error, WRONG_VALUES):
                raise  # the database itself fails
            raise BackupError(_unfit_words(source)) from error


def _fill(connection: sa.Connection, table: sa.Table, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH_ROWS)):
        connection.execute(sa.insert(table), batch)
    if (
        connection.dialect.name == "postgresql" and "id" in table.c
    ):  # numbers go on after those that came with the backup
        newest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, "id"), newest)))


def _empty_words() -> str:
    return _("Jurnal masih kosong; belum ada yang dicadangkan.")


def _unfit_words(source: BackupFile) -> str:
    words = _("Isi cadangan {name} tidak cocok dengan versinya ({revision}); tidak ada yang dipulihkan.")
    return words.format(name=source.path.name, revision=source.manifest.revision)


def _end_sign_ins(session: Session, at: datetime) -> None:
    """A cookie from before the restore opens nothing, whatever was ended since the backup."""
    sign_in = Base.metadata.tables["sign_in"]
    session.execute(sa.update(sign_in).where(sign_in.c.ended_at.is_(None)).values(ended_at=at))


def _record(session: WritingSession, path: Path, manifest: Manifest) -> None:
    after = {"cadangan": path.name, "dibuat": manifest.made_at, "versi": manifest.revision, "baris": manifest.row_count}
    write_entry(session, Kind.MAINTAINED, "jurnal", "restore", after=after)
