"""Where this server stands below its host: the path a proxy passes on, as Streamlit was told."""

from __future__ import annotations

import streamlit as st
from streamlit.url_util import make_url_path


def base_path() -> str:
    """`""` at the top of the host, else `/pendopo`."""
    return make_url_path(str(st.get_option("server.baseUrlPath") or ""), "").rstrip("/")
