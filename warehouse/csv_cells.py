"""Cells of a CSV that a spreadsheet opens as text: nothing that was delivered or typed is ever run as a formula."""

from __future__ import annotations

import re
from typing import Any

RUNNING_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
PLAIN_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)*$")


def neutralise(cell: Any) -> Any:
    """A text cell that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if not isinstance(cell, str) or not cell:
        return cell
    starts = cell.startswith(RUNNING_STARTS) or cell.lstrip().startswith(RUNNING_STARTS)
    return "'" + cell if starts and not PLAIN_NUMBER.match(cell) else cell
