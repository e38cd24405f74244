"""Bagian kejadian 112 yang petugasnya tiba dalam batas menit sejak dilaporkan, selama 90 hari terakhir.

Semua jenis kejadian yang waktu lapor dan waktu tibanya diketahui; jumlah yang tidak diketahui disebut. Dihitung untuk
daerah dan tiap kecamatan. Batasnya pilihan daerah dan bukan SPM. Tidak berlaku tanpa kejadian; tidak lengkap bila
tidak satu pun kejadian punya waktu tiba. Pembilang adalah yang tiba dalam batas, penyebut yang kedua waktunya ada.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, RowKey, Scope, as_stored, percent
from warehouse.indicators.periods import day_and_hours
from warehouse.indicators.smart_living.incidents import (
    SCHEME,
    SOURCE,
    response_seconds,
    select_period_rows,
)
from warehouse.rules import RuleBook
from warehouse.schema import core_incident as incident
from warehouse.schema import ref_region


@dataclass(frozen=True)
class Arrivals:
    """Incidents of the region or of one kecamatan in the window."""

    entity_kind: str
    entity_code: str
    incident_count: int
    timed_count: int
    on_time_count: int
    is_sample: bool


def window(scope: Scope, rules: RuleBook) -> tuple[date, date]:
    """First and last day of the window that ends with the last delivered day."""
    last = day_and_hours(scope.data_until)[0] if scope.data_until else date.min + timedelta(days=365)
    return last - timedelta(days=rules.count("layanan_112.arrival_window_days") - 1), last


def select_arrivals(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """One row for the region and one for each of its kecamatan, also those without incidents."""
    start, last = window(scope, rules)
    limit = rules.count("layanan_112.arrival_limit_minutes") * 60
    timed = incident.c.arrived_at.is_not(None)
    counts = (
        sa.func.count(incident.c.ticket_no).label("incident_count"),
        sa.func.count().filter(timed).label("timed_count"),
        sa.func.count().filter(sa.and_(timed, response_seconds <= limit)).label("on_time_count"),
        sa.func.coalesce(sa.func.bool_or(incident.c.is_sample), False).label("is_sample"),
    )
    inside = sa.and_(
        incident.c.region_code == scope.region_code,
        incident.c.reported_at >= start,
        incident.c.reported_at < last + timedelta(days=1),
    )
    region = sa.select(
        sa.literal("region").label("entity_kind"), sa.literal(scope.region_code).label("entity_code"), *counts
    ).where(inside)
    areas = (
        sa.select(sa.literal("kecamatan"), ref_region.c.code, *counts)
        .select_from(ref_region.outerjoin(incident, sa.and_(incident.c.kecamatan_code == ref_region.c.code, inside)))
        .where(ref_region.c.parent_code == scope.region_code, ref_region.c.level == "kecamatan")
        .group_by(ref_region.c.code)
    )
    both = sa.union_all(region, areas).subquery("arrivals")
    return sa.select(*both.c).order_by(both.c.entity_kind.desc(), both.c.entity_code)


def select_rows(key: RowKey) -> sa.Select[Any]:
    rows = select_period_rows(key.region_code, key.period_start, key.period_end)
    timed = rows.where(incident.c.arrived_at.is_not(None))
    return timed if key.entity_code == key.region_code else timed.where(incident.c.kecamatan_code == key.entity_code)


def calculate(data: Dataset[Arrivals], rules: RuleBook) -> list[IndicatorValue]:
    start, last = window(data.scope, rules)
    is_sample = any(row.is_sample for row in data.rows)  # "no incident" is said by the same deliveries
    rows = [replace(row, is_sample=is_sample) for row in data.rows]
    return [_calculate_area(row, data.scope, rules, start, last) for row in rows]


def _calculate_area(row: Arrivals, scope: Scope, rules: RuleBook, start: date, last: date) -> IndicatorValue:
    status, value = ValueStatus.CALCULATED, None
    missing = row.incident_count - row.timed_count
    reason = _("{count} kejadian tanpa waktu tiba tidak dihitung").format(count=missing) if missing else ""
    if not row.incident_count:
        status, reason = ValueStatus.NOT_APPLICABLE, _("Tidak ada kejadian")
    elif not row.timed_count:
        status = ValueStatus.INCOMPLETE
        reason = _("{count} kejadian, belum ada waktu tiba").format(count=row.incident_count)
    else:
        value = percent(Decimal(row.on_time_count), Decimal(row.timed_count))
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind=row.entity_kind,
        entity_code=row.entity_code,
        period_kind="window",
        period_start=start,
        period_end=last,
        numerator=Decimal(row.on_time_count),
        denominator=Decimal(row.timed_count),
        value=as_stored(value),
        status=status,
        reason=reason,
        rule_version=rules.limits(SCHEME).rule_version,
        is_sample=row.is_sample,
    )


INDICATOR = Indicator(
    id="smart_living.tiba_15_menit",
    version=1,
    title=_("Tiba dalam {limit} menit"),
    unit="%",
    decimals=0,
    better="higher",
    dimension="Smart Living",
    owner_note=_("OPD penangan kejadian 112"),
    definition=__doc__ or "",
    formula=_("Tiba dalam batas / kejadian dengan waktu lapor dan waktu tiba × 100"),
    legal_basis=_("Pilihan daerah"),
    period_kind="window",
    source_ids=(SOURCE,),
    row_type=Arrivals,
    inputs=select_arrivals,
    rows=select_rows,
    calculate=calculate,
    title_key="layanan_112.arrival_limit_minutes",
    limit_keys=("layanan_112.arrival_window_days", "layanan_112.area_late_pct"),
    is_headline=True,
    coordinator_source="bpbd_panggilan_112",
)
