"""A new password for somebody: typed, or drawn at random and shown once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from gettext import gettext as _

import streamlit as st

from pages.shared.administration.acts import take_once

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike on paper
GROUPS, GROUP_SIZE = 5, 4  # 99 bits


@dataclass(frozen=True)
class Asked:
    """The password to set now."""

    password: str
    is_drawn: bool


def draw_password() -> str:
    """`k7mn-p3qr-x9wz-h4tv-2bcd`: easy to read out, not to guess."""
    return "-".join("".join(secrets.choice(LETTERS) for _place in range(GROUP_SIZE)) for _group in range(GROUPS))


def show_secret_password(place: str) -> None:
    """A password that was drawn, in this drawing of the page only."""
    password: str | None = take_once(place)
    if password:
        st.warning(_("Kata sandi ini tampil sekali saja. Salin sekarang, lalu sampaikan langsung kepada orangnya."))
        st.code(password, language=None)


def ask_password(key: str) -> Asked | None:
    """What to set now; None while nothing is asked."""
    typed = st.text_input(_("Kata sandi baru"), type="password", key=f"{key}:sandi", max_chars=256)
    with st.container(horizontal=True):
        is_typed = st.button(_("Simpan kata sandi"), key=f"{key}:simpan-sandi")
        is_drawn = st.button(_("Buat acak"), key=f"{key}:acak")
    st.caption(_("Kata sandi baru mengakhiri semua masuknya."))
    if is_drawn:
        return Asked(draw_password(), is_drawn=True)
    return Asked(typed, is_drawn=False) if is_typed else None
