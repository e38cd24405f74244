"""Writes files so that a crash leaves the old or the new one, never half: the one place that knows the platform."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

CHUNK_BYTES = 1 << 20
PATIENCE_SECONDS = 0 if os.name == "posix" else 2.0  # Windows refuses what another process reads at this moment
RETRY_SECONDS = 0.02

Done = TypeVar("Done")


def write_durably(path: Path, content: bytes) -> None:
    """Write beside `path`, force to disk, then rename over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        rename_durably(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)  # half a file would hold room that others need
        raise


def rename_durably(source: Path, target: Path) -> None:
    """Rename in one step and force the folder entry to disk."""
    patiently(lambda: source.replace(target))
    flush_folder(target.parent)


def read_published(path: Path) -> bytes:
    """A small file that others replace by rename."""
    return patiently(path.read_bytes)


def patiently(act: Callable[[], Done]) -> Done:
    """Again while another process holds the file, for a little while."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(RETRY_SECONDS)


def flush_file(path: Path) -> None:
    """Force what another writer wrote to `path` onto the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows has no handle for a folder; its rename is durable by journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
