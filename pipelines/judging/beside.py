"""Keeps the facts of a large source in a file of their own while a release is built: written once, not thrice.

A temporary view of the table's name stands before the empty table, so whoever reads it does not know. Only a table
that holds nothing yet can be stood for; nothing can be added to it then.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from pipelines.building.fresh_file import PARQUET
from pipelines.judging.quoting import literal, name


def is_empty(connection: sa.Connection, table: str) -> bool:
    return not connection.exec_driver_sql(f"SELECT EXISTS (FROM {table})").scalar_one()


def write_beside(connection: sa.Connection, table: str, rows: str, folder: Path) -> None:
    """`rows`: a query whose columns are those of the table, in order."""
    described = connection.exec_driver_sql(f"DESCRIBE {table}").all()
    names = ", ".join(f"c{place}" for place in range(len(described)))
    cast = ", ".join(f"c{place}::{row[1]} AS {name(row[0])}" for place, row in enumerate(described))
    file = literal((folder / f"{table}.parquet").as_posix())
    connection.exec_driver_sql(f"COPY (SELECT {cast} FROM ({rows}) AS row({names})) TO {file} ({PARQUET})")
    connection.exec_driver_sql(f"CREATE TEMP VIEW {table} AS FROM read_parquet({file})")


def forget_beside(connection: sa.Connection, table: str) -> None:
    connection.exec_driver_sql(f"DROP VIEW IF EXISTS temp.{table}")
