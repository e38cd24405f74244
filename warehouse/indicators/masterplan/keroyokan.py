"""Bagian program masterplan setahun yang dipikul keroyokan: oleh dua OPD atau lebih.

OPD yang memikul adalah OPD penanggung jawab dan OPD pendukung menurut matriks program; satu OPD yang ditulis dua kali
dihitung sekali. Dihitung untuk daerah, tiap OPD penanggung jawab, dan tiap dimensi, sejak tahun program pertama sampai
tahun kiriman terakhir. Tidak berlaku bagi tahun tanpa program; tidak ada data sebelum matriks disampaikan.
Pembilang adalah program keroyokan, penyebut semua program tahun itu.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.masterplan.entities import Entity
from warehouse.indicators.masterplan.roster import (
    JOINT_OPD_COUNT,
    SCHEME,
    SOURCE,
    Listed,
    YearOf,
    by_entity_and_year,
    select_programmes,
    select_rows,
)
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, as_stored, percent
from warehouse.rules import RuleBook


def calculate(data: Dataset[Listed], rules: RuleBook) -> list[IndicatorValue]:
    version, region_code = rules.limits(SCHEME).rule_version, data.scope.region_code
    groups = by_entity_and_year(data.rows, region_code)
    values = [
        _share(YearOf(region_code, entity, year, version), rows)
        for (entity, year), rows in sorted(groups.items(), key=lambda item: item[0][1])
    ]
    return values + _years_without(data, groups.keys(), version)


def _share(year: YearOf, rows: list[Listed]) -> IndicatorValue:
    joint, whole = Decimal(sum(row.opd_count >= JOINT_OPD_COUNT for row in rows)), Decimal(len(rows))
    value = year.value(ValueStatus.CALCULATED, "", is_sample=any(row.is_sample for row in rows))
    return replace(value, numerator=joint, denominator=whole, value=as_stored(percent(joint, whole)))


def _years_without(
    data: Dataset[Listed], known: Collection[tuple[Entity, int]], rule_version: str
) -> list[IndicatorValue]:
    """The running year, when the matrix holds programmes of other years only."""
    region = Entity("region", data.scope.region_code)
    years = {row.last_receipt.year for row in data.rows if row.last_receipt is not None}
    is_sample = any(row.is_sample for row in data.rows)
    return [
        YearOf(region.code, region, year, rule_version).value(
            ValueStatus.NOT_APPLICABLE, _("Tidak ada program tahun {year}").format(year=year), is_sample=is_sample
        )
        for year in sorted(years)
        if (region, year) not in known
    ]


INDICATOR = Indicator(
    id="masterplan.keroyokan",
    version=1,
    title=_("Program keroyokan"),
    unit="%",
    decimals=0,
    better="higher",
    dimension="Masterplan",
    owner_note=_("Badan perencanaan daerah"),
    definition=__doc__ or "",
    formula=_("Program dengan dua OPD atau lebih / semua program tahun itu × 100"),
    legal_basis=_("Pilihan daerah"),
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=Listed,
    inputs=select_programmes,
    rows=select_rows,
    calculate=calculate,
    is_headline=True,
)
