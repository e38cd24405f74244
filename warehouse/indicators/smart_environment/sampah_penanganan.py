"""Bagian timbulan sampah setahun yang ditangani: dipilah, dikumpulkan, diangkut, diolah, dan diproses akhir.

Dihitung ulang dari ton yang diterbitkan SIPSN. Ton penanganan yang kosong membuat nilai tidak lengkap, bukan nol;
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
    return shares_by_year(data, rules, "handled")


INDICATOR = Indicator(
    id="smart_environment.sampah_penanganan",
    version=1,
    title=_("Penanganan sampah"),
    unit="%",
    decimals=2,
    better="higher",
    dimension="Smart Environment",
    owner_note=_("DLH, dari SIPSN Kementerian Lingkungan Hidup"),
    definition=__doc__ or "",
    formula=_("Ton penanganan / ton timbulan × 100"),
    legal_basis="Perpres 97/2017",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=WasteYear,
    inputs=select_years,
    rows=select_rows,
    calculate=calculate,
    target_key="pengelolaan_sampah.handling_target_pct",
    target_word=_("target 2025:"),
    limit_keys=("pengelolaan_sampah.share_decimals",),
    is_headline=True,
    counted=_("sampah yang ditangani"),
    counted_in=_("ton"),
)
