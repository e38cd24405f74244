"""From a small grid or text to its staged rows: what kinds they are, what their cells say, what is told about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.judging.loading import load_source
from pipelines.judging.staging import Staged, open_staging, stage_delivery
from pipelines.reading.grids import NATIVE, Grid, Opened
from pipelines.reading.readers import Delivery, read_delivery, read_opened
from tests.unit.pipelines.loaded import warehouse

VILLAGES = (
    {"name": "kecamatan", "from": "Kecamatan", "type": "text", "required": True},
    {"name": "desa", "from": "Desa", "type": "text", "required": True},
    {"name": "jiwa", "from": "Jumlah", "type": "integer"},
)


def contract(*fields: dict[str, Any], **more: Any) -> Contract:
    facts = {"source_id": "uji", "title": "Uji", "sha256": "", "folder": Path(__file__).parent / "none"}
    return Contract.model_validate({**facts, "fields": fields or VILLAGES, **more})


@dataclass(frozen=True)
class LaidOut:
    rows: list[tuple[Any, ...]]  # row_no, kind, cells in the order of the contract's headers
    notes: list[tuple[str, str]]
    findings: list[tuple[str, str]]  # cell and rule of what was found in a row

    def kinds(self) -> dict[int, str]:
        return {row[0]: row[1] for row in self.rows}

    def data(self) -> list[tuple[Any, ...]]:
        return [(row[0], *row[2:]) for row in self.rows if row[1] == "data"]


def of_sheets(one: Contract, *grids: Grid) -> LaidOut:
    return stage(one, read_opened(Path("uji.xlsx"), Opened("xlsx", grids), one))


def of_rows(one: Contract, *rows: Sequence[Any], **more: Any) -> LaidOut:
    return of_sheets(one, Grid("Data", rows, **more))


def stage(one: Contract, delivery: Delivery) -> LaidOut:
    item = Staged(0, "kiriman", False, delivery)
    with warehouse() as connection:
        open_staging(connection, one)
        stage_delivery(connection, one, item)
        cells = ", ".join(f"c{place}" for place in range(len(one.headers)))
        load_source(connection, one, "35.16", [item])
        staged = connection.exec_driver_sql(f"SELECT row_no, row_kind, {cells} FROM staged ORDER BY row_no").all()
        told = connection.exec_driver_sql(
            "SELECT row_no, cell, rule, message FROM meta_finding ORDER BY row_no, cell, rule"
        ).all()
    rows = [tuple(cell.removeprefix(f"{NATIVE}n") if isinstance(cell, str) else cell for cell in row) for row in staged]
    return LaidOut(
        rows,
        [(rule, message) for row_no, _cell, rule, message in told if row_no is None],
        [(cell, rule) for row_no, cell, rule, _message in told if row_no is not None],
    )


@dataclass(frozen=True)
class Judged:
    accepted: int
    rejected: int
    rows: list[dict[str, Any]]  # typed values of the accepted rows
    notes: list[tuple[str, str]]
    findings: list[tuple[str, str]]

    def sum_of(self, field: str) -> Any:
        return sum(row[field] for row in self.rows if row[field] is not None)

    def empty(self, field: str) -> int:
        return sum(row[field] is None for row in self.rows)


def judge_file(one: Contract, path: Path, work_dir: Path) -> Judged:
    """A contract without a table: what its accepted rows say."""
    item = Staged(0, "kiriman", False, read_delivery(path, one, work_dir))
    with warehouse() as connection:
        open_staging(connection, one)
        stage_delivery(connection, one, item)
        outcome = load_source(connection, one, "35.16", [item])["kiriman"]
        chosen = ", ".join(f"v_{field.name} AS {field.name}" for field in one.fields)
        rows = connection.exec_driver_sql(f"SELECT {chosen} FROM checked WHERE NOT is_rejected ORDER BY row_no")
        accepted = [dict(row) for row in rows.mappings()]
        told = connection.exec_driver_sql(
            "SELECT row_no, cell, rule, message FROM meta_finding ORDER BY row_no, cell, rule"
        ).all()
    return Judged(
        outcome.accepted,
        outcome.rejected,
        accepted,
        [(rule, message) for row_no, _cell, rule, message in told if row_no is None],
        [(cell, rule) for row_no, cell, rule, _message in told if row_no is not None],
    )
