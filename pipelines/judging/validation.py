"""Judges files by a contract exactly as a submission would be, and says of each what was read; loads nothing.

A fault of the program in one file is told as such and does not stop the others.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipelines.building.bug_log import log_bug
from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.deliveries.intake import read_received
from pipelines.judging.background import Background, read_background
from pipelines.judging.checked_figures import figures_of, first_rows_of, row_counts
from pipelines.judging.loading import load_source
from pipelines.judging.outcomes import Outcome
from pipelines.judging.places import judge_places
from pipelines.judging.reference import load_reference
from pipelines.judging.staging import Staged, open_staging, stage_delivery
from pipelines.reading.cell_names import column_letters
from pipelines.reading.outlines import Boundary
from pipelines.reading.readers import Delivery
from warehouse.engine import memory_engine, open_release
from warehouse.releases import serving_release
from warehouse.schema import meta_finding, meta_quarantine
from warehouse.settings import Profile, Settings

LOG = logging.getLogger(__name__)
ACCEPTED, PARTIAL, HELD, REFUSED = "accepted", "partial", "held", "refused"
BUG = "kesalahan_program"
CELL = re.compile(r"([A-Z]{1,3})(\d+)|baris (\d+), kolom (.+)")
KEY = "periksa"  # submission id of the file being checked


@dataclass(frozen=True)
class Message:
    """One thing to tell about a file; `value` as it may be told."""

    severity: str  # ditolak, ditahan, peringatan
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    text: str


@dataclass(frozen=True)
class Matched:
    """Where the column of a field was found: `column` as the spreadsheet names it, from A; `number` from 1."""

    header: str
    number: int | None
    cell: str | None = None  # the one cell that holds it for all rows


@dataclass(frozen=True)
class FileCheck:
    """What a file says under a contract. Rows count by their own judgement, also where the whole file is held."""

    path: Path
    outcome: str
    rows_accepted: int = 0
    rows_quarantined: int = 0
    sums: dict[str, Decimal | None] | None = None
    ranges: dict[str, tuple[str, str] | None] | None = None
    matched: dict[str, Matched] | None = None
    ignored: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    first_rows: tuple[dict[str, Any], ...] = ()  # values by header, as they were read


@dataclass(frozen=True)
class Setting:
    """Where and when files are delivered, and what they are held against."""

    region: Profile
    received_at: datetime  # local to the region
    background: Background
    is_own: bool  # told to who holds the files; False: as the release would tell everybody
    boundaries: tuple[Boundary, ...] = ()  # what places are judged by
    opd_code: str = ""  # the sender; "": the one the name of a file says
    shown_rows: int = 0  # how many accepted rows are shown as they were read


def serving_background(contract: Contract, settings: Settings) -> Background:
    """What the release being served holds a delivery against."""
    region_code = settings.region.region_code
    serving = serving_release(settings.state_dir) if contract.hold else None
    if serving is None:
        return Background(region_code)
    engine = open_release(serving.release.path)
    try:
        with engine.connect() as connection:
            return read_background(connection, contract, region_code)
    finally:
        engine.dispose()


def check_files(contract: Contract, paths: Sequence[Path], setting: Setting) -> Iterator[FileCheck]:
    """Each file by itself, in the order given."""
    checker = Checker(contract, setting)
    try:
        for path in paths:
            yield checker.check(path)
    finally:
        checker.close()


class Checker:
    """One warehouse in memory for all files, a given one if it holds the code lists alone; a new one after a fault."""

    def __init__(self, contract: Contract, setting: Setting, connection: sa.Connection | None = None) -> None:
        self.contract, self.setting, self.connection = contract, setting, connection
        self.words = Vocabulary(contract)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection.engine.dispose()
            self.connection = None

    def check(self, path: Path) -> FileCheck:
        try:
            with self._warehouse() as connection:
                return self._judge(connection, path)
        except ContractProblem as problem:
            said = str(problem)  # who holds the file knows how it is called
            told = said if self.setting.is_own else self.words.problem_told(said, path.name)
            return FileCheck(path, REFUSED, messages=(Message("ditolak", None, None, None, None, problem.rule, told),))
        except Exception as error:  # one file may not stop the others
            log_bug(LOG, "memeriksa", self.words.file_told(path.name), error)
            self.close()
            said = "Kesalahan program saat membaca berkas ini; kirim catatan log ke pengelola."
            return FileCheck(path, REFUSED, messages=(Message("ditolak", None, None, None, None, BUG, said),))

    @contextmanager
    def _warehouse(self) -> Iterator[sa.Connection]:
        if self.connection is None:
            self.connection = memory_engine().connect().execution_options(isolation_level="AUTOCOMMIT")
            load_reference(self.connection)
        try:
            yield self.connection
        finally:
            for table in (meta_finding, meta_quarantine, self.contract.table):
                if table is not None:
                    self.connection.execute(sa.delete(table))

    def _judge(self, connection: sa.Connection, path: Path) -> FileCheck:
        open_staging(connection, self.contract)
        with tempfile.TemporaryDirectory(prefix="pendopo-") as scratch:
            delivery = read_received(path, self.setting.received_at, self.contract, Path(scratch))
            facts = (0, KEY, False, delivery, self.setting.received_at, self._sender(path))
            item = Staged(*facts, is_own=self.setting.is_own, minutes_ahead=self.setting.region.minutes_ahead)
            stage_delivery(connection, self.contract, item)
        region, background = self.setting.region, self.setting.background
        outcome = load_source(connection, self.contract, region.region_code, [item], background)[KEY]
        if self.contract.locate is not None:
            judge_places(connection, self.contract, region, self.setting.boundaries)
        return self._described(connection, path, delivery, outcome)

    def _sender(self, path: Path) -> str:
        """The OPD the file name says; a file may be checked before it has its final name."""
        if self.setting.opd_code:
            return self.setting.opd_code
        try:
            return self.contract.sender_of(path.name, self.setting.region.region_code)
        except ContractProblem:
            return ""

    def _described(self, connection: sa.Connection, path: Path, delivery: Delivery, outcome: Outcome) -> FileCheck:
        messages = _messages(connection, delivery)
        check = FileCheck(
            path,
            _outcome_of(outcome, connection),
            matched=_matched(self.contract, delivery),
            ignored=delivery.header.ignored,
            messages=messages,
        )
        if outcome.refusal:
            told = Message("ditolak", None, None, None, None, outcome.refusal_rule, outcome.refusal)
            check = replace(check, rows_quarantined=outcome.rejected, messages=(told, *messages))
            if not outcome.rejected:
                return check
        good, bad = row_counts(connection)
        sums, ranges = figures_of(connection, self.contract)
        shown = first_rows_of(connection, self.contract, self.setting.shown_rows)
        return replace(check, rows_accepted=good, rows_quarantined=bad, sums=sums, ranges=ranges, first_rows=shown)


def _outcome_of(outcome: Outcome, connection: sa.Connection) -> str:
    if outcome.refusal:
        return REFUSED
    if outcome.is_held:
        return HELD
    return PARTIAL if row_counts(connection)[1] else ACCEPTED


def _matched(contract: Contract, delivery: Delivery) -> dict[str, Matched]:
    header, cells = delivery.header, dict(delivery.fixed_cells)
    written = header.written or header.headers
    found = {
        words: Matched(written[place], None if words in cells else header.columns[place] + 1, cells.get(words))
        for place, words in enumerate(header.headers)
    }
    return {field.name: found[field.from_] for field in contract.fields if field.from_ in found}


def _messages(connection: sa.Connection, delivery: Delivery) -> tuple[Message, ...]:
    header = delivery.header
    letters = {column_letters(column): header.headers[-1] for column, _heading in header.spread}  # amounts stand last
    letters |= {
        column_letters(column): words
        for words, column in zip(header.headers, header.columns, strict=True)
        if column not in {place for place, _heading in header.spread}
    }
    found = connection.execute(sa.select(meta_finding))
    return tuple(
        Message(
            row.severity,
            row.sheet_name,
            row.row_no or _row_of(row.cell),
            row.header_text or (_header_of(row.cell, letters) if _is_below(row.cell, header.top_row_no) else None),
            row.value_text,
            row.rule,
            f"{row.cell}: {row.message}" if row.cell else row.message,
        )
        for row in found
    )


def _row_of(cell: str | None) -> int | None:
    """Of "C14", or "baris 14, kolom Ton"."""
    found = CELL.fullmatch(cell or "")
    return int(found[2] or found[3]) if found else None


def _is_below(cell: str | None, top_row_no: int) -> bool:
    """Not in the letterhead, whose cells stand under no header."""
    return (_row_of(cell) or 0) >= top_row_no


def _header_of(cell: str | None, letters: Mapping[str, str]) -> str | None:
    found = CELL.fullmatch(cell or "")
    return (found[4] or letters.get(found[1])) if found else None
