"""One person: a form for a new one, and for a known one the form, the password and the sign-ins.

What was read when a form was opened goes with it, so that the journal notices an edit of something older.
"""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

import streamlit as st

from journal.people import (
    NewPerson,
    PersonEdit,
    PersonLine,
    add_person,
    change_person,
    set_password,
    sign_out_everywhere,
)
from pages.shared import access, data
from pages.shared.administration import address
from pages.shared.administration.acts import attempt, keep_once, show_told, tell
from pages.shared.administration.facts import Facts
from pages.shared.administration.passwords import ask_password, draw_password, show_secret_password
from pages.shared.administration.person_fields import draw_fields
from pages.shared.marks import badge, plain
from warehouse.scope import Action

FORM, PASSWORD, SIGN_INS = "orang:data", "orang:sandi", "orang:masuk"
_READ = "kelola:dibaca"


def forget_read() -> None:
    """What a form was opened on no longer counts: the next one reads afresh."""
    st.session_state.pop(_READ, None)


def show_new(facts: Facts) -> None:
    """The form of somebody who is not in the journal yet."""
    _show_way_back()
    st.subheader(_("Orang baru"), anchor=False)
    with st.container(border=True):
        login, draft = draw_fields("kelola:baru", facts.places, None)
        has_password = st.checkbox(
            _("Buat kata sandi acak, tampil sekali setelah disimpan"),
            "akun" in facts.settings.access.sign_in,
            key="kelola:baru:acak",
            help=_("Tidak perlu bagi yang masuk lewat penyedia OIDC."),
        )
        why = st.text_input(_("Alasan"), key="kelola:baru:why", placeholder=_("misalnya: petugas piket baru"))
        show_told(FORM)
        if st.button(_("Simpan orang baru"), type="primary"):
            password = draw_password() if has_password else None
            _add(facts, NewPerson(login, password=password, **draft.new_values()), why.strip())


def _add(facts: Facts, new: NewPerson, why: str) -> None:
    scope, now = access.current_scope(), data.local_now()
    line = attempt(FORM, lambda: add_person(access.journal(), scope, now, new, why, facts.rules))
    if line is not None:
        tell(FORM, _("{name} ditambahkan.").format(name=line.name))
        if new.password:
            keep_once(PASSWORD, new.password)
        address.go("orang", **{address.PERSON: str(line.id)})
    st.rerun()


def show_person(facts: Facts, current: PersonLine) -> None:
    """Everything there is to do with one person."""
    read = _read_once(current)
    with st.container(horizontal=True):
        _show_way_back()
        if access.current_scope().may(Action.READ_AUDIT):
            st.button(_("Lihat jejak orang ini"), type="tertiary", on_click=_show_trail, args=(current.login,))
    _show_who(facts, current)
    left, right = st.columns((3, 2), gap="medium")
    with left.container(border=True):
        _show_form(facts, read)
    with right.container(border=True):
        _show_password(facts, read)
    with right.container(border=True):
        _show_sign_ins(current)


def _read_once(current: PersonLine) -> PersonLine:
    """The person as the form was opened on."""
    read: PersonLine | None = st.session_state.get(_READ)
    if read is None or read.id != current.id:
        st.session_state[_READ] = read = current
    return read


def _show_way_back() -> None:
    st.button(_("← Semua orang"), type="tertiary", on_click=address.go, args=("orang",))


def _show_who(facts: Facts, current: PersonLine) -> None:
    state = badge(_("aktif") if current.is_active else _("tidak aktif"), "gray")
    st.markdown(f"### {plain(current.name)}  {badge(current.role, 'gray')} {state}")
    last = facts.instant_words(current.last_sign_in, _("belum pernah"))
    reach = facts.places.reach_words(current.role, current.opd_code, current.kecamatan_code)
    words = _("Login {login} · {reach} · terakhir masuk: {last}")
    st.caption(plain(words.format(login=current.login, reach=reach, last=last)))


def _show_trail(login: str) -> None:
    address.go("jejak")
    st.session_state["kelola:jejak:cari"] = login


def _show_form(facts: Facts, read: PersonLine) -> None:
    st.markdown(f"**{_('Data dan hak')}**")
    key = f"kelola:{read.id}:{read.version}"
    _login, draft = draw_fields(key, facts.places, read)
    why = st.text_input(
        _("Alasan perubahan (wajib)"), key=f"{key}:why", placeholder=_("misalnya: pindah tugas per 1 Desember")
    )
    st.caption(_("Mengubah peran, batas, hak, atau keaktifan mengakhiri semua masuknya: ia harus masuk lagi."))
    show_told(FORM)
    if st.button(_("Simpan perubahan"), type="primary", key=f"{key}:simpan"):
        _change(facts, PersonEdit(read.id, read.version, draft.changes_of(read)), why.strip())


def _change(facts: Facts, edit: PersonEdit, why: str) -> None:
    scope, now = access.current_scope(), data.local_now()
    if not edit.changes:
        tell(FORM, _("Tidak ada yang diubah pada formulir ini."), is_done=False)
    elif not why:
        tell(FORM, _("Tulis alasan perubahan: alasannya dicatat di Jejak."), is_done=False)
    elif attempt(
        FORM, lambda: change_person(access.journal(), scope, now, edit, why, facts.rules), when_stale=forget_read
    ):
        forget_read()
        tell(FORM, _("Perubahan disimpan."))
    st.rerun()


def _show_password(facts: Facts, read: PersonLine) -> None:
    st.markdown(f"**{_('Kata sandi')}**")
    st.caption(
        _("Kata sandi sudah dipasang.")
        if read.has_password
        else _("Belum dipasang: hanya dapat masuk lewat penyedia OIDC.")
    )
    show_secret_password(PASSWORD)
    show_told(PASSWORD)
    asked = ask_password(f"kelola:{read.id}:{read.version}")
    if asked is None:
        return
    scope, now = access.current_scope(), data.local_now()
    new = partial(set_password, access.journal(), scope, now, read.id, asked.password, rules=facts.rules)
    if attempt(PASSWORD, new):
        forget_read()
        tell(PASSWORD, _("Kata sandi diganti."))
        if asked.is_drawn:
            keep_once(PASSWORD, asked.password)
    st.rerun()


def _show_sign_ins(current: PersonLine) -> None:
    st.markdown(f"**{_('Sedang masuk')}**")
    st.caption(_("{count} perangkat sedang masuk.").format(count=current.open_sign_ins))
    show_told(SIGN_INS)
    with st.popover(_("Keluarkan dari semua perangkat"), disabled=not current.open_sign_ins):
        why = st.text_input(_("Alasan"), key=f"kelola:{current.id}:keluar-why")
        if st.button(_("Keluarkan sekarang"), type="primary", key=f"kelola:{current.id}:keluar"):
            scope, now = access.current_scope(), data.local_now()
            end = partial(sign_out_everywhere, access.journal(), scope, now, current.id, why.strip())
            ended = attempt(SIGN_INS, end)
            if ended is not None:
                tell(SIGN_INS, _("{count} kali masuk diakhiri.").format(count=ended))
            st.rerun()
