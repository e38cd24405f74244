"""Who looks at this session: makes its scope once, and refuses in words what it does not allow.

Refuses to decide what a role may do: that is `warehouse.scope`. Acts that matter are told to the journal here.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from gettext import gettext as _
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from journal.history import write_entry
from journal.model import Kind
from journal.store import JournalError
from pages.server.hosts import is_loopback
from pages.shared import data, sign_in
from pages.shared.identity import Brought, Nobody, Visit, address_of, find_visit
from pages.shared.marks import plain
from pages.shared.opened_journal import journal
from pages.shared.screens import known_screens
from warehouse.scope import Action, NotPermittedError, Role, Scope, machine_scope

__all__ = ["current_scope", "current_visit", "is_local", "journal", "own_screens", "record", "require", "wall_refusal"]

log = logging.getLogger("pendopo.pages")
NAME_KEY = "access_name"  # what somebody at the machine says they are called
NO_NAME = "tanpa nama"
UNSURE_SECONDS = 10.0  # how long a wall keeps its picture while the journal does not answer
_VISIT, _REFUSED, _SURE = "access_visit", "access_refused", "access_sure"


def is_local() -> bool:
    """Without sign-in: only this computer is served."""
    return data.settings().access.mode == "lokal"


def current_scope() -> Scope:
    """The scope of this session. Nobody known gets the sign-in page in place of what they asked for."""
    if is_local():
        _refuse_network_address()
        return machine_scope(str(st.session_state.get(NAME_KEY, "")).strip())
    return current_visit().scope


def current_visit() -> Visit:
    """Who is here, confirmed by the journal in each run. Not for `lokal`, where nobody signs in."""
    try:
        found = _look(touch=not _is_timer())
    except JournalError as error:
        _show_unreachable(error)
    if isinstance(found, Visit):
        return found
    sign_in.show_sign_in(found.words)
    st.stop()


def require(action: Action) -> None:
    """Go on only if this session may do it; else say so, tell the journal once a session, and stop the page."""
    scope = current_scope()
    try:
        scope.require(action)
    except NotPermittedError as error:
        _tell_refusal(action)
        st.warning(plain(str(error)))
        st.stop()


def record(kind: Kind, subject_kind: str, subject: str, after: dict[str, Any] | None = None, why: str = "") -> None:
    """One entry of the journal by whoever looks at this session. Raises JournalError when it cannot be kept."""
    scope = current_scope()
    named = scope if scope.actor else replace(scope, actor=NO_NAME)
    with journal().writing(named, data.local_now(), why) as writing:
        write_entry(writing, kind, subject_kind, subject, after=after)


def own_screens() -> list[str]:
    """Ids of the screens this session may show, the first by default; stops the page in words when there is none."""
    scope, known = current_scope(), known_screens()
    own = list(known) if scope.role is not Role.SCREEN else [one for one in scope.screens if one in known]
    if not own:
        words = _("Layar {screens} tidak lagi diatur. Mintalah tautan layar yang baru kepada admin.")
        st.warning(plain(words.format(screens=", ".join(scope.screens) or "?")))
        st.stop()
    return own


def wall_refusal(screen_id: str) -> str:
    """For a wall that asks by itself every few seconds: why it may not show this screen any more; "" while it may."""
    if is_local():
        return ""
    try:
        found = _look(touch=False)
    except JournalError as error:
        return _unsure(error)
    st.session_state[_SURE] = time.monotonic()
    if isinstance(found, Nobody):
        words = found.words or sign_in.ENDED
        known: Visit | None = st.session_state.get(_VISIT)
        return f"{words} {_('Klik layar ini untuk masuk.')}" if known and known.is_person else words
    scope = found.scope
    if not scope.may(Action.SEE_WALL) or (not found.is_person and screen_id not in scope.screens):
        return _("Layar ini tidak lagi berhak tampil di sini.")
    return ""


def _refuse_network_address() -> None:
    """In `lokal` only this computer is served, also when a page is started past `app.py` and its edge."""
    address = st.get_option("server.address")
    if address and is_loopback(address):
        return
    st.error(
        _(
            "Pendopo menolak melayani alamat {address}: dalam mode lokal hanya komputer ini yang dilayani. Jalankan "
            "lagi dengan `--server.address 127.0.0.1` atau tanpa pilihan itu."
        ).format(address=address or "0.0.0.0")  # noqa: S104
    )
    st.stop()


def _look(*, touch: bool) -> Visit | Nobody:
    """Who the journal says is here now. Another one than before finds nothing of the first left in the session."""
    found = find_visit(_brought(), journal(), data.settings(), data.local_now(), touch=touch)
    known: Visit | None = st.session_state.get(_VISIT)
    if known is None:
        if isinstance(found, Visit):
            st.session_state[_VISIT] = found
        return found
    if isinstance(found, Visit) and (found.way, found.key) == (known.way, known.key):
        return known
    if touch:
        note = st.session_state.get(sign_in.NOTE, "")
        st.session_state.clear()
        st.session_state[sign_in.NOTE] = note
        if isinstance(found, Visit):
            st.session_state[_VISIT] = found
    return found


def _brought() -> Brought:
    claims = st.user.to_dict() if st.user.get("is_logged_in") is True else None
    return Brought(st.context.cookies.to_dict(), claims, address_of(st.context.ip_address))


def _is_timer() -> bool:
    """A run of fragments alone: a wall that asks by itself, nobody who acts."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def _show_unreachable(error: JournalError) -> None:
    log.error("who is here could not be confirmed: %s", error)
    st.error(
        _("Pendopo belum dapat memastikan siapa Anda, jadi tidak ada data yang ditampilkan. Coba lagi sebentar lagi.")
    )
    st.stop()


def _unsure(error: JournalError) -> str:
    """A wall outlives a short silence of the journal; then it shows nothing rather than what it may not."""
    log.warning("the right of a wall could not be confirmed: %s", error)
    sure: float = st.session_state.get(_SURE, 0.0)
    if time.monotonic() - sure < UNSURE_SECONDS:
        return ""
    return _("Hak layar ini belum dapat diperiksa. Gambar kembali sendiri setelah jurnal menjawab.")


def _tell_refusal(action: Action) -> None:
    told: set[Action] = st.session_state.setdefault(_REFUSED, set())
    if action in told:
        return
    told.add(action)
    try:
        record(Kind.REFUSED, "hak", action.value)
    except JournalError:
        log.warning("a refusal could not be recorded: %s", action)
