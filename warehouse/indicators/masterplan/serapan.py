"""Bagian pagu program masterplan yang sudah direalisasikan, dalam persen, kumulatif dalam tahun berjalan.

Dihitung dari rupiah, bukan dari persen yang dilaporkan. Program yang belum melapor, tanpa realisasi rupiah, atau tanpa
pagu tidak ikut dan disebut jumlahnya. Bulan yang belum jatuh tempo baru dihitung setelah semua programnya melapor.
Tidak berlaku bila pagu semuanya tertulis nol; tidak lengkap bila ada laporan tetapi tidak satu pun lengkap.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _

from warehouse.indicators.masterplan.progress import (
    NO_REALISATION,
    SOURCE,
    Left,
    ProgrammeMonth,
    select_months,
    select_rows,
    weight_of,
    weighted_values,
)
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.rules import RuleBook


def absorbed(row: ProgrammeMonth) -> tuple[Decimal, Decimal] | Left:
    """Rupiah spent and budgeted."""
    budget = weight_of(row)
    if row.realised_idr is None:
        return NO_REALISATION
    return budget if isinstance(budget, Left) else (row.realised_idr, budget)


def calculate(data: Dataset[ProgrammeMonth], rules: RuleBook) -> list[IndicatorValue]:
    return weighted_values(data, rules, absorbed, scale=Decimal(100))


INDICATOR = Indicator(
    id="masterplan.serapan",
    version=1,
    title=_("Serapan anggaran program"),
    unit="%",
    decimals=1,
    better="higher",
    dimension="Masterplan",
    owner_note=_("OPD penanggung jawab program"),
    definition=__doc__ or "",
    formula=_("Realisasi (Rp) / pagu (Rp) × 100"),
    legal_basis=_("Kebiasaan pemantauan program; dari ingatan"),
    period_kind="month",
    source_ids=(SOURCE,),
    row_type=ProgrammeMonth,
    inputs=select_months,
    rows=select_rows,
    calculate=calculate,
    parts="money",
    coordinator_source="bappeda_program",
)
