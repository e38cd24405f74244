"""Which files an agency had delivered by a given day, with the instant each was received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pipelines.sample.spelling import MONTH_NAMES

DAY = timedelta(days=1)
SUMMARY_DAY, SUMMARY_TIME = 5, time(8, 5)  # summaries of a past month or year come on the fifth
WORKBOOK_AT, WORKBOOK_RECEIVED = time(6, 0), time(6, 15)
CALLS_DELAY = timedelta(minutes=5)
DAYS_LATE = 11  # age of the last workbook of the agency that stopped sending


@dataclass(frozen=True)
class Part:
    """One file to write: the days it covers (last day included), complete to `until`."""

    name: str  # the part of the file name that tells the period
    title: str
    first: date
    last: date
    until: datetime
    received_at: datetime


def call_months(first: date, as_of: date) -> Iterator[tuple[date, date]]:
    """First and one-past-last day of each month of history, the running month up to yesterday."""
    start = first
    while start < as_of:
        end = min(_next_month(start), as_of)
        yield start, end
        start = end


def workbooks(first: date, as_of: date) -> tuple[Part, ...]:
    """Past years, past months of this year, then the workbooks of the last two days.

    A daily workbook lists the running month, and until the fifth's summary is in also the month before.
    """
    daily_from = max((as_of - SUMMARY_DAY * DAY).replace(day=1), first)
    parts = []
    start = first
    while start < daily_from:
        whole_year = date(start.year + 1, 1, 1)
        end = whole_year if whole_year <= daily_from else _next_month(start)
        parts.append(_summary(start, end, whole_year <= daily_from))
        start = end
    return (*parts, *(_daily(daily_from, day) for day in (as_of - DAY, as_of) if day >= daily_from))


def _summary(first: date, end: date, is_year: bool) -> Part:
    name = f"{first:%Y}" if is_year else f"{first:%Y-%m}"
    title = f"Tahun {first.year}" if is_year else f"Bulan {MONTH_NAMES[first.month - 1]} {first.year}"
    day = end.replace(day=SUMMARY_DAY)
    until, received_at = datetime.combine(day, WORKBOOK_AT), datetime.combine(day, SUMMARY_TIME)
    return Part(name, title, first, end - DAY, until, received_at)


def _daily(first: date, day: date) -> Part:
    title = f"Tanggal {first.day} {MONTH_NAMES[first.month - 1]} s.d. {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    until, received_at = datetime.combine(day, WORKBOOK_AT), datetime.combine(day, WORKBOOK_RECEIVED)
    return Part(f"{day:%Y-%m-%d}", title, first, day, until, received_at)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + 32 * DAY).replace(day=1)
