"""Sampah yang diangkut dan diolah petugas tiap orang tiap hari selama sebulan, untuk daerah dan tiap kecamatan.

Jumlah yang ditimbang di TPA, TPS 3R dan bank sampah, dibagi penduduk dan hari bulan itu. Bukan timbulan dan bukan
sampah terkelola menurut SIPSN: yang dibakar, dibuang atau dikubur sendiri tidak tertimbang. Daerah adalah jumlah
kecamatan yang melapor lengkap dibagi penduduk kecamatan itu juga; bila ada yang belum, nilainya tidak lengkap dan
disebut. Kecamatan yang salah satu bagiannya kosong tidak lengkap dan tidak pernah dihitung nol. Tidak punya batas:
sedikit dapat berarti kurang dilayani, dapat pula berarti dikurangi di sumbernya.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, RowKey, Scope, as_stored
from warehouse.indicators.periods import month_end
from warehouse.rules import RuleBook
from warehouse.schema import core_waste_month as waste
from warehouse.schema import ref_region

SOURCE = "dlh_sampah_kecamatan"
KG = 1000  # in a tonne
PARTS = (("hauled_ton", _("TPA")), ("processed_ton", _("TPS 3R")), ("collected_ton", _("bank sampah")))


@dataclass(frozen=True)
class AreaMonth:
    """One kecamatan and month as weighed; `area_count` is how many kecamatan the region has."""

    area_code: str
    month: date
    hauled_ton: Decimal | None
    processed_ton: Decimal | None
    collected_ton: Decimal | None
    population: int
    area_count: int
    is_sample: bool

    @property
    def missing(self) -> list[str]:
        return [label for name, label in PARTS if getattr(self, name) is None]

    @property
    def weighed_kg(self) -> Decimal | None:
        parts = [getattr(self, name) for name, _label in PARTS]
        return None if None in parts else KG * sum(parts, Decimal(0))

    @property
    def person_days(self) -> Decimal:
        return Decimal(self.population * month_end(self.month).day)


def area_count(region_code: str) -> sa.ScalarSelect[Any]:
    own = sa.and_(ref_region.c.parent_code == region_code, ref_region.c.level == "kecamatan")
    return sa.select(sa.func.count()).select_from(ref_region).where(own).scalar_subquery()


def select_months(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return (
        sa.select(
            waste.c.kecamatan_code.label("area_code"),
            sa.cast(sa.func.date_trunc(sa.literal_column("'month'"), waste.c.report_month), sa.Date).label("month"),
            *(waste.c[name] for name, _label in PARTS),
            waste.c.population,
            area_count(scope.region_code).label("area_count"),
            waste.c.is_sample,
        )
        .where(waste.c.region_code == scope.region_code)
        .order_by(waste.c.report_month, waste.c.kecamatan_code)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    own = sa.and_(
        waste.c.region_code == key.region_code, waste.c.report_month.between(key.period_start, key.period_end)
    )
    rows = sa.select(*waste.c).where(own).order_by(waste.c.kecamatan_code)
    return rows if key.entity_code == key.region_code else rows.where(waste.c.kecamatan_code == key.entity_code)


def calculate(data: Dataset[AreaMonth], rules: RuleBook) -> list[IndicatorValue]:
    months: dict[date, list[AreaMonth]] = {}
    for row in data.rows:
        months.setdefault(row.month, []).append(row)
    values = []
    for month, rows in sorted(months.items()):
        reason = _absent(len([row for row in rows if not row.missing]), rows[0].area_count)
        values.append(_value(data.scope, month, rows, reason))
        for row in rows:
            gaps = _("Belum dilaporkan: {parts}").format(parts=", ".join(row.missing)) if row.missing else ""
            values.append(_value(data.scope, month, [row], gaps, row.area_code))
    return values


def _absent(known: int, count: int) -> str:
    missing = max(count - known, 0)
    return (
        _("{missing} dari {all} kecamatan belum melapor lengkap").format(missing=missing, all=count) if missing else ""
    )


def _value(scope: Scope, month: date, rows: Sequence[AreaMonth], reason: str, area: str = "") -> IndicatorValue:
    """Of the region without an area; kecamatan with a part missing are in neither sum."""
    known = [(row.weighed_kg, row.person_days) for row in rows]
    kg = sum((weighed for weighed, _days in known if weighed is not None), Decimal(0))
    days = sum((days for weighed, days in known if weighed is not None), Decimal(0))
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind="kecamatan" if area else "region",
        entity_code=area or scope.region_code,
        period_kind="month",
        period_start=month,
        period_end=month_end(month),
        numerator=kg if days else None,
        denominator=days or None,
        value=as_stored(kg / days) if days else None,
        status=ValueStatus.INCOMPLETE if reason else ValueStatus.CALCULATED,
        reason=reason,
        rule_version="",
        is_sample=any(row.is_sample for row in rows),
    )


INDICATOR = Indicator(
    id="smart_environment.sampah_per_orang",
    version=1,
    title=_("Sampah terangkut dan terolah per orang"),
    unit=_("kg/hari"),
    decimals=2,
    better="none",
    dimension="Smart Environment",
    owner_note=_("DLH, jembatan timbang TPA, TPS 3R dan bank sampah"),
    definition=__doc__ or "",
    formula=_("(Ton ke TPA + ton TPS 3R + ton bank sampah) × 1.000 / (penduduk × hari sebulan)"),
    legal_basis=_("Pilihan daerah; bukan ukuran Perpres 97/2017"),
    period_kind="month",
    source_ids=(SOURCE,),
    row_type=AreaMonth,
    inputs=select_months,
    rows=select_rows,
    calculate=calculate,
    parts="weights",
)
