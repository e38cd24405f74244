"""Wall screens set by an administrator: tried first, kept in the journal, taken back to what `pendopo.toml` says.

What was read when the form was opened goes with it, so that the journal notices an edit of something older.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

import streamlit as st
from pydantic import ValidationError

from charts.wall import SCENES
from journal.screen_settings import ScreenEdit, kept_screens, save_screen
from pages.shared import access, data, wall_pictures
from pages.shared.administration.acts import attempt, show_told, tell
from pages.shared.administration.facts import Facts
from pages.shared.administration.screen_reach import show_scenes
from pages.shared.alarms.log import watched_log
from pages.shared.marks import plain
from warehouse.screen_settings import Screen

PLACE = "layar:atur"
NEW = ""
_READ, _TRIED, _CHOSEN = "kelola:layar:dibaca", "kelola:layar:dicoba", "kelola:layar:pilih"


@dataclass(frozen=True)
class Read:
    """A screen as the form was opened on it; version 0: nothing was set of it on this page."""

    screen_id: str
    screen: Screen
    version: int
    is_kept: bool


def show_editing(facts: Facts) -> None:
    chosen = st.selectbox(
        _("Layar yang diatur"),
        [NEW, *facts.screens],
        format_func=lambda one: facts.screens[one].title if one else _("Layar baru"),
        key=_CHOSEN,
    )
    read = _read_once(facts, chosen or NEW)
    show_told(PLACE)
    values, why, act = _draw_form(read)
    if act:
        st.session_state[_TRIED] = values
    if _TRIED not in st.session_state:
        return _offer_taking_back(facts, read)
    screen = _valid(st.session_state[_TRIED])
    if screen is not None and act == "simpan":
        _save(facts, ScreenEdit(read.screen_id or name_of(screen.title), screen, read.version), why)
    if screen is not None:
        _show_tried(facts, screen)
    return _offer_taking_back(facts, read)


def name_of(title: str) -> str:
    """The address of a new screen, from its title: `ruang_rapat_2`."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in title.lower()).strip("_")[:60]


def _forget() -> None:
    """What the form was opened on no longer counts."""
    for key in (_READ, _TRIED):
        st.session_state.pop(key, None)


def _read_once(facts: Facts, screen_id: str) -> Read:
    read: Read | None = st.session_state.get(_READ)
    if read is None or read.screen_id != screen_id:
        _forget()
        kept = kept_screens(access.journal()).get(screen_id)
        screen = facts.screens.get(screen_id) or Screen(title=_("Layar baru"))
        read = Read(screen_id, screen, kept.version if kept else 0, bool(kept and kept.screen))
        st.session_state[_READ] = read
    return read


def _draw_form(read: Read) -> tuple[dict[str, Any], str, str]:
    """What the form says, why, and which of its buttons was pressed."""
    key, screen = f"kelola:layar:atur:{read.screen_id}:{read.version}", read.screen
    with st.form(key):
        name, theme, panel = st.columns((3, 2, 2))
        values: dict[str, Any] = {
            "title": name.text_input(_("Nama layar"), screen.title, max_chars=80),
            "theme": theme.selectbox(_("Tema"), ("gelap", "terang"), ("gelap", "terang").index(screen.theme)),
            "panel": panel.text_input(_("Panel, kolom x baris"), screen.panel),
            "scenes": st.multiselect(_("Adegan, menurut urutan dipilih"), SCENES, screen.scenes),
        }
        width_mm, wide, high, seat, reload = st.columns(5, vertical_alignment="bottom")
        values["width_mm"] = width_mm.number_input(
            _("Lebar gambar, mm"), 100.0, 30_000.0, float(screen.width_mm), step=10.0
        )
        values["pixels"] = (
            wide.number_input(_("Piksel lebar"), 320, 16_384, screen.pixels[0]),
            high.number_input(_("Piksel tinggi"), 320, 16_384, screen.pixels[1]),
        )
        values["distance_m"] = seat.number_input(
            _("Kursi terjauh, m"), 0.5, 60.0, float(screen.distance_m), step=0.5, format="%.1f"
        )
        values["reload_hour"] = reload.number_input(_("Muat ulang, jam"), 0, 23, screen.reload_hour)
        dwell, step, ahead, sound = st.columns(4, vertical_alignment="bottom")
        values["dwell_seconds"] = dwell.number_input(
            _("Lama tiap adegan, detik (0: menurut isi)"), 0, 180, screen.dwell_seconds
        )
        values["serentak"] = step.checkbox(_("Serentak dengan layar lain"), screen.serentak)
        values["mendahului"] = ahead.number_input(_("Mendahului, adegan"), 0, 9, screen.mendahului)
        values["suara"] = sound.checkbox(_("Bunyi untuk yang kritis"), screen.suara)
        reason, trying, saving = st.columns((5, 1, 1), vertical_alignment="bottom")
        why = reason.text_input(_("Mengapa (wajib untuk menyimpan)"), placeholder=_("misalnya: layar lobi diganti"))
        tried = trying.form_submit_button(_("Coba"), width="stretch")
        saved = saving.form_submit_button(_("Simpan"), type="primary", width="stretch")
    return values, why, "simpan" if saved else "coba" if tried else ""


def _valid(values: dict[str, Any]) -> Screen | None:
    try:
        return Screen.model_validate(values)
    except ValidationError as error:
        for item in error.errors():
            st.error(plain(str(item["msg"]).removeprefix("Value error, ")))
        return None


def _save(facts: Facts, edit: ScreenEdit, why: str) -> None:
    if not st.session_state[_READ].screen_id and edit.screen_id in facts.screens:
        words = _("Nama {name} sudah dipakai layar lain; beri nama yang berbeda.")
        tell(PLACE, words.format(name=edit.screen_id), is_done=False)
    else:
        title = edit.screen.title if edit.screen else ""
        _do(edit, why, _("Disimpan. {title} berganti dalam beberapa detik.").format(title=title))
    st.rerun()


def _do(edit: ScreenEdit, why: str, done: str) -> None:
    scope, now = access.current_scope(), data.local_now()

    def act() -> bool:
        save_screen(access.journal(), scope, now, edit, why)
        return True

    if attempt(PLACE, act, when_stale=_forget):
        _forget()
        tell(PLACE, done)


def _show_tried(facts: Facts, screen: Screen) -> None:
    try:
        scenes = wall_pictures.draw_screen(screen, watched_log())
    except data.ReleaseMissingError as error:
        st.info(plain(str(error)))
        return
    show_scenes(facts, screen, scenes)


def _offer_taking_back(facts: Facts, read: Read) -> None:
    if not read.is_kept:
        return
    is_based = read.screen_id in facts.settings.screens
    label = _("Kembalikan ke pendopo.toml") if is_based else _("Hapus layar ini")
    with st.popover(label):
        why = st.text_input(_("Alasan (wajib)"), key=f"kelola:layar:{read.screen_id}:{read.version}:kembali")
        if st.button(_("Ya, lakukan"), key=f"kelola:layar:{read.screen_id}:{read.version}:ya"):
            done = _("{title} tidak lagi diatur di halaman ini.").format(title=read.screen.title)
            _do(ScreenEdit(read.screen_id, None, read.version), why, done)
            st.rerun()
