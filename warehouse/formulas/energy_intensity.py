"""Intensitas konsumsi energi (IKE) gedung: listrik sebulan dibagi luas lantai, dalam kWh/m2/bulan.

Gedung dengan lantai tanpa AC kurang dari 10 % dinilai ber-AC, dengan lantai ber-AC kurang dari 10 % dinilai tanpa AC.
Di antaranya ada dua nilai: tanpa AC = (listrik - listrik AC) / luas seluruhnya; dengan AC = listrik AC / luas ber-AC
ditambah nilai tanpa AC (kedua rumus dari ingatan). Tidak berlaku untuk gedung bukan kantor: kelasnya lain. Sumber:
Permen ESDM 13/2012 menurut Panduan Penghematan Energi di Gedung Pemerintah.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from warehouse.rules import LimitsPack

Cooling = Literal["ac", "tanpa_ac", "campuran"]


def cooling_of(cooled_share_pct: Decimal, pack: LimitsPack) -> Cooling:
    """How a building is judged, by its share of cooled floor."""
    if 100 - cooled_share_pct < pack.value("no_ac_share_pct"):
        return "ac"
    return "tanpa_ac" if cooled_share_pct < pack.value("ac_share_pct") else "campuran"


def intensity(kwh: Decimal, area: Decimal) -> Decimal:
    return kwh / area


def mixed_intensities(
    kwh: Decimal, cooling_kwh: Decimal, area: Decimal, cooled_area: Decimal
) -> dict[Cooling, Decimal]:
    """Both values of a building that is cooled in part."""
    plain = (kwh - cooling_kwh) / area
    return {"tanpa_ac": plain, "ac": cooling_kwh / cooled_area + plain}
