"""Builds a release again from the archived originals, as of its own instant, and says whether it is the same.

It publishes nothing and leaves nothing: what it built is compared and dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipelines.building.build import room_told
from pipelines.building.building_lock import one_builder
from pipelines.building.drafting import Draft, Progress, no_progress, opened_draft
from pipelines.building.increment import read_foundation
from pipelines.building.inputs import WORDS, read_inputs
from pipelines.building.naming import digest_of, table_digests
from pipelines.contracts.contract import ContractProblem, load_usable_contracts
from pipelines.deliveries.decisions import read_excuses
from pipelines.deliveries.submissions import list_submissions
from warehouse.releases import (
    ReleaseInfo,
    clear_leftovers,
    current_release,
    is_intact,
    list_release_ids,
    read_manifest,
    releases_dir,
)
from warehouse.settings import Settings


@dataclass(frozen=True)
class Rebuilt:
    """How a release compares with what its originals give today."""

    release: ReleaseInfo
    digest: str
    inputs: tuple[str, ...]  # kinds of input that are no longer as they were
    tables: tuple[str, ...]  # tables that differ; empty when its own cannot be read

    @property
    def is_equal(self) -> bool:
        return self.digest == self.release.content_digest


def rebuild(
    settings: Settings, release_id: str, now: datetime, progress: Progress = no_progress, wait: float = 0
) -> Rebuilt:
    """Rebuild the named release, or with "" the current one. Raises BuildBusy, ContractProblem."""
    with room_told(settings), one_builder(settings.state_dir, now, wait):
        release = _find(settings, release_id)
        clear_leftovers(settings.state_dir)
        contracts, _refused = load_usable_contracts()
        submissions = list_submissions(settings, contracts, release.built_at)
        excused = read_excuses(settings, release.built_at)
        inputs = read_inputs(settings, submissions, excused)
        draft = Draft(settings, contracts, progress)
        path = releases_dir(settings.state_dir) / "draf.duckdb"
        with opened_draft(path, settings.state_dir) as (connection, scratch):
            draft.describe(connection)
            draft.load(connection, submissions, scratch)
            draft.note_decisions(connection, submissions, excused)
            draft.calculate(connection)
            built = table_digests(connection)
        changed = tuple(kind for kind in WORDS if release.inputs and release.inputs.get(kind) != inputs[kind])
        known = read_foundation(release) if is_intact(release) else None
        kept = known.tables if known else {}
        differing = tuple(sorted(name for name, facts in kept.items() if tuple(facts) != built.get(name)))
        return Rebuilt(release, digest_of(built), changed, differing)


def _find(settings: Settings, release_id: str) -> ReleaseInfo:
    if not release_id:
        current = current_release(settings.state_dir)
        if current is None:
            raise ContractProblem("Belum ada rilis yang dapat dibangun ulang. Jalankan `python -m pipelines run`.")
        return current
    found = read_manifest(releases_dir(settings.state_dir), release_id)
    if found is None:
        known = ", ".join(list_release_ids(settings.state_dir)) or "belum ada"
        raise ContractProblem(f"Rilis {release_id} tidak ada atau dibuat versi lain. Yang tersimpan: {known}.")
    return found


def print_rebuilt(done: Rebuilt) -> None:
    release = done.release
    if done.is_equal:
        print(
            f"Rilis {release.release_id} dibangun ulang dari kiriman asli per {release.built_at:%Y-%m-%d %H.%M.%S}: "
            f"isinya sama persis ({done.digest[:12]})."
        )
        return
    print(
        f"Rilis {release.release_id} dibangun ulang, tetapi isinya berbeda: {release.content_digest[:12]} dahulu, "
        f"{done.digest[:12]} sekarang."
    )
    if done.inputs:
        print("Berubah sejak rilis itu: " + "; ".join(WORDS[kind] for kind in done.inputs) + ".")
    print(f"Tabel yang berbeda: {', '.join(done.tables) or 'tidak diketahui, berkas rilisnya tidak terbaca'}.")
