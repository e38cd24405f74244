"""Pendopo: refuses to start where it may not serve, then puts the server's edge around the pages."""

from __future__ import annotations

import streamlit as st

from pages.server.edge import edge_of
from pages.server.errors import show_script_error
from pages.server.headers import hide_server_name
from pages.server.logs import cover_logs
from pages.server.starting import ready_settings

cover_logs()
hide_server_name()
edge = edge_of(ready_settings())
app = st.App(
    "pages/shared/navigation.py",
    routes=edge.routes,
    middleware=edge.middleware,
    on_script_error=show_script_error,
)
