"""Builds one release from every delivery and publishes it: whole or not at all.

Steps are numbered; a kill after any of them leaves the previous release in service and the next run completes.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from pipelines.bug_log import log_bug
from pipelines.contract import Contract, ContractProblem, load_usable_contracts
from pipelines.fresh_file import export_values, write_fresh
from pipelines.intake import (
    HELD,
    REFUSED,
    REPLACEMENT,
    Record,
    Refusal,
    decide_refusals,
    loaded_record,
    open_submission,
    refused_record,
    restore_replaced,
    staged_submission,
)
from pipelines.loading import discard_source, drop_replaced, file_source, judge_source
from pipelines.naming import content_digest, name_release
from pipelines.outcomes import Outcome
from pipelines.places import judge_places
from pipelines.reference import load_reference
from pipelines.staging import Staged, open_staging, stage_delivery
from pipelines.submissions import Submission, archive_inbox, inbox_files, list_submissions, unknown_inbox_folders
from pipelines.vocabulary import Vocabulary
from warehouse import schema
from warehouse.catalogue import calculate_all
from warehouse.engine import create_release
from warehouse.releases import current_release, is_intact, point_to, prune, releases_dir, seal
from warehouse.rollups import build_rollups
from warehouse.rules import RuleBook, load_rules
from warehouse.settings import Settings

LOG = logging.getLogger(__name__)
STEPS = (
    "arsipkan kiriman",
    "siapkan berkas rilis",
    "muat sumber",
    "hitung indikator",
    "tutup berkas rilis",
    "segel rilis",
    "terbitkan rilis",
    "hapus rilis lama",
)
BUG_MESSAGE = "Kesalahan program saat membaca berkas ini; kirim catatan log ke pengelola."
Progress = Callable[[str, int, int], None]


class BuildBusy(Exception):
    """Another build is running for this profile."""


@dataclass(frozen=True)
class Problem:
    """A source or delivery that could not be used, in words for its sender."""

    source_id: str
    file_name: str
    message: str


@dataclass(frozen=True)
class BuildReport:
    """What a run did."""

    release_id: str
    is_new: bool
    submission_count: int
    accepted_count: int
    rejected_count: int
    problems: tuple[Problem, ...]


def no_progress(label: str, done: int, total: int) -> None:
    """Progress nobody watches."""


def run(
    settings: Settings,
    now: datetime,
    progress: Progress = no_progress,
    after_step: Callable[[int], None] = lambda step: None,
) -> BuildReport:
    """Archive, build and publish. `now` is local to the region. Raises BuildBusy, SettingsError, ContractProblem."""
    state_dir = settings.state_dir
    releases_dir(state_dir).mkdir(parents=True, exist_ok=True)
    lock = FileLock(state_dir / "membangun.lock")
    owner = state_dir / "membangun.txt"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = owner.read_text("utf-8") if owner.is_file() else "proses lain"
        raise BuildBusy(f"Rilis sedang dibangun oleh {who}. Tunggu sampai selesai.") from error
    with lock:
        owner.write_text(f"proses {os.getpid()} di {socket.gethostname()}, mulai {now:%Y-%m-%d %H.%M}", "utf-8")
        return _Build(settings, now, progress, after_step).run()


def in_loading_order(contracts: Sequence[Contract]) -> list[Contract]:
    """What others are judged by, such as the pagu and the programmes, is loaded before them."""
    return sorted(
        contracts,
        key=lambda contract: contract.hold is not None or any(check.rule == "led_by" for check in contract.checks),
    )


class _Build:
    def __init__(
        self, settings: Settings, now: datetime, progress: Progress, after_step: Callable[[int], None]
    ) -> None:
        self.settings = settings
        self.now = now
        self.progress = progress
        self.after_step = after_step
        self.problems: list[Problem] = []
        # Beside the data, not in the system's folder: it may hold personal columns, and must have room for them.
        self.scratch = settings.state_dir / "sementara"
        self.contracts, refused = load_usable_contracts()
        for source_id, message in refused.items():
            self._problem(source_id, "", message)
        self.rules: RuleBook = load_rules(settings.thresholds)

    def run(self) -> BuildReport:
        state_dir = self.settings.state_dir
        for folder in map(Vocabulary().file_told, unknown_inbox_folders(state_dir, self.contracts)):
            self._problem(folder, "", f"Folder inbox/{folder} tidak punya kontrak; berkasnya belum dibaca.")
        source_ids = [contract.source_id for contract in self.contracts]
        for path in sorted(item for item in (state_dir / "inbox").glob("*") if item.is_file()):
            self._problem("inbox", path.name, f"Pindahkan ke folder sumbernya, misalnya inbox/{source_ids[0]}/.")
        archive_inbox(state_dir, source_ids, self.now)
        for source_id in source_ids:
            for path in inbox_files(state_dir, source_id):
                self._problem(source_id, path.name, "Berkas masih ditulis atau dibuka program lain; dicoba lagi nanti.")
        self.after_step(1)
        draft = releases_dir(state_dir) / "draf.duckdb"
        for leftover in releases_dir(state_dir).glob("draf.duckdb*"):
            leftover.unlink()
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()
        engine = create_release(draft, self.scratch)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                return self._fill(connection, engine, draft)
        finally:
            engine.dispose()
            shutil.rmtree(self.scratch, ignore_errors=True)

    def _fill(self, connection: sa.Connection, engine: sa.Engine, draft: Path) -> BuildReport:
        load_reference(connection)
        self._describe_sources(connection)
        self.after_step(2)
        counts = self._load_sources(connection)
        self.after_step(3)
        self.progress(STEPS[3], 0, 1)
        build_rollups(connection, self.rules)
        calculate_all(connection, self.settings.region.region_code, self.rules)
        self.after_step(4)
        digest = content_digest(connection)
        current = current_release(self.settings.state_dir)
        if current and current.content_digest == digest and is_intact(current):
            connection.close()
            engine.dispose()
            draft.unlink()
            return BuildReport(current.release_id, False, *counts, tuple(self.problems))
        release = name_release(connection, self.settings, self.now, digest)
        export_values(connection, self.scratch / "salinan")
        connection.close()
        engine.dispose()
        write_fresh(self.scratch / "salinan", draft)
        self.after_step(5)
        self.progress(STEPS[5], 0, 1)
        seal(draft, releases_dir(self.settings.state_dir), release)
        self.after_step(6)
        point_to(self.settings.state_dir, release.release_id)
        self.after_step(7)
        prune(self.settings.state_dir, self.settings.keep_releases)
        self.after_step(8)
        self.progress(STEPS[6], 1, 1)
        return BuildReport(release.release_id, True, *counts, tuple(self.problems))

    def _describe_sources(self, connection: sa.Connection) -> None:
        region_code = self.settings.region.region_code
        for contract in self.contracts:
            facts = contract.model_dump(
                include={"source_id", "title", "target_table", "cadence", "grace_minutes", "license", "provenance"}
            )
            connection.execute(schema.meta_source.insert(), facts | {"contract_sha256": contract.sha256})
            owing = [{"source_id": contract.source_id, "opd_code": opd} for opd in contract.senders_in(region_code)]
            if owing:
                connection.execute(schema.meta_sender.insert(), owing)

    def _load_sources(self, connection: sa.Connection) -> tuple[int, int, int]:
        submissions = list_submissions(self.settings, self.contracts, self.now)
        done = accepted = rejected = 0
        for contract in in_loading_order(self.contracts):
            mine = [item for item in submissions if item.source_id == contract.source_id]
            self.progress(STEPS[2], done, len(submissions))
            records = self._load_source(connection, contract, mine)
            done += len(mine)
            accepted += sum(record["accepted_count"] for record in records)
            rejected += sum(record["rejected_count"] for record in records)
            if records:
                connection.execute(schema.meta_submission.insert(), records)
        return len(submissions), accepted, rejected

    def _load_source(
        self, connection: sa.Connection, contract: Contract, submissions: Sequence[Submission]
    ) -> list[Record]:
        if not submissions:
            return []
        region_code = self.settings.region.region_code
        refusals = decide_refusals(submissions, keeps_replaced=contract.hold is not None)
        staged: dict[int, Staged] = {}
        outcomes: dict[str, Outcome] = {}
        answered: set[int] = set()  # not loaded, and what they replaced is staged again
        open_staging(connection, contract)
        pending = [number for number in range(len(submissions)) if number not in refusals]
        try:
            while True:
                fresh = self._stage(connection, contract, submissions, refusals, pending)
                staged = dict(sorted((staged | fresh).items()))
                outcomes = judge_source(connection, contract, region_code, list(staged.values()))
                out = [number for number, item in staged.items() if not outcomes[item.submission_id].is_loaded]
                fresh_out = [number for number in out if number not in answered]
                pending = [back for number in fresh_out for back in restore_replaced(submissions, refusals, number)]
                answered |= set(fresh_out)
                if not pending:
                    break
            filed = drop_replaced(connection, list(staged.values()), outcomes)
            refusals |= dict.fromkeys(set(staged) - {item.number for item in filed}, REPLACEMENT)
            outcomes = file_source(connection, contract, region_code, filed, outcomes)
            if contract.locate is not None:
                judge_places(connection, contract, self.settings.region)
        except Exception as error:  # one source may not stop the others
            log_bug(LOG, "memuat sumber", contract.source_id, error)
            discard_source(connection, contract, list(staged.values()))
            refusals |= {number: Refusal(REFUSED, BUG_MESSAGE) for number in staged}
        records = []
        for number, submission in enumerate(submissions):
            refusal = refusals.get(number, Refusal(REFUSED, ""))
            record = refused_record(submission, contract, region_code, refusal)
            if number not in refusals:
                record = loaded_record(record, staged[number].delivery, outcomes[submission.submission_id])
            if record["status"] == REFUSED or (record["status"] == HELD and not submission.is_sample):
                self._problem(contract.source_id, submission.file_name, record["message"])
            records.append(record)
        return records

    def _stage(
        self,
        connection: sa.Connection,
        contract: Contract,
        submissions: Sequence[Submission],
        refusals: dict[int, Refusal],
        pending: Sequence[int],
    ) -> dict[int, Staged]:
        """Stage deliveries by number. One that cannot be read is refused, and the file it replaced is read instead."""
        region_code = self.settings.region.region_code
        staged: dict[int, Staged] = {}
        queue = list(pending)
        while queue:
            number = queue.pop(0)
            submission = submissions[number]
            try:
                delivery = open_submission(submission, contract, region_code, self.scratch)
                item = staged_submission(number, submission, contract, region_code, delivery)
                stage_delivery(connection, contract, item)
                staged[number] = item
            except ContractProblem as error:
                refusals[number] = Refusal(REFUSED, str(error))
            except Exception as error:  # a bug met in one delivery must not stop the others
                log_bug(LOG, "membaca", submission.submission_id, error)
                refusals[number] = Refusal(REFUSED, BUG_MESSAGE)
            if number in refusals:
                queue += restore_replaced(submissions, refusals, number)
        return staged

    def _problem(self, source_id: str, file_name: str, message: str) -> None:
        words = Vocabulary({contract.source_id: contract for contract in self.contracts}.get(source_id))
        told = words.problem_told(message, file_name)
        self.problems.append(Problem(source_id, words.file_told(file_name), told))
