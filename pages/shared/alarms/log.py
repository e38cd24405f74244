"""The alarms of the last days, read anew from the journal each time a page asks."""

from __future__ import annotations

from journal.alarms import read_log
from pages.shared import data
from pages.shared.opened_journal import journal
from warehouse.alarms.standing import AlarmLog


def alarm_log() -> AlarmLog:
    """Raises JournalError."""
    return read_log(journal(), data.settings().state_dir, data.local_now())
