"""Percentiles by name: `cont` interpolates between observed values, `disc` is the smallest observed value that holds.

The same values as quantile_cont and quantile_disc of DuckDB. Refuses an empty list; of few values it says nothing about
their worth: LEAST_FOR_PERCENTILE is for those who show them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

LEAST_FOR_PERCENTILE = 30


def quantile_cont(values: Sequence[Decimal], share: Decimal) -> Decimal:
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place.to_integral_value(ROUND_FLOOR))
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def quantile_disc(values: Sequence[Decimal], share: Decimal) -> Decimal:
    ordered = sorted(values)
    place = int((len(ordered) * share).to_integral_value(ROUND_CEILING))
    return ordered[max(place, 1) - 1]
