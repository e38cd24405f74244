"""The journal of this process, opened once for pages and doors alike."""

from __future__ import annotations

import streamlit as st

from journal.migrating import open_journal
from journal.store import Journal, journal_url
from pages.shared import data


def journal() -> Journal:
    """Raises JournalError that says what to do."""
    settings = data.settings()
    return _journal(journal_url(settings.journal_url, settings.state_dir))


@st.cache_resource(show_spinner=False, on_release=Journal.close)
def _journal(url: str) -> Journal:
    return open_journal(url)
