"""The sign-in page, shown in place of what somebody asked for, and the way out again.

Refuses to hand a key to the page: a one-time ticket fetches it into a cookie that no script can read. The address
stays what was asked for, so nothing can lead elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from journal import signing
from journal.store import JournalError
from pages.server.place import base_path
from pages.server.tickets import TICKETS
from pages.shared import data
from pages.shared.identity import ENDED_PERSON, address_of
from pages.shared.marks import plain
from pages.shared.opened_journal import journal
from warehouse.settings import Access

log = logging.getLogger("pendopo.pages")
STYLE = Path(__file__).parent / "sign_in.css"
ENDED = ENDED_PERSON
NOTE = "masuk_kabar"  # words for the form that an act leaves behind when it ends a sign-in
_LOGIN, _REFUSAL, _TRIES, _WELCOME = "masuk_login", "masuk_ditolak", "masuk_ke", "masuk_diterima"
_PASSWORD = "masuk_sandi_{number}"  # noqa: S105 - the name of a field


def show_sign_in(words: str = "") -> None:
    """The form, in the middle of an otherwise empty page. `words`: why somebody is here."""
    st.session_state.pop(_PASSWORD.format(number=st.session_state.get(_TRIES, 0) - 1), None)
    welcome: tuple[str, str] | None = st.session_state.pop(_WELCOME, None)
    if welcome is not None:
        _show_welcome(*welcome)
        return
    words = st.session_state.get(NOTE, "") or words
    access = data.settings().access
    refusal: str = st.session_state.get(_REFUSAL, "")
    with _card(_("Masuk ke Pendopo"), "" if refusal else words):
        if refusal:  # its words tell the wait in seconds
            st.error(plain(refusal))
        if "akun" in access.sign_in:
            _show_form()
        if "oidc" in access.sign_in:
            _show_provider(access)
        st.caption(_("Belum punya akun, atau lupa kata sandi? Hubungi admin Pendopo di daerah Anda."))
        _script(key="masuk_ingat", data={"act": "remember", "base": base_path()}, height=1)


def show_words(title: str, words: str) -> None:
    """The same page without a form."""
    with _card(title, words):
        pass


@contextmanager
def _card(title: str, words: str) -> Iterator[None]:
    st.html(STYLE)
    with st.container(key="masuk"):
        st.caption(data.settings().region.region_name)
        st.title(title, anchor=False)
        st.markdown(_("Dasbor daerah bagi pimpinan, OPD, dan petugas."))
        if words:
            st.info(plain(words))
        yield


def leave(way: str, key: str) -> None:
    """End this sign-in in the journal and in the browser."""
    try:
        signing.sign_out(journal(), data.local_now(), key)
    except JournalError as error:  # the browser still forgets its key, and nobody else has it
        log.warning("a sign-in could not be ended in the journal: %s", error)
    st.session_state.clear()
    if way == "oidc":
        st.logout()
    else:
        forget_cookie()
    st.stop()


def forget_cookie() -> None:
    """Have the browser drop its key and open the front page, which asks to sign in."""
    st.info(_("Anda sudah keluar. Halaman masuk sedang dibuka."))
    _swap("leave")


def go_on() -> None:
    """After a provider sent somebody back to the front page: open the address they had asked for."""
    _script(key="masuk_lanjut", data={"act": "go_on", "base": base_path()}, height=1)


def _show_form() -> None:
    state = st.session_state
    number = state.get(_TRIES, 0)  # each try has fields of its own: no password stays behind in the session
    with st.form("masuk_form"):
        login = st.text_input(
            _("Login"), state.get(_LOGIN, ""), key=f"masuk_login_{number}", autocomplete="username", max_chars=200
        )
        password = st.text_input(
            _("Kata sandi"),
            key=_PASSWORD.format(number=number),
            type="password",
            autocomplete="current-password",
            max_chars=1024,
        )
        if not st.form_submit_button(_("Masuk"), type="primary", width="stretch"):
            return
    state[_TRIES], state[_LOGIN] = number + 1, login
    state[_REFUSAL] = _try(login, password)
    st.rerun()


def _try(login: str, password: str) -> str:
    """Why this opens nothing; "" when the session now holds a ticket."""
    if not login.strip() or not password:
        return _("Isi login dan kata sandi.")
    limits = signing.limits_of(data.settings())
    try:
        found = signing.sign_in(journal(), data.local_now(), login, password, address_of(st.context.ip_address), limits)
    except JournalError as error:
        log.error("a sign-in could not be checked: %s", error)
        return _("Pendopo belum dapat memeriksa akun. Coba lagi sebentar lagi.")
    if isinstance(found, signing.Refused):
        return found.words
    st.session_state[_WELCOME] = found.identity.name, TICKETS.issue(found.key)
    return ""


def _show_welcome(name: str, ticket: str) -> None:
    with _card(_("Selamat datang, {name}").format(name=plain(name)), _("Halaman sedang dibuka.")):
        _swap("enter", ticket)


def _show_provider(access: Access) -> None:
    is_only = "akun" not in access.sign_in
    if st.button(_("Masuk dengan akun kantor"), type="primary" if is_only else "secondary", width="stretch"):
        st.login()


def _swap(act: str, ticket: str = "") -> None:
    failed = _("Halaman tidak dapat dibuka dari alamat ini. Muat ulang, lalu coba lagi.")
    data_ = {"act": act, "base": base_path(), "ticket": ticket, "failed": failed}
    _script(key=f"masuk_{act}", data=data_, height=1)


_script = st.components.v2.component(
    "pendopo_masuk", js=(Path(__file__).parent / "sign_in.js").read_text("utf-8"), isolate_styles=False
)
