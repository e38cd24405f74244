"""Dinding: rotating scenes on a wall screen; the browser goes on alone when the server is away."""

from __future__ import annotations

import random
from gettext import gettext as _

import streamlit as st

from charts.theme import find_theme
from pages.shared import access, data, kiosk, wall_pictures
from pages.shared.alarms.log import watched_log
from pages.shared.screens import known_screens
from pages.shared.wall_pictures import ALARM_SCENE
from warehouse.scope import Action
from warehouse.screen_settings import Screen

access.require(Action.SEE_WALL)
screens = access.own_screens()
wanted = st.query_params.get("layar", "")
screen_id = wanted if wanted in screens else screens[0]
pinned = st.query_params.get("adegan", "")
asked_theme = st.query_params.get("tema", "")
pace = st.session_state.setdefault("dinding_pace", random.uniform(*kiosk.HEARTBEAT_SECONDS))  # noqa: S311
delay = kiosk.RELOAD_SPREAD * st.session_state.setdefault("dinding_delay", random.random())  # noqa: S311
scope = access.current_scope()
leads = scope.may(Action.SEE_PAGES)
remark = ""
if wanted in known_screens() and wanted != screen_id:
    remark = _("layar {wanted} bukan untuk mesin ini · tampil {screen}").format(wanted=wanted, screen=screen_id)
elif wanted and wanted != screen_id:
    remark = _("layar {wanted} tidak ada · tampil {screen}").format(wanted=wanted, screen=screen_id)


@st.fragment(run_every=pace)
def heartbeat() -> None:
    now, screen = data.local_now(), known_screens().get(screen_id)
    refusal = access.wall_refusal(screen_id) if screen else _("Layar ini tidak lagi diatur. Hubungi admin Pendopo.")
    screen = screen or Screen(title="")
    theme = asked_theme if asked_theme in ("gelap", "terang") else screen.theme
    place = wall_pictures.Place(screen_id, screen, theme)
    picture = None if refusal else wall_pictures.wall_picture(scope, place, now, watched_log())
    no_scene = _("adegan {scene} tidak ada di layar ini").format(scene=pinned) if pinned else ""
    pinned_here = pinned if pinned in screen.scenes else ""
    is_new = picture is not None and picture.key != kiosk.acknowledged()
    scenes = (
        kiosk.Scene(
            id=item.scene_id,
            title=item.title,
            svg=item.svg,
            dwell_seconds=max(item.dwell_seconds, screen.dwell_seconds),
            rotates=item.scene_id in screen.scenes,
        )
        for item in (picture.scenes if picture else ())
    )
    kiosk.show(
        kiosk.Heartbeat(
            server_time=now.isoformat(timespec="milliseconds"),
            release_id=picture.release_id if picture else "",
            scenes_key=picture.key if picture else "",
            scenes=tuple(scenes) if is_new else None,
            notice=(picture.notice if picture else "")
            or remark
            or (no_scene if pinned not in (*screen.scenes, "") else ""),
            refusal=refusal,
            urgent=ALARM_SCENE if picture and picture.urgent else "",
            sound=screen.suara,
            step=kiosk.Step(screen.step_seconds, screen.mendahului) if screen.serentak else None,
            leads=leads,
            empty_text="" if picture or refusal else wall_pictures.why_no_picture(),
            pinned=pinned_here,
            background=find_theme(theme).background,
            night=kiosk.night_due(now, screen.reload_hour, delay),
        ),
        data.settings().region,
    )


heartbeat()
