"""The formula of PermenPANRB 59/2020: levels to aspects to domains to the index, and back from published domain values.

Published domain values have two decimals only. They are sums of whole levels, so the exact sum behind one can nearly
always be found again; where two sums fit, both resulting indices are reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product

from warehouse.rules import IndexPack, Weighted, round_half_up


@dataclass(frozen=True)
class Reconstruction:
    """Weighted points behind published domain values, out of the total weight."""

    points: Decimal
    possible_indices: tuple[Decimal, ...]  # every rounded index the published domain values allow, ascending
    is_exact: bool  # False: a domain value fits no sum of whole levels, its two decimals were used as they are


def weighted_mean(values: Mapping[int, Decimal], items: tuple[Weighted, ...]) -> Decimal:
    """Mean of the values by number, weighted as the pack says; needs a value for each item."""
    weight = sum((item.weight for item in items), Decimal(0))
    return sum((values[item.no] * item.weight for item in items), Decimal(0)) / weight


def aspect_value(levels: Mapping[int, Decimal], pack: IndexPack, aspect_no: int) -> Decimal:
    """Aspect from indicator levels."""
    return weighted_mean(levels, tuple(item for item in pack.indicators if item.parent_no == aspect_no))


def domain_value(aspects: Mapping[int, Decimal], pack: IndexPack, domain_no: int) -> Decimal:
    """Domain from aspect values."""
    return weighted_mean(aspects, tuple(item for item in pack.aspects if item.parent_no == domain_no))


def index_value(domains: Mapping[int, Decimal], pack: IndexPack) -> Decimal:
    """Index from domain values, not rounded."""
    return weighted_mean(domains, pack.domains)


def reconstruct(domains: Mapping[int, Decimal], pack: IndexPack) -> Reconstruction:
    """Find the sums of whole levels behind domain values published with two decimals.

    Where several fit, the one nearest to the published decimals is taken: nothing here looks at the published index.
    """
    plain = sum((domains[domain.no] * domain.weight for domain in pack.domains), Decimal(0))
    choices, is_exact = [], True
    for domain in pack.domains:
        fitting = tuple(
            points
            for points in _reachable_points(_weights(pack, domain.no), pack.lowest_level, pack.highest_level)
            if round_half_up(points / domain.weight, pack.places) == domains[domain.no]
        )
        is_exact = is_exact and bool(fitting)
        choices.append(fitting or (domains[domain.no] * domain.weight,))
    totals = sorted({sum(points, Decimal(0)) for points in product(*choices)})
    indices = sorted({pack.round(total / pack.total_weight) for total in totals})
    nearest = min(totals, key=lambda total: (abs(total - plain), total))
    return Reconstruction(points=nearest, possible_indices=tuple(indices), is_exact=is_exact)


def _weights(pack: IndexPack, domain_no: int) -> tuple[Decimal, ...]:
    aspects = {aspect.no for aspect in pack.aspects if aspect.parent_no == domain_no}
    return tuple(item.weight for item in pack.indicators if item.parent_no in aspects)


@lru_cache(maxsize=64)
def _reachable_points(weights: tuple[Decimal, ...], lowest: int, highest: int) -> tuple[Decimal, ...]:
    sums = {Decimal(0)}
    for weight in weights:
        sums = {total + weight * level for total in sums for level in range(lowest, highest + 1)}
    return tuple(sorted(sums))
