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
from pathlib import Path
from typing import TYPE_CHECKING

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
    """The tables of the release as they are, row by row; what the build keeps for itself is temporary and stays."""
    folder.mkdir()
    tables = connection.exec_driver_sql(
        "SELECT table_name, sql FROM duckdb_tables() WHERE NOT temporary ORDER BY table_oid"
    ).all()
    views = connection.exec_driver_sql("SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal")
    beside = set(views.scalars())
    for name, _statement in tables:
        if name in beside:
            (folder.parent / f"{name}.parquet").replace(folder / f"{name}.parquet")
        else:
            connection.exec_driver_sql(f"COPY {name} TO '{_quoted(folder)}/{name}.parquet' ({PARQUET})")
    (folder / SCHEMA).write_text("\n".join(statement for _name, statement in tables), "utf-8")


def export_changes(connection: sa.Connection, folder: Path, changes: Sequence[Change]) -> None:
    """The rows that differ from the release below, and which of it they stand for."""
    folder.mkdir()
    told = []
    for change in changes:
        rows = {change.table: f"SELECT * FROM {change.table} WHERE {change.now}"}
        if change.grew:
            rows[overtaken_name(change.table)] = f"SELECT submission_id, row_no FROM {overtaken_name(change.table)}"
        for file, query in rows.items():
            connection.exec_driver_sql(f"COPY ({query}) TO '{_quoted(folder)}/{file}.parquet' ({PARQUET})")
        told.append({"table": change.table, "where": change.before, "grew": change.grew})
    (folder / CHANGES).write_text(json.dumps(told), "utf-8")


def write_fresh(folder: Path, target: Path, base: Path | None = None) -> None:
    """Make `target` out of exported values, or of changes on top of `base`. Raises OSError for a full disk,
    RuntimeError for any other failure."""
    made = folder / "baru.duckdb"
    command = [sys.executable, "-I", __file__, str(folder), str(made), *([str(base)] if base else [])]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own words
    if done.returncode == NO_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
    if done.returncode:
        raise RuntimeError(f"release could not be written anew, exit code {done.returncode}: {done.stderr[-2000:]}")
    made.replace(target)


def overtaken_name(table: str) -> str:
    """Of the temporary table, and the file, of the rows of a table that newer ones took the place of."""
    return f"overtaken_{table}"


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")


def _import_values(folder: Path, target: Path, base: Path | None) -> None:
    import duckdb  # noqa: PLC0415 - only in the new process: the building one has warehouse.engine

    try:
        if base is None:
            _fill(duckdb.connect(target, config=FORMAT), folder)
        else:
            shutil.copyfile(base, target)
            _change(duckdb.connect(target), folder)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit(NO_ROOM)
    except duckdb.Error as error:
        if not any(words in str(error) for words in ("Could not write file", os.strerror(errno.ENOSPC))):
            raise
        sys.exit(NO_ROOM)


def _change(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    _settle(connection, folder)
    for change in json.loads((folder / CHANGES).read_text("utf-8")):
        table = change["table"]
        if change["grew"]:
            gone = f"FROM read_parquet('{_quoted(folder)}/{overtaken_name(table)}.parquet')"
            connection.execute(f"DELETE FROM {table} WHERE (submission_id, row_no) IN ({gone})")
        connection.execute(f"DELETE FROM {table} WHERE {change['where']}")
        connection.execute(f"INSERT INTO {table} SELECT * FROM read_parquet('{_quoted(folder)}/{table}.parquet')")
    connection.execute("CHECKPOINT")


def _settle(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    connection.execute(f"SET temp_directory = '{_quoted(folder)}'; SET memory_limit = '{MEMORY}'")


def _fill(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    _settle(connection, folder)
    connection.execute((folder / SCHEMA).read_text("utf-8"))
    for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        connection.execute(f"INSERT INTO {name} SELECT * FROM read_parquet('{_quoted(folder)}/{name}.parquet')")
    connection.execute("CHECKPOINT")  # at closing a full disk would pass unnoticed
    connection.close()


if __name__ == "__main__":
    _import_values(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
