"""What the resident process last did and does next, in `operasi.json` of the data folder, for whoever shows it.

A file that is missing or damaged says nothing; it is never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from warehouse.durable_files import write_durably

FILE_NAME = "operasi.json"
SILENT_AFTER = timedelta(minutes=2)  # without a look so long it is no longer there
DONE, REFUSED = 0, 3  # exit codes of a build that published, or found nothing new


@dataclass(frozen=True)
class BuildRun:
    """One build by a process of its own; `exit_code` is None while it runs. Times are local to the region."""

    reason: str
    started_at: datetime
    ended_at: datetime | None = None
    exit_code: int | None = None
    message: str = ""  # last lines of what it said

    @property
    def is_done(self) -> bool:
        """Published or unchanged, whether or not a delivery was refused."""
        return self.exit_code in (DONE, REFUSED)


@dataclass(frozen=True)
class OperationsStatus:
    """The resident process as it last described itself."""

    pid: int
    host: str
    started_at: datetime
    looked_at: datetime
    next_at: datetime
    next_reason: str
    failures: int = 0  # builds in a row
    build: BuildRun | None = None  # the one that runs, or the last
    stopped_at: datetime | None = None

    def is_running(self, now: datetime) -> bool:
        return self.stopped_at is None and now - self.looked_at <= SILENT_AFTER


_STORED = TypeAdapter(OperationsStatus)


def write_status(state_dir: Path, status: OperationsStatus) -> None:
    write_durably(state_dir / FILE_NAME, _STORED.dump_json(status, indent=1))


def read_status(state_dir: Path) -> OperationsStatus | None:
    """None when no resident process ever ran here, or the file cannot be read."""
    try:
        return _STORED.validate_json((state_dir / FILE_NAME).read_bytes())
    except (OSError, ValidationError):
        return None
