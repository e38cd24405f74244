"""OPD yang semua kirimannya masuk tepat waktu, dari semua OPD yang punya jadwal kiriman yang disepakati.

Tepat waktu berarti setiap sumber yang terjadwal berstatus mutakhir atau jatuh tempo (masih dalam tenggang). OPD yang
belum pernah mengirim sumber terjadwal tidak tepat waktu. OPD yang semua sumbernya tanpa tenggang yang disepakati tidak
ikut dihitung. Keterlambatan yang dimaklumi walidata tidak dihitung terlambat. Nilai berubah bersama jam, jadi dihitung
saat dilihat dan tidak disimpan dalam rilis.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ClockState, ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, as_stored, percent
from warehouse.rules import RuleBook

ON_TIME = (ClockState.FRESH, ClockState.DUE)


@dataclass(frozen=True)
class ScheduledClock:
    """State of one agency for one source that has an agreed due date."""

    opd_code: str
    state: ClockState
    is_sample: bool


def calculate(data: Dataset[ScheduledClock], rules: RuleBook) -> list[IndicatorValue]:
    """One value for the instant given as `scope.data_until`."""
    on_time: dict[str, bool] = {}
    for clock in data.rows:
        on_time[clock.opd_code] = on_time.get(clock.opd_code, True) and clock.state in ON_TIME
    part, whole = Decimal(sum(on_time.values())), Decimal(len(on_time))
    day = (data.scope.data_until or datetime.min).date()
    return [
        IndicatorValue(
            region_code=data.scope.region_code,
            entity_kind="region",
            entity_code=data.scope.region_code,
            period_kind="day",
            period_start=day,
            period_end=day,
            numerator=part,
            denominator=whole,
            value=as_stored(percent(part, whole)) if whole else None,
            status=ValueStatus.CALCULATED if whole else ValueStatus.NOT_APPLICABLE,
            reason="" if whole else _("Belum ada OPD dengan jadwal kiriman yang disepakati"),
            rule_version="",
            is_sample=any(clock.is_sample for clock in data.rows),
        )
    ]


INDICATOR = Indicator(
    id="data.ketepatan_waktu",
    version=2,
    title=_("OPD tepat waktu"),
    unit="%",
    decimals=0,
    better="higher",
    dimension="Data",
    owner_note=_("Walidata"),
    definition=__doc__ or "",
    formula=_("OPD tepat waktu / OPD dengan jadwal kiriman yang disepakati × 100"),
    legal_basis=_("Pilihan daerah"),
    period_kind="day",
    source_ids=(),
    row_type=ScheduledClock,
    inputs=None,
    rows=None,
    calculate=calculate,
)
