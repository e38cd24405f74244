"""What each wall screen can carry: how large its letters are from the last seat, what it leaves out, how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from charts.formats import format_number
from charts.wall import SceneDrawing
from charts.wall.canvas import draw_preview
from pages.shared import access, data, wall_pictures
from pages.shared.administration.facts import Facts
from pages.shared.administration.screen_keys import base_address
from pages.shared.alarms.log import watched_log
from pages.shared.marks import plain
from warehouse.screen_settings import LONGEST_RETURN, Screen

PREVIEWS_ACROSS, PREVIEW_SCALE = 3, 0.32


def show_reach(facts: Facts) -> None:
    """One screen of the settings, chosen by its name."""
    known = facts.screens
    screen_id = st.selectbox(
        _("Lihat layar"), list(known), format_func=lambda one: known[one].title, key="kelola:layar:lihat"
    )
    if screen_id is None:
        return
    screen, scope = known[screen_id], access.current_scope()
    st.markdown(f"`{base_address(facts)}/dinding?{urlencode({'layar': screen_id})}`")
    place = wall_pictures.Place(screen_id, screen, screen.theme)
    picture = wall_pictures.wall_picture(scope, place, data.local_now(), watched_log())
    if picture is None:
        st.markdown(_("Belum ada rilis data yang dapat digambar."))
        return
    show_scenes(facts, screen, [one for one in picture.scenes if one.scene_id in screen.scenes])


def show_scenes(facts: Facts, screen: Screen, scenes: Sequence[SceneDrawing]) -> None:
    """What each of these scenes carries on this screen, in words and small pictures."""
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
