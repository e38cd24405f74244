"""Alarms in the journal a wall reads, raised and answered while a real server runs over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from journal.alarm_acts import answer_alarm
from journal.alarm_model import AlarmRow
from journal.migrating import open_journal
from journal.store import Journal, journal_url
from warehouse.alarm_record import LastLook, write_last_look
from warehouse.scope import machine_scope
from warehouse.settings import load_settings


@dataclass(frozen=True)
class Watch:
    """The journal of one data folder, and its rules held against the data just now."""

    journal: Journal
    folder: Path

    def now(self) -> datetime:
        return datetime.now(load_settings().region.zone).replace(tzinfo=None)

    def look(self, age: timedelta = timedelta()) -> None:
        write_last_look(self.folder, LastLook(self.now() - age, "x"))

    def raise_alarm(self, priority: str = "kritis", **changes: str) -> int:
        at = self.now()
        row = AlarmRow(
            rule_id="panggilan_112_melonjak", rule_version="panggilan_112_melonjak@1", signal="panggilan_112",
            title="Panggilan 112 melonjak", audience="operator", priority=priority, place="daerah",
            place_name="Kabupaten Mojokerto", owner="BPBD", detail="19 panggilan jam 10, biasa 5–15", value="3",
            limit_value="2", unit="kali", is_sample=True, state="baru", raised_at=at, changed_at=at, is_over=True,
            raise_count=1, raises=[at.isoformat()],
        )  # fmt: skip
        for name, value in changes.items():
            setattr(row, name, value)
        with self.journal.writing(machine_scope("uji"), at) as session:
            session.add(row)
            session.flush()
            return row.id

    def answer(self, alarm_id: int) -> None:
        answer_alarm(self.journal, machine_scope("operator.uji"), self.now(), alarm_id, "BPBD dihubungi")


@contextmanager
def watch_over(data_dir: Path) -> Iterator[Watch]:
    """Over the folder of the active profile, as the server of that folder reads it."""
    folder = next(data_dir.glob("*/CURRENT")).parent
    journal = open_journal(journal_url("", folder))
    try:
        yield Watch(journal, folder)
    finally:
        journal.close()
