"""The wall screens as facts: how each is set and where, what can be read on it, and the trusted subnets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from gettext import gettext as _
from math import hypot

import pandas as pd
import streamlit as st

from charts.formats import format_number
from charts.wall import SceneDrawing
from pages.shared import access, data, wall_pictures
from pages.shared.administration.facts import Facts
from pages.shared.administration.screen_editing import show_editing
from pages.shared.administration.screen_keys import screen_title, show_keys
from pages.shared.administration.screen_reach import show_reach
from pages.shared.alarms.log import watched_log
from pages.shared.heading import section
from pages.shared.marks import plain
from warehouse.screen_settings import Screen

MM_PER_INCH = 25.4


def show_screens(facts: Facts) -> None:
    with section(
        _("Kunci layar"), _("Satu kunci membuka satu layar dinding tanpa orang masuk, dan tidak membuka halaman lain.")
    ):
        show_keys(facts)
    with section(
        _("Layar yang diatur"),
        _(
            "Dasarnya pendopo.toml bagian [screens]; yang diatur di sini menggantikannya. Adegan yang tidak muat "
            "diringkas selangkah demi selangkah, hurufnya tidak dikecilkan."
        ),
    ):
        st.table(_screens_table(facts), hide_index=True, border="horizontal")
    with section(
        _("Yang terbaca pada tiap layar"),
        _("Huruf kapital tampak sedikitnya 16 menit busur dari kursi terjauh; yang tidak muat tidak ditampilkan."),
    ):
        show_reach(facts)
    with section(
        _("Atur layar"),
        _("Coba dahulu, juga sebelum layar dibeli; yang disimpan tampil di dinding dalam beberapa detik."),
    ):
        show_editing(facts)
    with section(
        _("Subnet tepercaya"),
        _("Komputer dari subnet ini membuka layar tanpa kunci. Diatur di pendopo.toml bagian [access.wall_subnets]."),
    ):
        _show_subnets(facts)


def _screens_table(facts: Facts) -> pd.DataFrame:
    locale = facts.settings.region.locale
    rows = []
    for screen_id, screen in facts.screens.items():
        place = wall_pictures.Place(screen_id, screen, screen.theme)
        picture = wall_pictures.wall_picture(access.current_scope(), place, data.local_now(), watched_log())
        scenes = picture.scenes if picture else ()
        titles = {one.scene_id: one.title for one in scenes}
        rows.append(
            {
                _("Layar"): plain(f"{screen.title} ({screen_id})"),
                _("Adegan, berputar"): plain(", ".join(titles.get(scene, scene) for scene in screen.scenes)),
                _("Ukuran"): size_words(screen, locale),
                _("Kursi terjauh"): f"{format_number(screen.distance_m, 1, locale)} m",
                _("Tema"): screen.theme,
                _("Diatur di"): "pendopo.toml" if facts.settings.screens.get(screen_id) == screen else _("halaman ini"),
                _("Yang terbaca dari kursi terjauh"): plain(carried_words(scenes)),
            }
        )
    return pd.DataFrame(rows)


def size_words(screen: Screen, locale: str) -> str:
    """`1.210 mm, sekitar 55 inci, 1920 × 1080 piksel`."""
    width, height = screen.pixels
    inches = screen.width_mm * hypot(1, height / width) / MM_PER_INCH
    return _("lebar {mm} mm, sekitar {inches} inci, {width} × {height} piksel").format(
        mm=format_number(screen.width_mm, 0, locale), inches=round(inches), width=width, height=height
    )


def carried_words(scenes: Iterable[SceneDrawing]) -> str:
    """Which scenes show everything on this screen, and which leave something out to stay readable."""
    drawn = tuple(scenes)
    if not drawn:
        return _("belum diketahui: belum ada rilis data")
    less = [_("{title} ({count} langkah)").format(title=one.title, count=one.dropped) for one in drawn if one.dropped]
    if not less:
        return _("semua adegan lengkap")
    whole = [one.title for one in drawn if not one.dropped]
    parts = [_("diringkas: {scenes}").format(scenes=", ".join(less))]
    return "; ".join([*parts, _("lengkap: {scenes}").format(scenes=", ".join(whole))] if whole else parts)


def _show_subnets(facts: Facts) -> None:
    subnets: Mapping[str, tuple[str, ...]] = facts.settings.access.wall_subnets
    if not subnets:
        st.markdown(_("Tidak ada. Setiap layar memerlukan kunci."))
        return
    rows = [
        {_("Subnet"): network, _("Membuka layar"): plain(", ".join(screen_title(facts, one) for one in screens))}
        for network, screens in subnets.items()
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")
