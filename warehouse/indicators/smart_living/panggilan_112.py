"""Jumlah semua panggilan yang masuk ke 112 dalam satu hari, apa pun jenisnya.

Hari terakhir dihitung sampai jam penuh yang sudah dikirim; pembanding hari biasa dihitung sampai jam yang sama.
Hari tanpa kiriman tidak punya nilai. Pembilang adalah jumlah panggilan, penyebut satu hari.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _

from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.indicators.smart_living.call_days import SOURCE, CallDay, Ratio, day_value, select_days, select_rows
from warehouse.rules import RuleBook


def calculate(data: Dataset[CallDay], rules: RuleBook) -> list[IndicatorValue]:
    return [
        day_value(row, data.scope, rules, Ratio(row.offered_count, 1, Decimal(row.offered_count))) for row in data.rows
    ]


INDICATOR = Indicator(
    id="smart_living.panggilan_112",
    version=1,
    title=_("Panggilan 112"),
    unit="panggilan",
    decimals=0,
    better="none",
    dimension="Smart Living",
    owner_note=_("Pusat panggilan 112 (BPBD)"),
    definition=__doc__ or "",
    formula=_("Jumlah panggilan masuk per hari"),
    legal_basis=_("Permenkominfo 10/2016"),
    period_kind="day",
    source_ids=(SOURCE,),
    row_type=CallDay,
    inputs=select_days,
    rows=select_rows,
    calculate=calculate,
)
