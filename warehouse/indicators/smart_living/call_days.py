"""112 calls of one region by day, only over hours that were delivered whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, IndicatorValue, RowKey, Scope, as_stored, percent
from warehouse.indicators.periods import HOURS_A_DAY, day_and_hours, write_hour
from warehouse.rules import RuleBook
from warehouse.schema import core_call as call
from warehouse.schema import mart_call_hourly as hourly

SOURCE = "bpbd_panggilan_112"
SCHEME = "layanan_112"
KEPT_DAYS = 100  # enough for the usual band of eight weeks and a trend


@dataclass(frozen=True)
class CallDay:
    """One day's calls over its delivered hours."""

    call_date: date
    hour_count: int
    offered_count: int
    answered_count: int
    answered_in_time_count: int
    abandoned_count: int
    short_abandoned_count: int
    is_sample: bool

    @property
    def judged_count(self) -> int:
        """Calls the service is judged by: all but those dropped before the short-call limit."""
        return self.answered_count + self.abandoned_count


def select_days(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """Days up to the last delivered one; of that day only whole hours, up to the first that was not delivered."""
    before = sa.func.row_number().over(partition_by=hourly.c.call_date, order_by=hourly.c.call_hour) - 1
    hours = sa.select(*hourly.c, before.label("hours_before")).where(hourly.c.region_code == scope.region_code)
    delivered = hours.subquery("hours")
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.data_until is not None:
        day, until_hour = day_and_hours(scope.data_until)
        in_row = sa.and_(delivered.c.call_hour < until_hour, delivered.c.call_hour == delivered.c.hours_before)
        conditions += [
            delivered.c.call_date > day - timedelta(days=KEPT_DAYS),
            sa.or_(delivered.c.call_date < day, sa.and_(delivered.c.call_date == day, in_row)),
        ]
    names = (
        "offered_count", "answered_count", "answered_in_time_count", "abandoned_count", "short_abandoned_count",
    )  # fmt: skip
    return (
        sa.select(
            delivered.c.call_date,
            sa.func.count().label("hour_count"),
            *(sa.cast(sa.func.sum(delivered.c[name]), sa.BigInteger).label(name) for name in names),
            sa.func.bool_or(delivered.c.is_sample).label("is_sample"),
        )
        .where(*conditions)
        .group_by(delivered.c.call_date)
        .order_by(delivered.c.call_date)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    """The calls of a day, without anything personal."""
    return (
        sa.select(
            call.c.submission_id,
            call.c.row_no,
            call.c.call_id,
            call.c.ticket_no,
            call.c.call_kind_code,
            call.c.offered_at,
            call.c.answered_at,
            call.c.ended_at,
            call.c.wait_seconds,
            call.c.is_sample,
        )
        .where(
            call.c.region_code == key.region_code,
            call.c.offered_at >= key.period_start,
            call.c.offered_at < key.period_end + timedelta(days=1),
        )
        .order_by(call.c.offered_at, call.c.call_id)
    )


@dataclass(frozen=True)
class Ratio:
    """Parts of a value; `value` None when the denominator is empty."""

    numerator: int
    denominator: int
    value: Decimal | None


def day_value(row: CallDay, scope: Scope, rules: RuleBook, ratio: Ratio) -> IndicatorValue:
    """A value of the region for one day; a part of a day says up to which hour."""
    reason = "" if row.hour_count >= HOURS_A_DAY else _part_of_day(row, scope)
    if ratio.value is None:
        reason = _("Tidak ada panggilan pada jam yang sudah dikirim")
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind="region",
        entity_code=scope.region_code,
        period_kind="day",
        period_start=row.call_date,
        period_end=row.call_date,
        numerator=Decimal(ratio.numerator),
        denominator=Decimal(ratio.denominator),
        value=as_stored(ratio.value),
        status=ValueStatus.CALCULATED if ratio.value is not None else ValueStatus.NOT_APPLICABLE,
        reason=reason,
        rule_version=rules.limits(SCHEME).rule_version,
        is_sample=row.is_sample,
        opd_code=scope.owners[0] if len(scope.owners) == 1 else None,
    )


def _part_of_day(row: CallDay, scope: Scope) -> str:
    if scope.data_until is not None and day_and_hours(scope.data_until)[0] == row.call_date:
        return _("s.d. {hour}").format(hour=write_hour(row.hour_count))
    return _("baru {count} jam yang dikirim").format(count=row.hour_count)


def shares_by_day(data: Dataset[CallDay], rules: RuleBook, part: str) -> list[IndicatorValue]:
    """Percent of the judged calls of each day; `part` names the counted column."""
    values = []
    for row in data.rows:
        numerator, judged = int(getattr(row, part)), row.judged_count
        value = percent(Decimal(numerator), Decimal(judged)) if judged else None
        values.append(day_value(row, data.scope, rules, Ratio(numerator, judged, value)))
    return values
