"""Security headers of every answer: what the browser may load, frame, remember and tell.

Refuses any other host: the policy names none, so nothing of a page can come from or go to the internet.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from urllib.parse import urlsplit

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.server.hosts import host_name, is_loopback
from pages.server.wall_page import wall_page
from warehouse.settings import Access

YEAR_SECONDS = 31_536_000
# `unsafe-inline` styles: Streamlit and Vega write style elements and attributes. `blob:` scripts: Streamlit loads the
# script of a component (the wall, the sign-in) from one. Neither lets a page load code from elsewhere.
POLICY = (
    "default-src 'none'",
    "script-src 'self' blob: {inline}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' {socket}",
    "worker-src 'self' blob:",
    "media-src 'self'",
    "manifest-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)
UNUSED = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": UNUSED,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_STORED = ("/media/", "/_stcore/upload_file/")


@cache
def inline_hashes() -> str:
    """The scripts of the wall's page, Streamlit's own among them, by digest: no other inline one runs."""
    scripts = re.findall(r"<script>(.*?)</script>", wall_page(), re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def content_policy(host: str, is_https: bool) -> str:
    """The Content-Security-Policy for pages of this host. (Older browsers do not count sockets as 'self'.)"""
    socket = f"{'wss' if is_https else 'ws'}://{host}" if host else ""
    return "; ".join(POLICY).format(inline=inline_hashes(), socket=socket)


def hide_server_name() -> None:
    """uvicorn writes its name into every answer and its caller cannot say no: its list goes without it."""

    def read(config: uvicorn.Config) -> list[tuple[bytes, bytes]]:
        return [pair for pair in vars(config).get("encoded_headers", []) if pair[0] != b"server"]

    def write(config: uvicorn.Config, pairs: list[tuple[bytes, bytes]]) -> None:
        vars(config)["encoded_headers"] = pairs

    uvicorn.Config.encoded_headers = property(read, write)  # type: ignore[assignment]


class SecurityHeaders:
    """Middleware: the outermost one, so that refusals carry the headers too."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        public = urlsplit(access.public_url if access.mode == "jaringan" else "")
        self.netloc, self.is_https = public.netloc, public.scheme == "https"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(scope, message)
            await send(message)

        await self.app(scope, receive, send_dressed)

    def _dress(self, scope: Scope, message: Message) -> None:
        message.setdefault("headers", [])
        headers = MutableHeaders(scope=message)
        for name, value in FIXED.items():
            headers[name] = value
        headers["Content-Security-Policy"] = content_policy(self.netloc or _local_netloc(scope), self.is_https)
        del headers["server"]
        if any(part in scope["path"] for part in NOT_STORED):
            headers["Cache-Control"] = "no-store"
        if self.is_https:
            headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
            message["headers"] = [_keep_to_https(pair) for pair in message["headers"]]


def _local_netloc(scope: Scope) -> str:
    """The name this computer calls itself by; "" for any other, which gets no socket."""
    host = Headers(scope=scope).get("host", "")
    return host if is_loopback(host_name(host)) else ""


def _keep_to_https(pair: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Streamlit marks its cookies Secure only when it holds the certificate itself; a proxy does that here."""
    name, value = pair
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return pair
    return name, value + b"; Secure"
