"""Tiket 112 yang masih terbuka dan lebih tua dari batas umur, pada saat terakhir OPD-nya melapor.

Umur dihitung sampai kiriman terakhir OPD yang melaporkan tiket itu, bukan sampai jam dinding: apa yang terjadi sesudah
kiriman itu tidak diketahui. Pembilang adalah tiket yang lebih tua dari batas, penyebut semua tiket terbuka. Tanpa
tiket terbuka nilainya nol, karena kiriman memang menyatakannya. Batasnya pilihan daerah.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, Scope
from warehouse.indicators.periods import day_and_hours
from warehouse.indicators.smart_living.incidents import SCHEME, SOURCE, open_tickets, select_open_rows
from warehouse.rules import RuleBook
from warehouse.schema import core_incident as incident


@dataclass(frozen=True)
class OpenTotals:
    """Open tickets of the region."""

    open_count: int
    old_count: int
    oldest_seconds: int | None
    is_sample: bool


def select_totals(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    tickets = open_tickets(scope.region_code).subquery("open_tickets")
    limit = rules.count("layanan_112.open_ticket_hours") * 3600
    any_sample = sa.select(sa.func.bool_or(incident.c.is_sample)).where(incident.c.region_code == scope.region_code)
    columns: tuple[sa.ColumnElement[Any], ...] = (
        sa.func.count().label("open_count"),
        sa.func.count().filter(tickets.c.age_seconds > limit).label("old_count"),
        sa.func.max(tickets.c.age_seconds).label("oldest_seconds"),
        sa.func.coalesce(any_sample.scalar_subquery(), False).label("is_sample"),
    )
    return sa.select(*columns)


def calculate(data: Dataset[OpenTotals], rules: RuleBook) -> list[IndicatorValue]:
    if data.scope.data_until is None:
        return []
    day = day_and_hours(data.scope.data_until)[0]
    return [
        IndicatorValue(
            region_code=data.scope.region_code,
            entity_kind="region",
            entity_code=data.scope.region_code,
            period_kind="day",
            period_start=day,
            period_end=day,
            numerator=Decimal(row.old_count),
            denominator=Decimal(row.open_count),
            value=Decimal(row.old_count),
            status=ValueStatus.CALCULATED,
            reason=_oldest(row),
            rule_version=rules.limits(SCHEME).rule_version,
            is_sample=row.is_sample,
        )
        for row in data.rows
    ]


def _oldest(row: OpenTotals) -> str:
    if row.oldest_seconds is None:
        return ""
    return _("tertua {hours} jam").format(hours=row.oldest_seconds // 3600)


INDICATOR = Indicator(
    id="smart_living.tiket_terbuka",
    version=1,
    title=_("Tiket terbuka lebih dari {limit} jam"),
    unit=_("tiket"),
    decimals=0,
    better="lower",
    dimension="Smart Living",
    owner_note=_("OPD penangan kejadian 112"),
    definition=__doc__ or "",
    formula=_("Jumlah tiket terbuka yang lebih tua dari batas umur"),
    legal_basis=_("Pilihan daerah"),
    period_kind="day",
    source_ids=(SOURCE,),
    row_type=OpenTotals,
    inputs=select_totals,
    rows=select_open_rows,
    calculate=calculate,
    title_key="layanan_112.open_ticket_hours",
    is_headline=True,
    coordinator_source="bpbd_panggilan_112",
)
