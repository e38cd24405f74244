"""What has been delivered: archives the inbox, takes in uploads, and lists every delivery of a profile with its origin.

A delivery is archived before its inbox file is removed, so a crash leaves it in one place or in both, never in none.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Literal

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.deliveries.decisions import Confirmation, read_confirmations
from warehouse.durable_files import flush_file, rename_durably, sha256_of, write_durably
from warehouse.settings import PROJECT_DIR, Settings

PUBLISHED_DIR = PROJECT_DIR / "samples" / "published"
FACTS_FILE = "kiriman.json"
PUBLISHED_AT = "published_at"  # among the facts: when a release first held it
Origin = Literal["inbox", "contoh", "terbitan"]


class Kept(Enum):
    """What became of a delivery on its way into the archive."""

    NEW = auto()
    KNOWN = auto()  # it was there already
    CALLED_OFF = auto()  # it changed while it was copied


@dataclass(frozen=True)
class Handover:
    """Who brought a delivery in, for which agency and how; "" for a file that lay in the inbox."""

    opd_code: str = ""
    by: str = ""
    channel: str = ""
    nil_from: datetime | None = None  # nothing happened from here ...
    nil_until: datetime | None = None  # ... to here: the delivery says so and has no rows


@dataclass(frozen=True)
class Submission:
    """One delivered file; `received_at` is local to the region."""

    source_id: str
    path: Path
    sha256: str
    byte_count: int
    received_at: datetime
    origin: Origin
    handover: Handover = Handover()
    confirmation: Confirmation | None = None
    published_at: datetime | None = None  # None: not yet, or nobody noted it

    @property
    def submission_id(self) -> str:
        return f"{self.source_id}:{submission_key(self.origin, self.path.name, self.sha256)}"

    @property
    def file_name(self) -> str:
        return self.path.name

    @property
    def is_sample(self) -> bool:
        return self.origin == "contoh"


def delivery_key(file_name: str, sha256: str) -> str:
    """Names a delivery by what was sent under which name: the same file sent again is the same delivery."""
    return hashlib.sha256(f"{file_name}\n{sha256}".encode()).hexdigest()


def submission_key(origin: Origin, file_name: str, sha256: str) -> str:
    """With its origin: an agency may send the very file that was published or shipped as sample."""
    return delivery_key(f"{origin}/{file_name}", sha256)[:12]


def readable_name(path: Path) -> str:
    """The file's name; bytes that are no UTF-8, as an old archive may unpack them, become a replacement sign."""
    return os.fsencode(path.name).decode("utf-8", errors="replace")


