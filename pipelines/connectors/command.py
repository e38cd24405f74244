"""`python -m pipelines fetch`: prints what became of each source.

Exit codes: 0 all fetched or unchanged; 2 no such source, or the record of fetches is damaged; 3 a source failed, the
others were fetched; 4 another fetch is running.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from pipelines.connectors.fetching import FetchBusy, Fetched, UnknownSource, fetch
from warehouse.feed_memory import FAILED, MemoryProblem
from warehouse.settings import Settings

DONE, WRONG_USE, FAILED_SOURCE, BUSY = 0, 2, 3, 4


def run_fetch(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    try:
        fetched = fetch(settings, now.replace(microsecond=0), options.source)
    except FetchBusy as error:
        print(error, file=sys.stderr)
        return BUSY
    except (UnknownSource, MemoryProblem) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    if not fetched:
        print("Belum ada sumber yang terhubung. Caranya: docs/sumber.md.")
    for one in fetched:
        has_failed = one.done.outcome in FAILED
        print(_line(one), file=sys.stderr if has_failed else sys.stdout)
    return FAILED_SOURCE if any(one.done.outcome in FAILED for one in fetched) else DONE


def _line(one: Fetched) -> str:
    told = [f"{one.source_id}: {one.done.outcome}", *one.done.files, one.done.message]
    return ". ".join(part.rstrip(".") for part in told if part) + "."
