"""The only door to DuckDB for the product: opens a release to read, a new one to build, an empty one for tests."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from warehouse.narrowing import view_statements
from warehouse.schema import metadata
from warehouse.scope import WHOLE, Reach

BUILD_MEMORY = "1GB"  # what does not fit goes to the temporary folder of the build
AGAIN_SECONDS = 0.5  # between two interrupts: one that falls between two questions hits none
NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
NO_ROOM_WORDS = (*(os.strerror(number) for number in NO_ROOM), "not enough space on the disk")


def open_release(path: Path, reach: Reach = WHOLE) -> sa.Engine:
    """Open a published release read-only, as far as a reader reads it. Connections share one DuckDB instance: cursors,
    not files, are opened; each is narrowed before anyone is given it."""
    engine = sa.create_engine(f"duckdb:///{path.as_posix()}", connect_args={"read_only": True, "config": _limits()})
    narrow_engine(engine, reach)
    return engine


def open_restricted(path: Path) -> sa.Engine:
    """The restricted store read-only, for `pipelines.judging.restricted_store` alone."""
    return sa.create_engine(f"duckdb:///{path.as_posix()}", connect_args={"read_only": True, "config": _limits()})


def narrow_engine(engine: sa.Engine, reach: Reach) -> None:
    """Every connection the engine will open reads no further than `reach`."""

    def narrow(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        for statement in view_statements(reach, database):
            cursor.execute(statement)
        cursor.close()

    sa.event.listen(engine, "connect", narrow)


def create_release(path: Path, temp_dir: Path) -> sa.Engine:
    """Open a new file to build in, all tables created, or a copy of a release. One connection: the build is a single
    writer."""
    is_new = not path.exists()
    config = _limits() | {"temp_directory": temp_dir.as_posix(), "memory_limit": BUILD_MEMORY}
    engine = sa.create_engine(
        f"duckdb:///{path.as_posix()}",
        connect_args={"config": config},
        poolclass=StaticPool,
        pool_reset_on_return=None,  # every statement commits; after a full disk there is nothing left to roll back
    )
    with engine.connect() as connection:  # nobody reads the draft again: its values are handed on before it is closed
        connection.exec_driver_sql("PRAGMA disable_checkpoint_on_shutdown")
    if is_new:
        metadata.create_all(engine, checkfirst=False)
    return engine


def memory_engine() -> sa.Engine:
    """An empty warehouse in memory with all tables."""
    engine = sa.create_engine("duckdb:///:memory:", connect_args={"config": _limits()}, poolclass=StaticPool)
    metadata.create_all(engine, checkfirst=False)
    return engine


@contextmanager
def time_limit(connection: sa.Connection, seconds: float) -> Iterator[None]:
    """Interrupts whatever the connection is asked in the block once so long has passed, again and again until it ends:
    the question fails like any other."""
    driver, over = connection.connection.driver_connection, Event()

    def watch() -> None:
        pause = seconds
        while not over.wait(pause):
            pause = AGAIN_SECONDS
            if driver is not None:
                driver.interrupt()

    Thread(target=watch, name="time limit", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def is_given_up(error: sa.exc.DBAPIError) -> bool:
    """Whether DuckDB failed inside: every later question on the same open file would fail too."""
    return isinstance(error.orig, duckdb.FatalException | duckdb.InternalException)


def lacks_room(error: BaseException | None) -> bool:
    """Whether the disk is full, or a quota or limit of a file's size is reached: no fault of any data."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        if isinstance(original, duckdb.Error) and any(words in str(original) for words in NO_ROOM_WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def frame_as_table(connection: sa.Connection, table_name: str, frame: pd.DataFrame) -> Iterator[None]:
    """Let SQL read a frame under a name while the block runs; nothing is copied into the database."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("connection is closed")
    driver.register(table_name, frame)
    try:
        yield
    finally:
        driver.unregister(table_name)


def _limits() -> dict[str, str]:
    # No extension may be fetched: the network is closed, and a missing one must fail at once and by name.
    return {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
