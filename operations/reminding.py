"""The command that reminds, and the child process in which the resident process runs it now and then."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import datetime, timedelta

from filelock import FileLock, Timeout

from operations.reminders import body_words, may_remind, subject_words
from operations.sending import NoReminding, planned, remind
from pipelines.building.processes import end_process, start_process
from warehouse.reminder_record import RecordProblem
from warehouse.settings import Settings

DONE, WRONG_USE, NOT_ALL, BUSY = 0, 2, 3, 4
EVERY = timedelta(minutes=5)
LONGEST = timedelta(minutes=10)
LOCK_FILE = "mengingatkan.lock"


def run_remind(settings: Settings, now: datetime, dry_run: bool) -> int:
    """Print what was sent, or with `dry_run` what would be."""
    try:
        return _show_planned(settings, now) if dry_run else _remind(settings, now)
    except NoReminding as reason:
        print(reason)
        return DONE
    except RecordProblem as error:
        print(error, file=sys.stderr)
        return WRONG_USE


def _show_planned(settings: Settings, now: datetime) -> int:
    reminders = planned(settings, now)
    for reminder in reminders:
        print(f"Kepada {reminder.opd_code} ({reminder.variable})\n{subject_words(reminder)}\n")
        print(body_words(reminder, settings, now))
        print("-" * 40)
    print(f"{len(reminders)} pengingat akan dikirim." if reminders else "Tidak ada pengingat yang perlu dikirim.")
    return DONE


def _remind(settings: Settings, now: datetime) -> int:
    lock = FileLock(settings.state_dir / LOCK_FILE)
    try:
        held = lock.acquire(timeout=0)
    except Timeout:
        print("Pengingat sedang dikirim proses lain.", file=sys.stderr)
        return BUSY
    with held:
        sent = remind(settings, now)
    for one in sent:
        what = f"{one.reminder.opd_code} ({one.reminder.variable})"
        print(f"Gagal mengingatkan {what}: {one.problem}" if one.problem else f"Diingatkan: {what}", flush=True)
    return NOT_ALL if any(one.problem for one in sent) else DONE


class ReminderChild:
    """Starts `python -m operations remind` in working hours, one at a time, and never waits for it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._child: subprocess.Popen[bytes] | None = None
        self._started_at = datetime.min

    def look(self, at: datetime) -> None:
        wishes = self.settings.reminders
        if not wishes.addresses:
            return
        if self._child is not None and self._child.poll() is None:
            if at - self._started_at >= LONGEST:
                end_process(self._child)
            return
        if may_remind(wishes, at) and not timedelta() <= at - self._started_at < EVERY:
            command = [sys.executable, "-m", "operations", "--profile", self.settings.profile, "remind"]
            self._started_at = at
            with suppress(OSError):  # tried again a little later
                self._child = start_process(command)

    def stop(self) -> None:
        if self._child is not None:
            end_process(self._child)
