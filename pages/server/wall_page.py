"""The page of the wall: Streamlit's own, and before it a script that keeps the last picture of a wall that loads anew.

Refuses to know what is shown: the picture never leaves the browser.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from pages.server.place import base_path

BODY = "<body>"


def route() -> BaseRoute:
    """For the application's own routes, ahead of Streamlit's."""
    return Route(f"{base_path()}/dinding", show, methods=["GET"])


async def show(_request: Request) -> Response:
    return HTMLResponse(wall_page(), headers={"Cache-Control": "no-cache"})


@cache
def streamlit_page() -> str:
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


@cache
def wall_page() -> str:
    before, body, after = streamlit_page().partition(BODY)
    script = Path(__file__).with_suffix(".js").read_text("utf-8")
    return f"{before}{body}\n<script>{script}</script>{after}" if body else before
