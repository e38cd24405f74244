"""How much one request may bring: an upload up to `server.maxUploadSize`, anything else a form's worth.

Refuses by the announced length at once, and by the counted one while it arrives.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEGABYTE = 1024 * 1024
UPLOADS = "/_stcore/upload_file/"
ENVELOPE_BYTES = MEGABYTE  # what a form wraps around a file; Streamlit holds the file itself to the limit
FORM_BYTES = 64 * 1024


class BodyLimit:
    """Middleware: 413 for a body that is larger than its address takes."""

    def __init__(self, app: ASGIApp, megabytes: int) -> None:
        self.app = app
        self.upload_bytes = megabytes * MEGABYTE + ENVELOPE_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.upload_bytes if UPLOADS in scope["path"] else FORM_BYTES
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal():
            raise HTTPException(400)
        if int(announced) > most:
            raise HTTPException(413)
        arrived = 0

        async def receive_counted() -> Message:
            nonlocal arrived
            message = await receive()
            if message["type"] == "http.request":
                arrived += len(message.get("body", b""))
                if arrived > most:
                    raise HTTPException(413)
            return message

        await self.app(scope, receive_counted, send)
