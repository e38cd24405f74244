"""Work that may hang, done in threads of its own: whoever asks waits a while and never longer.

Refuses to start the same work twice: while one is under way, the next asks for the same one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class StillWorkingError(Exception):
    """The work has not ended within the patience of whoever asked."""


@dataclass(frozen=True)
class _Work(Generic[T]):
    future: Future[T]
    started: float


class Patience(Generic[T]):
    """One piece of work at a time under each name."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self._clock = seconds, clock
        self._lock = Lock()
        self._works: dict[str, _Work[T]] = {}

    def ask(self, name: str, work: Callable[[], T]) -> T:
        """The work's answer, or that of the one under way; raises what it raised, or StillWorkingError."""
        with self._lock:
            current = self._works.get(name) or self._start(name, work)
        left = max(current.started + self.seconds - self._clock(), 0)
        try:
            answer = current.future.result(timeout=left)
        except TimeoutError:
            if not current.future.done():  # else it is what the work itself raised
                raise StillWorkingError(name) from None
            raise
        finally:
            if current.future.done():
                self._forget(name, current)
        return answer

    def _start(self, name: str, work: Callable[[], T]) -> _Work[T]:
        started = _Work[T](Future(), self._clock())
        self._works[name] = started
        # A thread that hangs must not keep the server from ending.
        Thread(target=_fulfil, args=(started.future, work), name=f"wall {name}", daemon=True).start()
        return started

    def _forget(self, name: str, done: _Work[T]) -> None:
        with self._lock:
            if self._works.get(name) is done:
                del self._works[name]


def _fulfil(future: Future[Any], work: Callable[[], Any]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:
        future.set_exception(error)
