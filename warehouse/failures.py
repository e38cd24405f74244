"""A short code for what went wrong: people read it out, the log has the trace under it.

The same failure has the same code, so a page drawn again, and a paper made again, say the same.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from pathlib import Path

# No digits: the log covers what looks like a number plate. No vowels: no words.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def write_code(number: int) -> str:
    """`K-TXBR-QM`, as people read it out."""
    told = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(6))
    return f"K-{told[:4]}-{told[4:]}"


def failure_code(error: BaseException) -> str:
    """The code of this kind of failure, from the kind of error and the lines it came by; nothing of its text."""
    frames = traceback.extract_tb(error.__traceback__)
    came_by = [type(error).__qualname__, *(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)]
    return write_code(int.from_bytes(hashlib.sha256("\n".join(came_by).encode()).digest()[:8]))


def report(log: logging.Logger, error: BaseException, place: str) -> str:
    """Write the trace to the log under the code of this failure and return the code."""
    code = failure_code(error)
    log.error("%s %s: %s", code, place, type(error).__name__, exc_info=error)
    return code
