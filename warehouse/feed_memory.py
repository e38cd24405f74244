"""What is remembered of each source between fetches: how far it was read, what came last, the last tries.

One small file in the profile's data folder. Losing it loses nothing: everything is fetched once more.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from warehouse.durable_files import write_durably

MEMORY_FILE = "pengambilan.json"
KEPT_TRIES = 30
Outcome = Literal["diambil", "sebagian", "tidak berubah", "gagal"]
FAILED: tuple[Outcome, ...] = ("sebagian", "gagal")


class MemoryProblem(Exception):
    """The record of earlier fetches cannot be read."""


class _Remembered(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Try(_Remembered):
    """One try to fetch one source; `at` is local to the region."""

    at: datetime
    outcome: Outcome
    message: str
    files: tuple[str, ...] = ()


class Mark(_Remembered):
    """How far a source was read, and what is needed to see that nothing is new."""

    etag: str = ""
    last_modified: str = ""
    digests: dict[str, str] = {}  # SHA-256 of what came last, by part
    watermark: str = ""


class Memory(_Remembered):
    """Of one source."""

    declared: str = ""  # digest of the connection.yml that `mark` belongs to
    mark: Mark = Mark()
    tries: tuple[Try, ...] = ()  # oldest first

    def mark_for(self, declared: str) -> Mark:
        return self.mark if declared == self.declared else Mark()

    def after(self, declared: str, mark: Mark, done: Try) -> Memory:
        return Memory(declared=declared, mark=mark, tries=(*self.tries, done)[-KEPT_TRIES:])


_MEMORIES = TypeAdapter(dict[str, Memory])


def read_memories(state_dir: Path) -> dict[str, Memory]:
    """By source id. Raises MemoryProblem."""
    path = state_dir / MEMORY_FILE
    if not path.is_file():
        return {}
    try:
        return _MEMORIES.validate_json(path.read_bytes())
    except ValidationError as error:
        raise MemoryProblem(
            f"Catatan pengambilan {MEMORY_FILE} di folder data rusak. Pindahkan berkas itu, lalu jalankan fetch lagi: "
            "semua sumber diambil dari awal, dan yang sudah diterima tidak berlipat."
        ) from error


def write_memories(state_dir: Path, memories: dict[str, Memory]) -> None:
    write_durably(state_dir / MEMORY_FILE, _MEMORIES.dump_json(memories, indent=1))
