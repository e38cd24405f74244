"""Which part of `kelola` is open and whom it shows, kept in the address: a link leads to the same place."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

PART, PERSON = "bagian", "orang"
NEW = "baru"
_TABS = "kelola:bagian"


def show_tabs(labels: Mapping[str, str]) -> tuple[str, st.delta_generator.DeltaGenerator]:
    """The tabs a reader may open; the id of the open one, and its place on the page."""
    ids = {label: part for part, label in labels.items()}
    asked = st.query_params.get(PART, "")
    part = asked if asked in labels else next(iter(labels))
    st.session_state[_TABS] = labels[part]
    tabs = st.tabs(list(ids), key=_TABS, on_change=_follow, args=(ids,))
    return part, tabs[list(labels).index(part)]


def chosen_person() -> str:
    """Id of the person whose form is open, NEW for a form of a new one, "" for the list."""
    return st.query_params.get(PERSON, "")


def go(part: str, **others: str) -> None:
    """Write an address of this page; meant for callbacks, before the page is drawn again."""
    st.query_params.from_dict({PART: part, **others})


def _follow(ids: Mapping[str, str]) -> None:
    go(ids[st.session_state[_TABS]])
