"""Where an SPBE index could still rise: distance of each domain to the highest level, and to the next predikat.

Says what the weights allow, never what an agency should do or why it stands where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from warehouse.rules import Band, IndexPack


@dataclass(frozen=True)
class DomainGap:
    """One domain; `value` None is a domain not published, whose distance is not known either."""

    no: int
    name: str
    weight: Decimal  # percent of the whole
    value: Decimal | None
    distance: Decimal | None  # to the highest level
    gain: Decimal | None  # what the index would gain at the highest level


@dataclass(frozen=True)
class NextBand:
    """The class above the present one and how much of the index is missing to it."""

    band: Band
    missing: Decimal


def domain_gaps(values: Mapping[int, Decimal], pack: IndexPack) -> tuple[DomainGap, ...]:
    """One entry for each domain of the pack, in its order."""
    gaps = []
    for domain in pack.domains:
        value = values.get(domain.no)
        distance = None if value is None else Decimal(pack.highest_level) - value
        share = domain.weight * 100 / pack.total_weight
        gain = None if distance is None else distance * share / 100
        gaps.append(DomainGap(domain.no, domain.name, share, value, distance, gain))
    return tuple(gaps)


@dataclass(frozen=True)
class RiseAlone:
    """One domain that would take the index to a class while all others stay."""

    gap: DomainGap
    needed: Decimal  # value of the domain


def rises_alone(gaps: Sequence[DomainGap], missing: Decimal) -> tuple[RiseAlone, ...]:
    """Domains that can bring the missing part of an index by themselves, the smallest rise first."""
    found = []
    for gap in gaps:
        if gap.value is None or gap.distance is None:
            continue
        rise = missing * 100 / gap.weight
        if rise <= gap.distance:
            found.append(RiseAlone(gap, gap.value + rise))
    return tuple(sorted(found, key=lambda one: (one.needed - (one.gap.value or 0), one.gap.no)))


def next_band(index: Decimal, pack: IndexPack) -> NextBand | None:
    """The lowest class that begins above the index; None in the highest one."""
    above = [band for band in pack.bands if band.lower > index]
    return NextBand(above[0], above[0].lower - index) if above else None
