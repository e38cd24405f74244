"""Capaian kinerja: realisasi dibanding target, dalam persen.

Makin tinggi makin baik: realisasi / target x 100. Makin rendah makin baik: (2 x target - realisasi) / target x 100
(LKjIP Kota Mojokerto 2020). Tidak berlaku bila targetnya nol.
"""

from __future__ import annotations

from decimal import Decimal

HUNDRED = Decimal(100)


def achievement(target: Decimal, realised: Decimal, *, lower_is_better: bool) -> Decimal:
    """Percent of a target that is not zero; negative when a figure to be kept low is more than twice its target."""
    reached = 2 * target - realised if lower_is_better else realised
    return reached * HUNDRED / target


def realised_for(target: Decimal, percent: Decimal, *, lower_is_better: bool) -> Decimal:
    """What has to be realised for an achievement of so many percent."""
    share = percent / HUNDRED
    return target * (2 - share if lower_is_better else share)
