"""Bagian panggilan 112 yang dijawab dalam batas waktu (10 detik, acuan NFPA 1225, bukan aturan Indonesia).

Pembilang adalah panggilan yang dijawab dalam batas; penyebut panggilan yang dijawab ditambah yang putus sebelum
dijawab. Panggilan yang putus lebih cepat dari batas panggilan pendek tidak dihitung. Tidak berlaku tanpa panggilan.
"""

from __future__ import annotations

from gettext import gettext as _

from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.indicators.smart_living.call_days import SOURCE, CallDay, select_days, select_rows, shares_by_day
from warehouse.rules import RuleBook


def calculate(data: Dataset[CallDay], rules: RuleBook) -> list[IndicatorValue]:
    return shares_by_day(data, rules, "answered_in_time_count")


INDICATOR = Indicator(
    id="smart_living.panggilan_dijawab",
    version=1,
    title=_("Dijawab ≤ {limit} detik"),
    unit="%",
    decimals=0,
    better="higher",
    dimension="Smart Living",
    owner_note=_("Pusat panggilan 112 (BPBD)"),
    definition=__doc__ or "",
    formula=_("Dijawab dalam batas / (dijawab + putus sebelum dijawab) × 100"),
    legal_basis=_("NFPA 1225 (acuan internasional)"),
    period_kind="day",
    source_ids=(SOURCE,),
    row_type=CallDay,
    inputs=select_days,
    rows=select_rows,
    calculate=calculate,
    target_key="layanan_112.answered_target_pct",
    target_word=_("target"),
    title_key="layanan_112.answer_within_seconds",
    limit_keys=("layanan_112.short_call_seconds",),
    is_headline=True,
    counted=_("panggilan yang dijawab dalam batas"),
)