def archive_inbox(state_dir: Path, source_ids: Iterable[str], now: datetime) -> int:
    """Move inbox files of the sources into the archive; returns how many.

    A file that changes meanwhile, or is held by its writer, waits.
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

        def copy(to: Path) -> bool:
            shutil.copyfile(path, to)
            after = path.stat()
            is_still = (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
            return is_still and sha256_of(to) == content

        if keep_delivery(folder, name, content, copy, write_facts(name, now, Handover())) is Kept.CALLED_OFF:
            return False
        path.unlink()
    except PermissionError:  # Windows: open in another program
        return False
    return True


def keep_delivery(folder: Path, name: str, content: str, write: Callable[[Path], bool], facts: bytes) -> Kept:
    """Put one delivery of that SHA-256 into the archive of its source, whole or not at all; `write` may call it off.

    The file that came last under its name is known: nothing changes. An older one sent again is received now.
    """
    home = folder / delivery_key(name, content)
    if home.is_dir():
        if _is_latest(home, name):
            return Kept.KNOWN
        write_durably(home / FACTS_FILE, _with_earlier(home, facts))
        return Kept.NEW
    draft = home.with_name(f"{home.name}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        if not write(draft / name):
            return Kept.CALLED_OFF
        flush_file(draft / name)
        write_durably(draft / FACTS_FILE, facts)
        rename_durably(draft, home)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # half a copy, called off or on a full disk
    return Kept.NEW


def _with_earlier(home: Path, facts: bytes) -> bytes:
    """How it came before stays known: what was shown then can be built again."""
    known = json.loads((home / FACTS_FILE).read_text("utf-8"))
    earlier = [*known.pop("earlier", ()), known]
    return json.dumps({**json.loads(facts), "earlier": earlier}, ensure_ascii=False).encode()


def received_first(folder: Path, name: str, content: str) -> datetime:
    """When a delivery that is known had come."""
    facts = json.loads((folder / delivery_key(name, content) / FACTS_FILE).read_text("utf-8"))
    return datetime.fromisoformat(facts["received_at"])


def _is_latest(home: Path, name: str) -> bool:
    """Whether no other file came later under this name."""
    received = {}
    for path in home.parent.glob(f"*/{FACTS_FILE}"):
        facts = json.loads(path.read_text("utf-8"))
        if facts["file_name"] == name and path.parent.suffix != ".tmp":
            received[path.parent] = facts["received_at"]
    return received.get(home) == max(received.values(), default=None)


def write_facts(file_name: str, now: datetime, handover: Handover) -> bytes:
    """What lies beside an archived file, as JSON."""
    facts: dict[str, str] = {"file_name": file_name, "received_at": now.isoformat(timespec="seconds")}
    for key, value in asdict(handover).items():
        if value:
            facts[key] = value.isoformat() if isinstance(value, datetime) else value
    return json.dumps(facts, ensure_ascii=False).encode()


def list_submissions(settings: Settings, contracts: Iterable[Contract], now: datetime) -> list[Submission]:
    """Every delivery received up to `now`, in order of arrival within its source."""
    confirmed = read_confirmations(settings, now)
    found: list[Submission] = []
    for contract in contracts:
        for item in archived_submissions(settings.state_dir, contract.source_id, now):
            found.append(replace(item, confirmation=confirmed.get(item.submission_id)))
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


def archived_submissions(state_dir: Path, source_id: str, now: datetime = datetime.max) -> list[Submission]:
    """What was delivered by hand to a source, each as it had come by `now`; one that came only later as it came."""
    result = []
    for home in sorted((state_dir / "archive" / source_id).glob("*")):
        if home.suffix == ".tmp":
            continue
        try:
            told = json.loads((home / FACTS_FILE).read_text("utf-8"))
            came = (told, *reversed(told.get("earlier", ())))
            facts = next((one for one in came if datetime.fromisoformat(one["received_at"]) <= now), told)
            path = home / facts["file_name"]
            received = datetime.fromisoformat(facts["received_at"])
            item = Submission(source_id, path, sha256_of(path), path.stat().st_size, received, "inbox")
            out = datetime.fromisoformat(facts[PUBLISHED_AT]) if PUBLISHED_AT in facts else None
            result.append(replace(item, handover=_handover(facts), published_at=out))
        except (OSError, ValueError, KeyError) as error:
            raise ContractProblem(
                f"Arsip {home} tidak lengkap atau tidak terbaca. Kembalikan isinya dari cadangan; bila kiriman itu "
                "memang ditarik, pindahkan seluruh foldernya."
            ) from error
    return result


def earlier_receipts(item: Submission) -> tuple[datetime, ...]:
    """When the same file came before, under the same name: another one replaced it meanwhile."""
    if item.origin != "inbox":
        return ()
    told = json.loads((item.path.parent / FACTS_FILE).read_text("utf-8"))
    came = (datetime.fromisoformat(one["received_at"]) for one in told.get("earlier", ()))
    return tuple(at for at in came if at < item.received_at)


def _handover(facts: dict[str, str]) -> Handover:
    nil_from, nil_until = (
        datetime.fromisoformat(facts[key]) if key in facts else None for key in ("nil_from", "nil_until")
    )
    return Handover(facts.get("opd_code", ""), facts.get("by", ""), facts.get("channel", ""), nil_from, nil_until)


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
