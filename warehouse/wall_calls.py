"""Calls of the latest delivered day by hour, against the same weekday of past weeks.

The day is shown up to the first hour that was not delivered. A past day counts only when it was delivered whole; with
fewer such days than agreed there is no usual band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa

from warehouse.call_figures import HourlyCalls
from warehouse.figures import TrendPoint
from warehouse.indicators.periods import HOURS_A_DAY, day_and_hours, write_short_day
from warehouse.rules import RuleBook
from warehouse.schema import mart_call_hourly as hourly


@dataclass(frozen=True)
class CallsOfDay:
    """Hours of the latest day, its total so far beside those of past weeks, and their usual band."""

    hourly: HourlyCalls
    usual_total: tuple[Decimal, Decimal] | None
    so_far: tuple[TrendPoint, ...] = ()  # the same hours of past weeks' days, then the day's own; () before any hour


def read_calls(
    connection: sa.Connection, region_code: str, rules: RuleBook, data_until: datetime | None
) -> CallsOfDay | None:
    """None when no call was ever delivered."""
    if data_until is None:
        return None
    day, last_hour = day_and_hours(data_until)
    weeks = rules.count("layanan_112.usual_weeks")
    past = [day - timedelta(weeks=week) for week in range(1, weeks + 1)]
    counts = _counts(connection, region_code, [day, *past])
    whole = [counts[one] for one in past if len(counts.get(one, {})) == HOURS_A_DAY]
    delivered = counts.get(day, {})
    until_hour = next((hour for hour in range(last_hour) if hour not in delivered), last_hour)
    today = tuple(delivered[hour] for hour in range(until_hour))
    is_known = bool(whole) and len(whole) == weeks
    low, high = _band(whole) if is_known else ((), ())
    points = tuple(TrendPoint(one, write_short_day(one), _until(counts.get(one, {}), until_hour)) for one in past[::-1])
    totals = [point.value for point in points if point.value is not None]
    return CallsOfDay(
        hourly=HourlyCalls(day, until_hour, today, low, high, weeks),
        usual_total=(min(totals), max(totals)) if is_known and until_hour else None,
        so_far=(*points, TrendPoint(day, write_short_day(day), Decimal(sum(today)))) if until_hour else (),
    )


def _until(day: dict[int, int], hour: int) -> Decimal | None:
    """Calls before an hour of a past day that was delivered whole."""
    return Decimal(sum(day[one] for one in range(hour))) if len(day) == HOURS_A_DAY else None


def _counts(connection: sa.Connection, region_code: str, days: Sequence[date]) -> dict[date, dict[int, int]]:
    select = sa.select(hourly.c.call_date, hourly.c.call_hour, hourly.c.offered_count).where(
        hourly.c.region_code == region_code, hourly.c.call_date.in_(days)
    )
    found: dict[date, dict[int, int]] = {}
    for call_date, call_hour, offered in connection.execute(select):
        found.setdefault(call_date, {})[call_hour] = offered
    return found


def _band(days: Sequence[dict[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    hours = range(HOURS_A_DAY)
    return tuple(min(day[hour] for day in days) for hour in hours), tuple(
        max(day[hour] for day in days) for hour in hours
    )
