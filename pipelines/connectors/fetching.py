"""Fetches every connected source, or one: a failure is told and remembered, and the next source is fetched."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipelines.building.bug_log import log_bug
from pipelines.connectors.bmkg import fetch_bmkg
from pipelines.connectors.ckan import fetch_ckan
from pipelines.connectors.connection import (
    CONNECTION_FILE,
    Connection,
    declared_digest,
    load_connection,
)
from pipelines.connectors.haul import Errand, Haul
from pipelines.connectors.http_json import fetch_json
from pipelines.connectors.inbox import draft_path, name_of, put
from pipelines.connectors.patience import Patience
from pipelines.connectors.problems import ConnectionProblem, FetchProblem
from pipelines.connectors.sheet import fetch_sheet
from pipelines.connectors.sql import fetch_sql
from pipelines.connectors.tools import Tools
from pipelines.contracts.contract import SOURCES_DIR, ContractProblem, load_contract
from warehouse.feed_memory import Mark, Memory, Outcome, Try, read_memories, write_memories
from warehouse.nearest import nearest_hint
from warehouse.settings import Settings

LOG = logging.getLogger(__name__)
LOCK_FILE = "mengambil.lock"
BUG_MESSAGE = "Kesalahan program saat mengambil; kirim catatan log ke pengelola."
FETCHERS: dict[str, Callable[[Any, Errand], Haul]] = {
    "sql": fetch_sql,
    "sheet": fetch_sheet,
    "ckan": fetch_ckan,
    "http_json": fetch_json,
    "bmkg": fetch_bmkg,
}


class FetchBusy(Exception):
    """Another fetch is running for this profile."""


class UnknownSource(Exception):
    """No source of that name is connected."""


@dataclass(frozen=True)
class Fetched:
    """What became of one source."""

    source_id: str
    done: Try


def connected_sources(folder: Path = SOURCES_DIR) -> tuple[str, ...]:
    """Sources with a `connection.yml` beside their contract."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{CONNECTION_FILE}")))


def fetch(
    settings: Settings,
    now: datetime,
    only: str | None = None,
    tools: Tools | None = None,
    folder: Path = SOURCES_DIR,
) -> tuple[Fetched, ...]:
    """`now` is local to the region. Raises FetchBusy, UnknownSource, MemoryProblem."""
    connected = connected_sources(folder)
    if only is not None and only not in connected:
        listed = ", ".join(connected) or "belum ada"
        raise UnknownSource(
            f"Sumber {only} tidak punya {CONNECTION_FILE}{nearest_hint(only, connected) or '.'} "
            f"Yang terhubung: {listed}. Caranya: docs/sumber.md."
        )
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.state_dir / LOCK_FILE)
    try:
        held = lock.acquire(timeout=0)
    except Timeout as error:
        raise FetchBusy("Pengambilan lain sedang berjalan untuk profil ini. Tunggu sampai selesai.") from error
    with held:
        remembered = read_memories(settings.state_dir)
        memories = {one: memory for one, memory in remembered.items() if one in connected}
        round_ = _Round(settings, now, tools or Tools())
        done = []
        for source_id in [only] if only is not None else connected:
            memories[source_id] = round_.fetch_one(folder / source_id, memories.get(source_id, Memory()))
            write_memories(settings.state_dir, memories)
            done.append(Fetched(source_id, memories[source_id].tries[-1]))
    return tuple(done)


@dataclass(frozen=True)
class _Round:
    """One fetch of all sources; each is given by the folder of its contract."""

    settings: Settings
    now: datetime
    tools: Tools

    def fetch_one(self, home: Path, memory: Memory) -> Memory:
        declared, mark = "", Mark()
        secrets: set[str] = set()
        try:
            declared = declared_digest(home / CONNECTION_FILE)
            mark = memory.mark_for(declared)
            connection = load_connection(home / CONNECTION_FILE)
            secrets = _secrets_of(connection, self.tools)
            mark, done = self._bring(home, connection, mark)
        except (FetchProblem, ConnectionProblem, ContractProblem) as error:
            done = self._failed(str(error))
        except OSError as error:
            done = self._failed(
                f"Folder data tidak dapat ditulis ({error.strerror}). Periksa hak akses dan sisa ruang cakram."
            )
        except Exception as error:  # one source may not stop the others
            log_bug(LOG, "mengambil", home.name, error)
            done = self._failed(BUG_MESSAGE)
        return memory.after(declared, mark, done.model_copy(update={"message": _without(secrets, done.message)}))

    def _failed(self, message: str) -> Try:
        return Try(at=self.now, outcome="gagal", message=message)

    def _bring(self, home: Path, connection: Connection, mark: Mark) -> tuple[Mark, Try]:
        contract = load_contract(home / "contract.yml")
        region = self.settings.region
        name_of(contract, connection.file_name, "", self.now, region.region_code)  # refused before anything is asked
        inbox = self.settings.state_dir / "inbox" / home.name
        errand = Errand(
            contract=contract,
            mark=mark,
            now=self.now,
            zone=region.zone,
            allowed_hosts=self.settings.fetch.allowed_hosts,
            draft=draft_path(inbox),
            tools=self.tools,
            patience=Patience(self.tools, connection.attempts, connection.timeouts.total),
        )
        names = []
        try:
            haul = FETCHERS[connection.kind](connection, errand)
            for piece in haul.pieces:
                names.append(name_of(contract, connection.file_name, piece.label, self.now, region.region_code))
                put(inbox, names[-1], piece)
        finally:
            errand.draft.unlink(missing_ok=True)
        outcome: Outcome = "sebagian" if haul.problems else "diambil" if names else "tidak berubah"
        message = " ".join((*haul.notes, *haul.problems))
        return haul.mark, Try(at=self.now, outcome=outcome, message=message, files=tuple(names))


def _secrets_of(connection: Connection, tools: Tools) -> set[str]:
    header = getattr(connection, "header", None)
    names = {getattr(connection, "password_env", ""), header.env if header else ""}
    return {value for name in names if name and (value := tools.environ.get(name, ""))}


def _without(secrets: set[str], message: str) -> str:
    """No message of ours holds a secret; one that a server sends back does not get further either."""
    for secret in secrets:
        message = message.replace(secret, "***")
    return message
