"""What a browser may ask for over its socket: runs of a page and the files that belong to them.

Refuses the rest before Streamlit sees it: it would empty the caches of everybody, tell what lies on the server's disk,
or write there, and asks nobody who they are.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

ASKED = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})  # of `backend_operation_request`


class Sockets:
    """Middleware: messages of a socket that no page of ours sends are dropped, as if they had not come."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def receive_asked() -> Message:
            message = await receive()
            while message["type"] == "websocket.receive" and not is_asked(message.get("bytes")):
                message = await receive()
            return message

        await self.app(scope, receive_asked, send)


def is_asked(frame: bytes | None) -> bool:
    """Whether Streamlit is to see this frame: a message of its browser side that our pages need."""
    said = BackMsg()
    try:
        said.ParseFromString(frame or b"")
    except DecodeError:
        return False
    kind = said.WhichOneof("type")
    if kind == "backend_operation_request":
        return said.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in ASKED
