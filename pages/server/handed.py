"""Which files were made for whom: the address of a file is worth nothing to anybody else who comes to know it.

Refuses to keep the files: only the ids Streamlit gives them by their content, in the memory of this process.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from streamlit.runtime.memory_media_file_storage import _calculate_file_id

MOST_KEPT = 10_000  # a file that is fetched at all is fetched within seconds


@dataclass
class Handed:
    """Names of those a file was made for, by id, the oldest forgotten first."""

    _made: dict[str, set[str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, content: bytes, mime: str, file_name: str, actor: str) -> str:
        """Remember that this file was made for `actor`; its id."""
        file_id = _calculate_file_id(content, mime, file_name)
        with self._lock:
            actors = self._made.pop(file_id, set())
            while len(self._made) >= MOST_KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[file_id] = actors | {actor}
        return file_id

    def is_for(self, asked: str, actor: str) -> bool:
        """Whether the file of an address below `media/` was made for them."""
        file_id = os.path.splitext(asked)[0]  # noqa: PTH122 - as Streamlit finds it
        with self._lock:
            return actor in self._made.get(file_id, ())


HANDED = Handed()  # one per process: pages keep, the gate asks


def made_for(actor: str, mime: str, file_name: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make`, whose file only `actor` can fetch afterwards."""

    def made() -> bytes:
        content = make()
        HANDED.keep(content, mime, file_name, actor)
        return content

    return made
