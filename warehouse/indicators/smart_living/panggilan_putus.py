"""Bagian panggilan 112 yang putus sebelum dijawab petugas.

Penyebut sama dengan penyebut panggilan dijawab, sehingga keduanya dapat dibaca bersama. Panggilan yang putus lebih
cepat dari batas panggilan pendek tidak dihitung. Batasnya pilihan daerah. Tidak berlaku tanpa panggilan.
"""

from __future__ import annotations

from gettext import gettext as _

from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.indicators.smart_living.call_days import SOURCE, CallDay, select_days, select_rows, shares_by_day
from warehouse.rules import RuleBook


def calculate(data: Dataset[CallDay], rules: RuleBook) -> list[IndicatorValue]:
    return shares_by_day(data, rules, "abandoned_count")


INDICATOR = Indicator(
    id="smart_living.panggilan_putus",
    version=1,
    title=_("Putus sebelum dijawab"),
    unit="%",
    decimals=0,
    better="lower",
    dimension="Smart Living",
    owner_note=_("Pusat panggilan 112 (BPBD)"),
    definition=__doc__ or "",
    formula=_("Putus sebelum dijawab / (dijawab + putus sebelum dijawab) × 100"),
    legal_basis=_("Pilihan daerah"),
    period_kind="day",
    source_ids=(SOURCE,),
    row_type=CallDay,
    inputs=select_days,
    rows=select_rows,
    calculate=calculate,
    target_key="layanan_112.abandoned_limit_pct",
    target_word=_("batas"),
    limit_keys=("layanan_112.short_call_seconds",),
    is_headline=True,
    counted=_("panggilan yang putus"),
)
