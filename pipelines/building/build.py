"""Builds one release from every delivery and publishes it: whole or not at all.

Steps are numbered; a kill after any of them leaves the previous release in service and the next run completes.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pipelines.building.build_report import BuildReport, Problem, read_counts, read_problems
from pipelines.building.building_lock import BuildBusy, one_builder
from pipelines.building.drafting import BASE, CALCULATING, LOADING, Draft, Progress, no_progress, opened_draft
from pipelines.building.fresh_file import FreshFile, export_changes, export_values
from pipelines.building.increment import Change, Foundation, Increment, changes_of, deliveries_told, plan_increment
from pipelines.building.inputs import read_inputs
from pipelines.building.naming import TableDigest, changed_digests, digest_of, name_release, table_digests
from pipelines.building.publications import keep_publications, note_publications, read_before
from pipelines.contracts.contract import load_usable_contracts
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.deliveries.decisions import Excused, read_excuses
from pipelines.deliveries.source_deliveries import BUG_MESSAGE, NotOnlyGrown
from pipelines.deliveries.submissions import (
    Submission,
    archive_inbox,
    inbox_files,
    list_submissions,
    unknown_inbox_folders,
)
from pipelines.judging.restricted_store import Prepared, RestrictedStore
from warehouse.engine import lacks_room, open_release
from warehouse.releases import (
    ReleaseInfo,
    clear_leftovers,
    current_release,
    is_intact,
    last_built_at,
    note_inputs,
    point_to,
    prune,
    releases_dir,
    seal,
)
from warehouse.settings import Settings

__all__ = ["BUG_MESSAGE", "STEPS", "BuildBusy", "BuildReport", "Problem", "Progress", "no_progress", "run"]
STEPS = (
    "arsipkan kiriman",
    "siapkan berkas rilis",
    LOADING,
    CALCULATING,
    "tutup berkas rilis",
    "segel rilis",
    "simpan data pribadi",
    "terbitkan rilis",
    "hapus rilis lama",
)


def run(
    settings: Settings,
    now: datetime,
    progress: Progress = no_progress,
    after_step: Callable[[int], None] = lambda step: None,
    wait: float = 0,
) -> BuildReport:
    """Archive, build and publish; when nothing is new it ends at once. `now` is local to the region, `wait` seconds for
    another builder. Raises BuildBusy, SettingsError, ContractProblem, and OSError, also for a full disk."""
    with room_told(settings), one_builder(settings.state_dir, now, wait):
        return _Build(settings, now, progress, after_step).run()


@contextmanager
def room_told(settings: Settings) -> Iterator[None]:
    """A full disk, wherever it is met, becomes one error with words for who keeps the machine."""
    try:
        yield
    except Exception as error:
        if not lacks_room(error):
            raise
        words = (
            "ruang cakram habis atau kuotanya terlampaui. Tidak ada yang terbit: rilis lama tetap dilayani dan kiriman "
            "tetap tersimpan. Kosongkan ruang, lalu jalankan lagi"
        )
        raise OSError(errno.ENOSPC, words, str(settings.state_dir)) from error


class MetBug(Exception):
    """A fault of the program was met on top of a release."""


@dataclass(frozen=True)
class Work:
    """What a release is to be made of, and the one there is."""

    submissions: Sequence[Submission]
    excused: Sequence[Excused]
    inputs: Mapping[str, str]
    current: ReleaseInfo | None  # None where it is damaged


class _Build:
    def __init__(
        self, settings: Settings, now: datetime, progress: Progress, after_step: Callable[[int], None]
    ) -> None:
        self.settings = settings
        self.state_dir = settings.state_dir
        self.now = now
        self.restricted = RestrictedStore(settings.state_dir)
        self.since = now - timedelta(days=settings.retention.restricted_days)
        self.progress = progress
        self.after_step = after_step
        self.started = time.monotonic()
        self.problems: list[Problem] = []
        self.contracts, refused = load_usable_contracts()
        for source_id, message in refused.items():
            self._problem(source_id, "", message)
        self.draft = Draft(settings, self.contracts, progress)

    def run(self) -> BuildReport:
        clear_leftovers(self.state_dir)
        self._take_in()
        self.after_step(1)
        current = current_release(self.state_dir)
        sound = current if current and is_intact(current) else None
        submissions = keep_publications(sound, list_submissions(self.settings, self.contracts, self.now))
        excused = read_excuses(self.settings, self.now)
        inputs = read_inputs(self.settings, submissions, excused)
        if sound and sound.inputs == inputs and self.restricted.is_whole():
            self.restricted.purge(self.since)
            return self._unchanged(sound)
        work = Work(submissions, excused, inputs, sound)
        base = sound if self.restricted.is_whole() else None
        increment = plan_increment(base, inputs, self.contracts, submissions)
        while True:
            try:
                return self._make(work, increment)
            except NotOnlyGrown as grown:
                increment = increment.without_growing(str(grown)) if increment else None
            except MetBug:  # what it left of the release below is not to be trusted
                increment = None

    def _make(self, work: Work, increment: Increment | None) -> BuildReport:
        path, base = releases_dir(self.state_dir) / "draf.duckdb", increment.base if increment else None
        self.draft.met_bug = False
        below = base.path if base else None
        with (
            opened_draft(path, self.state_dir, below) as (connection, scratch),
            FreshFile(scratch / "salinan", below) as fresh,
        ):
            if increment is None:
                self.draft.describe(connection)
            self.after_step(2)
            self.draft.load(connection, work.submissions, scratch, increment, fresh)
            if increment is not None and self.draft.met_bug:
                raise MetBug
            self.draft.note_decisions(connection, work.submissions, work.excused)
            self.after_step(3)
            calculated = self.draft.calculate(connection, increment)
            self.after_step(4)
            changes = self._changes(work, increment, calculated)
            tables = (
                table_digests(connection)
                if increment is None
                else changed_digests(connection, increment.foundation.tables, changes, f"{BASE}.")
            )
            inputs, foundation = self._told(work, tables)
            current = work.current
            if increment is not None:
                self.restricted.carry(connection, self._carried(increment))
            if current and current.content_digest == digest_of(tables):
                self.restricted.keep(self.restricted.prepare(connection, scratch, self.since))
                note_inputs(current, inputs)
                return self._unchanged(current)
            at = self.now + timedelta(seconds=round(time.monotonic() - self.started))
            before = read_before(current, last_built_at(self.state_dir))
            note_publications(connection, work.submissions, before, at)
            release = name_release(connection, self.settings, self.now, digest_of(tables), foundation)
            counts = read_counts(connection)
            self.problems += read_problems(connection)
            if base is None:
                export_values(connection, scratch / "salinan")
            else:
                export_changes(connection, scratch / "salinan", changes)
            persons = self.restricted.prepare(connection, scratch, self.since)
            connection.close()
            connection.engine.dispose()
            fresh.finish(path)
            self.after_step(5)
            whole_bytes = base.whole_bytes if base else 0
            self._publish(path, replace(release, inputs=inputs, whole_bytes=whole_bytes), persons)
            keep_publications(current_release(self.state_dir), work.submissions)
        return BuildReport(release.release_id, True, *counts, tuple(self.problems))

    def _changes(self, work: Work, increment: Increment | None, calculated: Mapping[str, str]) -> list[Change]:
        if increment is None:
            return []
        new = []
        for source_id, known in increment.known.items():
            mine = [item.submission_id for item in work.submissions if item.source_id == source_id]
            new += mine[known:]
        return changes_of(increment, self.contracts, new, self.draft.first_rows, calculated)

    def _told(self, work: Work, tables: Mapping[str, TableDigest]) -> tuple[Mapping[str, str], str | None]:
        """The inputs, and what a build on top needs; nothing where a fault of ours was met, so that every run tries
        again."""
        if self.draft.met_bug:
            return {}, None
        return work.inputs, Foundation(tables, deliveries_told(work.submissions)).as_text()

    def _carried(self, increment: Increment) -> dict[str, str]:
        """Sources with personal cells that are not read again, and where their rows stand."""
        return {
            contract.source_id: contract.target_table
            for contract in self.contracts
            if contract.restricted and contract.target_table and contract.source_id not in increment.again
        }

    def _take_in(self) -> None:
        """Archive the inbox; what stays there is told, every time."""
        for folder in map(Vocabulary().file_told, unknown_inbox_folders(self.state_dir, self.contracts)):
            self._problem(folder, "", f"Folder inbox/{folder} tidak punya kontrak; berkasnya belum dibaca.")
        source_ids = [contract.source_id for contract in self.contracts]
        for path in sorted(item for item in (self.state_dir / "inbox").glob("*") if item.is_file()):
            self._problem("inbox", path.name, f"Pindahkan ke folder sumbernya, misalnya inbox/{source_ids[0]}/.")
        archive_inbox(self.state_dir, source_ids, self.now)
        for source_id in source_ids:
            for path in inbox_files(self.state_dir, source_id):
                self._problem(source_id, path.name, "Berkas masih ditulis atau dibuka program lain; dicoba lagi nanti.")

    def _unchanged(self, current: ReleaseInfo) -> BuildReport:
        """The release there is, with what it says of its deliveries."""
        engine = open_release(current.path)
        try:
            with engine.connect() as connection:
                counts = read_counts(connection)
                self.problems += read_problems(connection)
        finally:
            engine.dispose()
        prune(self.state_dir, self.settings.keep_releases)
        return BuildReport(current.release_id, False, *counts, tuple(self.problems))

    def _publish(self, path: Path, release: ReleaseInfo, persons: Prepared) -> None:
        self.progress(STEPS[5], 0, 1)
        seal(path, releases_dir(self.state_dir), release)
        self.after_step(6)
        self.restricted.keep(persons)  # before the pointer: a run that finds the release current does not come back
        self.after_step(7)
        point_to(self.state_dir, release.release_id)
        self.after_step(8)
        prune(self.state_dir, self.settings.keep_releases)
        self.after_step(9)
        self.progress(STEPS[7], 1, 1)

    def _problem(self, source_id: str, file_name: str, message: str) -> None:
        words = Vocabulary({contract.source_id: contract for contract in self.contracts}.get(source_id))
        told = words.problem_told(message, file_name)
        self.problems.append(Problem(source_id, words.file_told(file_name), told))
