"""Which addresses this server answers to: a loopback name in `lokal`, the host of `public_url` in `jaringan`.

Refuses what comes by another name (DNS rebinding), from another site's page, or through a proxy nobody set up.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from warehouse.settings import Access

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PROXY_HEADERS = ("forwarded", "x-real-ip", "via")
HEALTH, METRICS = "_stcore/health", "_stcore/metrics"


def is_loopback(host: str) -> bool:
    """A name or address, without port, that only this computer can reach."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(netloc: str) -> str:
    """The host of `name:port` or `[::1]:port`, lower case; "" when it is not one."""
    try:
        parts = urlsplit(f"//{netloc}")
        clean = not (parts.path or parts.query or parts.fragment or "@" in netloc)
        return (parts.hostname or "") if clean and (parts.port is None or parts.port) else ""
    except ValueError:
        return ""


class Hosts:
    """Middleware: 421 for a wrong Host, and another computer or a proxy in `lokal`; 403 for another site's request."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.is_local = access.mode == "lokal"
        public = urlsplit(access.public_url.lower())
        self.public_netloc, self.public_scheme = public.netloc, public.scheme

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status = self.refusal(scope)
        if status and scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        elif status:
            raise HTTPException(status)
        else:
            await self.app(scope, receive, send)

    def refusal(self, scope: Scope) -> int:
        """The status to refuse with; 0 when the request came the right way."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0].lower(), scope["path"]):
            return 421
        if self.is_local and (_went_through_a_proxy(headers.keys()) or not _is_here(scope)):
            return 421
        origins = headers.getlist("origin")
        if scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS:
            return 0 if len(origins) == 1 and self._is_same_site(origins[0].lower(), hosts[0].lower()) else 403
        return 0

    def _is_ours(self, host: str, path: str) -> bool:
        loopback = is_loopback(host_name(host))
        if self.is_local:
            return loopback
        # The machine itself may ask whether the server lives and how many look, without knowing its public name.
        return host == self.public_netloc or (loopback and path.endswith((f"/{HEALTH}", f"/{METRICS}")))

    def _is_same_site(self, origin: str, host: str) -> bool:
        parts = urlsplit(origin)
        schemes = ("http", "https") if self.is_local else (self.public_scheme,)
        return parts.scheme in schemes and parts.netloc == host


def asks_the_machine_itself(scope: Scope) -> bool:
    """By a loopback name, from here and through no proxy: not a reader's browser, wherever the proxy stands."""
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    is_by_name = len(hosts) == 1 and is_loopback(host_name(hosts[0].lower()))
    return is_by_name and _is_here(scope) and not _went_through_a_proxy(headers.keys())


def _is_here(scope: Scope) -> bool:
    """Sent by this computer, whatever address a server started in another way listens at."""
    peer = scope.get("client")
    return peer is not None and is_loopback(peer[0])


def _went_through_a_proxy(names: Iterable[str]) -> bool:
    return any(name.startswith("x-forwarded-") or name in PROXY_HEADERS for name in names)
