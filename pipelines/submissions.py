"""What has been delivered: archives the inbox and lists every delivery of a profile with its origin.

A delivery is archived before its inbox file is removed, so a crash leaves it in one place or in both, never in none.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipelines.contract import Contract, ContractProblem
from warehouse.durable_files import flush_file, rename_durably, sha256_of, write_durably
from warehouse.settings import PROJECT_DIR, Settings

PUBLISHED_DIR = PROJECT_DIR / "samples" / "published"
FACTS_FILE = "kiriman.json"
CONFIRMATION_FILE = "konfirmasi.json"
Origin = Literal["inbox", "contoh", "terbitan"]


@dataclass(frozen=True)
class Confirmation:
    """Someone's word that a held delivery is right; lies beside the file it is about and holds for that file only."""

    confirmed_by: str
    confirmed_at: datetime
    reason: str
    shown: str  # the reasons for holding it that were shown
    rules: tuple[str, ...] | None = None  # what it is about; None, as older records: everything

    def covers(self, rules: Iterable[str]) -> bool:
        """A word on one doubt says nothing about another that is found later."""
        return self.rules is None or set(rules) <= set(self.rules)


@dataclass(frozen=True)
class Submission:
    """One delivered file; `received_at` is local to the region."""

    source_id: str
    path: Path
    sha256: str
    byte_count: int
    received_at: datetime
    origin: Origin
    confirmation: Confirmation | None = None

    @property
    def submission_id(self) -> str:
        # with its origin: an agency may send the very file that was published or shipped as sample
        return f"{self.source_id}:{delivery_key(f'{self.origin}/{self.path.name}', self.sha256)[:12]}"

    @property
    def file_name(self) -> str:
        return self.path.name

    @property
    def is_sample(self) -> bool:
        return self.origin == "contoh"


def delivery_key(file_name: str, sha256: str) -> str:
    """Names a delivery by what was sent under which name: the same file sent again is the same delivery."""
    return hashlib.sha256(f"{file_name}\n{sha256}".encode()).hexdigest()


def readable_name(path: Path) -> str:
    """The file's name; bytes that are no UTF-8, as an old archive may unpack them, become a replacement sign."""
    return os.fsencode(path.name).decode("utf-8", errors="replace")


def archive_inbox(state_dir: Path, source_ids: Iterable[str], now: datetime) -> int:
    """Move inbox files of the sources into the archive; returns how many.

    The same file sent again counts as received now. A file that changes meanwhile, or is held by its writer, waits.
    """
    waiting = (path for source_id in sorted(source_ids) for path in inbox_files(state_dir, source_id))
    return sum(_archive(path, state_dir / "archive" / path.parent.name, now) for path in waiting)


def inbox_files(state_dir: Path, source_id: str) -> list[Path]:
    """Delivered files of one folder; what an editor or a copy in progress keeps beside them is left out."""
    found = sorted((state_dir / "inbox" / source_id).glob("*"))
    return [path for path in found if path.is_file() and not path.name.startswith((".", "~$"))]


def _archive(path: Path, folder: Path, now: datetime) -> bool:
    try:
        before = path.stat()
        content = sha256_of(path)
        name = readable_name(path)
        home = folder / delivery_key(name, content)
        if not home.is_dir():
            draft = home.with_name(f"{home.name}.tmp")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            shutil.copyfile(path, draft / name)
            after = path.stat()
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or (
                sha256_of(draft / name) != content
            ):
                shutil.rmtree(draft, ignore_errors=True)
                return False
            flush_file(draft / name)
            _write_facts(draft, name, now)
            rename_durably(draft, home)
        else:
            _write_facts(home, name, now)
        path.unlink()
    except PermissionError:  # Windows: open in another program
        return False
    return True


def list_submissions(settings: Settings, contracts: Iterable[Contract], now: datetime) -> list[Submission]:
    """Every delivery received up to `now`, in order of arrival within its source."""
    found: list[Submission] = []
    for contract in contracts:
        found += archived_submissions(settings.state_dir, contract.source_id, now)
    known = {contract.source_id for contract in contracts}
    found += _listed(PUBLISHED_DIR, "SOURCES.csv", "terbitan", known)
    if settings.contoh:
        found += _listed(settings.state_dir / "contoh", "penerimaan.csv", "contoh", known)
    arrived = [item for item in found if item.received_at <= now or item.origin == "terbitan"]
    return sorted(arrived, key=lambda item: (item.source_id, item.received_at, item.file_name))


def unknown_inbox_folders(state_dir: Path, contracts: Iterable[Contract]) -> list[str]:
    """Inbox folders that no contract claims: their files stay there unread."""
    known = {contract.source_id for contract in contracts}
    folders = {path.parent.name for path in (state_dir / "inbox").glob("*/*") if path.is_file()}
    return sorted(folders - known)


def _write_facts(home: Path, file_name: str, now: datetime) -> None:
    facts = {"file_name": file_name, "received_at": now.isoformat(timespec="seconds")}
    write_durably(home / FACTS_FILE, json.dumps(facts, ensure_ascii=False).encode())


def archived_submissions(state_dir: Path, source_id: str, now: datetime) -> list[Submission]:
    """What was delivered to the inbox of a source, with the confirmations given up to `now`."""
    result = []
    for home in sorted((state_dir / "archive" / source_id).glob("*")):
        if home.suffix == ".tmp":
            continue
        try:
            facts = json.loads((home / FACTS_FILE).read_text("utf-8"))
            path = home / facts["file_name"]
            received = datetime.fromisoformat(facts["received_at"])
            item = Submission(source_id, path, sha256_of(path), path.stat().st_size, received, "inbox")
            result.append(replace(item, confirmation=_confirmed(home, now)))
        except (OSError, ValueError, KeyError) as error:
            raise ContractProblem(
                f"Arsip {home} tidak lengkap atau tidak terbaca. Kembalikan isinya dari cadangan; bila kiriman itu "
                "memang ditarik, pindahkan seluruh foldernya."
            ) from error
    return result


def _confirmed(home: Path, now: datetime) -> Confirmation | None:
    """The confirmation given up to `now`."""
    path = home / CONFIRMATION_FILE
    if not path.is_file():
        return None
    found = read_confirmation(path)
    return found if found.confirmed_at <= now else None


def read_confirmation(path: Path) -> Confirmation:
    said = json.loads(path.read_text("utf-8"))
    rules = tuple(said["rules"]) if "rules" in said else None
    at = datetime.fromisoformat(said["confirmed_at"])
    return Confirmation(said["confirmed_by"], at, said["reason"], said["shown"], rules)


def _listed(folder: Path, list_name: str, origin: Origin, known: set[str]) -> list[Submission]:
    listing = folder / list_name
    if not listing.is_file():
        return []
    with listing.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["source_id"] in known]
    result = []
    for row in rows:
        path = folder / row["source_id"] / row["file_name"]
        received = datetime.fromisoformat(row["received_at"])
        result.append(Submission(row["source_id"], path, sha256_of(path), path.stat().st_size, received, origin))
    return result
