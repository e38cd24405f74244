"""Pendopo: refuses to start where it may not serve, then puts the server's edge around the pages."""

from __future__ import annotations

import streamlit as st

from pages.server.logs import cover_logs

cover_logs()  # before anything else is imported: that logs too

from pages.server.drawing_process import draw_apart  # noqa: E402
from pages.server.edge import edge_of  # noqa: E402
from pages.server.errors import show_script_error  # noqa: E402
from pages.server.headers import hide_server_name  # noqa: E402
from pages.server.starting import ready_settings  # noqa: E402

hide_server_name()
draw_apart()
edge = edge_of(ready_settings())
app = st.App(
    "pages/shared/navigation.py",
    routes=edge.routes,
    middleware=edge.middleware,
    on_script_error=show_script_error,
)
