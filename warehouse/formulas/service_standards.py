"""Each standard of an emergency line by its own statistic: a mean, a share within a limit, or a percentile.

A mean is never judged by a percentile nor the other way round. Nothing is judged of no events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal


@dataclass(frozen=True)
class ShareWithin:
    """How many of all were within a limit; `target_pct` of them should be."""

    within: int
    total: int
    target_pct: Decimal

    @property
    def pct(self) -> Decimal | None:
        return Decimal(self.within) * 100 / self.total if self.total else None

    @property
    def is_met(self) -> bool | None:
        return None if self.pct is None else self.pct >= self.target_pct

    @property
    def lacking(self) -> int:
        """Of the same number, how many more should have been within the limit; negative: how many fewer may be."""
        needed = (self.target_pct * self.total / 100).to_integral_value(ROUND_CEILING)
        return int(needed) - self.within


def share_within(
    seconds: Sequence[Decimal], limit: Decimal, target_pct: Decimal, total: int | None = None
) -> ShareWithin:
    """The limit itself is within; `total` counts more than was timed, such as callers who hung up."""
    return ShareWithin(sum(one <= limit for one in seconds), len(seconds) if total is None else total, target_pct)


def mean_of(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None
