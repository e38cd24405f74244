"""Opens the journal, SQLite in WAL mode or PostgreSQL by URL, and writes to it in short, whole transactions.

Every change of a remembered row leaves an entry in the same transaction: there is no other way to write one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from journal.history import record_changes
from journal.model import Entry
from warehouse.scope import Scope

BUSY_SECONDS = 30  # how long a writer waits for another one


class JournalError(Exception):
    """The journal cannot be used; the message says what to do."""


class StaleEditError(JournalError):
    """Somebody else changed the row since it was read; the message says who, when and what."""


@dataclass(frozen=True)
class Journal:
    """A journal that is open. One per process."""

    engine: sa.Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, scope: Scope, at: datetime, why: str = "") -> Iterator[Session]:
        """One transaction by one actor. Raises StaleEditError when a versioned row was changed meanwhile."""
        info = {"scope": scope, "at": at, "why": why}
        with Session(self.engine.execution_options(writes=True), expire_on_commit=False, info=info) as session:
            sa.event.listen(session, "before_flush", record_changes)
            try:
                yield session
                session.commit()
            except StaleDataError as error:
                raise StaleEditError("Data ini baru saja diubah orang lain. Muat ulang, lalu ulangi.") from error

    def revision(self) -> int:
        """Number of the newest entry; 0 for an empty journal."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.coalesce(sa.func.max(Entry.id), 0))).scalar_one()

    def close(self) -> None:
        self.engine.dispose()


def journal_url(settings_url: str, state_dir: Path) -> str:
    """The URL to open: the one set, or `journal.db` beside the releases."""
    return settings_url or f"sqlite:///{(state_dir / 'journal.db').as_posix()}"


def open_engine(url: str) -> sa.Engine:
    """Engine with the habits a shared journal needs. Raises JournalError for another kind of database."""
    address = sa.make_url(url)
    backend = address.get_backend_name()
    if backend == "postgresql":
        return sa.create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if backend != "sqlite":
        raise JournalError(f"Jurnal hanya dapat disimpan di SQLite atau PostgreSQL, bukan {backend}.")
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later cannot wait for another writer; one that asks at once can.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
