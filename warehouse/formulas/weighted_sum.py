"""Indeks kualitas lingkungan hidup (IKLH): jumlah indeks air, udara dan lahan, masing-masing dikalikan bobotnya.

Tanpa satuan, 0 sampai 100. Tidak berlaku bila salah satu indeks yang berbobot belum ada: sisanya akan menyebut
lingkungan lebih buruk. Sumber: lembar indikator kinerja kunci LPPD; bobot menurut paket tahunnya.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

FULL = Decimal(100)


@dataclass(frozen=True)
class Part:
    """One weighted component."""

    name: str
    value: Decimal
    weight: Decimal
    highest: Decimal = FULL  # what the component can reach

    @property
    def points(self) -> Decimal:
        return self.value * self.weight

    @property
    def lost(self) -> Decimal:
        """Points of the sum that are missing because the component is not at its highest."""
        return (self.highest - self.value) * self.weight

    def rise_for(self, points: Decimal) -> Decimal | None:
        """By how much this component alone must rise to add points to the sum; None when its highest is not enough."""
        rise = points / self.weight
        return rise if self.value + rise <= self.highest else None


def weighted_sum(parts: Sequence[Part]) -> Decimal:
    return sum((part.points for part in parts), Decimal(0))
