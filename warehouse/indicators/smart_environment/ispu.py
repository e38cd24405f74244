"""Indeks Standar Pencemar Udara (ISPU) sehari: sub-indeks polutan tertinggi, polutan kritisnya, dan kategorinya.

Dihitung ulang dari sub-indeks yang dikirim; indeks terbitan tetap disimpan dan selisihnya disebut. Bila dua sub-indeks
sama tinggi, polutan kritis adalah yang pertama dari PM2,5, PM10, SO2, CO, O3, NO2, HC. Indeks dibulatkan setengah ke
atas, lalu dikategorikan menurut P.14/2020, juga untuk hari sebelum peraturan itu. ISPU daerah adalah stasiun terburuk
hari itu. Bila hanya indeks terbitan yang dikirim, nilainya indeks itu. Bila indeks terbitan lebih tinggi karena nilai
polutan kritisnya tidak dikirim, nilainya indeks terbitan dengan keadaan tidak lengkap: maksimum sisanya akan menyebut
udara lebih bersih. Hari tanpa kiriman tidak ada data; indeks di bawah 1 tidak berlaku. Pembilang adalah sub-indeks
tertinggi yang dikirim, penyebut satu hari.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.indicators.smart_environment.air import SOURCE, StationDay, select_days, select_rows
from warehouse.indicators.smart_environment.station_day import SCALE, station_value
from warehouse.rules import RuleBook


def calculate(data: Dataset[StationDay], rules: RuleBook) -> list[IndicatorValue]:
    scale, region_code = rules.scale(SCALE), data.scope.region_code
    days: dict[date, list[IndicatorValue]] = {}
    for row in data.rows:
        days.setdefault(row.measured_date, []).append(station_value(row, region_code, scale))
    values = [value for stations in days.values() for value in (*stations, _worst(stations, region_code))]
    return values + [_nobody(values[0], region_code, day) for day in _days_without(list(days))]


def _worst(stations: list[IndicatorValue], region_code: str) -> IndicatorValue:
    """The region's day: its highest station, of equals the first by name."""
    known = sorted((one for one in stations if one.value is not None), key=lambda one: one.entity_code)
    if not known:
        return replace(stations[0], entity_kind="region", entity_code=region_code)
    worst = max(known, key=lambda one: one.value or Decimal(0))
    notes = [worst.reason] if worst.reason else []
    if len(stations) > 1:
        notes.insert(0, worst.entity_code)
    if len(known) < len(stations):
        notes.append(
            _("{count} dari {total} stasiun tanpa nilai").format(count=len(stations) - len(known), total=len(stations))
        )
    return replace(
        worst,
        entity_kind="region",
        entity_code=region_code,
        reason="; ".join(notes),
        is_sample=any(one.is_sample for one in stations),
    )


def _days_without(days: list[date]) -> list[date]:
    """Days between the first and the last delivered one of which nobody delivered anything."""
    known, span = set(days), (max(days) - min(days)).days if days else 0
    return [day for day in (min(days) + timedelta(days=count) for count in range(span)) if day not in known]


def _nobody(pattern: IndicatorValue, region_code: str, day: date) -> IndicatorValue:
    return replace(
        pattern,
        entity_kind="region",
        entity_code=region_code,
        period_start=day,
        period_end=day,
        numerator=None,
        denominator=None,
        value=None,
        status=ValueStatus.NO_DATA,
        reason=_("Tidak ada stasiun yang mengirim"),
        predikat="",
        determinant="",
    )


INDICATOR = Indicator(
    id="smart_environment.ispu",
    version=1,
    title=_("ISPU"),
    unit="",
    decimals=0,
    better="lower",
    dimension="Smart Environment",
    owner_note=_("DLH, stasiun pemantau kualitas udara"),
    definition=__doc__ or "",
    formula=_("Sub-indeks tertinggi hari itu, dibulatkan setengah ke atas"),
    legal_basis="Permen LHK P.14/2020",
    period_kind="day",
    source_ids=(SOURCE,),
    row_type=StationDay,
    inputs=select_days,
    rows=select_rows,
    calculate=calculate,
    target_key="udara.calm_index",
    target_word=_("batas"),
    is_headline=True,
)
