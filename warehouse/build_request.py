"""Asks the resident process for a build: the archive of a source is touched, which it takes for a delivery in person.

Nobody waits for it: without a resident process the next build does the same.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

log = logging.getLogger("pendopo.warehouse")


def ask_for_build(state_dir: Path, source_id: str) -> None:
    folder = state_dir / "archive" / source_id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
    except OSError as error:  # the build that comes by the clock finds what was decided all the same
        log.warning("no build could be asked for: %s", error)
