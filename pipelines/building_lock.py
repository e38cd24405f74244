"""One writer of releases at a time for each profile: a lock the system lets go when its holder dies, and who holds it.

Refuses by name; who waits says how long.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.releases import releases_dir


class BuildBusy(Exception):
    """Another process builds, or keeps, the releases of this profile."""


@contextmanager
def one_builder(state_dir: Path, now: datetime, wait: float = 0) -> Iterator[None]:
    """Hold the lock while the block runs; waits at most `wait` seconds. Raises BuildBusy, naming who holds it."""
    releases_dir(state_dir).mkdir(parents=True, exist_ok=True)
    lock = FileLock(state_dir / "membangun.lock")
    owner = state_dir / "membangun.txt"
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        who = owner.read_text("utf-8") if owner.is_file() else "proses lain"
        raise BuildBusy(f"Rilis sedang dibangun oleh {who}. Tunggu sampai selesai.") from error
    with lock:
        owner.write_text(f"proses {os.getpid()} di {socket.gethostname()}, mulai {now:%Y-%m-%d %H.%M}", "utf-8")
        yield
