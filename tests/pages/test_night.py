"""When a wall loads its page anew: once in each night, spread over an hour, later when it had to wait."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pages.shared.kiosk import night_due


@pytest.mark.parametrize(
    ("instant", "hour", "delay", "night"),
    [
        ("2026-11-21 01.59", 2, 0, ""),
        ("2026-11-21 02.00", 2, 0, "2026-11-21"),
        ("2026-11-21 02.40", 2, 41, ""),  # another screen's turn
        ("2026-11-21 02.41", 2, 41, "2026-11-21"),
        ("2026-11-21 08.40", 2, 41, "2026-11-21"),  # an alarm was answered so late
        ("2026-11-21 08.41", 2, 41, ""),
        ("2026-11-21 22.59", 23, 0, ""),
        ("2026-11-22 00.10", 23, 0, "2026-11-21"),  # the night it began in
        ("2026-11-22 00.10", 23, 59, "2026-11-21"),
        ("2026-11-22 05.00", 23, 0, ""),
    ],
)
def test_the_night_that_is_due(instant: str, hour: int, delay: int, night: str) -> None:
    assert night_due(datetime.strptime(instant, "%Y-%m-%d %H.%M"), hour, timedelta(minutes=delay)) == night
