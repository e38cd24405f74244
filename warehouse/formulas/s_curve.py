"""Kurva S: rencana dan realisasi kumulatif dari waktu ke waktu, dalam persen, dan selisihnya dalam poin.

Deviasi = realisasi - rencana; negatif berarti tertinggal. Gabungan beberapa kegiatan ditimbang menurut pagu. Titik yang
belum dilaporkan tidak punya deviasi; tidak berlaku bagi gabungan yang salah satu pagunya tidak diketahui atau nol.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True)
class Point:
    """Cumulative percent at one date."""

    day: date
    plan: Decimal | None
    actual: Decimal | None

    @property
    def deviation(self) -> Decimal | None:
        return None if self.plan is None or self.actual is None else self.actual - self.plan


def last_reported(points: Sequence[Point]) -> Point | None:
    """The latest point that has a deviation."""
    return next((point for point in reversed(points) if point.deviation is not None), None)


def falling(points: Sequence[Point]) -> tuple[date, ...]:
    """Dates at which a cumulative figure is below the one before."""
    days: set[date] = set()
    for part in ("plan", "actual"):
        known = [(point.day, getattr(point, part)) for point in points if getattr(point, part) is not None]
        days |= {day for (_before, lower), (day, upper) in pairwise(known) if upper < lower}
    return tuple(sorted(days))


def weighted_point(points: Sequence[Point], budgets: Sequence[Decimal]) -> Point:
    """Several activities on one date; each part only where all have it."""
    total = sum(budgets, Decimal(0))

    def mean(values: Sequence[Decimal | None]) -> Decimal | None:
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        return sum((value * budget for value, budget in zip(known, budgets, strict=True)), Decimal(0)) / total

    return Point(points[0].day, mean([p.plan for p in points]), mean([p.actual for p in points]))
