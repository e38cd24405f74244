"""Bagian timbulan sampah setahun yang dikurangi atau ditangani.

Dihitung ulang dari ton yang diterbitkan SIPSN. Bila ton pengurangan atau penanganan kosong, nilainya tidak lengkap;
daerah yang tidak tercantum pada suatu tahun berstatus tidak ada data.
"""

from __future__ import annotations

from gettext import gettext as _

from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.indicators.smart_environment.tonnage import (
    SOURCE,
    WasteYear,
    select_rows,
    select_years,
    shares_by_year,
)
from warehouse.rules import RuleBook


def calculate(data: Dataset[WasteYear], rules: RuleBook) -> list[IndicatorValue]:
    return shares_by_year(data, rules, "managed")


INDICATOR = Indicator(
    id="smart_environment.sampah_terkelola",
    version=1,
    title=_("Sampah terkelola"),
    unit="%",
    decimals=2,
    better="higher",
    dimension="Smart Environment",
    owner_note=_("DLH, dari SIPSN Kementerian Lingkungan Hidup"),
    definition=__doc__ or "",
    formula=_("(Ton pengurangan + ton penanganan) / ton timbulan × 100"),
    legal_basis="Perpres 97/2017",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=WasteYear,
    inputs=select_years,
    rows=select_rows,
    calculate=calculate,
    target_key="pengelolaan_sampah.managed_target_pct",
    target_word=_("target 2025:"),
    limit_keys=("pengelolaan_sampah.share_decimals",),
    is_headline=True,
    counted=_("sampah terkelola"),
    counted_in=_("ton"),
)
