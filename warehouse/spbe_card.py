"""The latest SPBE result of a region as a wall tells it: values only, no database and no words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class SpbeDomain:
    """One domain; `peers` is the mean of the others of the province, None when nobody else was delivered."""

    name: str
    value: Decimal | None
    peers: Decimal | None
    needed: Decimal | None  # value at which this domain alone would bring the next predikat; None where it cannot


@dataclass(frozen=True)
class SpbeCard:
    """Of one year; `next_name` "" in the highest predikat."""

    year: int
    highest_level: int
    domains: tuple[SpbeDomain, ...]
    next_name: str
    next_lower: Decimal | None
    missing: Decimal | None  # of the index, to the next predikat
    group_name: str
    peer_names: tuple[str, ...]  # others of the province that were delivered
    peer_mean: Decimal | None
    peer_best: Decimal | None
    national_best: Decimal | None  # None unless more than one province was delivered

    @property
    def nearest(self) -> tuple[SpbeDomain, ...]:
        """Domains that alone would bring the next predikat, the smallest rise first."""
        able = [domain for domain in self.domains if domain.value is not None and domain.needed is not None]
        return tuple(sorted(able, key=lambda one: (one.needed or Decimal(0)) - (one.value or Decimal(0))))
