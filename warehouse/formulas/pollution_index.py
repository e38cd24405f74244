"""Indeks pencemaran (IP) satu contoh air sungai: seberapa jauh kadarnya dari baku mutu kelas airnya.

Tiap parameter menjadi nisbah kadar terhadap baku mutu; nisbah di atas 1 diganti 1 + 5 log10(nisbah). IP adalah akar
dari rata-rata kuadrat nisbah tertinggi dan kuadrat nisbah rata-rata. DO, yang memburuk bila turun, dihitung dari kadar
jenuhnya: (jenuh - kadar) / (jenuh - baku mutu); pH dari jaraknya ke tengah rentang. Tanpa satuan. Tidak berlaku untuk
parameter yang tidak punya baku mutu pada kelas itu. Sumber: Kepmen LH 115/2003, lampiran II.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)


@dataclass(frozen=True)
class Ratio:
    """One parameter against its limit: `raw` as measured, `value` with the correction above 1."""

    name: str
    label: str
    raw: Decimal
    value: Decimal
    note: str = ""

    @property
    def exceeds(self) -> bool:
        return self.raw > ONE


def corrected(raw: Decimal, factor: Decimal) -> Decimal:
    """Weakens high ratios, so that one parameter does not hide all others."""
    return ONE + factor * raw.log10() if raw > ONE else raw


def falling_ratio(measured: Decimal, limit: Decimal, saturation: Decimal) -> Decimal:
    """A parameter that gets worse when it falls, as the decree has it; zero above saturation."""
    return max((saturation - measured) / (saturation - limit), Decimal(0))


def inverse_ratio(measured: Decimal, limit: Decimal) -> Decimal:
    """The form limit / measured, of which the published constants of the water classes were made."""
    return limit / measured


def range_ratio(measured: Decimal, lowest: Decimal, highest: Decimal) -> Decimal:
    """Distance from the middle of a range, 1 at its ends."""
    middle = (lowest + highest) / 2
    return (measured - middle) / ((lowest if measured <= middle else highest) - middle)


def pollution_index(ratios: Sequence[Decimal]) -> Decimal:
    """At least one corrected ratio."""
    mean = sum(ratios, Decimal(0)) / len(ratios)
    return ((max(ratios) ** 2 + mean**2) / 2).sqrt()


def index_when_met(ratios: Sequence[Ratio], count: int) -> Decimal:
    """The index if the `count` highest ratios came down to their limits; no other choice of as many does better."""
    ordered = sorted((one.value for one in ratios), reverse=True)
    return pollution_index([min(value, ONE) for value in ordered[:count]] + ordered[count:])
