"""Selisih realisasi fisik dari rencananya, dalam poin persen, kumulatif dalam tahun berjalan.

Angka negatif berarti tertinggal. Beberapa program ditimbang menurut pagu tahun itu. Program yang belum melapor, tanpa
realisasi, atau tanpa pagu tidak ikut ditimbang dan disebut jumlahnya; satu program berdiri sendiri tanpa timbangan.
Bulan yang belum jatuh tempo baru dihitung setelah semua programnya melapor. Tidak berlaku bila pagu semuanya tertulis
nol; tidak lengkap bila ada laporan tetapi tidak satu pun lengkap. Pembilang adalah rupiah pagu kali poin.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _

from warehouse.indicators.masterplan.progress import (
    NO_REALISATION,
    SOURCE,
    Left,
    ProgrammeMonth,
    by_budget,
    select_months,
    select_rows,
    weighted_values,
)
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.rules import RuleBook


def alone(row: ProgrammeMonth) -> tuple[Decimal, Decimal] | Left:
    """Points of one programme."""
    if row.physical_actual_pct is None or row.physical_plan_pct is None:
        return NO_REALISATION
    return row.physical_actual_pct - row.physical_plan_pct, Decimal(1)


weighted = by_budget(alone)


def calculate(data: Dataset[ProgrammeMonth], rules: RuleBook) -> list[IndicatorValue]:
    return weighted_values(data, rules, weighted, alone)


INDICATOR = Indicator(
    id="masterplan.deviasi_fisik",
    version=1,
    title=_("Deviasi fisik"),
    unit=_("poin"),
    decimals=1,
    better="higher",
    dimension="Masterplan",
    owner_note=_("OPD penanggung jawab program"),
    definition=__doc__ or "",
    formula=_("Σ (pagu × (realisasi fisik − rencana fisik)) / Σ pagu"),
    legal_basis=_("Kebiasaan pemantauan program; dari ingatan"),
    period_kind="month",
    source_ids=(SOURCE,),
    row_type=ProgrammeMonth,
    inputs=select_months,
    rows=select_rows,
    calculate=calculate,
    is_headline=True,
    coordinator_source="bappeda_program",
)
