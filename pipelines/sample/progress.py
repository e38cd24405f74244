"""How a programme advances within its year: S-shaped plans, and realisation that is late, in time or ahead.

States no cause and no blame: the obstacles are what agencies write in such a column.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pipelines.sample.deliveries import Reporting
from pipelines.sample.programmes import Programme

MONTHS = range(1, 13)
CRITICAL, BEHIND, AHEAD, USUAL = "kritis", "tertinggal", "mendahului", "biasa"
COUNTS = ((CRITICAL, 0.08), (BEHIND, 0.12), (AHEAD, 0.10))  # shares of the programmes; the rest are in time
POINTS = {CRITICAL: (12.0, 18.0), BEHIND: (5.3, 9.3), AHEAD: (-4.5, -2.0), USUAL: (-1.2, 3.6)}  # late at full swing
MIDDLE = {CRITICAL: (7.0, 9.6), BEHIND: (9.2, 9.8), AHEAD: (6.6, 8.6), USUAL: (6.6, 9.2)}  # month of half the plan
FULL_SWING = 8  # the month from which a programme is as late as it gets
FINANCE_LAG = 0.6  # months money runs behind works, in the plan too
SILENT_SHARE = 0.02  # of rows whose realisation the agency left empty
MENTION_FROM = 4.0  # points late
OBSTACLES = (
    "Dokumen pengadaan masih dilengkapi",
    "Jadwal pelaksanaan bergeser ke bulan berikutnya",
    "Lokasi belum siap digunakan",
    "Pengiriman barang menunggu giliran produksi",
    "Data dasar masih dicocokkan antarperangkat daerah",
    "Petunjuk teknis baru diterima",
    "Lelang diulang",
    "Hari hujan melebihi perkiraan jadwal",
    "Pembayaran termin menunggu berita acara",
    "Kesepakatan pembagian tugas antarperangkat daerah masih disusun",
)


@dataclass(frozen=True)
class MonthProgress:
    """A programme at the end of a month, cumulative within the year; None is a cell left empty."""

    month: int
    physical_plan: float
    physical: float | None
    financial_plan: float
    financial: float | None
    realised_idr: int | None
    achieved: float | None
    obstacle: str

    def as_plan(self) -> MonthProgress:
        """The plan alone, before anything of the month is known."""
        return replace(self, physical=None, financial=None, realised_idr=None, achieved=None, obstacle="")


def pace_of(reporting: Reporting, count: int) -> tuple[str, ...]:
    """Which programmes are late, in time or ahead, by number."""
    order = reporting.stream("laju", reporting.year).permutation(count)
    paces = [USUAL] * count
    start = 0
    for pace, share in COUNTS:
        end = start + round(share * count)
        for index in order[start:end]:
            paces[index] = pace
        start = end
    return tuple(paces)


def draw_progress(reporting: Reporting, programme: Programme, pace: str) -> tuple[MonthProgress, ...]:
    """All twelve months of a programme that is active in the year; none when it is not."""
    target = programme.target_of(reporting.year)
    if target is None:
        return ()
    draw = reporting.stream("progres", programme.code, reporting.year)
    middle, width = float(draw.uniform(*MIDDLE[pace])), float(draw.uniform(1.3, 1.8))
    late, slow_money = float(draw.uniform(*POINTS[pace])), float(draw.uniform(0, 3))
    before = programme.value_before(reporting.year)
    wording = int(draw.integers(0, len(OBSTACLES)))
    physical = financial = 0.0
    months = []
    for month in MONTHS:
        plan, money_plan = s_curve(month, middle, width), s_curve(month, middle + FINANCE_LAG, width)
        swing = min(month / FULL_SWING, 1)
        wobble = draw.normal(0, 0.4, 2).clip(-0.9, 0.9)
        silent, blank = draw.random(2) < SILENT_SHARE
        physical = _between(physical, plan - late * swing + float(wobble[0]) * swing)
        financial = _between(financial, money_plan - (late * 0.9 + slow_money) * swing + float(wobble[1]) * swing)
        months.append(
            MonthProgress(
                month=month,
                physical_plan=plan,
                physical=None if silent else physical,
                financial_plan=money_plan,
                financial=None if blank else financial,
                realised_idr=None if blank else round(target.budget_idr * financial / 100),
                achieved=round(before + (target.value - before) * physical / 100, 1) if month % 3 == 0 else None,
                obstacle=_obstacle(plan - physical, wording + month // 3),
            )
        )
    return tuple(months)


def s_curve(month: float, middle: float, width: float) -> float:
    """Percent of the year's plan reached at the end of a month: slow, fast, slow; 100 in December."""
    floor, ceiling = (1 / (1 + math.exp((middle - m) / width)) for m in (0, 12))
    return round(100 * (1 / (1 + math.exp((middle - month) / width)) - floor) / (ceiling - floor), 1)


def _between(previous: float, value: float) -> float:
    """Never back, never past the end."""
    return round(min(max(value, previous, 0.0), 100.0), 1)


def _obstacle(late: float, wording: int) -> str:
    return OBSTACLES[wording % len(OBSTACLES)] if late >= MENTION_FROM else ""
