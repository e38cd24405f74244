"""Days until a limit: exact on a line, silent where nothing can be told, unmoved by one wild point."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas.trend import Outlook, fit_trend, tell_time_to_limit, time_to_limit

FIRST = date(2026, 1, 5)


def points(*values, step=7):
    return [(FIRST + timedelta(days=step * place), Decimal(str(value))) for place, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "limit", "rising", "outlook", "days"),
    [
        (range(10, 24, 2), 30, True, Outlook.TOO_FEW, None),  # seven points
        (range(10, 26, 2), 30, True, Outlook.EXPECTED, 21),  # 24 on the last day, 2 a week
        (range(10, 26, 2), 24, True, Outlook.PASSED, None),
        (range(10, 26, 2), 60, True, Outlook.TOO_FAR, None),
        (range(26, 10, -2), 30, True, Outlook.AWAY, None),
        (range(26, 10, -2), 9, False, Outlook.EXPECTED, 11),
        ((5, 9, 4, 8, 5, 9, 4, 8), 20, True, Outlook.NO_DIRECTION, None),
        ((7,) * 8, 20, True, Outlook.NO_DIRECTION, None),
        ((10, 12, 14, 99, 18, 20, 22, 24), 30, True, Outlook.EXPECTED, 21),  # one wild point
    ],
)
def test_days_until_a_limit(values, limit, rising, outlook, days):
    found = time_to_limit(points(*values), Decimal(limit), rising)
    assert (found.outlook, found.days) == (outlook, days)
    assert (found.earliest is None) == (days is None)


def test_the_interval_is_told():
    """Slope 0.2857 a day, 0.2449 to 0.3333, as scipy.stats.theilslopes gives it (method joint)."""
    found = time_to_limit(points(10, 13, 13, 17, 17, 21, 21, 26, 25, 29), Decimal(33), rising=True)
    assert found.earliest <= found.days <= found.latest
    assert tell_time_to_limit(found) == (
        "Bila tren berlanjut, batas tercapai sekitar 16 hari lagi, selang 95 % 14 sampai 19 hari "
        "(kemiringan median antartitik, 10 titik)."
    )
    assert "perlu sedikitnya 8 titik" in tell_time_to_limit(time_to_limit(points(1, 2), Decimal(9), rising=True))


def test_two_values_of_one_day_are_no_trend():
    assert fit_trend([*points(*range(8)), (FIRST, Decimal(3))]) is None


@given(st.lists(st.integers(0, 50), min_size=8, max_size=14), st.integers(-5, 5))
def test_a_steady_change_added_moves_the_slope_by_as_much(values, drift):
    plain = fit_trend(points(*values, step=1))
    tilted = fit_trend(points(*(value + drift * place for place, value in enumerate(values)), step=1))
    assert abs(tilted.slope - plain.slope - drift) < Decimal("1e-20")
    assert plain.slope_low <= plain.slope <= plain.slope_high
