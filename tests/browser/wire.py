"""A wire between a browser and a server that can be cut: what is sent then goes nowhere, and nobody is told."""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from threading import Event, Thread

CHUNK = 1 << 16


class Wire:
    """Passes bytes on between a port of its own and the server's."""

    def __init__(self, port: int) -> None:
        self._goal = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._whole, self._ended = Event(), Event()
        self._whole.set()
        self._open: set[socket.socket] = set()
        self._dead: set[socket.socket] = set()  # kept open: closing one would tell its other end
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        """New connections pass again; those of before stay dead, as behind a router that forgot them."""
        self._dead |= self._open
        self._open = set()
        self._whole.set()

    def close(self) -> None:
        self._ended.set()
        self._whole.set()
        self._listening.close()
        for one in self._open | self._dead:
            one.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                near, _address = self._listening.accept()
            except OSError:
                return
            self._whole.wait()
            try:
                far = socket.create_connection(("127.0.0.1", self._goal))
            except OSError:
                near.close()
                continue
            self._open |= {near, far}
            for pair in ((near, far), (far, near)):
                Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, goal: socket.socket) -> None:
        with suppress(OSError, ValueError):
            while source in self._open and goal in self._open:
                ready, _writing, _failed = select.select([source], [], [], 0.5)
                if not ready or not self._whole.is_set():
                    self._whole.wait()
                    continue
                chunk = source.recv(CHUNK)
                if not chunk:
                    break
                goal.sendall(chunk)
        if self._whole.is_set() and source in self._open:
            for one in (source, goal):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
            self._open -= {source, goal}
