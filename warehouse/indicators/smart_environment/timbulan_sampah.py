"""Sampah yang timbul setiap hari, sebagaimana diterbitkan SIPSN.

Pembilang adalah timbulan setahun, penyebut 365 hari: begitulah SIPSN menghitung angka hariannya, juga pada tahun
kabisat. Nilai adalah angka harian terbitan; bila berbeda dari hasil bagi, selisihnya disebut.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, RowKey, Scope
from warehouse.indicators.smart_environment.tonnage import SCHEME, YearValue, absent_reason, years_with_region
from warehouse.rules import RuleBook, round_half_up
from warehouse.schema import core_waste_generation as generation

SIPSN_DAYS = Decimal(365)


@dataclass(frozen=True)
class GenerationYear:
    """One delivered year; `region_name` None when the region is not in its table."""

    data_year: int
    region_name: str | None
    generation_daily_ton: Decimal | None
    generation_ton: Decimal | None
    is_sample: bool


def select_years(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return years_with_region(generation, ("region_name", "generation_daily_ton", "generation_ton"), scope.region_code)


def select_rows(key: RowKey) -> sa.Select[Any]:
    return sa.select(generation).where(
        generation.c.region_code == key.region_code, generation.c.data_year == key.period_start.year
    )


def calculate(data: Dataset[GenerationYear], rules: RuleBook) -> list[IndicatorValue]:
    return [_calculate_year(row, data.scope, rules) for row in data.rows]


def _calculate_year(row: GenerationYear, scope: Scope, rules: RuleBook) -> IndicatorValue:
    status, reason = ValueStatus.CALCULATED, ""
    if row.region_name is None:
        status, reason = ValueStatus.NO_DATA, absent_reason(scope, row.data_year)
    elif row.generation_daily_ton is None:
        status = ValueStatus.INCOMPLETE
        reason = _("Timbulan harian tahun {year} kosong di SIPSN").format(year=row.data_year)
    elif row.generation_ton is not None:
        quotient = round_half_up(row.generation_ton / SIPSN_DAYS, 2)
        if quotient != row.generation_daily_ton:
            reason = _("Timbulan setahun dibagi 365 adalah {value} ton").format(value=str(quotient).replace(".", ","))
    return YearValue(row.data_year, scope, row.is_sample, rules.limits(SCHEME).rule_version)(
        numerator=row.generation_ton,
        denominator=None if row.generation_ton is None else SIPSN_DAYS,
        value=row.generation_daily_ton,
        status=status,
        reason=reason,
    )


INDICATOR = Indicator(
    id="smart_environment.timbulan_sampah",
    version=1,
    title=_("Timbulan sampah"),
    unit="ton/hari",
    decimals=2,
    better="lower",
    dimension="Smart Environment",
    owner_note=_("DLH, dari SIPSN Kementerian Lingkungan Hidup"),
    definition=__doc__ or "",
    formula=_("Ton timbulan setahun / 365"),
    legal_basis="Perpres 97/2017",
    period_kind="year",
    source_ids=("dlh_timbulan_sampah",),
    row_type=GenerationYear,
    inputs=select_years,
    rows=select_rows,
    calculate=calculate,
)
