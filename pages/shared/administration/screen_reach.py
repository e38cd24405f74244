"""What each wall screen can carry: how large its letters are from the last seat, what it leaves out, how it looks.

Another size can be tried before it is bought or hung; what was tried is given as text for `pendopo.toml`, not saved.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from gettext import gettext as _
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from charts.formats import format_number
from charts.wall import SCENES, SceneDrawing
from charts.wall.canvas import draw_preview
from pages.shared import access, data, wall_pictures
from pages.shared.administration.facts import Facts
from pages.shared.administration.screen_keys import base_address
from pages.shared.alarms.log import watched_log
from pages.shared.marks import plain
from warehouse.screen_settings import LONGEST_RETURN, USUAL_SCENES, Screen
from warehouse.settings import SettingsError

PREVIEWS_ACROSS, PREVIEW_SCALE = 3, 0.32
TRIED = "kelola:layar:dicoba"


def show_reach(facts: Facts) -> None:
    """One screen of the settings, chosen by its name."""
    known = facts.settings.screens
    screen_id = st.selectbox(
        _("Lihat layar"), list(known), format_func=lambda one: known[one].title, key="kelola:layar:lihat"
    )
    if screen_id is None:
        return
    screen, scope = known[screen_id], access.current_scope()
    st.markdown(f"`{base_address(facts)}/dinding?{urlencode({'layar': screen_id})}`")
    picture = wall_pictures.wall_picture(scope, screen_id, screen.theme, data.local_now(), watched_log())
    if picture is None:
        st.markdown(_("Belum ada rilis data yang dapat digambar."))
        return
    _show_scenes(facts, screen, [one for one in picture.scenes if one.scene_id in screen.scenes])


def _show_scenes(facts: Facts, screen: Screen, scenes: Sequence[SceneDrawing]) -> None:
    geometry, locale = wall_pictures.screen_geometry(screen), facts.settings.region.locale
    dwell = [screen.step_seconds if screen.serentak else max(one.dwell_seconds, screen.dwell_seconds) for one in scenes]
    rows = [
        {
            _("Adegan"): one.title,
            _("Huruf kapital terkecil"): f"{format_number(geometry.capital_mm(one.text_size), 1, locale)} mm",
            _("Dari kursi terjauh"): _("{count} menit busur").format(
                count=format_number(geometry.arc_minutes(one.text_size), 1, locale)
            ),
            _("Yang tidak ditampilkan"): plain(left_out_words(one)),
            _("Tampil"): _("{count} detik").format(count=seconds),
        }
        for one, seconds in zip(scenes, dwell, strict=True)
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")
    again = sum(dwell)
    words = _("Setiap adegan kembali sesudah {count} detik; paling lama {most}.")
    st.caption(words.format(count=again, most=LONGEST_RETURN))
    if again > LONGEST_RETURN:
        st.warning(_("Terlalu lama: kurangi adegan layar ini, atau beri peringatan layar sendiri."))
    for start in range(0, len(scenes), PREVIEWS_ACROSS):
        for place, one in zip(st.columns(PREVIEWS_ACROSS), scenes[start : start + PREVIEWS_ACROSS], strict=False):
            place.image(draw_preview(one.svg, PREVIEW_SCALE), caption=one.title)


def left_out_words(scene: SceneDrawing) -> str:
    """In the order in which a scene gives up detail."""
    if not scene.fits:
        return _("tidak terbaca dari jarak ini: perbesar layar atau dekatkan kursi")
    return "; ".join(scene.left_out) or _("lengkap")


def show_trial(facts: Facts) -> None:
    """A screen that is not hung yet: its size and seats are tried here."""
    with st.form("kelola:layar:coba"):
        name, theme, panel = st.columns((3, 2, 2))
        values: dict[str, object] = {
            "title": name.text_input(_("Nama layar"), "Layar baru"),
            "theme": theme.selectbox(_("Tema"), ("gelap", "terang")),
            "panel": panel.text_input(_("Panel, kolom x baris"), "1x1"),
            "scenes": st.multiselect(_("Adegan, menurut urutan dipilih"), SCENES, USUAL_SCENES),
        }
        width_mm, wide, high, seat = st.columns(4)
        values["width_mm"] = width_mm.number_input(_("Lebar gambar, mm"), 100, 30_000, 1210)
        values["pixels"] = (
            wide.number_input(_("Piksel lebar"), 320, 16_384, 1920),
            high.number_input(_("Piksel tinggi"), 320, 16_384, 1080),
        )
        values["distance_m"] = seat.number_input(_("Kursi terjauh, m"), 0.5, 60.0, 4.0, step=0.5)
        dwell, step, ahead, sound = st.columns(4, vertical_alignment="bottom")
        values["dwell_seconds"] = dwell.number_input(_("Lama tiap adegan, detik (0: menurut isi)"), 0, 180, 0)
        values["serentak"] = step.checkbox(_("Serentak dengan layar lain"))
        values["mendahului"] = ahead.number_input(_("Mendahului, adegan"), 0, 9, 0)
        values["suara"] = sound.checkbox(_("Bunyi untuk yang kritis"))
        asked = st.form_submit_button(_("Coba"), type="primary")
    if asked:
        st.session_state[TRIED] = values
    if TRIED in st.session_state:
        _show_tried(facts, st.session_state[TRIED])


def _show_tried(facts: Facts, values: dict[str, object]) -> None:
    try:
        screen = Screen.model_validate(values)
    except ValidationError as error:
        for item in error.errors():
            st.error(plain(str(item["msg"]).removeprefix("Value error, ")))
        return
    try:
        scenes = wall_pictures.draw_screen(screen, watched_log())
    except (data.ReleaseMissingError, SettingsError) as error:
        st.info(plain(str(error)))
        return
    _show_scenes(facts, screen, scenes)
    st.markdown(_("Supaya berlaku, tempel ini di pendopo.toml dan jalankan ulang layanannya:"))
    st.code(as_toml(screen), language="toml", wrap_lines=True)


def as_toml(screen: Screen) -> str:
    """The section of the settings that makes this screen; what is usual is left out."""
    name = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in screen.title.lower()).strip("_")
    lines = [f"[screens.{name or 'baru'}]"]
    usual = Screen(title="")
    for field, value in screen.model_dump().items():
        if field == "title" or value != getattr(usual, field):
            lines.append(f"{field} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines)
