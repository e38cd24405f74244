"""A typed cell is staged as the spreadsheet shows it, under a mark of its kind."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from pipelines.reading.cell_text import cell_text
from pipelines.reading.grids import NATIVE, FaultyCell, PercentCell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", None),
        (" \u00a0", None),
        (None, None),
        (" Puri ", " Puri "),
        (1.0, "\x02n1"),
        (0.1 + 0.2, "\x02n0.3"),
        (-1234.5, "\x02n-1234.5"),
        (1e-7, "\x02n0.0000001"),
        (1e21, "\x02n1000000000000000000000"),
        (3576010001000100.0, "\x02n3576010001000100"),
        (93738.70999999999, "\x02n93738.71"),
        (Decimal("1E+3"), "\x02n1000"),
        (True, "ya"),
        (datetime(2026, 11, 21, 16, 5), "\x02d2026-11-21T16:05:00"),
        (date(2026, 11, 21), "\x02d2026-11-21"),
        (time(16, 5), "\x02t16:05:00"),
        (timedelta(hours=26, minutes=5), "\x02t26:05:00"),
        (PercentCell(0.4045), "\x02p40.45"),
        (PercentCell(1.0), "\x02p100"),
        (PercentCell(0.07), "\x02p7"),
        (FaultyCell("#REF!"), "\x02e#REF!"),
        (FaultyCell(""), "\x02f"),
    ],
)
def test_a_cell_is_staged_as_the_spreadsheet_shows_it(cell, text):
    assert NATIVE == "\x02"
    assert cell_text(cell) == text
