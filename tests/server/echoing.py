"""A service in place of Pendopo that answers with what reached it, run by uvicorn exactly as Streamlit runs it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

SECURITY = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Powered-By": "uvicorn"}
asked: MutableMapping[str, int] = {}


async def tell(request: Request) -> Response:
    """The request as the application sees it; counts how often each path came this far."""
    path = request.url.path
    asked[path] = asked.get(path, 0) + 1
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    content: dict[str, Any] = {
        "path": path,
        "query": request.url.query,
        "scheme": request.url.scheme,
        "client": request.client.host if request.client else "",
        "headers": [(name, value) for name, value in request.headers.items()],
        "size": size,
        "times": asked[path],
    }
    return JSONResponse(content, headers=SECURITY)


async def static(request: Request) -> Response:
    path = request.url.path
    asked[path] = asked.get(path, 0) + 1
    headers = {"Cache-Control": "public, immutable, max-age=31536000", "X-Times": str(asked[path])} | SECURITY
    return PlainTextResponse("x" * 5000, media_type="text/javascript", headers=headers)


async def refuse(_request: Request) -> Response:
    return PlainTextResponse("kata-kata Pendopo sendiri", status_code=503, headers=SECURITY)


async def stay(websocket: WebSocket) -> None:
    """Says who is there, then is silent until spoken to."""
    await websocket.accept(subprotocol=(websocket.scope["subprotocols"] or [None])[0])
    address = websocket.client.host if websocket.client else ""
    await websocket.send_json({"client": address, "headers": list(websocket.headers.items())})
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect:
        pass


ROUTES = [("/_stcore/stream", stay), ("/static/{name:path}", static), ("/refused", refuse), ("/{path:path}", tell)]
METHODS = ["GET", "POST", "PUT", "DELETE"]
app = Starlette(
    routes=[
        WebSocketRoute(base + path, act) if act is stay else Route(base + path, act, methods=METHODS)
        for base in ("/pendopo", "")
        for path, act in ROUTES
    ]
)
