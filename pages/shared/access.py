"""Who looks at this session: makes its scope once, and refuses in words what it does not allow.

Refuses to decide what a role may do: that is `warehouse.scope`. Acts that matter are told to the journal here.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa
import streamlit as st

from journal.history import write_entry
from journal.model import Base, Kind
from journal.store import Journal, JournalError, journal_url, open_engine
from pages.shared import data
from warehouse.scope import Action, NotPermittedError, Scope, machine_scope

log = logging.getLogger("pendopo.pages")
NAME_KEY = "access_name"  # what somebody at the machine says they are called
NO_NAME = "tanpa nama"


def current_scope() -> Scope:
    """The scope of this session."""
    return machine_scope(str(st.session_state.get(NAME_KEY, "")).strip())


def journal() -> Journal:
    """The journal, opened once per process. Raises JournalError."""
    settings = data.settings()
    return _journal(journal_url(settings.journal_url, settings.state_dir))


@st.cache_resource(show_spinner=False, on_release=Journal.close)
def _journal(url: str) -> Journal:
    opened = Journal(open_engine(url))
    Base.metadata.create_all(opened.engine)
    return opened


def require(action: Action) -> None:
    """Go on only if this session may do it; else say so, tell the journal once a session, and stop the page."""
    scope = current_scope()
    try:
        scope.require(action)
    except NotPermittedError as error:
        _tell_refusal(action)
        st.warning(str(error))
        st.stop()


def record(kind: Kind, subject_kind: str, subject: str, after: dict[str, Any] | None = None, why: str = "") -> None:
    """One entry of the journal by whoever looks at this session. Raises JournalError when it cannot be kept."""
    scope = current_scope()
    named = scope if scope.actor else replace(scope, actor=NO_NAME)
    try:
        with journal().writing(named, data.local_now(), why) as writing:
            write_entry(writing, kind, subject_kind, subject, after=after)
    except sa.exc.SQLAlchemyError as error:
        log.exception("the journal could not be written")
        raise JournalError(_("Jurnal tidak dapat ditulis, jadi tindakan ini tidak dijalankan.")) from error


def _tell_refusal(action: Action) -> None:
    told: set[Action] = st.session_state.setdefault("access_refused", set())
    if action in told:
        return
    told.add(action)
    try:
        record(Kind.REFUSED, "hak", action.value)
    except JournalError:
        log.warning("a refusal could not be recorded: %s", action)
