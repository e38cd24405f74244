"""Loads one small delivery into an empty warehouse: the shortest way from file text to judged rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipelines.background import DECLARED
from pipelines.contract import Contract
from pipelines.loading import Outcome, load_source
from pipelines.readers import read_delivery
from pipelines.reference import load_reference
from pipelines.staging import Staged, open_staging, stage_delivery
from warehouse.engine import memory_engine
from warehouse.schema import meta_finding, meta_quarantine, metadata


@dataclass(frozen=True)
class Loaded:
    """What became of a delivery."""

    counts: Outcome
    rows: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]


@contextmanager
def warehouse() -> Iterator[sa.Connection]:
    """Empty but for the code lists."""
    with _fill_warehouse() as connection:
        yield connection
    connection.engine.dispose()


def _fill_warehouse() -> sa.Connection:
    connection = memory_engine().connect().execution_options(isolation_level="AUTOCOMMIT")
    load_reference(connection)
    return connection


_shared_warehouse = cache(_fill_warehouse)


def _emptied_warehouse() -> sa.Connection:
    """The one of all loads, rid of what the last one wrote: far quicker than another."""
    connection = _shared_warehouse()
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {DECLARED}")
    for table in reversed(metadata.sorted_tables):
        if not table.name.startswith("ref_"):
            connection.execute(sa.delete(table))
    return connection


def load_file(
    contract: Contract,
    path: Path,
    work_dir: Path,
    region_code: str = "35.16",
    received_at: datetime | None = None,
    *,
    known: Mapping[sa.Table, Sequence[dict[str, object]]] | None = None,
) -> Loaded:
    """`known`: rows of other sources that are loaded already."""
    connection = _emptied_warehouse()
    for table, rows in (known or {}).items():
        connection.execute(table.insert(), list(rows))
    open_staging(connection, contract)
    delivery = read_delivery(path, contract, work_dir)
    sender = contract.sender_of(path.name, region_code) if contract.senders_in(region_code) else ""
    item = Staged(0, "kiriman", False, delivery, received_at, sender)
    stage_delivery(connection, contract, item)
    counts = load_source(connection, contract, region_code, [item])["kiriman"]

    def all_of(table: sa.Table) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]

    return Loaded(
        counts,
        all_of(metadata.tables[contract.target_table]),
        all_of(meta_finding),
        all_of(meta_quarantine),
    )
