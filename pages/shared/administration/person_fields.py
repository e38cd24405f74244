"""The fields of a person as widgets; a role is explained where it is chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from gettext import gettext as _
from typing import Any

import streamlit as st

from journal.people import PersonLine
from pages.shared.administration.places import Places
from pages.shared.administration.roles import role_sentence
from warehouse.scope import ALLOWED, PEOPLE_ROLES, Action, Role


@dataclass(frozen=True)
class Draft:
    """What the form says at this moment."""

    name: str
    role: Role
    opd_code: str | None
    kecamatan_code: str | None
    has_restricted: bool
    is_active: bool = True

    def new_values(self) -> dict[str, Any]:
        """What a new person is made of; everybody starts active."""
        values = asdict(self)
        del values["is_active"]
        return values

    def changes_of(self, read: PersonLine) -> dict[str, Any]:
        """Only what differs from the person as read."""
        return {name: value for name, value in asdict(self).items() if value != getattr(read, name)}


def draw_fields(key: str, places: Places, read: PersonLine | None) -> tuple[str, Draft]:
    """Login and draft. `key` changes with what was read, so that a form never keeps values of an older reading."""
    left, right = st.columns(2)
    name = left.text_input(_("Nama"), read.name if read else "", key=f"{key}:name", max_chars=120)
    login = right.text_input(
        _("Login"),
        read.login if read else "",
        key=f"{key}:login",
        disabled=read is not None,
        max_chars=120,
        help=_("Untuk OIDC: sama dengan klaim penyedia, biasanya alamat surel. Tidak dapat diganti kemudian."),
    )
    role = _draw_role(key, read)
    opd_code, kecamatan_code = _draw_reach(key, places, read, role)
    can_restrict = Action.SEE_RESTRICTED in ALLOWED[role]
    has_restricted = st.checkbox(
        _("Berhak melihat kolom terbatas")
        if can_restrict
        else _("Berhak melihat kolom terbatas (tidak untuk peran ini)"),
        bool(read and read.has_restricted),
        key=f"{key}:has_restricted",
        disabled=not can_restrict,
        help=_("Misalnya titik koordinat atau keterangan kejadian. Setiap kali dilihat, dicatat di Jejak."),
    )
    is_active = True
    if read is not None:
        is_active = st.checkbox(_("Aktif: boleh masuk"), read.is_active, key=f"{key}:is_active")
    return login, Draft(name, role, opd_code, kecamatan_code, has_restricted and can_restrict, is_active)


def _draw_role(key: str, read: PersonLine | None) -> Role:
    known = [role.value for role in PEOPLE_ROLES]
    index = known.index(read.role) if read is not None and read.role in known else 0
    role = Role(st.selectbox(_("Peran"), known, index, key=f"{key}:role"))
    st.caption(role_sentence(role))
    return role


def _draw_reach(key: str, places: Places, read: PersonLine | None, role: Role) -> tuple[str | None, str | None]:
    left, right = st.columns(2)
    opds = _options(places.opds, read.opd_code if read else None)
    kecamatan = _options(places.kecamatan, read.kecamatan_code if read else None)
    needs_opd = role is Role.OPD
    opd_code = left.selectbox(
        _("OPD (wajib untuk peran ini)") if needs_opd else _("Dibatasi pada OPD"),
        opds,
        opds.index(read.opd_code or "") if read else 0,
        format_func=lambda code: places.opd_words(code) or (_("pilih OPD") if needs_opd else _("semua OPD")),
        key=f"{key}:opd_code",
    )
    kecamatan_code = right.selectbox(
        _("Dibatasi pada kecamatan"),
        kecamatan,
        kecamatan.index(read.kecamatan_code or "") if read else 0,
        format_func=lambda code: places.kecamatan_words(code) or _("semua kecamatan"),
        key=f"{key}:kecamatan_code",
    )
    return opd_code or None, kecamatan_code or None


def _options(names: Any, current: str | None) -> list[str]:
    """Nothing first, and the current code even when it is no longer listed."""
    return ["", *names, *([current] if current and current not in names else [])]
