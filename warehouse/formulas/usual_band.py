"""What is usual for one week of the year, from the same week of past years: a middle and an upper limit.

Metode rerata: rata-rata, dan rata-rata ditambah sekian simpangan baku sampel (pembagi n-1). Metode median: median, dan
median dikali suatu faktor. Of fewer past years than agreed nothing is said; no national rule fixes either method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal

Method = Literal["rerata", "median"]


@dataclass(frozen=True)
class UsualBand:
    """Above `middle` is more than usual, above `upper` calls for a response."""

    middle: Decimal
    upper: Decimal
    deviation: Decimal | None  # of method rerata


def usual_band(history: Sequence[Decimal], method: Method, factor: Decimal, least: int) -> UsualBand | None:
    """`factor` counts deviations, or multiplies the median; None of fewer than `least` (at least two) past years."""
    if len(history) < max(least, 2):
        return None
    if method == "median":
        middle = median(history)
        return UsualBand(middle, middle * max(factor, Decimal(1)), None)
    count, total = len(history), sum(history, Decimal(0))
    squares = sum((value * value for value in history), Decimal(0))
    deviation = ((count * squares - total * total) / (count * (count - 1))).sqrt()
    return UsualBand(total / count, total / count + factor * deviation, deviation)
