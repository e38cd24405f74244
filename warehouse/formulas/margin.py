"""Jarak ke batas dalam satuan pembilang: berapa yang masih boleh berubah, atau harus berubah, pada penyebut yang sama.

Bagian (persen) dinilai pada pembilangnya; rata-rata pada kejadian berikutnya. Tidak berlaku tanpa penyebut. Tidak
mengatakan mengapa nilainya begitu dan tidak meramalkan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

Better = Literal["higher", "lower"]


def is_met(value: Decimal, limit: Decimal, better: Better, *, is_excluded: bool = False) -> bool:
    """The limit itself still meets it, but for one that is excluded: "kurang dari 10"."""
    if value == limit:
        return not is_excluded
    return value > limit if better == "higher" else value < limit


@dataclass(frozen=True)
class Room:
    """How far a numerator is from its limit: still free when met, else missing; whole things are counted whole."""

    amount: Decimal  # never negative
    is_met: bool


def room_of_share(
    numerator: Decimal, denominator: Decimal, limit_pct: Decimal, better: Better, *, is_excluded: bool = False
) -> Room:
    """Of a share in percent, the denominator unchanged."""
    at_limit = limit_pct * denominator / 100
    spare = numerator - at_limit if better == "higher" else at_limit - numerator
    met = is_met(numerator, at_limit, better, is_excluded=is_excluded)
    is_whole = numerator == numerator.to_integral_value() and denominator == denominator.to_integral_value()
    if not is_whole:
        return Room(abs(spare), met)
    amount = abs(spare).to_integral_value(ROUND_FLOOR if met else ROUND_CEILING)
    is_on_limit = is_excluded and amount == abs(spare)  # one step short of it, or one beyond
    return Room(amount + is_on_limit * (-1 if met else 1), met)


def next_may_reach(total: Decimal, count: Decimal, limit: Decimal) -> Decimal | None:
    """The most that one more event may take while the mean stays within its limit; None when nothing would do."""
    room = limit * (count + 1) - total
    return room if room >= 0 else None


@dataclass(frozen=True)
class Lift:
    """Members raised to the cap, by their place, and the mean it comes to."""

    places: tuple[int, ...]
    mean: Decimal


def fewest_to_lift(values: Sequence[Decimal], cap: Decimal, goal: Decimal) -> Lift | None:
    """The fewest members of a mean that, raised to the cap, take it to a goal; None when all together do not.

    Exact: every member gains what it lacks to the cap, whatever the others do, so the largest gains come first.
    """
    capped = [min(value, cap) for value in values]
    order = sorted(range(len(capped)), key=lambda place: (capped[place], place))
    total, raised = sum(capped, Decimal(0)), list[int]()
    while total < goal * len(capped):
        if len(raised) == len(order) or capped[order[len(raised)]] >= cap:
            return None
        total += cap - capped[order[len(raised)]]
        raised.append(order[len(raised)])
    return Lift(tuple(raised), total / len(capped))
