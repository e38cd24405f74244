"""Who may write: one builder of releases and one watcher of the inbox at a time for each profile, and who that is.

A lock the system lets go when its holder dies. Refuses by name; who waits says how long.
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
    """Another process builds, keeps or watches over the releases of this profile."""


@contextmanager
def one_builder(state_dir: Path, now: datetime, wait: float = 0) -> Iterator[None]:
    """Hold the lock while the block runs; waits at most `wait` seconds. Raises BuildBusy, naming who holds it."""
    with _one(state_dir / "membangun", "Rilis sedang dibangun oleh {who}. Tunggu sampai selesai.", now, wait):
        yield


@contextmanager
def one_watcher(state_dir: Path, now: datetime) -> Iterator[None]:
    """As `one_builder`, for who watches the inbox; two would only build after each other."""
    with _one(state_dir / "mengawasi", "Inbox sudah diawasi oleh {who}. Satu pengawas cukup.", now, 0):
        yield


@contextmanager
def _one(stem: Path, refusal: str, now: datetime, wait: float) -> Iterator[None]:
    releases_dir(stem.parent).mkdir(parents=True, exist_ok=True)
    lock = FileLock(stem.with_suffix(".lock"))
    owner = stem.with_suffix(".txt")
    try:
        held = lock.acquire(timeout=wait)
    except Timeout as error:
        who = owner.read_text("utf-8") if owner.is_file() else "proses lain"
        raise BuildBusy(refusal.format(who=who)) from error
    with held:
        owner.write_text(f"proses {os.getpid()} di {socket.gethostname()}, mulai {now:%Y-%m-%d %H.%M}", "utf-8")
        yield
