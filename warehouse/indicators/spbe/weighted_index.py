"""The weighted index: levels to aspects to domains to the index, and back from published values to sums of levels.

Published aspect and domain values have two decimals only. They are sums of whole levels, so the exact sum behind one
can nearly always be found again; where several fit, every resulting index is reported. Refuses to guess a part that was
not given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product

from warehouse.rules import IndexPack, Weighted, round_half_up

FROM_LEVELS, FROM_ASPECTS, FROM_DOMAINS, NOTHING = "tingkat indikator", "nilai aspek", "nilai domain", ""


@dataclass(frozen=True)
class Given:
    """What is known of one evaluation, by number; the most detailed that is complete counts."""

    levels: Mapping[int, Decimal] = field(default_factory=dict)
    aspects: Mapping[int, Decimal] = field(default_factory=dict)
    domains: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """An aspect, a domain or the index in weighted points; without candidates nothing is known of it."""

    item: Weighted
    basis: str
    plain: Decimal = Decimal(0)  # of the decimals as they were given
    candidates: tuple[Decimal, ...] = ()  # every sum of points the given values allow, ascending
    is_exact: bool = True  # False: some published value fits no sum of whole levels, its decimals were used as they are

    @property
    def is_known(self) -> bool:
        return bool(self.candidates)

    @property
    def points(self) -> Decimal:
        """The sum nearest to the given decimals: nothing here looks at a published index."""
        return min(self.candidates, key=lambda total: (abs(total - self.plain), total))

    @property
    def value(self) -> Decimal:
        return self.points / self.item.weight

    def rounded(self, places: int) -> tuple[Decimal, ...]:
        """Every value the given decimals allow, ascending."""
        return tuple(sorted({round_half_up(total / self.item.weight, places) for total in self.candidates}))

    def allows(self, published: Decimal, places: int) -> bool:
        """Whether a published value can come of the given ones; rounded decimals leave it half a unit on both sides."""
        if self.is_exact:
            return published in self.rounded(places)
        return abs(published - self.value) < Decimal(1).scaleb(-places)


@dataclass(frozen=True)
class Resolved:
    """All parts of one evaluation."""

    aspects: tuple[Part, ...]
    domains: tuple[Part, ...]
    index: Part


def resolve(given: Given, pack: IndexPack) -> Resolved:
    """Each part from the parts below it, else from its own published value."""
    aspects = tuple(_aspect(aspect, given, pack) for aspect in pack.aspects)
    domains = tuple(_domain(domain, aspects, given, pack) for domain in pack.domains)
    whole = Weighted(0, pack.index_name, pack.total_weight)
    return Resolved(aspects, domains, _together(whole, domains or aspects))


def index_of(levels: Mapping[int, Decimal], pack: IndexPack) -> Decimal:
    """Index of a level for each indicator, not rounded."""
    return weighted_mean(levels, pack.indicators)


def weighted_mean(values: Mapping[int, Decimal], items: tuple[Weighted, ...]) -> Decimal:
    """Mean of the values by number, weighted as the pack says; needs a value for each item."""
    weight = sum((item.weight for item in items), Decimal(0))
    return sum((values[item.no] * item.weight for item in items), Decimal(0)) / weight


def _aspect(aspect: Weighted, given: Given, pack: IndexPack) -> Part:
    items = tuple(item for item in pack.indicators if item.parent_no == aspect.no)
    if all(item.no in given.levels for item in items):
        points = sum((given.levels[item.no] * item.weight for item in items), Decimal(0))
        return Part(aspect, FROM_LEVELS, points, (points,))
    if aspect.no in given.aspects:
        return _published(aspect, FROM_ASPECTS, given.aspects[aspect.no], items, pack)
    return Part(aspect, NOTHING)


def _domain(domain: Weighted, aspects: Sequence[Part], given: Given, pack: IndexPack) -> Part:
    own = tuple(aspect for aspect in aspects if aspect.item.parent_no == domain.no)
    if domain.no not in given.domains or all(aspect.is_known for aspect in own):
        return _together(domain, own)
    numbers = {aspect.item.no for aspect in own}
    items = tuple(item for item in pack.indicators if item.parent_no in numbers)
    return _published(domain, FROM_DOMAINS, given.domains[domain.no], items, pack)


def _together(item: Weighted, parts: Sequence[Part]) -> Part:
    if not all(part.is_known for part in parts):
        return Part(item, NOTHING)
    bases = {part.basis for part in parts}
    basis = " dan ".join(one for one in (FROM_LEVELS, FROM_ASPECTS, FROM_DOMAINS) if any(one in own for own in bases))
    plain = sum((part.plain for part in parts), Decimal(0))
    if not all(part.is_exact for part in parts):  # means of several institutions: no sums of levels stand behind them
        return Part(item, basis, plain, (plain,), is_exact=False)
    totals = {sum(points, Decimal(0)) for points in product(*(part.candidates for part in parts))}
    return Part(item, basis, plain, tuple(sorted(totals)))


def _published(part: Weighted, basis: str, value: Decimal, items: tuple[Weighted, ...], pack: IndexPack) -> Part:
    plain = value * part.weight
    if pack.is_fractional:
        return Part(part, basis, plain, (plain,), is_exact=False)
    weights = tuple(item.weight for item in items)
    fitting = tuple(
        points
        for points in _reachable_points(weights, pack.lowest_level, pack.highest_level)
        if round_half_up(points / part.weight, pack.places) == value
    )
    return Part(part, basis, plain, fitting or (plain,), is_exact=bool(fitting))


@lru_cache(maxsize=64)
def _reachable_points(weights: tuple[Decimal, ...], lowest: int, highest: int) -> tuple[Decimal, ...]:
    sums = {Decimal(0)}
    for weight in weights:
        sums = {total + weight * level for total in sums for level in range(lowest, highest + 1)}
    return tuple(sorted(sums))
