"""Writes a release anew in a process that never saw a delivery.

DuckDB fills the unused ends of a file's blocks with whatever its memory held before: in the process that read the
deliveries, cells of them. Only the values of the tables are handed over, and nothing else is written. Run as a script
it is that process.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:  # the new process starts without them
    from collections.abc import Sequence

    import duckdb
    import sqlalchemy as sa

    from pipelines.building.increment import Change

SCHEMA, CHANGES = "tabel.sql", "perubahan.json"
MEMORY = "1GB"  # of DuckDB in the new process: what does not fit goes to its folder
# smaller and quicker than what DuckDB 0.10 could read too
FORMAT: dict[str, str | bool | int | float | list[str]] = {"storage_compatibility_version": "v1.5.0"}
# A chunk more than this still fills one block of rows of a table: blocks begun by two would be written twice.
PARQUET = "FORMAT parquet, ROW_GROUP_SIZE 118784"
NO_ROOM = 9  # exit code of the other process: it could not write


def export_values(connection: sa.Connection, folder: Path) -> None:
    """The tables of the release as they are, row by row; what the build keeps for itself is temporary and stays, and
    a table for which a view stands was taken already."""
    folder.mkdir(exist_ok=True)
    views = connection.exec_driver_sql("SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal")
    beside = set(views.scalars())
    statements = {name: said for name, said in described(connection).items() if name not in beside}
    for name in statements:
        connection.exec_driver_sql(f"COPY {name} TO '{_quoted(folder)}/{name}.parquet' ({PARQUET})")
    (folder / SCHEMA).write_text("\n".join(statements.values()), "utf-8")


def described(connection: sa.Connection) -> dict[str, str]:
    """How each table is created."""
    told = "SELECT table_name, sql FROM duckdb_tables() WHERE NOT temporary ORDER BY table_oid"
    return {row.table_name: row.sql for row in connection.exec_driver_sql(told)}


def export_changes(connection: sa.Connection, folder: Path, changes: Sequence[Change]) -> None:
    """The rows that differ from the release below, and which of it they stand for."""
    folder.mkdir(exist_ok=True)
    told = []
    for change in changes:
        rows = {change.table: f"SELECT * FROM {change.table} WHERE {change.now}"}
        if change.grew:
            rows[overtaken_name(change.table)] = f"SELECT submission_id, row_no FROM {overtaken_name(change.table)}"
        for file, query in rows.items():
            connection.exec_driver_sql(f"COPY ({query}) TO '{_quoted(folder)}/{file}.parquet' ({PARQUET})")
        told.append({"table": change.table, "where": change.before, "grew": change.grew})
    (folder / CHANGES).write_text(json.dumps(told), "utf-8")


class FreshFile:
    """The new process. It starts at once and waits, so that the build need not wait for it."""

    def __init__(self, folder: Path, base: Path | None = None) -> None:
        """`folder`: where values are handed over. `base`: the release that changes are made on top of."""
        folder.mkdir(exist_ok=True)
        self.made = folder / "baru.duckdb"
        command = [sys.executable, "-I", __file__, str(folder), str(self.made), *([str(base)] if base else [])]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stderr=pipe, text=True)  # noqa: S603 - our own words

    def take(self, file: Path, statement: str) -> None:
        """Values of a table that stay as they are, while others are still calculated, and how it is created."""
        self._say({"file": str(file), "statement": statement})

    def finish(self, target: Path) -> None:
        """Make `target` out of all that was handed over. Raises OSError for a full disk, RuntimeError for any other
        failure."""
        self._say({})
        _said, told = self.process.communicate()
        code = self.process.returncode
        if code == NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        if code:
            raise RuntimeError(f"release could not be written anew, exit code {code}: {told[-2000:]}")
        self.made.replace(target)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_met: object) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.communicate()

    def _say(self, words: dict[str, str]) -> None:
        stream = self.process.stdin
        with suppress(OSError):  # it ended: its exit code tells why
            if stream is not None:
                print(json.dumps(words), file=stream, flush=True)


def write_fresh(folder: Path, target: Path) -> None:
    """Make `target` out of exported values. Raises OSError for a full disk, RuntimeError for any other failure."""
    with FreshFile(folder) as fresh:
        fresh.finish(target)


def overtaken_name(table: str) -> str:
    """Of the temporary table, and the file, of the rows of a table that newer ones took the place of."""
    return f"overtaken_{table}"


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")


def _import_values(folder: Path, target: Path, base: Path | None) -> None:
    import duckdb  # noqa: PLC0415 - only in the new process: the building one has warehouse.engine

    try:
        if base is None:
            connection = duckdb.connect(target, config=FORMAT)
        else:
            shutil.copyfile(base, target)
            connection = duckdb.connect(target)
        _settle(connection, folder)
        for line in sys.stdin:
            said = json.loads(line)
            if said:
                connection.execute(said["statement"])
                _insert(connection, Path(said["file"]))
                continue
            _fill(connection, folder) if base is None else _change(connection, folder)
            connection.execute("CHECKPOINT")  # at closing a full disk would pass unnoticed
            connection.close()
            return
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit(NO_ROOM)
    except duckdb.Error as error:
        if not any(words in str(error) for words in ("Could not write file", os.strerror(errno.ENOSPC))):
            raise
        sys.exit(NO_ROOM)


def _settle(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    connection.execute(f"SET temp_directory = '{_quoted(folder)}'; SET memory_limit = '{MEMORY}'")


def _insert(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Into the table the file is named for."""
    connection.execute(f"INSERT INTO {file.stem} SELECT * FROM read_parquet('{_quoted(file)}')")


def _fill(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    connection.execute((folder / SCHEMA).read_text("utf-8"))
    for file in sorted(folder.glob("*.parquet")):
        _insert(connection, file)


def _change(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for change in json.loads((folder / CHANGES).read_text("utf-8")):
        table = change["table"]
        if change["grew"]:
            gone = f"FROM read_parquet('{_quoted(folder)}/{overtaken_name(table)}.parquet')"
            connection.execute(f"DELETE FROM {table} WHERE (submission_id, row_no) IN ({gone})")
        connection.execute(f"DELETE FROM {table} WHERE {change['where']}")
        _insert(connection, folder / f"{table}.parquet")


if __name__ == "__main__":
    _import_values(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
