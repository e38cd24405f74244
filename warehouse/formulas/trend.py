"""Days until a limit at the present trend, with an interval, or why none can be told.

Method: the median of the slopes between all pairs of points (Theil-Sen) with the interval of Sen 1968 at 95 %, ties
allowed for; it takes points as independent of each other. Refuses fewer than LEAST_POINTS points, a slope whose sign is
open, and any day farther ahead than the points reach back. A trend is continued, nothing is forecast; no cause is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from gettext import gettext as _
from itertools import combinations
from statistics import median

LEAST_POINTS = 8
Z_95 = Decimal("1.959964")
Point = tuple[date, Decimal]


@dataclass(frozen=True)
class Trend:
    """A straight line through points; slopes are per day."""

    point_count: int
    span_days: int
    slope: Decimal
    slope_low: Decimal
    slope_high: Decimal
    level: Decimal  # of the line on the last day


class Outlook(StrEnum):
    """What can be said about reaching a limit."""

    TOO_FEW = "belum cukup data"
    PASSED = "sudah terlampaui"
    NO_DIRECTION = "arah belum jelas"
    AWAY = "menjauh"
    TOO_FAR = "di luar jangkauan data"
    EXPECTED = "diperkirakan"


@dataclass(frozen=True)
class TimeToLimit:
    """`days`, `earliest` and `latest` only when expected; `latest` None: the interval reaches past the data's span."""

    outlook: Outlook
    trend: Trend | None = None
    days: int | None = None
    earliest: int | None = None
    latest: int | None = None


def fit_trend(points: Sequence[Point]) -> Trend | None:
    """None of fewer than LEAST_POINTS days, or two values for one day."""
    days = [(day - points[0][0]).days for day, _value in points]
    if len(points) < LEAST_POINTS or len(set(days)) < len(days):
        return None
    values = [value for _day, value in points]
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(zip(days, values, strict=True), 2))
    slope = median(slopes)
    low, high = _interval(slopes, values)
    start = median(value - slope * day for day, value in zip(days, values, strict=True))
    return Trend(len(points), max(days) - min(days), slope, low, high, start + slope * max(days))


def _interval(slopes: Sequence[Decimal], values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    count, pairs = len(values), len(slopes)
    ties = sum(size * (size - 1) * (2 * size + 5) for size in Counter(values).values())
    spread = Z_95 * (Decimal(count * (count - 1) * (2 * count + 5) - ties) / 18).sqrt()
    upper = int(((pairs + spread) / 2).to_integral_value(ROUND_HALF_EVEN))
    lower = int(((pairs - spread) / 2).to_integral_value(ROUND_HALF_EVEN)) - 1
    return slopes[max(lower, 0)], slopes[min(upper, pairs - 1)]


def time_to_limit(points: Sequence[Point], limit: Decimal, rising: bool) -> TimeToLimit:
    """`rising`: the limit is broken from below. `points` in the order of their days."""
    if points and (points[-1][1] >= limit if rising else points[-1][1] <= limit):
        return TimeToLimit(Outlook.PASSED)
    trend = fit_trend(points)
    if trend is None:
        return TimeToLimit(Outlook.TOO_FEW)
    sign = 1 if rising else -1
    slopes = sorted(sign * one for one in (trend.slope_low, trend.slope_high))
    if slopes[0] <= 0:
        return TimeToLimit(Outlook.AWAY if slopes[1] < 0 else Outlook.NO_DIRECTION, trend)
    distance = max(sign * (limit - trend.level), Decimal(0))
    days, earliest, latest = (_whole_days(distance / one) for one in (sign * trend.slope, slopes[1], slopes[0]))
    if days > trend.span_days:
        return TimeToLimit(Outlook.TOO_FAR, trend)
    return TimeToLimit(Outlook.EXPECTED, trend, days, earliest, latest if latest <= trend.span_days else None)


def _whole_days(days: Decimal) -> int:
    return int(days.to_integral_value(ROUND_CEILING))


def tell_time_to_limit(found: TimeToLimit) -> str:
    """One sentence with the method and its interval."""
    if found.outlook is Outlook.PASSED:
        return _("Batas sudah terlampaui.")
    if found.trend is None:
        return _("Belum cukup data untuk tren: perlu sedikitnya {n} titik.").format(n=LEAST_POINTS)
    method = _("kemiringan median antartitik, {n} titik").format(n=found.trend.point_count)
    if found.outlook is Outlook.EXPECTED:
        last = _("lebih dari {n}").format(n=found.trend.span_days) if found.latest is None else str(found.latest)
        words = _(
            "Bila tren berlanjut, batas tercapai sekitar {days} hari lagi, selang 95 % {first} sampai {last} hari"
        )
        said = words.format(days=found.days, first=found.earliest, last=last)
    elif found.outlook is Outlook.AWAY:
        said = _("Tren menjauh dari batas")
    elif found.outlook is Outlook.TOO_FAR:
        said = _("Pada tren ini batas lebih jauh dari rentang data, {n} hari").format(n=found.trend.span_days)
    else:
        said = _("Arah tren belum jelas pada selang 95 %")
    return f"{said} ({method})."
