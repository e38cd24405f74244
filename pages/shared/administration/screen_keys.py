"""Keys of wall screens: made, told once with how to use them, and revoked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from gettext import gettext as _
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from journal.screens import NewPass, PassLine, create_pass, list_passes, revoke_pass
from pages.shared import access, data
from pages.shared.administration.acts import attempt, keep_once, show_told, take_once, tell
from pages.shared.administration.facts import Facts
from pages.shared.marks import plain

NEW, LIST = "layar:baru", "layar:daftar"
WIDTHS = (4, 3, 3, 3, 2)
HOW_TO = _(
    "1. Di mini PC layar itu, buka alamat di atas satu kali dengan Chromium (bukan mode penyamaran).\n"
    "2. Dinding langsung tampil. Browser itu menyimpan kuncinya dan tidak memerlukan alamat ini lagi.\n"
    "3. Supaya dinding tampil setiap kali mini PC dinyalakan, jalankan perintah ini saat mulai:"
)


def show_keys(facts: Facts) -> None:
    passes = list_passes(access.journal(), access.current_scope())
    valid = [one for one in passes if one.revoked_at is None]
    revoked = [one for one in passes if one.revoked_at is not None]
    if facts.settings.access.mode == "lokal":
        st.caption(_("Dalam mode lokal dinding terbuka tanpa kunci. Kunci mulai berlaku dalam mode jaringan."))
    _show_address(facts)
    show_told(LIST)
    if valid:
        _show_valid(facts, valid)
    else:
        st.markdown(_("Belum ada kunci yang berlaku."))
    _show_new(facts, f"kelola:kunci-baru:{len(passes)}")  # a form of its own after each new key
    if revoked:
        with st.expander(_("Kunci yang sudah dicabut ({count})").format(count=len(revoked))):
            st.table(_revoked_table(facts, revoked), hide_index=True, border="horizontal")


def _show_address(facts: Facts) -> None:
    made: NewPass | None = take_once(NEW)
    if made is None:
        return
    base = base_address(facts)
    with st.container(border=True):
        st.markdown(f"**{_('Kunci baru')}: {plain(made.line.label)}**")
        st.warning(
            _(
                "Alamat ini tampil sekali saja dan tidak dapat ditampilkan lagi. Siapa pun yang memilikinya dapat "
                "membuka layar itu."
            )
        )
        st.code(f"{base}/layar/{made.token}", language=None, wrap_lines=True)
        st.markdown(HOW_TO)
        wall = f"{base}/dinding?{urlencode({'layar': made.line.screen_id})}"
        st.code(f'chromium --kiosk --noerrdialogs "{wall}"', language=None, wrap_lines=True)


def base_address(facts: Facts) -> str:
    """What people type; in lokal mode the address this page was opened at."""
    opened = (st.context.url or "").split("?")[0].rstrip("/").removesuffix("/kelola")
    return facts.settings.access.public_url.rstrip("/") or opened


def _show_valid(facts: Facts, passes: Sequence[PassLine]) -> None:
    zone = facts.settings.region.timezone_label
    header = (_("Nama kunci"), _("Layar"), _("Dibuat ({zone})").format(zone=zone), _("Terakhir dipakai"), "")
    for place, words in zip(st.columns(WIDTHS), header, strict=True):
        place.caption(words)
    for one in passes:
        label, screen, created, used, act = st.columns(WIDTHS, vertical_alignment="center")
        label.markdown(f"**{plain(one.label)}**")
        screen.markdown(plain(screen_title(facts, one.screen_id)))
        created.markdown(facts.short_instant_words(one.created_at))
        used.markdown(facts.short_instant_words(one.used_at) if one.used_at else _("belum pernah"))
        with act.popover(_("Cabut"), width="stretch"):
            _show_revoke(one)


def _show_revoke(one: PassLine) -> None:
    st.markdown(
        _("Cabut kunci **{label}**? Layarnya berhenti dalam beberapa detik dan perlu kunci baru.").format(
            label=plain(one.label)
        )
    )
    why = st.text_input(_("Alasan (wajib)"), key=f"kelola:kunci:{one.id}:why").strip()
    if st.button(_("Ya, cabut kunci ini"), type="primary", key=f"kelola:kunci:{one.id}:cabut"):
        scope, now = access.current_scope(), data.local_now()
        if not why:
            tell(LIST, _("Tulis alasan mencabut kunci {label}.").format(label=one.label), is_done=False)
        elif attempt(LIST, partial(revoke_pass, access.journal(), scope, now, one.id, one.version, why)):
            tell(LIST, _("Kunci {label} dicabut.").format(label=one.label))
        st.rerun()


def _show_new(facts: Facts, key: str) -> None:
    with st.form(key):
        left, middle, right = st.columns((3, 3, 2), vertical_alignment="bottom")
        label = left.text_input(
            _("Nama kunci baru"), key=f"{key}:label", placeholder=_("misalnya: Mini PC ruang rapat")
        )
        screen_id = middle.selectbox(
            _("Untuk layar"),
            list(facts.screens),
            format_func=lambda one: screen_title(facts, one),
            key=f"{key}:layar",
        )
        asked = right.form_submit_button(_("Buat kunci"), type="primary", width="stretch")
        show_told(NEW)
    if asked:
        scope, now = access.current_scope(), data.local_now()
        made = attempt(NEW, partial(create_pass, access.journal(), scope, now, label, screen_id, facts.screens))
        if made is not None:
            keep_once(NEW, made)
        st.rerun()


def screen_title(facts: Facts, screen_id: str) -> str:
    screen = facts.screens.get(screen_id)
    return screen.title if screen else _("{screen} (tidak lagi diatur)").format(screen=screen_id)


def _revoked_table(facts: Facts, passes: Sequence[PassLine]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Nama kunci"): plain(one.label),
            _("Layar"): plain(screen_title(facts, one.screen_id)),
            _("Dibuat"): facts.instant_words(one.created_at, ""),
            _("Terakhir dipakai"): facts.instant_words(one.used_at, _("belum pernah")),
            _("Dicabut"): facts.instant_words(one.revoked_at, ""),
        }
        for one in passes
    )
