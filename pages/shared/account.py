"""Who is here, at the foot of the navigation: name, role and reach in words, the way out, the own password.

Without sign-in it asks for a name, which entries keep as not verified.
"""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from journal.people import change_own_password
from journal.sessions import end_own_sign_ins
from journal.store import JournalError
from pages.shared import access, data, sign_in
from pages.shared.administration.places import places_of
from pages.shared.identity import Visit
from pages.shared.marks import plain
from warehouse.scope import Scope

LONGEST_NAME = 80


def show_account() -> None:
    """Draw it into the sidebar. A wall has none."""
    with st.sidebar:
        if access.is_local():
            _ask_name()
            return
        visit = access.current_visit()
        if visit.is_person:
            _show_person(visit)


def identity_words(name: str, scope: Scope) -> str:
    """`Nama · analis · hanya Dinas Kesehatan`."""
    return " · ".join((name, scope.role.value, reach_words(scope)))


def reach_words(scope: Scope) -> str:
    """How far a scope reads, in names."""
    places = places_of(data.settings().region.region_code)
    limits = [places.opds.get(code, code) for code in scope.opd_codes]
    limits += [places.kecamatan_words(code) for code in scope.kecamatan_codes]
    return _("hanya {places}").format(places=", ".join(limits)) if limits else _("seluruh daerah")


def _ask_name() -> None:
    name = st.text_input(
        _("Nama Anda (untuk jejak)"),
        key=access.NAME_KEY,
        max_chars=LONGEST_NAME,
        placeholder=_("nama dan OPD Anda"),
        autocomplete="name",
    )
    if name.strip():
        st.caption(_("Tindakan dan unduhan dicatat atas nama ini, tidak terverifikasi."))
    else:
        st.caption(_("Isi sebelum mengelola atau mengunduh baris. Melihat tidak perlu nama."))


def _show_person(visit: Visit) -> None:
    if visit.way == "oidc":
        sign_in.go_on()
    st.markdown(plain(identity_words(visit.name, visit.scope)))
    if st.button(_("Keluar"), key="akun_keluar", width="stretch"):
        sign_in.leave(visit.way, visit.key)
    with st.expander(_("Akun saya")):
        if visit.way == "akun":
            _show_password_form(visit)
        st.caption(_("Bila Anda pernah masuk di komputer lain dan lupa keluar:"))
        if st.button(_("Keluar dari semua perangkat"), key="akun_keluar_semua", width="stretch"):
            _leave_everywhere(visit)


def _leave_everywhere(visit: Visit) -> None:
    try:
        end_own_sign_ins(access.journal(), visit.scope, data.local_now())
    except JournalError as error:
        st.error(plain(str(error)))
        return
    sign_in.leave(visit.way, visit.key)


def _show_password_form(visit: Visit) -> None:
    with st.form("akun_sandi", clear_on_submit=True, border=False):
        old = st.text_input(_("Kata sandi lama"), type="password", autocomplete="current-password")
        new = st.text_input(_("Kata sandi baru"), type="password", autocomplete="new-password")
        again = st.text_input(_("Kata sandi baru, sekali lagi"), type="password", autocomplete="new-password")
        if not st.form_submit_button(_("Ganti kata sandi")):
            return
    if new != again:
        st.error(_("Kedua kata sandi baru tidak sama."))
        return
    try:
        change_own_password(access.journal(), visit.scope, data.local_now(), old, new)
    except JournalError as error:
        st.error(plain(str(error)))
        return
    st.session_state[sign_in.NOTE] = _("Kata sandi sudah diganti. Masuk lagi dengan yang baru.")
    st.rerun()
