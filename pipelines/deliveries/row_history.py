"""Every version of one row, read again from the archived originals, and which of them counted at an instant.

Judges by the contract of today and by the same rules as a build at that instant. Personal cells are never told.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipelines.building.drafting import Draft, no_progress
from pipelines.contracts.contract import Contract, ContractProblem, FieldRule
from pipelines.contracts.contract_kinds import NUMBERS
from pipelines.deliveries.intake import HELD, REFUSED, REPEATED, REPLACED, open_submission, staged_submission
from pipelines.deliveries.submissions import Submission, list_submissions
from pipelines.judging.loading import file_source, judge_source
from pipelines.judging.quoting import bare, name
from pipelines.judging.staging import Staged, Waiting, open_staging
from warehouse.engine import create_release
from warehouse.nearest import nearest_hint
from warehouse.schema import meta_quarantine, meta_submission
from warehouse.settings import Settings

COUNTS, QUARANTINED = "berlaku", "dikarantina"
WHOLE = (REFUSED, HELD, REPLACED, REPEATED)  # what became of a delivery became of all its rows
JUDGES = ("core_budget_ceiling", "core_programme")  # what other sources are held against

Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Version:
    """What one delivery said of the row."""

    submission: Submission
    file_name: str  # as it may be told
    opd_code: str
    row_no: int
    status: str
    values: tuple[tuple[str, str], ...]  # by header
    message: str


@dataclass(frozen=True)
class RowHistory:
    """Versions in order of arrival, as things stood at `instant`."""

    contract: Contract
    key: Key
    instant: datetime
    versions: tuple[Version, ...]

    @property
    def counting(self) -> Version | None:
        return next((version for version in self.versions if version.status == COUNTS), None)


def read_key(contract: Contract, asked: Sequence[str]) -> Key:
    """`KUNCI=NILAI` by name of the field or header, in the order of the grain. Raises ContractProblem."""
    if not contract.grain or contract.table is None:
        raise ContractProblem(f"Sumber {contract.source_id} tidak dimuat ke tabel, jadi barisnya tidak bersejarah.")
    headers = {
        contract.by_name[column].from_.lower(): column for column in contract.grain if column in contract.by_name
    }
    known = headers | {column: column for column in contract.grain}
    example = " ".join(f'"{_header(contract, column)}=..."' for column in contract.grain)
    found: dict[str, str] = {}
    for words in asked:
        said, sign, value = words.partition("=")
        column = known.get(said.strip().lower())
        if not sign or not value.strip() or column is None:
            hint = nearest_hint(said, [_header(contract, one) for one in contract.grain]) if sign else ""
            raise ContractProblem(f"{words} bukan kunci {contract.source_id}{hint or '.'} Tulis seperti {example}.")
        found[column] = value.strip()
    if set(found) != set(contract.grain):
        raise ContractProblem(f"Kunci {contract.source_id} belum lengkap. Tulis {example}.")
    return tuple((column, found[column]) for column in contract.grain)


def read_history(
    settings: Settings, contracts: Sequence[Contract], contract: Contract, key: Key, instant: datetime
) -> RowHistory:
    """Beside the data, not in the system's folder: the work holds personal columns."""
    is_held_against = contract.hold is not None or any(check.rule == "led_by" for check in contract.checks)
    others = [one for one in contracts if is_held_against and one.target_table in JUDGES]
    needed = [contract, *(one for one in others if one.source_id != contract.source_id)]
    with tempfile.TemporaryDirectory(prefix="riwayat-", dir=settings.state_dir.parent) as folder:
        engine = create_release(Path(folder) / "riwayat.duckdb", Path(folder))
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                submissions = list_submissions(settings, needed, instant)
                draft = Draft(settings, needed, no_progress)
                draft.describe(connection)
                draft.load(connection, submissions, Path(folder))
                own = [item for item in submissions if item.source_id == contract.source_id]
                reading = _Reading(connection, contract, settings, own, key)
                return RowHistory(contract, key, instant, reading.versions(Path(folder)))
        finally:
            engine.dispose()


