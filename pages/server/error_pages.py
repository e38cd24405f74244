"""Every refusal and failure of the server leaves it as plain words with a code, whoever refused or failed.

Refuses to pass on a library's own error text, and never shows what was asked for.
"""

from __future__ import annotations

import logging
from gettext import gettext as _
from html import escape

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.server.errors import new_code, refusal_words, report

log = logging.getLogger("pendopo.requests")
KEPT_HEADERS = (b"retry-after", b"set-cookie", b"allow", b"content-range")


class ErrorPages:
    """Middleware: errors become pages (or a line of text for programs); traces go to the log under their code."""

    def __init__(self, app: ASGIApp, megabytes: int, home: str = "/") -> None:
        self.app = app
        self.megabytes = megabytes
        self.home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._serve_socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _serve_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            report(error, "websocket")

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = _Exchange(send)
        try:
            await self.app(scope, receive, exchange.pass_on)
        except HTTPException as error:
            if exchange.started:
                report(error, "after the answer began")
                return
            exchange.refused, exchange.headers = error.status_code, list(Headers(error.headers).raw)
        except Exception as error:
            code = report(error, f"{scope['method']} {scope['path']}")
            if not exchange.started:
                await self.answer(scope, 500, code)(scope, receive, send)
            return
        if exchange.refused:
            code = new_code()
            log.info("%s: %s %s %s", code, exchange.refused, scope["method"], scope["path"])
            response = self.answer(scope, exchange.refused, code)
            response.raw_headers += [pair for pair in exchange.headers if pair[0] in KEPT_HEADERS]
            await response(scope, receive, send)

    def answer(self, scope: Scope, status: int, code: str) -> Response:
        """A page for a browser that opens an address; one line of text for everything else."""
        is_read = "text/html" in Headers(scope=scope).get("accept", "")
        return self.page(status, code) if is_read else self.line(status, code)

    def page(self, status: int, code: str) -> Response:
        words = refusal_words(status, self.megabytes)
        told = {"title": words.title, "remedy": words.remedy, "code": code, "home": self.home}
        fixed = {"label": _("Kode"), "go_home": _("Halaman depan")}
        text = PAGE.format(status=status, **{name: escape(value) for name, value in (told | fixed).items()})
        return HTMLResponse(text, status, {"Cache-Control": "no-store"})

    def line(self, status: int, code: str) -> Response:
        words = refusal_words(status, self.megabytes)
        return PlainTextResponse(
            f"{words.title}. {words.remedy} {_('Kode')}: {code}\n", status, {"Cache-Control": "no-store"}
        )


class _Exchange:
    """What the application answers; one of its own refusals is held back to be said in words."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.started = False
        self.refused = 0
        self.headers: list[tuple[bytes, bytes]] = []

    async def pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = list(message["headers"])
            if message["status"] >= 400 and not self._speaks():
                self.refused = message["status"]
                return
            self.started = True
        if not self.refused:
            await self.send(message)

    def _speaks(self) -> bool:
        kinds = [value for name, value in self.headers if name.lower() == b"content-type"]
        return any(kind.startswith(b"text/html") for kind in kinds)


PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Pendopo</title>
<style>
body {{ margin: 0; background: #f4f6f8; color: #17212b; font: 1.125rem/1.55 "Source Sans 3", system-ui, sans-serif; }}
main {{ max-width: 34rem; margin: 14vh auto 0; padding: 2rem 2.25rem; background: #fff; border: 1px solid #d5dce2;
  border-radius: 6px; }}
h1 {{ margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; font-weight: 600; }}
p {{ margin: 0 0 1.25rem; }}
a {{ color: #2f5f7a; }}
.code {{ margin: 0; padding-top: 1rem; border-top: 1px solid #d5dce2; color: #46545f; font-size: 1rem; }}
.code b {{ font-family: ui-monospace, monospace; font-weight: 400; color: #17212b; }}
@media (max-width: 40rem) {{ main {{ margin: 1rem; padding: 1.5rem; }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{remedy}</p>
<p><a href="{home}">{go_home}</a></p>
<p class="code">{label} <b>{code}</b> · {status}</p>
</main>
</body>
</html>
"""
