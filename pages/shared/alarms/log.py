"""The alarms of the last days: read anew for a page, and for a wall whenever somebody wrote into the journal."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

import streamlit as st

from journal.alarms import read_log
from journal.failures import JournalError
from pages.shared import data
from pages.shared.opened_journal import journal
from warehouse.alarm_record import read_last_look
from warehouse.alarms.standing import AlarmLog

log = logging.getLogger("pendopo.pages")


def alarm_log() -> AlarmLog:
    """Raises JournalError."""
    return read_log(journal(), data.settings().state_dir, data.local_now())


def watched_log() -> AlarmLog | None:
    """For walls that ask every few seconds; None when the journal cannot be read."""
    now, folder = data.local_now(), data.settings().state_dir
    try:
        kept = _log_at(str(folder), journal().revision(), now.date())
    except JournalError as error:
        log.warning("alarms could not be read: %s", error)
        return None
    look = read_last_look(folder)
    return replace(kept, looked_at=look.looked_at if look else None)


@st.cache_resource(show_spinner=False, max_entries=4)
def _log_at(folder: str, revision: int, day: date) -> AlarmLog:
    """One reading for all walls until the next entry."""
    return alarm_log()
