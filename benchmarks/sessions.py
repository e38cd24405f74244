"""Screens without browsers: each keeps one session of a server and asks for its charts anew at every beat.

A session says what a browser would say, over the same connection, and drops what it is told; drawing is not measured.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Protocol

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

OPENING_S, ANSWER_S = 120, 60
AT_ONCE = 6  # connections a browser opens to one host


class Session(Protocol):
    """One screen's conversation with its server."""

    async def open(self) -> None:
        """Until the first picture is there. Raises TimeoutError."""

    async def beat(self) -> None:
        """One refresh, until its last answer is there. Raises TimeoutError."""

    async def close(self) -> None: ...


class StreamlitSession:
    """A page whose only moving part is a fragment that runs again by itself."""

    def __init__(self, port: int, page: str) -> None:
        self._host, self._page = f"127.0.0.1:{port}", page
        self._socket: ClientConnection
        self._fragment, self._script_hash, self._widgets = "", "", dict[str, str]()

    async def open(self) -> None:
        url, origin = f"ws://{self._host}/_stcore/stream", f"http://{self._host}"
        self._socket = await connect(
            url, subprotocols=["streamlit"], origin=origin, max_size=None, open_timeout=OPENING_S, compression=None
        )
        async with asyncio.timeout(OPENING_S):
            await self._run_again("")

    async def beat(self) -> None:
        async with asyncio.timeout(ANSWER_S):
            await self._run_again(self._fragment)

    async def close(self) -> None:
        await self._socket.close()

    async def _run_again(self, fragment: str) -> None:
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.page_script_hash = self._page, self._script_hash
        asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = fragment, bool(fragment)
        for widget, value in self._widgets.items():
            asked.rerun_script.widget_states.widgets.add(id=widget, json_value=value)
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(await self._socket.recv(decode=False))
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self._script_hash = told.new_session.page_script_hash
            elif kind == "auto_rerun":
                self._fragment = told.auto_rerun.fragment_id
            elif kind == "delta":
                self._hold(told)
            elif kind == "script_finished":
                return

    def _hold(self, told: ForwardMsg) -> None:
        """The wall's component says which scenes it holds, so that they do not travel again."""
        element = told.delta.new_element
        if element.WhichOneof("type") == "bidi_component" and "scenes_key" in element.bidi_component.json:
            key = element.bidi_component.json.split('"scenes_key": "')[1].split('"')[0]
            self._widgets[element.bidi_component.id] = json.dumps({"acknowledged": key})


class HttpSession:
    """A dashboard that asks for each chart on its own, as many at once as a browser would."""

    def __init__(self, port: int, headers: dict[str, str], charts: list[dict[str, Any]]) -> None:
        limits = httpx.Limits(max_connections=AT_ONCE)
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers=headers, limits=limits, timeout=ANSWER_S, trust_env=False
        )
        self._charts = charts

    async def open(self) -> None:
        await self.beat()

    async def beat(self) -> None:
        answers = await asyncio.gather(*(self._client.post("/api/v1/chart/data", json=chart) for chart in self._charts))
        for answer in answers:
            answer.raise_for_status()

    async def close(self) -> None:
        await self._client.aclose()


async def keep_beating(sessions: list[Session], every_s: float, for_s: float) -> list[float]:
    """Seconds each refresh took, from the moment it was due: one that had to wait for the last counts its waiting."""
    start, took = time.perf_counter(), list[float]()

    async def one(session: Session, offset: float) -> None:
        due = start + offset
        while due < start + for_s:
            await asyncio.sleep(max(0, due - time.perf_counter()))
            await session.beat()
            took.append(time.perf_counter() - due)
            due = max(due + every_s, time.perf_counter())

    offsets = [every_s * number / len(sessions) for number in range(len(sessions))]
    await asyncio.gather(*map(one, sessions, offsets))
    return took
