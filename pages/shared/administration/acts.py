"""Acts of an administrator: by whom, what the journal answered, and one-time words for the next drawing of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from journal.store import JournalError, StaleEditError
from pages.shared import access
from pages.shared.administration.actor import NAME_FIRST
from pages.shared.marks import plain
from warehouse.scope import NotPermittedError

T = TypeVar("T")
_TOLD, _ONCE = "kelola:kabar", "kelola:sekali"


@dataclass(frozen=True)
class Told:
    """What happened, told once at a place of the page."""

    place: str
    words: str
    is_done: bool


def attempt(place: str, act: Callable[[], T], when_stale: Callable[[], None] | None = None) -> T | None:
    """Do it, or tell at `place` why the journal refused; None when it did. `when_stale`: also drop what was read."""
    if not access.current_scope().actor:
        tell(place, NAME_FIRST, is_done=False)
        return None
    try:
        return act()
    except (JournalError, NotPermittedError) as error:
        if isinstance(error, StaleEditError) and when_stale is not None:
            when_stale()
        tell(place, str(error), is_done=False)
        return None


def tell(place: str, words: str, *, is_done: bool = True) -> None:
    st.session_state[_TOLD] = Told(place, words, is_done)


def show_told(place: str) -> None:
    """The words that were left for this place; they are gone afterwards."""
    told: Told | None = st.session_state.get(_TOLD)
    with st.container():  # a place of its own: what stands open below stays open
        if told is not None and told.place == place:
            del st.session_state[_TOLD]
            (st.success if told.is_done else st.error)(plain(told.words))


def keep_once(place: str, secret: object) -> None:
    """Something to be shown at `place` on the next drawing and never again."""
    st.session_state[_ONCE] = (place, secret)


def take_once(place: str) -> Any:
    """The secret left for this place; None afterwards."""
    kept: tuple[str, object] | None = st.session_state.get(_ONCE)
    if kept is None or kept[0] != place:
        return None
    del st.session_state[_ONCE]
    return kept[1]
