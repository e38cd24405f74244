"""A value of a database becomes the text that the contract reads back as the same value, or is refused by its type."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from pipelines.connectors.connection import Column
from pipelines.connectors.problems import FetchProblem
from pipelines.connectors.sql_cells import cell_writer
from pipelines.contracts.contract import Contract

WIB = ZoneInfo("Asia/Jakarta")


def written(kind, value, decimal=",", format_=None):
    field = {"name": "x", "from": "Kolom", "type": kind, "format": format_}
    file = {"decimal": decimal}
    contract = Contract.model_validate(
        {"source_id": "x", "title": "x", "fields": (field,), "file": file, "sha256": "", "folder": "."}
    )
    column = Column(name="kol", header="Kolom", type=kind)
    return cell_writer(column, contract, WIB)(value)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", None, ""),
        ("text", " 0012 ", " 0012 "),
        ("text", UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("integer", 12, "12"),
        ("integer", Decimal("12.00"), "12"),
        ("integer", -(10**30), "-1" + "0" * 30),
        ("number", Decimal("75.50"), "75,50"),
        ("number", Decimal("1.234"), "1,2340"),
        ("number", Decimal("1E+3"), "1000"),
        ("number", Decimal("0.00000001"), "0,00000001"),
        ("number", Decimal("-12345678901234567890.12"), "-12345678901234567890,12"),
        ("number", 0.1, "0,1"),
        ("number", 1e-7, "0,0000001"),
        ("number", 7, "7"),
        ("date", date(2026, 2, 1), "2026-02-01"),
        ("datetime", datetime(2026, 2, 1, 3, 4, 5), "2026-02-01 03:04:05"),
        ("datetime", datetime(2026, 2, 1, 20, tzinfo=UTC), "2026-02-02 03:00:00"),
        ("time", time(3, 4), "03:04:00"),
        ("time", timedelta(hours=3, minutes=4), "03:04:00"),
        ("boolean", True, "ya"),
        ("boolean", 0, "tidak"),
    ],
)
def test_a_value_is_written_exactly(kind, value, text):
    assert written(kind, value) == text


def test_the_contract_says_how_numbers_and_dates_are_written():
    assert written("number", Decimal("75.5"), decimal=".") == "75.5"
    assert written("date", date(2026, 2, 1), format_="%d/%m/%Y") == "01/02/2026"
    assert written("datetime", datetime(2026, 2, 1, 3, 4), format_="%d-%m-%Y %H.%M") == "01-02-2026 03.04"


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("date", "2026-02-01", "kini berisi teks, padahal disepakati tanggal"),
        ("date", datetime(2026, 2, 1), "kini berisi tanggal dan waktu, padahal disepakati tanggal"),
        ("datetime", date(2026, 2, 1), "kini berisi tanggal, padahal"),
        ("integer", "12", "kini berisi teks, padahal disepakati bilangan bulat"),
        ("integer", Decimal("12.5"), "kini berisi angka, padahal disepakati bilangan bulat"),
        ("integer", True, "kini berisi ya/tidak"),
        ("text", 12, "kini berisi bilangan bulat, padahal disepakati teks"),
        ("text", b"x", "kini berisi isi jenis lain"),
        ("number", Decimal("NaN"), "padahal disepakati angka"),
        ("number", float("inf"), "padahal disepakati angka"),
        ("number", "1.5", "kini berisi teks"),
        ("time", timedelta(days=2), "padahal disepakati jam"),
        ("boolean", 2, "padahal disepakati ya/tidak"),
    ],
)
def test_another_type_is_refused_by_name_without_the_value(kind, value, said):
    with pytest.raises(FetchProblem) as refused:
        written(kind, value)
    assert f"Kolom kol {said}" in str(refused.value) or said in str(refused.value)
    assert "12.5" not in str(refused.value)
