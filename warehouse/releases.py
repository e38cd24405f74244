"""Releases on disk: each is one whole, immutable, checksummed file; CURRENT names the one to read.

Refuses to serve a file whose size or checksum differs from its manifest, or whose tables are not those of this code.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from warehouse.durable_files import flush_file, read_published, rename_durably, sha256_of, write_durably
from warehouse.pins import pinned_ids
from warehouse.schema import metadata

RELEASE_ID = re.compile(r"^\d{4}-\d{2}-\d{2}\.\d{2,}$")


@dataclass(frozen=True)
class ReleaseInfo:
    """What the manifest of a release says; times are local to the region."""

    release_id: str
    built_at: datetime
    profile: str
    content_digest: str
    sha256: str
    byte_count: int
    path: Path
    inputs: Mapping[str, str] = field(default_factory=dict)  # what it was made of, by kind; empty: not known
    whole_bytes: int = 0  # size of the release that was last written anew: later ones stand on it


@dataclass(frozen=True)
class Serving:
    """The release to read, and the one that should have been read but is damaged."""

    release: ReleaseInfo
    damaged_id: str | None


def releases_dir(state_dir: Path) -> Path:
    return state_dir / "releases"


def current_release(state_dir: Path) -> ReleaseInfo | None:
    """The release CURRENT names; None before the first publication. Reads two small files."""
    named = _named_release(state_dir)
    return None if named is None else read_manifest(releases_dir(state_dir), named)


def serving_release(state_dir: Path) -> Serving | None:
    """The current release, or the newest undamaged one before it. Each file is checksummed once."""
    named = _named_release(state_dir)
    if named is None:
        return None
    ids = sorted((item for item in list_release_ids(state_dir) if item != named), key=_order, reverse=True)
    for release_id in [named, *ids]:
        release = read_manifest(releases_dir(state_dir), release_id)
        if release is not None and is_intact(release):
            return Serving(release, None if release_id == named else named)
    return None


def _named_release(state_dir: Path) -> str | None:
    """What CURRENT says, readable or not: a damaged pointer names no release, and the newest intact one is served."""
    try:
        return read_published(state_dir / "CURRENT").decode("utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None


@cache
def schema_fingerprint() -> str:
    """Names the tables and columns this code reads: a release built by other code is built again, not guessed at."""
    columns = [f"{table}.{column.name} {column.type}" for table, found in metadata.tables.items() for column in found.c]
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()


def read_manifest(folder: Path, release_id: str) -> ReleaseInfo | None:
    """Manifest of one release; None when it is missing, unreadable or of another schema."""
    if not RELEASE_ID.match(release_id):
        return None
    try:
        facts = json.loads((folder / f"{release_id}.json").read_text("utf-8"))
        if facts["schema"] != schema_fingerprint():
            return None
        return ReleaseInfo(
            release_id=release_id,
            built_at=datetime.fromisoformat(facts["built_at"]),
            profile=facts["profile"],
            content_digest=facts["content_digest"],
            sha256=facts["sha256"],
            byte_count=facts["byte_count"],
            path=folder / f"{release_id}.duckdb",
            inputs=facts.get("inputs", {}),
            whole_bytes=facts.get("whole_bytes", 0),
        )
    except (OSError, ValueError, KeyError):
        return None


def is_intact(release: ReleaseInfo) -> bool:
    """True when the file is there with the size and checksum of its manifest."""
    try:
        status = release.path.stat()
    except OSError:
        return False
    if status.st_size != release.byte_count:
        return False
    return _checksum(release.path, status.st_mtime_ns) == release.sha256


@lru_cache(maxsize=32)
def _checksum(path: Path, mtime_ns: int) -> str:
    return sha256_of(path)


def list_release_ids(state_dir: Path) -> list[str]:
    """Published ids, oldest first."""
    ids = (item.stem for item in releases_dir(state_dir).glob("*.json"))
    return sorted((item for item in ids if RELEASE_ID.match(item)), key=_order)


def next_release_id(state_dir: Path, day: date) -> str:
    """One past the highest id of the day, counting files an interrupted publication left; ids are never reused."""
    stems = {item.stem for item in releases_dir(state_dir).glob(f"{day.isoformat()}.*")}
    highest = max((_order(stem)[1] for stem in stems if RELEASE_ID.match(stem)), default=0)
    return f"{day.isoformat()}.{highest + 1:02d}"


def last_built_at(state_dir: Path) -> datetime | None:
    """When the newest release was built, also one of another schema; None without one whose manifest can be read."""
    for release_id in reversed(list_release_ids(state_dir)):
        try:
            facts = json.loads((releases_dir(state_dir) / f"{release_id}.json").read_text("utf-8"))
            return datetime.fromisoformat(facts["built_at"])
        except (OSError, ValueError, KeyError):
            continue
    return None


def seal(draft: Path, folder: Path, facts: ReleaseInfo) -> ReleaseInfo:
    """Force the built file to disk, write its manifest, then give it its name. Not yet visible to readers."""
    flush_file(draft)
    path = folder / f"{facts.release_id}.duckdb"
    size = draft.stat().st_size
    sealed = replace(facts, sha256=sha256_of(draft), byte_count=size, path=path, whole_bytes=facts.whole_bytes or size)
    rename_durably(draft, sealed.path)
    _write_manifest(sealed)
    return sealed


def note_inputs(release: ReleaseInfo, inputs: Mapping[str, str]) -> None:
    """Other inputs gave the very content of this release: its manifest names the newest."""
    _write_manifest(replace(release, inputs=inputs))


def _write_manifest(release: ReleaseInfo) -> None:
    facts = {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in vars(release).items()
        if key != "path"
    }
    facts["schema"] = schema_fingerprint()
    write_durably(release.path.with_suffix(".json"), json.dumps(facts, indent=1).encode())


def point_to(state_dir: Path, release_id: str) -> None:
    """Make a sealed release the current one: a single atomic rename."""
    write_durably(state_dir / "CURRENT", release_id.encode())


def prune(state_dir: Path, keep: int) -> list[str]:
    """Delete all but the newest `keep` releases, never the one CURRENT names or one that is cited; which."""
    spared = pinned_ids(state_dir) | {_named_release(state_dir)}
    ids = list_release_ids(state_dir)
    doomed = [item for item in ids[: max(0, len(ids) - keep)] if item not in spared]
    for release_id in doomed:
        (releases_dir(state_dir) / f"{release_id}.json").unlink(missing_ok=True)
    clear_leftovers(state_dir)
    return doomed


def clear_leftovers(state_dir: Path) -> None:
    """Delete files without a manifest: pruned ones, and what an interrupted build left. Only for who builds."""
    known = set(list_release_ids(state_dir))
    for file in releases_dir(state_dir).glob("*.duckdb*"):
        if file.name.split(".duckdb")[0] not in known:
            try:
                file.unlink()
            except PermissionError:  # Windows: a reader still holds it; the next run deletes it
                continue


def _order(release_id: str) -> tuple[str, int]:
    day, _, number = release_id.rpartition(".")
    return day, int(number)
