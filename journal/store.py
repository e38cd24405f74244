"""Opens the journal, SQLite in WAL mode or PostgreSQL by URL, and writes to it in short, whole transactions.

Writers come one after the other in both, so entries are numbered in the order they are committed. Every change of a
remembered row leaves an entry in the same transaction; a statement that would leave none is refused.
"""

from __future__ import annotations

import getpass
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from journal.failures import JournalError, JournalUnavailableError, StaleEditError, telling_failures
from journal.history import explain_stale, record_changes, refuse_deleting, refuse_unremembered
from journal.model import Entry, Remembered
from warehouse.scope import Scope, machine_scope

__all__ = ["Journal", "JournalError", "JournalUnavailableError", "StaleEditError", "get_for_edit", "open_engine"]

BUSY_SECONDS = 30  # how long a writer waits for another one
RETRY_SECONDS = 0.05
CONNECT_SECONDS = 10
WRITER_LOCK = 0x50454E44  # of PostgreSQL's advisory locks: one writer at a time, as in SQLite
POSTGRESQL_OPTIONS = f"-c lock_timeout={BUSY_SECONDS}s -c idle_in_transaction_session_timeout=10min"

Row = TypeVar("Row", bound=Remembered)


class WritingSession(Session):
    """A session whose changes of remembered rows become entries."""


@dataclass(frozen=True)
class Journal:
    """A journal that is open. One per process."""

    engine: sa.Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at what is committed; it never waits for a writer."""
        with (
            telling_failures(self.engine.url),
            Session(snapshot_engine(self.engine), expire_on_commit=False) as session,
        ):
            yield session

    @contextmanager
    def writing(self, scope: Scope, at: datetime, why: str = "") -> Iterator[WritingSession]:
        """One transaction by one actor. Raises StaleEditError when a versioned row was changed meanwhile."""
        info = {"scope": scope, "at": at, "why": why}
        engine = self.engine.execution_options(writes=True)
        with telling_failures(self.engine.url), WritingSession(engine, expire_on_commit=False, info=info) as session:
            try:
                yield session
                session.commit()
            except StaleDataError as error:
                session.rollback()
                raise StaleEditError(_explain_edited(session)) from error

    def revision(self) -> int:
        """Number of the newest entry; 0 for an empty journal."""
        with telling_failures(self.engine.url), self.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.coalesce(sa.func.max(Entry.id), 0))).scalar_one()

    def close(self) -> None:
        self.engine.dispose()


def get_for_edit(session: Session, kind: type[Row], row_id: int, read_version: int) -> Row:
    """The row to change, if it is still as the editor saw it.

    Raises StaleEditError that says who changed it meanwhile, when and what; JournalError when there is no such row.
    """
    row = session.get(kind, row_id, with_for_update=True)
    if row is None:
        raise JournalError(_("Data yang akan diubah tidak ditemukan di jurnal. Muat ulang, lalu ulangi."))
    if row.version != read_version:
        raise StaleEditError(explain_stale(session, row, read_version))
    return row


def server_scope() -> Scope:
    """Whoever runs a command on the machine of the journal: known by the operating system alone."""
    try:
        user = getpass.getuser()
    except (ImportError, KeyError, OSError):  # an account without a name, as in some containers
        user = "tanpa nama"
    return machine_scope(f"server:{user}")


def journal_url(settings_url: str, state_dir: Path) -> str:
    """The URL to open: the one set, or `journal.db` beside the releases."""
    return settings_url or f"sqlite:///{(state_dir / 'journal.db').as_posix()}"


def sqlite_file(url: str | sa.URL) -> Path | None:
    """The file of a SQLite journal; None for PostgreSQL and for one in memory."""
    address = read_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return Path(str(address.database)) if is_file else None


def read_url(url: str | sa.URL) -> sa.URL:
    """Raises JournalError for what is no URL, or one of another kind of database."""
    try:
        address = sa.make_url(url)
        backend = address.get_backend_name()
    except sa.exc.ArgumentError as error:
        example = "postgresql://pendopo:sandi@127.0.0.1/pendopo"
        raise JournalError(
            _("journal_url bukan alamat basis data; tulis seperti {example}.").format(example=example)
        ) from error
    if backend not in ("sqlite", "postgresql"):
        raise JournalError(
            _("Jurnal hanya dapat disimpan di SQLite atau PostgreSQL, bukan {backend}.").format(backend=backend)
        )
    return address


def open_engine(url: str) -> sa.Engine:
    """Engine with the habits a shared journal needs. Raises JournalError for another kind of database."""
    address = read_url(url)
    write_json = partial(json.dumps, ensure_ascii=False)  # so that entries can be searched as text
    if address.get_backend_name() == "postgresql":
        arguments = {"connect_timeout": CONNECT_SECONDS, "options": POSTGRESQL_OPTIONS}
        engine = sa.create_engine(
            address.set(drivername="postgresql+psycopg"),
            connect_args=arguments,
            json_serializer=write_json,
            pool_pre_ping=True,
        )
        sa.event.listen(engine, "begin", _begin_postgresql)
        return engine
    file = sqlite_file(address)
    if file is not None:
        _make_file(file)
    engine = sa.create_engine(address, connect_args={"timeout": BUSY_SECONDS}, json_serializer=write_json)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(file: Path) -> None:
    """An empty file that only this account reads: digests of passwords come into it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)
    except OSError as error:
        words = _("Berkas jurnal {file} tidak dapat dibuat. Periksa letak dan hak akses foldernya.")
        raise JournalUnavailableError(words.format(file=file)) from error


def snapshot_engine(engine: sa.Engine) -> sa.Engine:
    """The same connections, each transaction seeing one moment, as SQLite's do anyway."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: see _begin_sqlite
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _switch_to_wal(connection)
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own knows only a to z


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait by itself when several processes open a new file at once."""
    for _attempt in range(round(BUSY_SECONDS / RETRY_SECONDS)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(RETRY_SECONDS)
    connection.execute("PRAGMA journal_mode=WAL")


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later cannot wait for another writer; one that asks at once can.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _begin_postgresql(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def _remember_edited(session: Session, _context: Any, _instances: Any) -> None:
    """Which versions are about to be changed, should the flush find them gone."""
    edited = [row for row in session.dirty if isinstance(row, Remembered)]
    session.info["edited"] = [(type(row), row.id, row.version) for row in edited]


def _explain_edited(session: Session) -> str:
    for kind, row_id, version in session.info.get("edited", ()):
        row = session.get(kind, row_id, populate_existing=True)
        if row is not None and row.version != version:
            return explain_stale(session, row, version)
    return _("Data ini baru saja diubah orang lain. Muat ulang, lalu ulangi.")


sa.event.listen(WritingSession, "before_flush", _remember_edited)
sa.event.listen(WritingSession, "before_flush", refuse_deleting)
sa.event.listen(WritingSession, "after_flush", record_changes)
sa.event.listen(WritingSession, "do_orm_execute", refuse_unremembered)
