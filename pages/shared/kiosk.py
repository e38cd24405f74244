"""The wall component: sends scenes and heartbeats to the browser, which goes on alone when the server is gone.

Refuses to build markup from data: scenes come drawn from charts, texts travel as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from pathlib import Path
from typing import Any

import streamlit as st
from babel.dates import get_day_names, get_month_names

from warehouse.settings import Profile

KEY = "dinding"
HEARTBEAT_SECONDS = (3.0, 4.0)  # spread, so that many walls do not ask at the same moment
RELOAD_SPREAD = timedelta(hours=1)  # nor load their page anew together
RELOAD_WINDOW = timedelta(hours=6)  # so long a reload that had to wait is still made
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Scene:
    """One drawn scene as the browser needs it."""

    id: str
    title: str
    svg: str
    dwell_seconds: float
    rotates: bool  # False: only an unanswered critical alarm brings it


@dataclass(frozen=True)
class Step:
    """Scenes chosen from the wall clock: how long each stands, and how many scenes ahead of the others."""

    seconds: int
    ahead: int


@dataclass(frozen=True)
class Heartbeat:
    """What the server says each few seconds; `scenes` is None when the browser already shows `scenes_key`."""

    server_time: str  # local wall time, ISO
    release_id: str
    scenes_key: str  # "" when there is nothing to show
    scenes: tuple[Scene, ...] | None
    notice: str  # why the newest data is not shown; "" when it is
    refusal: str  # why this browser may show nothing any more; its last picture is removed
    urgent: str  # id of the scene that takes the screen; "" for none
    sound: bool  # tones while a critical alarm waits
    step: Step | None  # screens that change together; None turns by itself
    leads: bool  # whether figures and keys may lead to other pages
    empty_text: str  # what a wall without any scene says
    pinned: str  # id of the only scene to show; "" rotates
    background: str
    night: str  # the night whose reload is due now, its date; "" outside of it


def show(beat: Heartbeat, region: Profile) -> None:
    """Mount the wall, or update the one mounted: same key, same element, whatever the release."""
    _wall(
        key=KEY,
        data=asdict(beat) | {"texts": _texts(region)},
        height=1,
        on_acknowledged_change=_nothing,
    )


def acknowledged() -> str:
    """Key of the scenes the browser holds; "" before it has any."""
    state: Any = st.session_state.get(KEY) or {}
    return str(state.get("acknowledged") or "")


def night_due(now: datetime, hour: int, delay: timedelta) -> str:
    """The date of the night whose reload is due: it began at this hour, for this browser so much later."""
    tonight = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    nights = (tonight, tonight - timedelta(days=1))  # a window may go on past midnight
    return next((one.date().isoformat() for one in nights if timedelta() <= now - delay - one < RELOAD_WINDOW), "")


def _nothing() -> None:
    """The acknowledgement is read at the next run; nothing happens on its arrival."""


def _texts(region: Profile) -> dict[str, str | Sequence[str]]:
    days, months = get_day_names(locale=region.locale), get_month_names("abbreviated", locale=region.locale)
    return {
        "zone": region.timezone_label,
        "lost": _("terputus sejak {time}"),
        "paused": _("rotasi dijeda"),
        "muted": _("suara ditahan peramban: tekan satu tombol"),
        "days": [days[(number - 1) % 7] for number in range(7)],  # JavaScript counts from Sunday
        "months": [months[number] for number in range(1, 13)],
    }


def _script() -> str:
    # The stylesheet goes in with the script: the wall lives in <body>, outside the element Streamlit may rebuild.
    style = (_FOLDER / "kiosk.css").read_text("utf-8")
    return f"const STYLE = {json.dumps(style)};\n" + (_FOLDER / "kiosk.js").read_text("utf-8")


_wall = st.components.v2.component("pendopo_wall", js=_script(), isolate_styles=False)
