"""Dengue: how many fall ill and how many of them die.

IR = kasus / penduduk x 100.000. CFR (%) = meninggal / kasus x 100; without cases it does not apply.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

PER = Decimal(100_000)


def incidence(cases: Decimal, population: Decimal) -> Decimal:
    """Cases per 100,000 persons, not rounded."""
    return cases * PER / population


def fatality_pct(deaths: Decimal, cases: Decimal) -> Decimal | None:
    """Share of the cases that died, in percent; None without cases."""
    return deaths * 100 / cases if cases else None


def most_cases(limit: Decimal, population: Decimal, includes_limit: bool) -> Decimal:
    """The most cases whose incidence is still within a limit."""
    exact = limit * population / PER
    return exact.to_integral_value(ROUND_FLOOR) if includes_limit else exact.to_integral_value(ROUND_CEILING) - 1
