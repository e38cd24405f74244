"""A short code for what went wrong: people read it out, the log has the trace under it.

The same failure has the same code, so a page drawn again, and a paper made again, say the same.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from pathlib import Path


def failure_code(error: BaseException) -> str:
    """`K-7F3A-19`, from the kind of error and the lines it came by; nothing of its text."""
    frames = traceback.extract_tb(error.__traceback__)
    came_by = [type(error).__qualname__, *(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)]
    drawn = hashlib.sha256("\n".join(came_by).encode()).hexdigest().upper()
    return f"K-{drawn[:4]}-{drawn[4:6]}"


def report(log: logging.Logger, error: BaseException, place: str) -> str:
    """Write the trace to the log under the code of this failure and return the code."""
    code = failure_code(error)
    log.error("%s %s: %s", code, place, type(error).__name__, exc_info=error)
    return code
