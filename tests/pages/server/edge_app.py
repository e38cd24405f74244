"""A small application behind the whole edge, as `app.py` puts it together, without Streamlit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message
from starlette.websockets import WebSocket

from pages.server.error_pages import ErrorPages
from pages.server.gates import Gates
from pages.server.headers import SecurityHeaders
from pages.server.hosts import Hosts
from pages.server.limits import BodyLimit
from pages.server.sockets import Sockets
from warehouse.scope import Role, Scope
from warehouse.settings import Access

LOCAL = Access()
PUBLIC = Access(mode="jaringan", public_url="https://dasbor.contoh.go.id")
PEOPLE = {
    "analis": Scope(Role.ANALYST, "analis", is_verified=True),
    "admin": Scope(Role.ADMIN, "admin", is_verified=True),
    "layar": Scope(Role.SCREEN, "layar", is_verified=True, screens=("utama",)),
}


def who_asks(cookies: Mapping[str, str], _address: str) -> Scope | None:
    return PEOPLE.get(cookies.get("pendopo_sesi", ""))


async def fail(request: Request) -> Response:
    raise ValueError("Budi Santoso 081234567890")


async def take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def show(request: Request) -> Response:
    response = PlainTextResponse("isi")
    response.set_cookie("a", "b")
    return response


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("halo")
    async for frame in socket.iter_bytes():
        await socket.send_bytes(frame)
    await socket.close()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    text: str


@dataclass(frozen=True)
class Client:
    """Sends what it is told, byte for byte, past any library that would put it right."""

    app: ASGIApp
    host: str
    peer: str = "10.0.0.7"

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | Iterable[bytes] = b"") -> Answer:
        """A body in one piece announces its length; one in several does not."""
        named = {"host": self.host, "accept": "text/html"} | {name.lower(): value for name, value in headers.items()}
        if isinstance(body, bytes) and body:
            named.setdefault("content-length", str(len(body)))
        pieces = iter([body] if isinstance(body, bytes) else body)
        told: list[Message] = []

        async def receive() -> Message:
            piece = next(pieces, None)
            return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

        async def send(message: Message) -> None:
            told.append(message)

        asyncio.run(self.app(self._scope("http", path, named) | {"method": method}, receive, send))
        text = b"".join(message.get("body", b"") for message in told[1:]).decode("utf-8")
        return Answer(told[0]["status"], Headers(raw=told[0]["headers"]), text)

    def opens_socket(self, headers: Mapping[str, str]) -> bool:
        return self._talk(headers, ())[0]["type"] == "websocket.accept"

    def frames_let_through(self, headers: Mapping[str, str], frames: Iterable[bytes]) -> list[bytes]:
        """Those of these frames that reach the application, which sends each back."""
        return [message["bytes"] for message in self._talk(headers, frames) if message.get("bytes") is not None]

    def _talk(self, headers: Mapping[str, str], frames: Iterable[bytes]) -> list[Message]:
        told: list[Message] = []
        coming: Iterator[Message] = iter(
            [
                {"type": "websocket.connect"},
                *({"type": "websocket.receive", "bytes": frame} for frame in frames),
                {"type": "websocket.disconnect", "code": 1000},
            ]
        )

        async def receive() -> Message:
            return next(coming)

        async def send(message: Message) -> None:
            told.append(message)

        named = {"host": self.host} | {name.lower(): value for name, value in headers.items()}
        scope = self._scope("websocket", "/_stcore/stream", named) | {"subprotocols": []}
        asyncio.run(self.app(scope, receive, send))
        return told

    def _scope(self, kind: str, path: str, headers: Mapping[str, str]) -> dict[str, object]:
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        return {"type": kind, "path": path, "headers": raw, "query_string": b"", "client": (self.peer, 5000)}


def client(access: Access) -> Client:
    is_local = access.mode == "lokal"
    routes = [
        Route("/", show),
        Route("/spbe", show),
        Route("/galat", fail),
        Route("/media/{name}", show),
        Route("/_stcore/health", show),
        Route("/_stcore/metrics", show),
        Route("/_stcore/agent/interact", show, methods=["POST", "GET"]),
        Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT"]),
        Route("/sesi", take, methods=["POST"]),
        WebSocketRoute("/_stcore/stream", talk),
    ]
    doors = [Route("/sesi", take, methods=["POST"])]
    asks = None if is_local else who_asks
    middleware = [
        Middleware(SecurityHeaders, access=access),
        Middleware(ErrorPages, megabytes=1),
        Middleware(Hosts, access=access),
        Middleware(Gates, pages=["spbe", "galat"], base_path="", doors=doors, who_asks=asks),
        Middleware(BodyLimit, megabytes=1),
        Middleware(Sockets),
    ]
    host = "127.0.0.1:8501" if is_local else "dasbor.contoh.go.id"
    peer = "127.0.0.1" if is_local else "10.0.0.7"
    return Client(Starlette(routes=routes, middleware=middleware), host, peer)
