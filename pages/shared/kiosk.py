"""The wall component: sends scenes and heartbeats to the browser, which goes on alone when the server is gone.

Refuses to build markup from data: scenes come drawn from charts, texts travel as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

import streamlit as st

KEY = "dinding"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Scene:
    """One drawn scene as the browser needs it."""

    id: str
    title: str
    svg: str
    dwell_seconds: float


@dataclass(frozen=True)
class Heartbeat:
    """What the server says each few seconds; `scenes` is None when the browser already shows `scenes_key`."""

    server_time: str  # local wall time, ISO
    release_id: str
    scenes_key: str  # "" when there is nothing to show
    scenes: tuple[Scene, ...] | None
    notice: str  # why the newest data is not shown; "" when it is
    empty_text: str  # what a wall without any scene says
    pinned: str  # id of the only scene to show; "" rotates
    background: str


def show(beat: Heartbeat, zone_label: str) -> None:
    """Mount the wall, or update the one mounted: same key, same element, whatever the release."""
    _wall(
        key=KEY,
        data=asdict(beat) | {"texts": _texts(zone_label)},
        height=1,
        on_acknowledged_change=_nothing,
    )


def acknowledged() -> str:
    """Key of the scenes the browser holds; "" before it has any."""
    state: Any = st.session_state.get(KEY) or {}
    return str(state.get("acknowledged") or "")


def clock_text(moment: datetime) -> str:
    return moment.strftime("%H.%M")


def _nothing() -> None:
    """The acknowledgement is read at the next run; nothing happens on its arrival."""


def _texts(zone_label: str) -> dict[str, str | Sequence[str]]:
    return {
        "zone": zone_label,
        "lost": _("terputus sejak {time}"),
        "paused": _("rotasi dijeda"),
        "days": [_("Minggu"), _("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu")],
        "months": _("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des").split(),
    }


def _script() -> str:
    # The stylesheet goes in with the script: the wall lives in <body>, outside the element Streamlit may rebuild.
    style = (_FOLDER / "kiosk.css").read_text("utf-8")
    return f"const STYLE = {json.dumps(style)};\n" + (_FOLDER / "kiosk.js").read_text("utf-8")


_wall = st.components.v2.component("pendopo_wall", js=_script(), isolate_styles=False)
