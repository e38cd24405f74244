"""Tingkat siaga sungai: ambang tertinggi yang sudah dicapai duga air atau debit pada satu pos.

Satuan menurut pos (meter atau m3/s). Ambang yang sama dengan nilai sudah tercapai. Tidak berlaku untuk pos tanpa
ambang. Arah tingkat hanya milik pos itu: Siaga I Jakarta yang terburuk, sedangkan tingkat IV gunung api yang terburuk.
Sumber: ambang tiap pos dalam paketnya.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

NORMAL = "normal"


@dataclass(frozen=True)
class Alert:
    """The level reached, and the thresholds on both sides of the value; None at an end."""

    level: str
    reached: Decimal | None
    next_level: str
    next_threshold: Decimal | None


def alert_level(value: Decimal, thresholds: Sequence[tuple[str, Decimal]]) -> Alert:
    """`thresholds` by level, lowest first."""
    reached = [one for one in thresholds if one[1] <= value]
    level, bound = reached[-1] if reached else (NORMAL, None)
    ahead = thresholds[len(reached)] if len(reached) < len(thresholds) else ("", None)
    return Alert(level, bound, ahead[0], ahead[1])
