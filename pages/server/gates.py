"""Which addresses are answered at all, and which of them only to whom they were made for.

Refuses by default: 404 for what is neither a page, nor a door of ours, nor needed by Streamlit's browser side.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import anyio.to_thread
import streamlit
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.server.handed import HANDED
from pages.server.hosts import HEALTH, METRICS, asks_the_machine_itself
from warehouse.scope import Action
from warehouse.scope import Scope as Reader

WhoAsks = Callable[[Mapping[str, str], str], Reader | None]

# What the browser side of Streamlit asks for. Not here: the script check, its programming interface, and metrics,
# which only a monitor on this machine is given.
STREAMLIT_PATHS = (
    HEALTH,
    "_stcore/host-config",
    "_stcore/stream",
    "oauth2callback",
    "auth/login",
    "auth/logout",
)
STREAMLIT_FOLDERS = ("static/", "media/", "component/", "_stcore/upload_file/", "_stcore/bidi-components/")
TAKES_AWAY = (Action.EXPORT, Action.READ_AUDIT)  # an admin takes no data away, but the trail
STATIC_DIR = Path(streamlit.__file__).parent / "static"


class Gates:
    """Middleware: 404 for addresses nobody needs, 403 for data and uploads asked for by somebody without the right."""

    def __init__(
        self,
        app: ASGIApp,
        pages: Collection[str],
        base_path: str,
        doors: Sequence[BaseRoute],
        who_asks: WhoAsks | None,
    ) -> None:
        self.app = app
        files = {file.name for file in STATIC_DIR.iterdir() if file.is_file()}
        self.known = {"", *pages, *STREAMLIT_PATHS, *files}
        self.base = base_path.strip("/")
        self.doors = doors
        self.who_asks = who_asks  # None: everybody who reaches this server may (`lokal`)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked = self.below_base(scope["path"])
            if asked is None or not self._is_answered(asked, scope):
                raise HTTPException(404)
            if self.who_asks is not None:
                await _require_right(asked, HTTPConnection(scope), self.who_asks)
        await self.app(scope, receive, send)

    def below_base(self, path: str) -> str | None:
        """The path after server.baseUrlPath, without slashes around it; None when it is not below it."""
        inner = path.removeprefix("/")
        if not self.base:
            return inner
        if inner.rstrip("/") == self.base:
            return ""
        return inner.removeprefix(f"{self.base}/") if inner.startswith(f"{self.base}/") else None

    def _is_answered(self, asked: str, scope: Scope) -> bool:
        if asked.rstrip("/") in self.known or asked.startswith(STREAMLIT_FOLDERS):
            return True
        if asked == METRICS:
            return asks_the_machine_itself(scope)
        return any(route.matches(scope)[0] is not Match.NONE for route in self.doors)


async def _require_right(asked: str, request: HTTPConnection, who_asks: WhoAsks) -> None:
    is_media = asked.startswith("media/")
    if not is_media and not asked.startswith("_stcore/upload_file/"):
        return
    address = request.client.host if request.client else ""
    reader = await anyio.to_thread.run_sync(who_asks, request.cookies, address)
    rights = TAKES_AWAY if is_media else (Action.SEE_PAGES,)
    if reader is None or not any(reader.may(right) for right in rights):
        raise HTTPException(403)
    if is_media and not HANDED.is_for(asked.removeprefix("media/"), reader.actor):
        raise HTTPException(403)
