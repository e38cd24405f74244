"""Loads one small delivery into an empty warehouse: the shortest way from file text to judged rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.loading import Outcome, load_source
from pipelines.judging.reference import load_reference
from pipelines.judging.staging import Staged, open_staging, stage_delivery
from pipelines.reading.readers import read_delivery
from warehouse.engine import memory_engine
from warehouse.schema import meta_finding, meta_quarantine, metadata

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Loaded:
    """What became of a delivery."""

    counts: Outcome
    rows: Rows
    findings: Rows
    quarantine: Rows


_idle: list[sa.Connection] = []


@contextmanager
def warehouse() -> Iterator[sa.Connection]:
    """Empty but for the code lists; used again when its test is done, for another costs more than a small load."""
    connection = _idle.pop() if _idle else _fill_warehouse()
    try:
        yield connection
    finally:
        if _empty(connection) == connection.info["code lists"]:
            _idle.append(connection)
        else:
            connection.engine.dispose()


def _fill_warehouse() -> sa.Connection:
    connection = memory_engine().connect().execution_options(isolation_level="AUTOCOMMIT")
    load_reference(connection)
    connection.info["code lists"] = _empty(connection)
    return connection


def _empty(connection: sa.Connection) -> dict[str, int]:
    """Take back what was loaded, and drop the tables of a build; the length of each code list."""
    found = connection.exec_driver_sql("SELECT table_name, estimated_size, temporary FROM duckdb_tables()").all()
    counts = {name: count for name, count, is_temporary in found if not is_temporary}
    for name in (name for name, _count, is_temporary in found if is_temporary):
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
    for table in reversed(metadata.sorted_tables):
        if counts[table.name] and not table.name.startswith("ref_"):
            connection.execute(sa.delete(table))
    return {name: count for name, count in counts.items() if name.startswith("ref_")}


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
    outcomes, *found = _load(contract, {path: received_at}, work_dir, region_code, known or {})
    return Loaded(outcomes[path.name], *found)


def load_together(
    contract: Contract, received: Mapping[Path, datetime | None], work_dir: Path, region_code: str
) -> tuple[Rows, Rows]:
    """Rows and findings of files that a build finds together: judged at once, as it does."""
    _outcomes, rows, findings, _quarantine = _load(contract, received, work_dir, region_code, {})
    return rows, findings


def _load(
    contract: Contract,
    received: Mapping[Path, datetime | None],
    work_dir: Path,
    region_code: str,
    known: Mapping[sa.Table, Sequence[dict[str, object]]],
) -> tuple[Mapping[str, Outcome], Rows, Rows, Rows]:
    with warehouse() as connection:
        for table, rows in known.items():
            connection.execute(table.insert(), list(rows))
        open_staging(connection, contract)
        items = []
        for number, (path, received_at) in enumerate(received.items()):
            delivery = read_delivery(path, contract, work_dir)
            sender = contract.sender_of(path.name, region_code) if contract.senders_in(region_code) else ""
            items.append(Staged(number, path.name, False, delivery, received_at, sender))
            stage_delivery(connection, contract, items[-1])
        outcomes = load_source(connection, contract, region_code, items)

        def all_of(table: sa.Table) -> Rows:
            return [dict(row) for row in connection.execute(sa.select(table)).mappings()]

        target = all_of(metadata.tables[contract.target_table])
        return outcomes, target, all_of(meta_finding), all_of(meta_quarantine)
