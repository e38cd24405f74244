"""Kadar oksigen jenuh air tawar pada suatu suhu, di permukaan laut (1 atmosfer), dalam mg/L.

Persamaan Benson dan Krause seperti dalam Standard Methods 4500-O, dari ingatan; pada 25 C memberi 8,26 mg/L. Tidak
berlaku untuk air asin, dan di dataran tinggi kadar jenuhnya lebih rendah: isi kadar jenuh dari laboratorium bila ada.
"""

from __future__ import annotations

from decimal import Decimal

ZERO_CELSIUS = Decimal("273.15")
COEFFICIENTS = tuple(
    Decimal(text) for text in ("-139.34411", "1.575701E+5", "-6.642308E+7", "1.243800E+10", "-8.621949E+11")
)


def oxygen_saturation(celsius: Decimal) -> Decimal:
    kelvin = celsius + ZERO_CELSIUS
    return sum((one / kelvin**power for power, one in enumerate(COEFFICIENTS)), Decimal(0)).exp()
