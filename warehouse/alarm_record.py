"""When the rules of alarms were last held against the data, in `peringatan.json` of the data folder.

A file that is missing or damaged says nothing; whoever shows alarms then says that nobody looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from warehouse.durable_files import write_durably

FILE_NAME = "peringatan.json"


@dataclass(frozen=True)
class LastLook:
    """One look at one release, local to the region."""

    looked_at: datetime
    release_id: str


_STORED = TypeAdapter(LastLook)


def write_last_look(state_dir: Path, look: LastLook) -> None:
    write_durably(state_dir / FILE_NAME, _STORED.dump_json(look, indent=1))


def read_last_look(state_dir: Path) -> LastLook | None:
    try:
        return _STORED.validate_json((state_dir / FILE_NAME).read_bytes())
    except (OSError, ValidationError):
        return None
