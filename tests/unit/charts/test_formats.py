"""Formats as a table of cases: what goes in, what people read."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from charts import formats


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("1234.5"), 1, "1.234,5"), (Decimal("1234.5"), 0, "1.235"), (Decimal("0.125"), 2, "0,13"),
        (Decimal("2.5"), 0, "3"), (1.005, 2, "1,01"), (Decimal("-0.5"), 0, "-1"), (4, 2, "4,00"),
        (Decimal("1234567.891"), 2, "1.234.567,89"), (None, 2, "tidak ada data"),
    ],
)  # fmt: skip
def test_number(value, decimals, text):
    assert formats.format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("146"), 0, "146"), (Decimal("13.14"), 1, "13,1"), (Decimal("4.16"), 2, "4,16"),
        (Decimal("22.94"), 2, "22,9"), (Decimal("100.4"), 1, "100"), (Decimal("1234"), 0, "1,23 rb"),
        (Decimal("99950"), 0, "100 rb"), (Decimal("1250000"), 0, "1,25 jt"), (Decimal("999.6"), 1, "1,00 rb"),
        (Decimal("9.996"), 2, "10,0"), (Decimal("0"), 0, "0"), (None, 0, "tidak ada data"),
    ],
)  # fmt: skip
def test_wall_number_has_three_significant_digits(value, decimals, text):
    assert formats.format_wall_number(value, decimals) == text
    assert sum(char.isdigit() for char in text) <= 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (formats.format_percent(Decimal("22.9")), "22,9 %"),
        (formats.format_percent(Decimal("91"), 0), "91 %"),
        (formats.format_percent(None), "tidak ada data"),
        (formats.format_value(Decimal("13.1"), "menit", 1), "13,1 menit"),
        (formats.format_value(Decimal("4.16"), "", 2), "4,16"),
        (formats.format_value(None, "menit", 1), "tidak ada data"),
        (formats.format_change(Decimal("0.64"), 2), "naik 0,64"),
        (formats.format_change(Decimal("-0.1"), 2), "turun 0,10"),
        (formats.format_change(Decimal("0.004"), 2), "tetap"),
        (formats.format_deviation(Decimal("-4.25")), "tertinggal 4,3 poin"),
        (formats.format_deviation(Decimal("1.2")), "mendahului 1,2 poin"),
        (formats.format_deviation(Decimal("-0.04")), "sesuai rencana"),
        (formats.format_money(Decimal("1234567890")), "Rp 1,2 M"),
        (formats.format_money(Decimal("2500000")), "Rp 2,5 jt"),
        (formats.format_money(Decimal("3400000000000")), "Rp 3,4 T"),
        (formats.format_money(Decimal("15000")), "Rp 15.000"),
        (formats.format_money(None), "tidak ada data"),
        (formats.format_delay(11 * 1440 + 90), "11 hari"),
        (formats.format_delay(130), "2 jam"),
        (formats.format_delay(59), "59 menit"),
    ],
)
def test_values_with_words(text, expected):
    assert text == expected


def test_dates_and_times():
    day, instant = date(2026, 11, 21), datetime(2026, 11, 21, 16, 8)
    assert formats.format_date(day) == "21 November 2026"
    assert formats.format_short_date(day) == "Sabtu 21 Nov"
    assert formats.format_day(day) == "21 Nov"
    assert formats.format_month(date(2026, 8, 1)) == "Agu"
    assert formats.format_time(instant) == "16.08"
    assert formats.format_time(instant, "WIB") == "16.08 WIB"
    assert formats.format_date(None) == formats.format_time(None) == "tidak ada data"


def test_vega_locale_is_indonesian():
    locale = formats.vega_locale()
    assert (locale["number"]["decimal"], locale["number"]["thousands"]) == (",", ".")
    assert locale["time"]["shortMonths"][7] == "Agu"
    assert locale["time"]["days"][0] == "Minggu"
    assert len(locale["time"]["months"]) == 12
