"""Draws charts in a process of its own, which ends when there is nothing to draw: its memory is not the server's.

A chart is drawn when a release or a screen changes, so the engine rests nearly all the time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from gettext import gettext as _
from threading import Lock, Timer

from charts.engine import draw_with
from warehouse.settings import PROJECT_DIR

COMMAND = (sys.executable, "-m", "pages.server.drawing_child")
REST_SECONDS = 15.0  # scenes of a release are drawn one after another
LONGEST_SECONDS = 20.0  # a chart takes a tenth of a second


class DrawingError(Exception):
    """The chart could not be drawn."""


class DrawingProcess:
    """One chart at a time; started when asked, ended after a rest or when a chart takes too long."""

    def __init__(
        self, command: Sequence[str] = COMMAND, rest: float = REST_SECONDS, longest: float = LONGEST_SECONDS
    ) -> None:
        self._command, self._rest, self._longest = tuple(command), rest, longest
        self._lock = Lock()
        self._child: subprocess.Popen[str] | None = None
        self._resting: Timer | None = None

    def draw(self, spec: str) -> str:
        """Raises DrawingError."""
        with self._lock:
            self._rest_from_now()  # no rest ends while it works
            answer = self._ask(json.dumps(spec))
            self._rest_from_now()
        if not answer:
            raise DrawingError(_("Mesin gambar berhenti sebelum gambar selesai."))
        told = json.loads(answer)
        if told["error"]:
            raise DrawingError(told["error"])
        return str(told["svg"])

    def get_ready(self) -> None:
        """Start the process that somebody will need in a moment; nothing where it runs."""
        with self._lock:
            self._running()
            self._rest_from_now()

    def end(self) -> None:
        with self._lock:
            self._end_child()

    def _rest_from_now(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        self._resting = _later(self._rest, self.end)

    def _ask(self, line: str) -> str:
        """The child's answer; "" when it ended instead."""
        child = self._running()
        overdue = _later(self._longest, child.kill)
        answer = ""
        try:
            if child.stdin is not None and child.stdout is not None:
                child.stdin.write(line + "\n")
                child.stdin.flush()
                answer = child.stdout.readline()
        except OSError:
            pass  # ended while it was asked
        finally:
            overdue.cancel()
        if not answer:
            self._end_child()
        return answer

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self._end_child()
            pipe = subprocess.PIPE
            self._child = subprocess.Popen(  # noqa: S603
                self._command, cwd=PROJECT_DIR, stdin=pipe, stdout=pipe, text=True
            )
        return self._child

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            with suppress(OSError), child:  # what it was not told any more is of no use
                child.kill()  # it keeps nothing


def draw_apart() -> None:
    """Let this server's charts be drawn apart: on the wall, on paper, in downloads."""
    process = DrawingProcess()
    draw_with(process.draw, process.get_ready)


def _later(seconds: float, act: Callable[[], None]) -> Timer:
    timer = Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer
