"""What runs by itself, read anew from the data folder each time the page is drawn."""

from __future__ import annotations

from pages.shared import data
from pages.shared.render import show_section
from reports.desk import Desk
from reports.parts import guarded
from reports.running import RUNNING_TITLE, Running, running_section
from warehouse.feed_health import FeedHealth, feed_health
from warehouse.feed_memory import MemoryProblem
from warehouse.operations_status import read_status
from warehouse.reminder_record import RecordProblem, ReminderRecord, read_record


def show_running(desk: Desk) -> None:
    running = Running(data.local_now(), read_status(data.settings().state_dir), _feeds(), _reminders())
    show_section(desk, guarded(RUNNING_TITLE, running_section, desk, running))


def _feeds() -> tuple[FeedHealth, ...] | None:
    try:
        return feed_health(data.settings().state_dir)
    except (MemoryProblem, OSError):
        return None


def _reminders() -> ReminderRecord | None:
    try:
        return read_record(data.settings().state_dir)
    except RecordProblem:
        return None
