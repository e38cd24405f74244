"""Rules of alarms held against the release being served, and the child process in which that happens every minute.

Refuses to call data late while builds fail: what has come could not be loaded.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa
from filelock import FileLock, Timeout

from journal.alarm_looks import keep_look
from journal.failures import JournalError
from journal.migrating import open_journal
from journal.store import Journal, journal_url
from operations.alarm_notices import MACHINE, answer_test, tell_alarms
from pipelines.building.processes import end_process, start_process
from warehouse.alarm_record import LastLook, write_last_look
from warehouse.alarms.judging import Judgement, judge
from warehouse.alarms.signals import UNKNOWN, Sight, read_signals
from warehouse.engine import open_release
from warehouse.operations_status import read_status
from warehouse.region_rules import region_rules
from warehouse.releases import serving_release
from warehouse.settings import Settings
from warehouse.views import read_wall_view

DONE, WRONG_USE, BUSY = 0, 2, 4
EVERY, AT_NEWS = timedelta(minutes=1), timedelta(seconds=5)
LONGEST = timedelta(minutes=5)
LOCK_FILE = "peringatan.lock"


def run_alarms(settings: Settings, now: datetime) -> int:
    """One look; two at once are one too many."""
    try:
        held = FileLock(settings.state_dir / LOCK_FILE).acquire(timeout=0)
    except Timeout:
        print("Peringatan sedang dinilai proses lain.", file=sys.stderr)
        return BUSY
    try:
        with held:
            journal = open_journal(journal_url(settings.journal_url, settings.state_dir))
            try:
                answer_test(settings, journal, now)
                return look_once(settings, journal, now)
            finally:
                journal.close()
    except JournalError as error:
        print(error, file=sys.stderr)
        return WRONG_USE


def look_once(settings: Settings, journal: Journal, now: datetime) -> int:
    """Judge, write down what changed, say when that was, and tell who is to be told. Raises JournalError."""
    serving = serving_release(settings.state_dir)
    if serving is None:
        print("Belum ada rilis. Jalankan `python -m pipelines run`.", file=sys.stderr)
        return WRONG_USE
    engine = open_release(serving.release.path)
    try:
        judgement = _judged(settings, engine, now)
    finally:
        engine.dispose()
    changed = keep_look(journal, MACHINE, judgement)
    write_last_look(settings.state_dir, LastLook(now, serving.release.release_id))
    if changed:
        print(f"Peringatan: {changed} perubahan.", flush=True)
    return tell_alarms(settings, journal, now)


def _judged(settings: Settings, engine: sa.Engine, now: datetime) -> Judgement:
    rules, status = region_rules(settings), read_status(settings.state_dir)
    with engine.connect() as connection:
        signals = read_signals(Sight(connection, read_wall_view(connection, settings, rules, now), rules))
    if status is not None and status.failures:
        signals["data_terlambat"] = UNKNOWN
    return judge(rules, signals, now)


class AlarmChild:
    """Starts `python -m operations alarms` every minute and after each build, one at a time; it never waits for it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._child: subprocess.Popen[bytes] | None = None
        self._started_at = datetime.min
        self._has_news = False

    def look(self, at: datetime, has_news: bool) -> None:
        self._has_news |= has_news
        since = at - self._started_at
        if self._child is not None and self._child.poll() is None:
            if since >= LONGEST:
                end_process(self._child)
            return
        if timedelta() <= since < (AT_NEWS if self._has_news else EVERY):
            return
        self._started_at, self._has_news = at, False
        with suppress(OSError):  # tried again a little later
            command = [sys.executable, "-m", "operations", "--profile", self.settings.profile, "alarms"]
            self._child = start_process(command)

    def stop(self) -> None:
        if self._child is not None:
            end_process(self._child)
