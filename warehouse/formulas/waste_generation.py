"""Timbulan sampah setahun dari jumlah penduduk: penduduk x kg tiap orang sehari x 365 / 1000, dalam ton.

Dipakai bila sampah tidak ditimbang. Tidak berlaku untuk menilai capaian daerah yang menimbang sampahnya: angka hasil
timbang lebih dapat dipercaya. Tahun dihitung 365 hari seperti SIPSN, juga tahun kabisat. Sumber: rumus dari ingatan.
"""

from __future__ import annotations

from decimal import Decimal

DAYS = Decimal(365)
KG_OF_TON = Decimal(1000)


def yearly_generation(population: Decimal, kg_a_day: Decimal) -> Decimal:
    return population * kg_a_day * DAYS / KG_OF_TON
