"""DATA CONTOH for the 112 sources: generated deliveries that look as agencies write them, the same for the same date.

Refuses when the region switched sample data off. Never holds a real person, number or official figure.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from gettext import gettext as _
from pathlib import Path

from pipelines.sample import folder as sample_folder
from pipelines.sample.call_files import hour_name, month_name, write_hour, write_month
from pipelines.sample.calls import DayCalls, draw_calls
from pipelines.sample.demo import latest_demo_day, write_demo_workbooks
from pipelines.sample.incident_files import Workbook, write_workbook
from pipelines.sample.incidents import Ticket, draw_tickets
from pipelines.sample.region import CALLS, INCIDENTS, SAMPLE_SOURCES, SampleError, SampleRegion, read_region
from pipelines.sample.schedule import CALLS_DELAY, DAY, DAYS_LATE, call_months, workbooks
from warehouse.settings import Settings

__all__ = [
    "SAMPLE_SOURCES",
    "SampleError",
    "SampleReport",
    "SampleScale",
    "latest_demo_day",
    "remove_sample",
    "sample_sources",
    "write_demo_workbooks",
    "write_sample",
]
TWO_YEARS = 730
Progress = Callable[[str, int, int], None]  # file just written, files done, files in all
Receipt = tuple[str, str, datetime]


@dataclass(frozen=True)
class SampleScale:
    """How much to write; the defaults are what a first run loads."""

    days: int = TWO_YEARS  # of history before the as-of day
    calls_per_day: float | None = None  # None: what suits the size of the region
    seed: int = 0


@dataclass(frozen=True)
class SampleReport:
    """What was written."""

    folder: Path
    as_of: date
    first_day: date
    source_ids: tuple[str, ...]
    removed: tuple[str, ...]  # sources left out because they were removed earlier
    file_count: int
    call_count: int  # rows in call files
    incident_count: int  # incidents in the model; workbooks repeat some of them

    def __str__(self) -> str:
        counts = (f"{count:,}".replace(",", ".") for count in (self.file_count, self.call_count, self.incident_count))
        text = _("{files} berkas, {calls} panggilan, {incidents} kejadian.").format_map(
            dict(zip(("files", "calls", "incidents"), counts, strict=True))
        )
        left_out = _(" Tidak ditulis karena pernah dihapus: {sources}.").format(sources=", ".join(self.removed))
        return text + (left_out if self.removed else "")


@dataclass(frozen=True)
class _History:
    region: SampleRegion
    calls: dict[date, DayCalls]
    tickets: dict[date, tuple[Ticket, ...]]
    first: date
    as_of: date
    seed: int


def write_sample(
    settings: Settings, as_of: date, scale: SampleScale | None = None, progress: Progress | None = None
) -> SampleReport:
    """Replace the profile's sample folder by deliveries up to the end of `as_of`. Raises SampleError."""
    if not settings.contoh:
        raise SampleError(
            _("DATA CONTOH dimatikan (contoh = false di pendopo.toml). Hidupkan dahulu bila memang diperlukan.")
        )
    scale = scale or SampleScale()
    region = read_region(settings, scale.calls_per_day)
    history = _draw_history(region, as_of, scale)
    target = settings.state_dir / "contoh"
    draft = sample_folder.start_draft(target)
    removed = sample_folder.removed_sources(draft)
    sources = tuple(source for source in SAMPLE_SOURCES if source not in removed)
    jobs = [job for source in sources for job in _JOBS[source](history)]
    receipts: list[Receipt] = []
    call_count = 0
    for done, (source, name, received_at, write) in enumerate(jobs, start=1):
        path = draft / source / name
        path.parent.mkdir(exist_ok=True)
        written = write(path)
        call_count += written if source == CALLS else 0
        receipts.append((source, name, received_at))
        if progress:
            progress(name, done, len(jobs))
    sample_folder.write_receipts(draft, receipts)
    sample_folder.publish_draft(draft, target)
    incidents = sum(len(tickets) for tickets in history.tickets.values()) if INCIDENTS in sources else 0
    return SampleReport(target, as_of, history.first, sources, removed, len(jobs), call_count, incidents)


def sample_sources(settings: Settings) -> tuple[str, ...]:
    """Sources whose sample deliveries are in place now."""
    return tuple(source for source in SAMPLE_SOURCES if (settings.state_dir / "contoh" / source).is_dir())


def remove_sample(settings: Settings, source_id: str) -> None:
    """Delete one source's sample for good: later runs leave it out. Raises SampleError for an unknown source."""
    if source_id not in SAMPLE_SOURCES:
        near = difflib.get_close_matches(source_id, SAMPLE_SOURCES, n=1, cutoff=0.4)
        hint = _(" Maksudnya {source}?").format(source=near[0]) if near else ""
        raise SampleError(_("Sumber {source} tidak punya DATA CONTOH.").format(source=source_id) + hint)
    sample_folder.forget_source(settings.state_dir / "contoh", source_id)


_Job = tuple[str, str, datetime, Callable[[Path], int]]


def _draw_history(region: SampleRegion, as_of: date, scale: SampleScale) -> _History:
    first = as_of - timedelta(days=scale.days)
    days = [first + timedelta(days=n) for n in range(scale.days + 1)]
    calls = {day: draw_calls(region, day, scale.seed) for day in days}
    tickets = {day: draw_tickets(region, calls[day], scale.seed) for day in days}
    return _History(region, calls, tickets, first, as_of, scale.seed)


def _call_jobs(history: _History) -> Sequence[_Job]:
    jobs: list[_Job] = []
    for start, end in call_months(history.first, history.as_of):
        days = [history.calls[start + timedelta(days=n)] for n in range((end - start).days)]
        received_at = datetime.combine(end, time()) + CALLS_DELAY
        jobs.append((CALLS, month_name(start, end), received_at, _month_writer(history, days)))
    for hour in range(24):
        received_at = datetime.combine(history.as_of, time()) + timedelta(hours=hour + 1) + CALLS_DELAY
        jobs.append((CALLS, hour_name(history.as_of, hour), received_at, _hour_writer(history, hour)))
    return jobs


def _incident_jobs(history: _History) -> Sequence[_Job]:
    jobs: list[_Job] = []
    for opd in history.region.opd_names:
        last = history.as_of - DAYS_LATE * DAY if opd == history.region.late_sender else history.as_of
        for part in workbooks(history.first, last):
            days = (part.first + timedelta(days=n) for n in range((part.last - part.first).days + 1))
            listed = [t for day in days for t in history.tickets[day] if t.sender == opd]
            about = Workbook(opd, part.title, part.until)
            name = f"kejadian_112_{opd}_{part.name}.xlsx"
            jobs.append((INCIDENTS, name, part.received_at, _workbook_writer(history, about, listed)))
    return jobs


def _month_writer(history: _History, days: Sequence[DayCalls]) -> Callable[[Path], int]:
    return lambda path: write_month(path, history.region, days, history.seed)


def _hour_writer(history: _History, hour: int) -> Callable[[Path], int]:
    return lambda path: write_hour(path, history.region, history.calls[history.as_of], hour)


def _workbook_writer(history: _History, about: Workbook, tickets: Sequence[Ticket]) -> Callable[[Path], int]:
    return lambda path: write_workbook(path, history.region, about, tickets)


_JOBS: dict[str, Callable[[_History], Sequence[_Job]]] = {CALLS: _call_jobs, INCIDENTS: _incident_jobs}
