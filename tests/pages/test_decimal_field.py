"""Numbers as they are typed here, exactly; what could be meant either way is refused with a right example."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pages.shared.decimal_field import read_decimal, write_decimal


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8,81", "8.81"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1234567", "1234567"),
        (" 0 ", "0"),
        ("30,00", "30.00"),
    ],
)
def test_a_number_is_read_exactly_and_written_again(typed: str, number: str) -> None:
    read = read_decimal(typed)
    assert str(read) == number
    assert read_decimal(write_decimal(read)) == read


def test_nothing_is_no_number() -> None:
    assert (read_decimal("  "), write_decimal(None)) == (None, "")
    assert write_decimal(Decimal("1234.50")) == "1.234,50"


@pytest.mark.parametrize("typed", ["8.81", "1.23.456", "1,2,3", "-1", "12 %", "abc", ",5", "1" * 16])
def test_what_is_no_such_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"bukan angka\. Contoh yang benar: 8,81 atau 1\.234,5"):
        read_decimal(typed)
