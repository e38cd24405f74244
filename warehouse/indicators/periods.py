"""Days, months and years as data periods: which day a delivery belongs to, and how a period is written."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from warehouse.due import Agreement

LOCALE = "id"
HOURS_A_DAY = 24
FULL_MINUTE = timedelta(minutes=1)  # a delivery "until 23.59" is complete to midnight


def day_and_hours(until: datetime) -> tuple[date, int]:
    """The last delivered day and how many of its hours are complete; midnight belongs to the day before."""
    day = (until - timedelta(microseconds=1)).date()
    return day, complete_hours(day, until)


def complete_hours(day: date, until: datetime) -> int:
    """Whole hours of a day before an instant, 0 to 24."""
    elapsed = until + FULL_MINUTE - datetime.combine(day, time.min)
    return max(0, min(HOURS_A_DAY, int(elapsed.total_seconds() // 3600)))


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def last_due_month(instant: datetime, grace_minutes: int) -> date:
    """First day of the last month that is overdue where absent: its end and the agreed grace have passed."""
    running = (instant - timedelta(minutes=grace_minutes) - timedelta(microseconds=1)).date().replace(day=1)
    return (running - timedelta(days=1)).replace(day=1)


def is_month_due(month: date, last_receipt: datetime | None, agreement: Agreement | None) -> bool:
    """Whether the report of a month is late where absent; without an agreement every reported month stands."""
    if last_receipt is None or agreement is None:
        return True
    end = datetime.combine(month_end(month) + timedelta(days=1), time())
    return agreement.due_at(end) < last_receipt


def year_bounds(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def write_day(day: date) -> str:
    """For example "21 November 2026"."""
    return str(format_date(day, "d MMMM y", locale=LOCALE))


def write_short_day(day: date) -> str:
    """For example "21 Nov"."""
    return str(format_date(day, "d MMM", locale=LOCALE))


def write_month(day: date) -> str:
    """For example "November 2026"."""
    return str(format_date(day, "MMMM y", locale=LOCALE))


def write_month_name(day: date) -> str:
    """For example "November"."""
    return str(format_date(day, "MMMM", locale=LOCALE))


def write_short_month(day: date) -> str:
    """For example "Nov 2026"."""
    return str(format_date(day, "MMM y", locale=LOCALE))


def write_hour(hour: int) -> str:
    """For example "16.00"."""
    return f"{hour:02d}.00"
