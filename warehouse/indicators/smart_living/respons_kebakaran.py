"""Rata-rata menit dari laporan sampai petugas tiba pada kejadian kebakaran, per bulan laporan.

SPM kebakaran (Permendagri 114/2018) dinilai pada rata-rata, bukan persentil. Hanya kejadian kebakaran yang waktu lapor
dan waktu tibanya diketahui; yang lain disebut jumlahnya. Tiket yang semua panggilannya bukan kejadian darurat (iseng,
informasi) tidak dihitung. Bulan tanpa kebakaran tidak berlaku; kebakaran tanpa satu pun
waktu tiba tidak lengkap. Pembilang adalah jumlah menit, penyebut jumlah kejadian.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, RowKey, Scope, as_stored
from warehouse.indicators.periods import day_and_hours, month_end, write_day
from warehouse.indicators.smart_living.incidents import (
    SCHEME,
    SOURCE,
    is_false,
    is_fire,
    response_seconds,
    select_period_rows,
)
from warehouse.rules import RuleBook
from warehouse.schema import core_incident as incident


@dataclass(frozen=True)
class FireMonth:
    """Incidents reported in one month, and the fires among them."""

    month: date
    fire_count: int
    false_count: int
    timed_count: int
    total_seconds: Decimal | None
    is_sample: bool


def select_months(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    month = sa.cast(sa.func.date_trunc(sa.literal_column("'month'"), incident.c.reported_at), sa.Date)
    false = is_false(scope.region_code)
    genuine = sa.and_(is_fire, sa.not_(false))
    timed = sa.and_(genuine, incident.c.arrived_at.is_not(None))
    return (
        sa.select(
            month.label("month"),
            sa.func.count().filter(genuine).label("fire_count"),
            sa.func.count().filter(sa.and_(is_fire, false)).label("false_count"),
            sa.func.count().filter(timed).label("timed_count"),
            sa.cast(sa.func.sum(response_seconds).filter(timed), sa.Numeric(18, 0)).label("total_seconds"),
            sa.func.bool_or(incident.c.is_sample).label("is_sample"),
        )
        .where(incident.c.region_code == scope.region_code)
        .group_by(month)
        .order_by(month)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    return select_period_rows(key.region_code, key.period_start, key.period_end).where(
        is_fire,
        incident.c.arrived_at.is_not(None),
        sa.not_(is_false(key.region_code)),
    )


def calculate(data: Dataset[FireMonth], rules: RuleBook) -> list[IndicatorValue]:
    return [_calculate_month(row, data.scope, rules) for row in data.rows]


def _calculate_month(row: FireMonth, scope: Scope, rules: RuleBook) -> IndicatorValue:
    end, status, value = month_end(row.month), ValueStatus.CALCULATED, None
    minutes = None if row.total_seconds is None else row.total_seconds / 60
    notes = []
    if not row.fire_count:
        status = ValueStatus.NOT_APPLICABLE
        notes.append(_("Tidak ada kebakaran"))
    elif not row.timed_count or minutes is None:
        status = ValueStatus.INCOMPLETE
        notes.append(_("{count} kebakaran, belum ada waktu tiba").format(count=row.fire_count))
    else:
        value = minutes / row.timed_count
        notes.append(_("n = {count}").format(count=row.timed_count))
        if row.fire_count > row.timed_count:
            notes.append(_("{count} tanpa waktu tiba").format(count=row.fire_count - row.timed_count))
    if row.false_count:
        notes.append(_("{count} bukan kejadian darurat").format(count=row.false_count))
    if scope.data_until is not None and day_and_hours(scope.data_until)[0] < end:
        notes.append(_("s.d. {day}").format(day=write_day(day_and_hours(scope.data_until)[0])))
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind="region",
        entity_code=scope.region_code,
        period_kind="month",
        period_start=row.month,
        period_end=end,
        numerator=as_stored(minutes),
        denominator=Decimal(row.timed_count),
        value=as_stored(value),
        status=status,
        reason="; ".join(notes),
        rule_version=rules.limits(SCHEME).rule_version,
        is_sample=row.is_sample,
    )


INDICATOR = Indicator(
    id="smart_living.respons_kebakaran",
    version=1,
    title=_("Respons kebakaran"),
    unit=_("menit"),
    decimals=1,
    better="lower",
    dimension="Smart Living",
    owner_note=_("OPD penangan kebakaran"),
    definition=__doc__ or "",
    formula=_("Jumlah menit dari lapor sampai tiba / jumlah kejadian kebakaran dengan kedua waktu"),
    legal_basis="Permendagri 114/2018",
    period_kind="month",
    source_ids=(SOURCE,),
    row_type=FireMonth,
    inputs=select_months,
    rows=select_rows,
    calculate=calculate,
    target_key="layanan_112.fire_response_minutes",
    target_word="SPM",
    parts="events",
    is_headline=True,
    coordinator_source="bpbd_panggilan_112",
)
