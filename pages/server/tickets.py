"""One-time tickets: how the key of a new sign-in gets from a page's run into a cookie that no script can read.

Refuses to keep anything: a ticket lives for a minute in the memory of this process and is taken once.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

LIFE_SECONDS = 60.0
MOST_WAITING = 1_000  # far more than an office signs in within a minute


@dataclass
class Tickets:
    """Keys that wait to be fetched, by ticket."""

    clock: Callable[[], float] = time.monotonic
    _waiting: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def issue(self, key: str) -> str:
        """A ticket for this key."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old()
            while len(self._waiting) >= MOST_WAITING:
                self._waiting.pop(next(iter(self._waiting)))
            self._waiting[ticket] = (key, self.clock() + LIFE_SECONDS)
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The key, once; None for a ticket that is unknown, used or too old."""
        with self._lock:
            key, ends = self._waiting.pop(ticket, (None, 0.0))
            return key if self.clock() < ends else None

    def _forget_old(self) -> None:
        now = self.clock()
        for ticket in [one for one, (_key, ends) in self._waiting.items() if ends <= now]:
            del self._waiting[ticket]


TICKETS = Tickets()  # one per process: pages issue, the door `sesi` redeems
