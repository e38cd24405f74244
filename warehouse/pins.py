"""Releases that something handed out cites: `disematkan.txt`, one line a citation, so that they are never pruned.

It only grows; an administrator may delete lines. A line that names no release counts for nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

FILE_NAME = "disematkan.txt"


def pin(state_dir: Path, release_id: str, cited_by: str) -> None:
    """Remember that `cited_by` (a code somebody can ask for again) cites the release. Several processes may write."""
    line = f"{release_id} {' '.join(cited_by.split())}"
    if line in _lines(state_dir):
        return
    with (state_dir / FILE_NAME).open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
        stream.flush()
        os.fsync(stream.fileno())


def pinned_ids(state_dir: Path) -> frozenset[str]:
    return frozenset(line.split(" ", 1)[0] for line in _lines(state_dir))


def _lines(state_dir: Path) -> list[str]:
    try:
        return (state_dir / FILE_NAME).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
