"""Choices that stay in the address: a link to a page shows the same cut to whoever opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

WIDTH = 420


def choose(
    label: str,
    name: str,
    options: Sequence[str],
    default: str,
    words: Callable[[str], str] = str,
) -> str:
    """One of the options, by `?name=` of the address; an unknown value there means the default."""
    asked = st.query_params.get(name)
    if asked not in options:
        asked = default
    seen = f"address:{name}"
    # The address wins when it changed since the last run, the widget otherwise.
    if name not in st.session_state or st.session_state.get(seen) != asked or st.session_state[name] not in options:
        st.session_state[name] = asked
    chosen = st.selectbox(label, options, format_func=words, key=name, width=WIDTH)
    if chosen is None:
        chosen = default
    st.query_params[name] = chosen
    st.session_state[seen] = chosen
    return chosen