class _Reading:
    """The deliveries of a source, loaded as a build loads them, and then each looked at for itself."""

    def __init__(
        self,
        connection: sa.Connection,
        contract: Contract,
        settings: Settings,
        submissions: Sequence[Submission],
        key: Key,
    ) -> None:
        self.connection, self.contract, self.key = connection, contract, key
        self.region = settings.region
        self.submissions = submissions
        records = connection.execute(sa.select(meta_submission)).mappings()
        self.records: dict[str, Mapping[str, Any]] = {row["submission_id"]: dict(row) for row in records}

    def versions(self, folder: Path) -> tuple[Version, ...]:
        counting = self._loaded()
        staged = self._stage_all(folder)
        told = self._told(staged)
        fields = [field for field in self.contract.fields if not (field.personal or field.checked_only)]
        values = ", ".join(f"{name('v_' + field.name)}::VARCHAR" for field in fields)
        rows = self.connection.exec_driver_sql(
            f"SELECT delivery_no, row_no, is_rejected, {values} FROM checked WHERE {self._condition()} "
            "ORDER BY delivery_no, row_no",
            self._asked(),
        ).all()
        found = []
        for number, row_no, is_rejected, *cells in rows:
            item = self.submissions[number]
            record = self.records[item.submission_id]
            reasons, written = told.get((item.submission_id, row_no), ("", {}))
            status = self._status(record, row_no, counting, is_rejected=is_rejected)
            shown = dict(self._typed(fields, cells))
            if is_rejected:  # as it may be told, and never a personal column
                shown = {field.from_: written[field.from_] for field in fields if written.get(field.from_)}
            said = reasons if is_rejected else record["message"]
            facts = (item, record["file_name"], record["opd_code"], row_no, status)
            found.append(Version(*facts, tuple(shown.items()), said))
        return tuple(found)

    def _typed(self, fields: Sequence[FieldRule], cells: Sequence[str | None]) -> Iterator[tuple[str, str]]:
        """The values that are loaded, by header; one header may stand for several."""
        headers = [field.from_ for field in fields]
        for field, cell in zip(fields, cells, strict=True):
            if cell is not None:
                header = field.from_ if headers.count(field.from_) == 1 else f"{field.from_} ({field.name})"
                is_decimal = field.type in NUMBERS and "." in cell
                yield header, cell.rstrip("0").rstrip(".") if is_decimal else cell

    def _status(
        self, record: Mapping[str, Any], row_no: int, counting: set[tuple[str, int]], *, is_rejected: bool
    ) -> str:
        if record["status"] in WHOLE:
            return str(record["status"])
        if is_rejected:
            return QUARANTINED
        return COUNTS if (record["submission_id"], row_no) in counting else REPLACED

    def _loaded(self) -> set[tuple[str, int]]:
        """The rows of the source that are in the facts."""
        rows = self.connection.exec_driver_sql(f"SELECT submission_id, row_no FROM {self.contract.target_table}")
        return {(row[0], row[1]) for row in rows}

    def _stage_all(self, folder: Path) -> list[Staged]:
        """Every delivery that can be read, also those that a build passes over."""
        open_staging(self.connection, self.contract)
        staged = []
        waiting = Waiting(self.connection, self.contract)
        for number, submission in enumerate(self.submissions):
            try:
                delivery = open_submission(submission, self.contract, self.region.region_code, folder)
                item = staged_submission(number, submission, self.contract, self.region, delivery)
                waiting.add(item)
                staged.append(item)
            except ContractProblem:  # the whole file was refused: it has no rows
                continue
        waiting.settle()
        return staged

    def _told(self, staged: Sequence[Staged]) -> dict[tuple[str, int], tuple[str, dict[str, str]]]:
        """Judges them all; of refused rows the reasons and the cells as they may be told."""
        code = self.region.region_code
        self.connection.execute(sa.delete(meta_quarantine))
        outcomes = judge_source(self.connection, self.contract, code, staged)
        file_source(self.connection, self.contract, code, staged, outcomes)
        held = self.connection.execute(sa.select(meta_quarantine))
        return {(row.submission_id, row.row_no): (row.reasons, json.loads(row.row_json)) for row in held}

    def _condition(self) -> str:
        """The key as typed, or as it was written."""
        parts = []
        for column, _value in self.key:
            written = f" OR lower({bare(name('t_' + column))}) = lower(?)" if column in self.contract.by_name else ""
            parts.append(f"(lower({name('v_' + column)}::VARCHAR) = lower(?){written})")
        return " AND ".join(parts)

    def _asked(self) -> tuple[str, ...]:
        return tuple(value for column, value in self.key for _place in range(1 + (column in self.contract.by_name)))


def _header(contract: Contract, column: str) -> str:
    return contract.by_name[column].from_ if column in contract.by_name else column
