"""Indeks kualitas lahan (IKL, juga disebut IKTL): bagian wilayah yang bertutupan hutan atau setara, menjadi angka.

IKL = 100 - (84,3 - (LTL / LW x 100 - DKK)) x 50 / 54,3. LTL adalah luas hutan ditambah 0,6 kali tutupan lain (belukar
di kawasan hutan atau lereng, RTH, kebun raya, rehabilitasi); DKK, dampak kebakaran dan kanal dalam persen, hanya di
daerah bergambut. Tidak berlaku tanpa luas wilayah. Sumber: lembar indikator kinerja kunci LPPD; 0,6 dari ingatan.
"""

from __future__ import annotations

from decimal import Decimal

from warehouse.rules import LimitsPack


def covered_area(forest: Decimal, other: Decimal, pack: LimitsPack) -> Decimal:
    """LTL, in the unit of the areas given."""
    return forest + pack.value("partial_cover") * other


def land_quality_index(cover_pct: Decimal, peat_pct: Decimal, pack: LimitsPack) -> Decimal:
    """Not limited to 0 and 100."""
    short = pack.value("ideal_cover_pct") - (cover_pct - peat_pct)
    return 100 - short * pack.value("slope_points") / pack.value("slope_span")
