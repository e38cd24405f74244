"""A file a page offers beside its own downloads: complete where the page shows or prints a part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from warehouse.scope import Action


@dataclass(frozen=True)
class SideFile:
    """A file with the words of its button; nothing is read or written before `make`."""

    label: str
    file_name: str
    make: Callable[[], bytes]
    row_count: int
    right: Action = Action.EXPORT_ROWS
    mime: str = "text/csv"
    restricted: tuple[str, ...] = ()  # titles of columns that need their own right
