"""The people who may sign in: the list with a search, and the way to a person's own form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from journal.people import PersonLine, list_people
from pages.shared import access, data
from pages.shared.administration import address
from pages.shared.administration.acts import show_told
from pages.shared.administration.facts import Facts
from pages.shared.administration.person import forget_read, show_new, show_person
from pages.shared.administration.roles import show_roles
from pages.shared.large_screen import grid_key, text_scale
from reports.csv import yes_no
from warehouse.csv_cells import neutralise

PLACE = "orang"
SHORT_LIST, LONG_HEIGHT = 25, 700  # a longer list scrolls in a box of its own
OPEN = _("Buka")
# Together as wide as the page is beside its navigation on a screen of 1366 pixels; a wider one shares out what is left.
WIDTHS = {
    _("Nama"): 196,
    _("Login"): 150,
    _("Peran"): 72,
    _("Jangkauan"): 132,
    _("Terbatas"): 68,
    _("Aktif"): 48,
    _("Terakhir masuk"): 120,
    _("Masuk"): 54,
}


def show_people(facts: Facts) -> None:
    """The list, or the form of the person the address names."""
    people = list_people(access.journal(), access.current_scope(), data.local_now())
    chosen = address.chosen_person()
    if chosen == address.NEW:
        show_new(facts)
        return
    person = next((one for one in people if str(one.id) == chosen), None)
    if person is not None:
        show_person(facts, person)
        return
    forget_read()
    if chosen:
        st.warning(_("Orang yang dicari alamat ini tidak ada di jurnal. Di bawah ini semua orang yang ada."))
    _show_list(facts, people)


def _show_list(facts: Facts, people: Sequence[PersonLine]) -> None:
    show_told(PLACE)
    left, right = st.columns((3, 1), vertical_alignment="bottom")
    sought = left.text_input(
        _("Cari orang"), key="kelola:cari", placeholder=_("nama, login, peran, OPD atau kecamatan"), live=True
    )
    right.button(_("Tambah orang"), type="primary", width="stretch", on_click=_open, args=(address.NEW,))
    found = [one for one in people if matches(sought, one, facts)]
    st.caption(count_words(people, found))
    if not people:
        st.info(_("Belum ada orang di jurnal. Tambahkan admin pertama, lalu orang lain."))
    elif not found:
        st.info(_("Tidak ada orang yang cocok dengan pencarian ini."))
    else:
        _show_table(facts, found)
    st.caption(
        _(
            "Terbatas: berhak melihat kolom terbatas. Masuk: jumlah perangkat yang sedang masuk. Waktu dalam {zone}."
        ).format(zone=facts.settings.region.timezone_label)
    )
    show_roles()


def _show_table(facts: Facts, people: Sequence[PersonLine]) -> None:
    ids = tuple(str(one.id) for one in people)
    frame = pd.DataFrame([_row(one, facts) for one in people])
    column = st.column_config
    st.dataframe(
        frame.style.format({_("Terakhir masuk"): facts.short_instant_words}, na_rep=""),
        placeholder=_("belum pernah"),
        hide_index=True,
        height="content" if len(people) <= SHORT_LIST else round(LONG_HEIGHT * text_scale()),
        column_config={
            OPEN: column.ButtonColumn("", key="kelola:buka", on_click=partial(_open_row, ids), width=58),
            **{name: column.Column(width=width) for name, width in WIDTHS.items()},
        },
        key=grid_key("kelola:daftar"),
    )


def _row(one: PersonLine, facts: Facts) -> dict[str, Any]:
    return {
        OPEN: OPEN,
        _("Nama"): neutralise(one.name),
        _("Login"): neutralise(one.login),
        _("Peran"): one.role,
        _("Jangkauan"): facts.places.reach_words(one.role, one.opd_code, one.kecamatan_code),
        _("Terbatas"): yes_no(one.has_restricted),
        _("Aktif"): yes_no(one.is_active),
        _("Terakhir masuk"): one.last_sign_in,
        _("Masuk"): one.open_sign_ins,
    }


def matches(sought: str, one: PersonLine, facts: Facts) -> bool:
    """Every word sought stands somewhere in what the list tells about a person."""
    told = " ".join(
        (one.name, one.login, one.role, facts.places.reach_words(one.role, one.opd_code, one.kecamatan_code))
    ).casefold()
    return all(word in told for word in sought.casefold().split())


def count_words(people: Sequence[PersonLine], found: Sequence[PersonLine]) -> str:
    active = sum(one.is_active for one in people)
    signed_in = sum(one.open_sign_ins > 0 for one in people)
    words = _("{count} orang, {active} aktif, {signed_in} sedang masuk.").format(
        count=len(people), active=active, signed_in=signed_in
    )
    return words if len(found) == len(people) else words + " " + _("{count} cocok.").format(count=len(found))


def _open_row(ids: Sequence[str]) -> None:
    click = st.session_state.get("kelola:buka")
    if click is not None and click["row"] < len(ids):
        _open(ids[click["row"]])


def _open(person_id: str) -> None:
    forget_read()
    address.go("orang", **{address.PERSON: person_id})
