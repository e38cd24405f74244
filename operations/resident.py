"""Keeps the status file of the resident process true while the inbox is watched; it judges and builds nothing itself.

A full disk or a locked status file never ends it: the next look writes it again.
"""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pipelines.building.watching import Watcher
from warehouse.operations_status import OperationsStatus, write_status

WRITE_EVERY = timedelta(seconds=30)  # a sign of life; news is written at once


class StatusKeeper:
    """Writes what a watcher did and does next."""

    def __init__(self, state_dir: Path, at: datetime) -> None:
        self.state_dir = state_dir
        self.status = OperationsStatus(os.getpid(), socket.gethostname(), at, at, at, "mulai")
        self._is_written = False

    def looked(self, watcher: Watcher, at: datetime, has_news: bool) -> None:
        if self._is_written and not has_news and at - self.status.looked_at < WRITE_EVERY:
            return
        schedule = watcher.schedule
        self._write(
            replace(
                self.status,
                looked_at=at,
                next_at=schedule.due_at,
                next_reason=schedule.reason,
                failures=schedule.failures,
                build=watcher.build,
            )
        )

    def stopped(self, at: datetime) -> None:
        self._write(replace(self.status, looked_at=at, stopped_at=at))

    def _write(self, status: OperationsStatus) -> None:
        self.status = status
        try:
            write_status(self.state_dir, status)
            self._is_written = True
        except OSError as error:
            self._is_written = False
            print(f"Keadaan operasi belum tertulis: {error}. Periksa sisa ruang cakram.", file=sys.stderr, flush=True)
