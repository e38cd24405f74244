"""How full a hospital's beds are and how fast they change hands: BOR, ALOS, TOI, BTO.

BOR (%) = hari perawatan / (tempat tidur x hari) x 100. ALOS (hari) = lama dirawat / pasien keluar.
TOI (hari) = (tempat tidur x hari - hari perawatan) / pasien keluar. BTO (kali) = pasien keluar / tempat tidur.
Pasien keluar counts those alive and dead. Without discharges ALOS and TOI do not apply. Source: Depkes 2005 and 2011.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

DAYS_A_YEAR = Decimal(365)


@dataclass(frozen=True)
class BedUse:
    """Exact values; None where discharges are not known, or are none."""

    bed_days: Decimal
    bor: Decimal
    alos: Decimal | None
    toi: Decimal | None
    bto: Decimal | None
    bto_yearly: Decimal | None  # the turnover of a year at the same pace


def bed_use(
    beds: Decimal, days: Decimal, patient_days: Decimal, discharged: Decimal | None, stay_days: Decimal
) -> BedUse:
    """`stay_days` are those of the discharged; many hospitals use the patient days for them."""
    bed_days = beds * days
    bto = None if discharged is None else discharged / beds
    return BedUse(
        bed_days=bed_days,
        bor=patient_days * 100 / bed_days,
        alos=stay_days / discharged if discharged else None,
        toi=(bed_days - patient_days) / discharged if discharged else None,
        bto=bto,
        bto_yearly=None if bto is None else bto * DAYS_A_YEAR / days,
    )
