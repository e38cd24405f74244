"""The wall screens in force: those of `pendopo.toml`, with what people set on `kelola` in their place."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import streamlit as st

from journal.failures import JournalError
from journal.screen_settings import KeptScreen, kept_screens, screens_in_force
from pages.shared import data
from pages.shared.opened_journal import journal
from warehouse.screen_settings import Screen

log = logging.getLogger("pendopo.pages")


def known_screens() -> dict[str, Screen]:
    """Looked up at each heartbeat: a new setting is on the wall with the next one. While the journal cannot be read,
    what it said last holds."""
    base, last = data.settings().screens, _last_known()
    try:
        kept = _kept_at(str(data.settings().state_dir), journal().revision())
    except JournalError as error:
        log.warning("what was set of screens could not be read: %s", error)
        kept = last.get("kept", {})
    last["kept"] = kept
    return screens_in_force(base, kept)


@st.cache_resource(show_spinner=False, max_entries=2)
def _kept_at(folder: str, revision: int) -> Mapping[str, KeptScreen]:
    """One reading for all walls until the next entry."""
    return kept_screens(journal())


@st.cache_resource(show_spinner=False)
def _last_known() -> dict[str, Mapping[str, KeptScreen]]:
    return {}
