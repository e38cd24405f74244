"""Masterplan and air as a wall may meet them: sixty programmes, thirty days, and what an agency left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from warehouse.figures import AirBand, AirReading, CurvePoint, DimensionProgress, ProgrammeLine

MONTH = date(2026, 10, 1)
PLAN = (3, 8, 15, 24, 34, 45, 52, 58, 62, "65.5", 84, 100)
ACTUAL = (2, 6, 12, 20, None, 39, 46, 52, 57, "61.2", None, None)
DIMENSIONS = (
    ("1", "Smart Governance", "66.1", "65.0"), ("2", "Smart Branding", "48.4", "55.2"),
    ("3", "Smart Economy", "70.1", "66.0"), ("4", "Smart Living", "59.0", "64.8"),
    ("5", "Smart Society", "41.7", "62.3"), ("6", "Smart Environment", "63.3", "66.9"),
)  # fmt: skip
NAMES = (
    "Bank sampah digital tiap desa dan kelurahan", "Layanan administrasi kependudukan satu hari selesai",
    "Promosi wisata Majapahit Trowulan", "Pasar daring usaha mikro", "Panel surya gedung pemerintah daerah",
    "Perpustakaan keliling dan ruang belajar warga",
)  # fmt: skip
LEADS = ("DLH", "DISDUKCAPIL", "DISBUDPORAPAR", "DINKOPUM", "DPUPR", "DISPERKA")
BANDS = (
    AirBand("Baik", Decimal(50), False), AirBand("Sedang", Decimal(100), False),
    AirBand("Tidak Sehat", Decimal(200), True), AirBand("Sangat Tidak Sehat", Decimal(300), True),
    AirBand("Berbahaya", None, True),
)  # fmt: skip
INDICES = (62, 58, 71, 49, None, None, 45, 80, 88, 66, 40, 55, 61, 64, 70, 52, 47, None, 59, 63)


def programme(number: int) -> ProgrammeLine:
    place = number % 6
    late = Decimal("12.3") - number if number < 9 else Decimal(-1)
    reported = number % 7 != 3
    return ProgrammeLine(
        programme_code=f"{place + 1}.{number // 6 + 1:02d}", programme_name=NAMES[place] + f" tahap {number // 6 + 1}",
        dimension_code=str(place + 1), dimension_name=DIMENSIONS[place][1], lead_opd_code=LEADS[place],
        contributor_opd_codes=("DISKOMINFO", "DPMD") if number % 3 == 0 else (),
        kecamatan_name="", horizon_name="Jangka pendek", report_month=MONTH if reported else date(2026, 9, 1),
        is_reported=reported, physical_plan_pct=Decimal("65.5"), physical_actual_pct=Decimal("65.5") - late,
        financial_plan_pct=Decimal(60), financial_actual_pct=Decimal(55), budget_idr=Decimal(10**9),
        realised_idr=Decimal(550 * 10**6), is_sample=True,
    )  # fmt: skip


PROGRAMMES = tuple(programme(number) for number in range(60))
PROGRESS = tuple(DimensionProgress(name, Decimal(plan), Decimal(actual)) for _code, name, actual, plan in DIMENSIONS)
CURVE = tuple(
    CurvePoint(date(2026, month + 1, 1), "", Decimal(plan), None if ACTUAL[month] is None else Decimal(ACTUAL[month]))
    for month, plan in enumerate(PLAN)
)
STATIONS = (
    AirReading("Stasiun Mojosari", date(2026, 11, 20), Decimal(62), "Sedang", "PM2,5", True),
    AirReading("Stasiun Ngoro", date(2026, 11, 20), Decimal(57), "Sedang", "PM10", True),
    AirReading("Stasiun Trawas", date(2026, 11, 20), Decimal(31), "Baik", "O3", True),
)
PAST_DAYS = tuple(
    AirReading(
        "", date(2026, 10, 22) + timedelta(days=n), None if INDICES[n % 20] is None else Decimal(INDICES[n % 20]),
        "", "PM2,5", True,
    )
    for n in range(29)
)  # fmt: skip
DAYS = (*PAST_DAYS, replace(STATIONS[0], station_name=""))
SMOG_STATIONS = (replace(STATIONS[0], index=Decimal(134), category="Tidak Sehat"), *STATIONS[1:])
SMOG_DAYS = (*PAST_DAYS, replace(SMOG_STATIONS[0], station_name=""))
