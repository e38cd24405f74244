"""Indeks Kepuasan Masyarakat: rerata jawaban sembilan unsur, berbobot sama, pada skala 25 sampai 100.

Rerata unsur (NRR) = jumlah skor / banyak jawaban, skor 1 sampai 4. Nilai SKM = jumlah (NRR x bobot) / pembagi; IKM =
nilai x 25. Tidak berlaku bila satu unsur tidak ditanyakan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

SCALE = Decimal(25)
LOWEST, HIGHEST = Decimal(1), Decimal(4)


@dataclass(frozen=True)
class Answers:
    """Of one element: the sum of the scores and how many there are; a mean alone has the count of one."""

    total: Decimal
    count: Decimal

    @property
    def mean(self) -> Decimal:
        return self.total / self.count


def satisfaction(answers: Mapping[str, Answers], weights: Mapping[str, Decimal], divisor: Decimal) -> Decimal:
    """The value from 1 to 4, divided once at the end so that a tie stays one."""
    means = {name: Fraction(own.total) / Fraction(own.count) for name, own in answers.items()}
    exact = sum((means[name] * Fraction(weight) for name, weight in weights.items()), Fraction()) / Fraction(divisor)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def points_missing(
    value: Decimal, wanted: Decimal, weights: Sequence[Decimal], divisor: Decimal, count: Decimal
) -> int:
    """How many more points of score, of any elements, bring the value to the wanted one; `count` answers each."""
    each = min(weights) / divisor / count
    return int(((wanted - value) / each).to_integral_value(ROUND_CEILING))
