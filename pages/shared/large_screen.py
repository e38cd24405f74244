"""Very large screens that scale nothing themselves: work.css makes letters larger there, and charts grow with them.

The browser says so once a session; ordinary screens are never drawn twice for it.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

FROM_PX, SCALE = 2800, 1.5  # work.css and sign_in.css: 24 pixels instead of 16
_KEY, _KNOWN = "layar_besar", "layar_besar_diketahui"


def ask_width() -> None:
    """Drawn into the sidebar, where it takes no room."""
    with st.sidebar:
        known = text_scale() > 1
        told = _component(key=_KEY, data={"from_px": FROM_PX, "is_large": known}, height=1, on_is_large_change=_nothing)
    st.session_state[_KNOWN] = bool(told.is_large)


def text_scale() -> float:
    """How much larger letters are than on an ordinary screen."""
    return SCALE if st.session_state.get(_KNOWN) else 1


def grid_key(key: str) -> str:
    """A grid measures the letters of the page when it begins, perhaps before the style sheet counts: on a very large
    screen it begins anew once that is known."""
    return key if text_scale() == 1 else f"{key}:besar"


def _nothing() -> None:
    """What the browser said is read in the run that follows."""


_component = st.components.v2.component(
    "pendopo_layar_besar", js=Path(__file__).with_suffix(".js").read_text("utf-8"), isolate_styles=False
)
