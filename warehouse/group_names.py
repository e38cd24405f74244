"""Keys of groups in words, rows of time without holes, and which past row stands beside which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from gettext import gettext as _

import sqlalchemy as sa

from warehouse.cuts import COLUMNS, Cut
from warehouse.filters import Span
from warehouse.indicators.periods import write_day, write_month
from warehouse.measures import DIMENSION, KECAMATAN, OPD, REGION, TIME
from warehouse.schema import ref_dimension, ref_opd, ref_region

NOT_RECORDED = "tanpa"
MOST_ROWS = 400  # rows of time without data are written out up to here


def read_names(connection: sa.Connection, cut: Cut) -> Mapping[str, str]:
    """Names by code of what a cut is grouped by."""
    if cut.grouping in (REGION, KECAMATAN, TIME):
        select = sa.select(ref_region.c.code, ref_region.c.name)
    elif cut.grouping == OPD:
        select = sa.select(ref_opd.c.code, ref_opd.c.name).where(ref_opd.c.region_code == cut.scope.region_code)
    elif cut.grouping == DIMENSION:
        select = sa.select(ref_dimension.c.code, ref_dimension.c.name)
    else:
        return {}
    return {row.code: row.name for row in connection.execute(select)}


def group_label(cut: Cut, key: str, names: Mapping[str, str]) -> str:
    if key == NOT_RECORDED:
        return _("tidak dicatat")
    if cut.grouping != TIME:
        return names.get(key, key)
    bucket, _bar, region = key.partition("|")
    words = bucket_words(date.fromisoformat(bucket), cut.step)
    return f"{words}, {names.get(region, region)}" if region else words


def bucket_words(start: date, step: str) -> str:
    if step == "year":
        return str(start.year)
    return write_month(start) if step == "month" else write_day(start)


def buckets_between(cut: Cut, found: Sequence[str]) -> list[str]:
    """Every row of time from the start of the span to its end: a period without data is a row without a value."""
    if not found or "|" in found[0]:
        return list(found)
    first = date.fromisoformat(found[0]) if cut.span.start is None else _bucket(cut.span.start, cut.step)
    last = max(_bucket(min(cut.span.end, cut.last_day), cut.step), date.fromisoformat(found[-1]))
    rows: list[str] = []
    day = first
    while day <= last and len(rows) <= MOST_ROWS:
        rows.append(day.isoformat())
        day = _next(day, cut.step)
    return rows if len(rows) <= MOST_ROWS else list(found)


def expected_keys(cut: Cut, names: Mapping[str, str]) -> set[str]:
    """Groups that belong here even when nobody delivered anything for them."""
    asked = dict(cut.chosen)
    if cut.grouping == REGION:
        return set(cut.regions)
    if cut.grouping == KECAMATAN and "kecamatan_code" not in asked:
        return {code for code in names if code.startswith(f"{cut.scope.region_code}.")}
    return set(asked.get(COLUMNS[cut.grouping], ()))


def compared_bucket(cut: Cut, key: str) -> str | None:
    """The key of the past row that stands beside a row of time; None where rows cannot be laid side by side."""
    if cut.compared is None or cut.span.start is None or cut.compared.start is None or not cut.compares_rows_of_time:
        return None
    bucket, bar, region = key.partition("|")
    day, months = date.fromisoformat(bucket), _months(cut.span.start) - _months(cut.compared.start)
    by_days = cut.step == "day" and cut.compared.unit == "hari" and not (months == 12 and _same_date(cut))
    past = day - (cut.span.start - cut.compared.start) if by_days else _shift(day, -months)
    is_part = cut.step == "day" and day == cut.span.end and cut.hour_limit(cut.span) is not None
    if past is None or (is_part and past != cut.compared.end):
        return None  # never a part of a day beside a whole one
    return f"{past.isoformat()}{bar}{region}"


def days_of(cut: Cut, key: str, span: Span) -> Span:
    """The days of a row of time that lie within a span."""
    first = date.fromisoformat(key[:10])
    return Span(max(first, span.start or first), min(last_day_of(first, cut.step), span.end))


def last_day_of(day: date, step: str) -> date:
    """Last day of the day, month or year a day lies in."""
    return _next(_bucket(day, step), step) - timedelta(days=1)


def _same_date(cut: Cut) -> bool:
    start, past = cut.span.start, cut.compared.start if cut.compared else None
    return bool(start and past and (start.month, start.day) == (past.month, past.day))


def _bucket(day: date, step: str) -> date:
    return day if step == "day" else day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _next(first: date, step: str) -> date:
    """First day of the next row."""
    days = {"day": 1, "month": 31, "year": 366}[step]
    return _bucket(first + timedelta(days=days), step)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _shift(day: date, months: int) -> date | None:
    """The same day of another month; None when that month has no such day."""
    number = _months(day) + months
    try:
        return date(number // 12, number % 12 + 1, day.day)
    except ValueError:
        return None
