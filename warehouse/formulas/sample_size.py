"""Jumlah sampel survei: banyaknya responden yang cukup untuk mewakili suatu populasi.

Rumus Krejcie dan Morgan: S = x2 N P(1-P) / (d2 (N-1) + x2 P(1-P)), dalam orang, dibulatkan ke bilangan terdekat.
Tidak berlaku bagi populasi kosong. Tabel tercetaknya menyimpang satu dari rumus pada sebagian populasi besar.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from warehouse.rules import round_half_up


@dataclass(frozen=True)
class SampleSize:
    """A sample with the parts it was divided from."""

    numerator: Decimal
    denominator: Decimal

    @property
    def exact(self) -> Decimal:
        return self.numerator / self.denominator

    @property
    def persons(self) -> int:
        return int(round_half_up(self.exact, 0))


def sample_size(population: Decimal, chi_square: Decimal, proportion: Decimal, margin: Decimal) -> SampleSize:
    """Respondents needed of a population of at least one person."""
    spread = chi_square * proportion * (1 - proportion)
    return SampleSize(population * spread, margin * margin * (population - 1) + spread)
