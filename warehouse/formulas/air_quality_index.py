"""Indeks kualitas udara (IKU): rata-rata setahun NO2 dan SO2 terhadap acuannya, menjadi angka 0 sampai 100.

Ieu adalah rata-rata NO2/acuan dan SO2/acuan; IKU = 100 - (50 / 0,9) x (Ieu - 0,1). Kadar daerah adalah rata-rata empat
lokasi: transportasi, industri, permukiman, perkantoran. Tidak berlaku bila satu pencemar atau lokasi tidak diukur.
Sumber: lembar indikator kinerja kunci LPPD.
"""

from __future__ import annotations

from decimal import Decimal

from warehouse.rules import LimitsPack


def exposure_ratio(no2: Decimal, so2: Decimal, pack: LimitsPack) -> Decimal:
    """Ieu, from yearly means in ug/m3."""
    return (no2 / pack.value("no2_reference") + so2 / pack.value("so2_reference")) / 2


def air_quality_index(ieu: Decimal, pack: LimitsPack) -> Decimal:
    """Not limited to 0 and 100."""
    return 100 - pack.value("slope_points") / pack.value("slope_span") * (ieu - pack.value("clean_ratio"))


def exposure_for(index: Decimal, pack: LimitsPack) -> Decimal:
    """The Ieu that gives an index."""
    return (100 - index) * pack.value("slope_span") / pack.value("slope_points") + pack.value("clean_ratio")
