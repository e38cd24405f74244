"""What a wall shows: scenes of one screen, drawn once for all sessions; the last good ones when drawing fails or
takes too long: a question that hangs holds up no heartbeat.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from gettext import gettext as _

import streamlit as st

from charts.engine import get_ready
from charts.formats import format_delay
from charts.wall import TELL_ALARMS, Geometry, SceneDrawing, draw_scene
from pages.shared import data
from pages.shared.patience import Patience
from warehouse.alarms.on_wall import with_alarms
from warehouse.alarms.standing import AlarmLog
from warehouse.figures import WallView
from warehouse.scope import Scope
from warehouse.screen_settings import Screen

ALARM_SCENE = "peringatan"
log = logging.getLogger("pendopo.pages")
PATIENCE_SECONDS = 5.0  # with a heartbeat, less than a browser waits until it calls the server lost


@dataclass(frozen=True)
class WallPicture:
    """What a wall shows: scenes of one release, and why it is not the newest, if so."""

    release_id: str
    key: str  # equal keys mean equal scenes
    scenes: tuple[SceneDrawing, ...]
    notice: str
    drawn_at: datetime
    urgent: bool = False  # an unanswered critical alarm takes the screen


@dataclass(frozen=True)
class Place:
    """Where a picture hangs: a screen as it is set now, and the theme asked for."""

    screen_id: str
    screen: Screen
    theme: str

    @property
    def name(self) -> str:
        return f"{self.screen_id}/{self.theme}"

    @property
    def setting(self) -> str:
        """Different settings, different letters."""
        return hashlib.sha256(self.screen.model_dump_json().encode()).hexdigest()[:8]


def wall_picture(scope: Scope, place: Place, instant: datetime, alarms: AlarmLog | None = None) -> WallPicture | None:
    """The newest picture that can be drawn; on a failure the last good one with its age in `notice`. `alarms` None:
    the journal cannot be read, which is said in the picture. Raises NotPermittedError."""
    scope.require_screen(place.screen_id)
    good = _last_pictures()
    try:
        picture = _patience().ask(f"{place.name}/{place.setting}", partial(_draw_current, place, instant, alarms))
    except Exception as error:  # the wall goes on with what it has, whatever is wrong with the newest release
        _log_once(place.name, error)
        last = good.get(place.name)
        return last and replace(last, notice=_stuck(last.drawn_at))
    good[place.name] = picture
    return picture


def _draw_current(place: Place, instant: datetime, alarms: AlarmLog | None) -> WallPicture:
    serving = data.newest()
    release_id = serving.release.release_id
    last = _last_pictures().get(place.name)
    if last is None or last.release_id != release_id:
        get_ready()  # while the release is read
    view = with_alarms(data.wall_view(release_id, instant.replace(second=0, microsecond=0)), alarms, data.rules())
    geometry = screen_geometry(place.screen)
    drawn = tuple(
        _drawn_scene((release_id, place.theme, scene_id), geometry, clock_signature(view, scene_id), _view=view)
        for scene_id in scenes_of(place.screen)
    )
    notice = ""
    if serving.damaged_id:
        notice = _("rilis {damaged} rusak · tampil rilis {shown}").format(damaged=serving.damaged_id, shown=release_id)
    key = "/".join((release_id, place.name, place.setting, clock_signature(view)))
    return WallPicture(release_id, key, drawn, notice, instant, view.alarms.takes_screen)


@st.cache_resource(show_spinner=False, max_entries=72)
def _drawn_scene(named: tuple[str, str, str], geometry: Geometry, signature: str, _view: WallView) -> SceneDrawing:
    """One scene (release, theme, scene), drawn once for all screens of this geometry. The release and the signature
    settle the view."""
    _release_id, theme, scene_id = named
    return draw_scene(scene_id, _view, geometry, theme, locale=data.settings().region.locale)


def draw_screen(screen: Screen, alarms: AlarmLog | None) -> tuple[SceneDrawing, ...]:
    """What a screen that is not in the settings yet would show now. Raises ReleaseMissingError."""
    view = data.wall_view(data.newest().release.release_id, data.this_minute())
    view, locale = with_alarms(view, alarms, data.rules()), data.settings().region.locale
    geometry = screen_geometry(screen)
    return tuple(draw_scene(scene_id, view, geometry, screen.theme, locale=locale) for scene_id in screen.scenes)


def scenes_of(screen: Screen) -> tuple[str, ...]:
    """Those that rotate, and the one an unanswered critical alarm brings."""
    return (*screen.scenes, *(() if ALARM_SCENE in screen.scenes else (ALARM_SCENE,)))


def screen_geometry(screen: Screen) -> Geometry:
    return Geometry(screen.width_mm, screen.pixels, screen.distance_m, screen.panels)


def clock_signature(view: WallView, scene_id: str = ALARM_SCENE) -> str:
    """What a scene says that no release knows: the date, each clock's state with its delay as written, and the alarms,
    in full where they are told in words."""
    states = (
        (clock.source_id, clock.opd_code, clock.state.value, format_delay(clock.overdue_minutes))
        for clock in view.clocks
    )
    marked = sorted({(action.indicator_id, action.severity) for action in view.actions})
    alarms = repr(view.alarms) if scene_id in TELL_ALARMS else repr(marked)
    said = "|".join([view.instant.date().isoformat(), *(":".join(state) for state in states), alarms])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def why_no_picture() -> str:
    """What a wall says that has nothing to show yet."""
    try:
        data.newest()
    except data.ReleaseMissingError:
        return _("Belum ada data yang dapat ditampilkan. Jalankan `python -m pipelines run`.")
    return _("Gambar pertama sedang disiapkan. Bila tetap begini lebih dari satu menit, hubungi administrator.")


@st.cache_resource(show_spinner=False)
def _patience() -> Patience[WallPicture]:
    return Patience(PATIENCE_SECONDS)


@st.cache_resource(show_spinner=False)
def _last_pictures() -> dict[str, WallPicture]:
    """Last good picture by screen and theme, for all sessions."""
    return {}


def _stuck(drawn_at: datetime) -> str:
    return _("gambar pukul {time} · data terbaru belum terbaca").format(time=drawn_at.strftime("%H.%M"))


def _log_once(place: str, error: Exception) -> None:
    """A wall asks every few seconds: the same failure is told once."""
    told = _told_failures()
    if told.get(place) != repr(error):
        told[place] = repr(error)
        log.error("wall %s could not be drawn", place, exc_info=error)


@st.cache_resource(show_spinner=False)
def _told_failures() -> dict[str, str]:
    return {}
