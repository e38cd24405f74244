"""Until when a delivery may still come: minutes, calendar days or Indonesian working days after it is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Agreement:
    """What was agreed with the sender of a source; working days are counted before days."""

    minutes: int = 0
    working_days: int = 0
    days: int = 0

    def due_at(self, expected_at: datetime) -> datetime:
        """The last instant in time; of days, the end of the last one."""
        if not self.working_days and not self.days:
            return expected_at + timedelta(minutes=self.minutes)
        day = (expected_at - timedelta(microseconds=1)).date()  # the period's last day
        day = after_working_days(day, self.working_days)
        return datetime.combine(day + timedelta(days=self.days) + DAY, time())


def agreed(minutes: int | None, working_days: int | None, days: int | None) -> Agreement | None:
    """None when nothing was agreed."""
    if minutes is None and working_days is None and days is None:
        return None
    return Agreement(minutes or 0, working_days or 0, days or 0)


def is_working_day(day: date) -> bool:
    """Monday to Friday, but for public holidays and the leave days that go with them."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def after_working_days(day: date, count: int) -> date:
    """The last of so many working days after a day; the day itself is not counted."""
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; none when it is the same day."""
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


@cache
def has_estimated_holidays(year: int) -> bool:
    """Whether some feast days of a year were not announced yet when the calendar was made."""
    return any("estimated" in name for name in _calendar(year).values())


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(_calendar(year))


def _calendar(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("ID", years=year, categories=("public", "government"), language="en_US"))
