"""Delivered rows as a table: each column of one kind, years as names, days without an hour, nothing rounded."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from reports.cells import Manner, row_words
from reports.delivered_rows import frame_rows, rows_table
from warehouse.scope import machine_scope

MANNER = Manner("id_ID", "WIB")
NOON = datetime(2026, 11, 21, 12, 30)


@pytest.mark.parametrize(
    ("name", "values", "kind", "words"),
    [
        ("data_year", [2024, None], "text", ["2024", "tidak ada data"]),
        ("row_no", [1234, 7], "number", ["1.234", "7"]),
        ("handled_ton", [164117.17, 3.0], "number", ["164.117,17", "3,00"]),
        ("measured_date", [pd.Timestamp(2026, 11, 20)], "date", ["20 November 2026"]),
        ("period_start", [date(2026, 1, 1)], "date", ["1 Januari 2026"]),
        ("reported_at", [NOON.replace(hour=0, minute=0)], "instant", ["21 November 2026 00.00 WIB"]),
        ("reported_at", [NOON], "instant", ["21 November 2026 12.30 WIB"]),
        ("offered_at", [NOON.replace(second=7)], "instant", ["21 November 2026 12.30.07 WIB"]),
        ("is_sample", [True, False], "flag", ["ya", "tidak"]),
        ("kecamatan_code", ["35.16.08", None], "text", ["35.16.08", "tidak ada data"]),
        ("obstacle", [None], "text", ["tidak ada data"]),
    ],
)  # fmt: skip
def test_column_as_read(name, values, kind, words):
    table = rows_table([name], [(value,) for value in values], machine_scope(""))
    assert table.columns[0].kind == kind
    assert [row_words(row, table, MANNER)[0] for row in table.rows] == words


def test_numbers_stay_exact():
    table = rows_table(["ton", "row_no"], [(0.1, 3), (Decimal("2.50"), 4)], machine_scope(""))
    assert table.rows == ((Decimal("0.1"), 3), (Decimal("2.50"), 4))
    assert table.columns[0].decimals == 1


def test_missing_cells_of_a_frame_are_none():
    frame = pd.DataFrame(
        {
            "count": pd.Series([1, None], dtype="Int64"),
            "ton": pd.Series([None, 0.0], dtype="float64"),
            "name": pd.Series(["a", None], dtype="str"),
            "at": pd.Series([pd.NaT, pd.Timestamp(NOON)], dtype="datetime64[us]"),
        }
    )
    assert frame_rows(frame) == [(1, None, "a", None), (None, 0.0, None, pd.Timestamp(NOON))]
