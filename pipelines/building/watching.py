"""Watches the inbox and builds in a process of its own: at the start, when files stand still, regularly, past midnight.

It never builds itself: what a build breaks, eats or hangs on ends with that process. It judges no delivery.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event

from pipelines.building.building_lock import one_watcher
from pipelines.building.processes import end_process, start_process
from pipelines.connectors.connection import CONNECTION_FILE
from pipelines.contracts.contract import SOURCES_DIR
from warehouse.operations_status import BuildRun
from warehouse.settings import Settings

LOOK_SECONDS = 1.0  # a look is a listing: it works on network shares, which tell nobody of changes
STAND_STILL = timedelta(seconds=3)  # a file that has not changed so long is taken for whole
EVERY = timedelta(minutes=10)  # sample that arrives by the clock, confirmations, files that were locked
AFTER_MIDNIGHT = time(0, 1)
FIRST_RETRY, LAST_RETRY = timedelta(seconds=30), timedelta(minutes=15)
LONGEST_BUILD = timedelta(hours=1)
WAIT_SECONDS = 60  # for a build somebody started by hand
SAID_LINES = 20
NOT_STARTED = -1
ARRIVED = "kiriman masuk"

Listing = frozenset[tuple[str, int, int]]


def list_arrivals(state_dir: Path) -> Listing:
    """Every file waiting in a folder of the inbox, with its size and time, not what an editor keeps beside it; and each
    source's archive by its time, since what is handed over in person goes there at once."""
    inbox = [path for path in (state_dir / "inbox").glob("*/*") if not path.name.startswith((".", "~$"))]
    found = set()
    for path in [*inbox, *(state_dir / "archive").glob("*")]:
        try:
            status = path.stat()
        except OSError:  # gone meanwhile
            continue
        found.add((path.relative_to(state_dir).as_posix(), status.st_size, status.st_mtime_ns))
    return frozenset(found)


@dataclass(frozen=True)
class Schedule:
    """When the next build is due, and why. A value: every event makes the next one."""

    due_at: datetime
    reason: str = "mulai"
    listing: Listing = frozenset()
    changed_at: datetime | None = None
    left: Listing = frozenset()  # what the last build knew and left: nobody's folder, locked, or taken in
    failures: int = 0

    def saw(self, listing: Listing, at: datetime) -> Schedule:
        return self if listing == self.listing else replace(self, listing=listing, changed_at=at)

    def why(self, at: datetime) -> str:
        """The reason to build now; "" to wait. After a failure new files wait too: they would fail alike."""
        if at >= self.due_at or self.due_at - at > LAST_RETRY:  # the second: the clock was set back
            return self.reason
        is_still = self.changed_at is not None and at - self.changed_at >= STAND_STILL
        return ARRIVED if is_still and self.listing - self.left and not self.failures else ""

    def ended(self, started_with: Listing, at: datetime, is_done: bool) -> Schedule:
        """After a build that began with these files in the inbox: what lies there still, it could not take."""
        left = self.listing & started_with
        if is_done:
            midnight = datetime.combine(at.date(), AFTER_MIDNIGHT)
            midnight += timedelta(days=midnight <= at)
            due, reason = min((at + EVERY, "berkala"), (midnight, "lewat tengah malam"))
            return replace(self, left=left, failures=0, due_at=due, reason=reason)
        pause = min(FIRST_RETRY * 2**self.failures, LAST_RETRY)
        return replace(self, left=left, failures=self.failures + 1, due_at=at + pause, reason="ulang setelah gagal")


@dataclass(frozen=True)
class _Running:
    child: subprocess.Popen[bytes]
    run: BuildRun
    started_with: Listing


class Watcher:
    """Looks, and starts and ends builds; `look` never waits."""

    def __init__(self, settings: Settings, at: datetime) -> None:
        self.settings = settings
        self.schedule = Schedule(due_at=at)
        self.build: BuildRun | None = None  # the one that runs, or the last
        self._running: _Running | None = None
        self._fetch: subprocess.Popen[bytes] | None = None
        self._said = settings.state_dir / "membangun.log"
        self._command = (sys.executable, "-m", "pipelines", "--profile", settings.profile)

    def look(self, at: datetime) -> bool:
        """Take one look; whether a build started or ended just now."""
        if self._running is not None:
            return self._look_after(self._running, at)
        self.schedule = self.schedule.saw(list_arrivals(self.settings.state_dir), at)
        reason = self.schedule.why(at)
        if reason:
            self._start(reason, at)
        if reason and reason != ARRIVED:
            self._start_fetch()
        return bool(reason)

    def stop(self, at: datetime) -> None:
        """End a build that runs: nothing of it is visible, and the next one completes it."""
        if self._fetch is not None:
            end_process(self._fetch)
        if self._running is not None:
            end_process(self._running.child)
            self._look_after(self._running, at)

    def _start_fetch(self) -> None:
        """Beside the build: what is fetched arrives in the inbox and is built like any other delivery."""
        has_ended = self._fetch is None or self._fetch.poll() is not None
        if has_ended and any(SOURCES_DIR.glob(f"*/{CONNECTION_FILE}")):
            with suppress(OSError):  # tried again at the next turn of the clock
                self._fetch = start_process([*self._command, "fetch"])

    def _start(self, reason: str, at: datetime) -> None:
        command = [*self._command, "run", "--quiet", "--wait", str(WAIT_SECONDS)]
        self.build = BuildRun(reason, at)
        try:
            with self._said.open("wb") as said:
                self._running = _Running(start_process(command, said), self.build, self.schedule.listing)
        except OSError as error:  # a full disk, too many processes: tried again like a failed build
            self.build = replace(self.build, ended_at=at, exit_code=NOT_STARTED, message=str(error))
            self.schedule = self.schedule.ended(frozenset(), at, is_done=False)

    def _look_after(self, running: _Running, at: datetime) -> bool:
        if running.child.poll() is None and at - running.run.started_at >= LONGEST_BUILD:
            end_process(running.child)
        code = running.child.poll()
        if code is None:
            return False
        self._running = None
        said = self._said.read_text("utf-8", errors="replace").splitlines()[-SAID_LINES:]
        self.build = replace(running.run, ended_at=at, exit_code=code, message="\n".join(said))
        self.schedule = self.schedule.saw(list_arrivals(self.settings.state_dir), at)
        self.schedule = self.schedule.ended(running.started_with, at, self.build.is_done)
        return True


def keep_watching(
    settings: Settings, clock: Callable[[], datetime], stop: Event, told: Callable[[Watcher, bool], None]
) -> None:
    """Look every second until `stop` is set; `told` hears of every look. Raises BuildBusy when another one watches."""
    with one_watcher(settings.state_dir, clock()):
        (settings.state_dir / "inbox").mkdir(exist_ok=True)
        watcher = Watcher(settings, clock())
        try:
            told(watcher, watcher.look(clock()))
            while not stop.wait(LOOK_SECONDS):
                told(watcher, watcher.look(clock()))
        finally:
            watcher.stop(clock())
            told(watcher, True)


def print_build(watcher: Watcher, has_news: bool) -> None:
    """One line for each start and end, for a terminal or the system's log."""
    build = watcher.build
    if not has_news or build is None:
        return
    if build.ended_at is None:
        print(f"{build.started_at:%Y-%m-%d %H.%M.%S} membangun: {build.reason}", flush=True)
        return
    print(f"{build.ended_at:%Y-%m-%d %H.%M.%S} selesai, kode {build.exit_code}: {build.message}", flush=True)
    if not build.is_done:
        print(f"Dicoba lagi pukul {watcher.schedule.due_at:%H.%M.%S}.", flush=True)
