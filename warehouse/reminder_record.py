"""What was told to each address, in `pengingat.json` of the data folder: a restart tells nobody twice.

A record that is damaged is never guessed at: nobody is reminded until it is mended or moved away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from warehouse.durable_files import write_durably

FILE_NAME = "pengingat.json"


class RecordProblem(Exception):
    """The record cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Told:
    """The last thing said of one source."""

    stage: str
    due_at: datetime


@dataclass(frozen=True)
class Addressed:
    """One address of one agency; `failures` in a row, 0 when the last message went out."""

    told: Mapping[str, Told] = field(default_factory=dict)  # by source
    day: date | None = None  # of the last message
    sent_at: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True)
class ReminderRecord:
    """Every address, by agency and the variable that holds it."""

    addresses: Mapping[str, Addressed] = field(default_factory=dict)

    @property
    def last_sent_at(self) -> datetime | None:
        return max((one.sent_at for one in self.addresses.values() if one.sent_at), default=None)

    @property
    def failed(self) -> dict[str, Addressed]:
        return {key: one for key, one in self.addresses.items() if one.failures}


_STORED = TypeAdapter(ReminderRecord)


def read_record(state_dir: Path) -> ReminderRecord:
    """Empty while nobody was reminded. Raises RecordProblem."""
    path = state_dir / FILE_NAME
    if not path.is_file():
        return ReminderRecord()
    try:
        return _STORED.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise RecordProblem(
            f"Catatan {FILE_NAME} di folder data rusak, jadi tidak ada pengingat yang dikirim. Pindahkan berkas itu "
            "bila boleh ada pengingat yang terkirim sekali lagi."
        ) from error


def write_record(state_dir: Path, record: ReminderRecord) -> None:
    write_durably(state_dir / FILE_NAME, _STORED.dump_json(record, indent=1))
