"""How cells are read that only their whole column can tell: style of numbers, order of day and month, exact types."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from pipelines.contracts.contract import Check
from pipelines.judging.column_styles import decide_styles
from pipelines.reading.grids import NATIVE
from tests.unit.pipelines.loaded import warehouse
from tests.unit.pipelines.test_cells import contract, field, judge


@pytest.fixture(scope="module")
def connection():
    with warehouse() as open_connection:
        yield open_connection


def column(connection, one_field, *cells, decimal=","):
    """Of every cell of one column its value, or the rule by which it is refused."""
    one = contract([field(**one_field)], None, decimal=decimal, grain=()).model_copy(update={"period": None})
    rows = judge(connection, one, *([cell] for cell in cells))
    told = [note.rule for note in decide_styles(connection, one).notes.get(0, ())]
    read = [next((f["rule"] for f in row["findings"] if row["is_rejected"]), row["v_value"]) for row in rows]
    return read, told


NUMBER, DATE = {"type_": "number"}, {"type_": "date"}
OTHER_STYLE = ["gaya_angka"]


@pytest.mark.parametrize(
    ("decimal", "cells", "read", "told"),
    [
        (",", ["1.234.567,89", "1.234", "(1.234)", "1.234-"], ["1234567.89", "1234", "-1234", "-1234"], []),
        (",", ["1.234", "2.500"], ["1234", "2500"], []),
        (",", ["1,234.50", "1,234", "999"], ["1234.50", "angka_rancu", "999"], OTHER_STYLE),
        (",", ["1,234", "2,500", "7"], ["1.234", "2.500", "7"], OTHER_STYLE),
        (",", ["1,234", "2.500", "7"], ["angka_rancu", "angka_rancu", "7"], []),
        (",", ["1,234.5", "2.500,5", "1.234"], ["1234.5", "2500.5", "angka_rancu"], OTHER_STYLE),
        (",", ["0.750", "1.234"], ["0.750", "angka_rancu"], OTHER_STYLE),
        (".", ["1,234", "2,500"], ["1234", "2500"], []),
        (".", ["1.234", "12.5"], ["1.234", "12.5"], []),
        (".", ["164,117.17", "449.64"], ["164117.17", "449.64"], []),
        (",", ["1.23.456", "1,2,3", "0812.345.678", "12 34", "5 kg"], ["angka"] * 5, []),
        (",", ["Rp 1.234.567,-", "Rp1.234.567,00", "IDR 5.000", "Rp -7"], ["1234567", "1234567", "5000", "-7"], []),
        (",", ["1\u00a0234\u00a0567,89", "\uff11\uff12", "\u22125", "+5"], ["1234567.89", "12", "-5", "5"], []),
        (",", ["'00123"], ["123"], []),
        (",", ["1,2E+05", "nihil", "12,5 %"], ["120000", "0", "12.5"], []),
        (",", ["#REF!", "#N/A", "####", f"{NATIVE}e#DIV/0!"], ["galat"] * 4, []),
        (",", ["=A1+B1", f"{NATIVE}f"], ["rumus"] * 2, []),
    ],
)  # fmt: skip
def test_numbers_are_read_as_their_column_proves(connection, decimal, cells, read, told):
    found = column(connection, NUMBER, *cells, decimal=decimal)
    assert found == ([value if value.islower() else Decimal(value) for value in read], told)


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["0,123456789", "12345678901234567890"], [Decimal("0.123456789"), Decimal("12345678901234567890")]),
        (["0,12345678901234567890", "1,5"], ["angka_panjang", Decimal("1.5")]),
        (["123456789012345678901234567890123456789", "1,5"], ["angka_panjang", Decimal("1.5")]),
    ],
)
def test_no_number_is_rounded(connection, cells, read):
    assert column(connection, NUMBER, *cells)[0] == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [("3.000.000.000", 3_000_000_000), ("12,0", 12), ("12,5", "angka"), (f"{NATIVE}n2024.5", "angka"), ("nihil", 0)],
)
def test_integers(connection, cell, read):
    assert column(connection, {"type_": "integer"}, cell)[0] == [read]


def test_a_declared_unit_may_stand_behind(connection):
    assert column(connection, {**NUMBER, "unit": "ton"}, "12,5 Ton", "7 kg")[0] == [Decimal("12.5"), "angka"]


AUGUST_5 = date(2026, 8, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "05/08/2026", "5-8-2026", "05.08.2026", "5/8/26", "2026-08-05", "20260805", "5 Agustus 2026", "5 Agt 2026",
        "5-Agu-26", "5 Ags. 2026", "Rabu, 5 Agustus 2026", "5 August 2026", "August 5, 2026", "46239",
        f"{NATIVE}n46239", f"{NATIVE}d2026-08-05T00:00:00", "5 Agustus 2026 pukul 14.05 WIB", "2026-08-04T23:30:00Z",
    ],
)  # fmt: skip
def test_usual_spellings_of_a_date(connection, cell):
    assert column(connection, DATE, cell)[0] == [AUGUST_5]


MIXED = "tanggal_campur"
DAYS = [f"{NATIVE}d2026-08-0{day}T00:00:00" for day in (5, 6, 7)]


@pytest.mark.parametrize(
    ("format_", "cells", "read", "told"),
    [
        (None, ["05/08/2026", "08/13/2026"], [date(2026, 5, 8), date(2026, 8, 13)], ["gaya_tanggal"]),
        (None, ["05/08/2026", "08/13/2026", "13/08/2026", "2026-08-05"], [MIXED, MIXED, MIXED, AUGUST_5], []),
        (None, ["31/02/2026", "00/00/0000", "2026", "besok"], ["tanggal"] * 4, []),
        (None, ["46239"], [AUGUST_5], ["tanggal_serial"]),
        (None, [DAYS[0], "13/08/2026"], [AUGUST_5, date(2026, 8, 13)], ["tanggal_tertukar"]),
        (None, [*DAYS, "13/08/2026"], ["tanggal_tertukar"] * 3 + [date(2026, 8, 13)], []),
        ("%d/%m/%Y", ["05/08/2026", "08/13/2026"], [MIXED, MIXED], []),
        ("%d/%m/%Y", ["05/08/2026", "05/08/26", "2026-08-05", "5 Agustus 2026"], [AUGUST_5] * 4, []),
        ("%d-%b-%y", ["05-Agu-26"], [AUGUST_5], []),
    ],
)
def test_the_order_of_day_and_month_holds_for_a_column(connection, format_, cells, read, told):
    assert column(connection, {**DATE, "format": format_}, *cells) == (read, told)


def test_another_spelling_than_declared_is_told(connection):
    one = contract([field("date", format="%d/%m/%Y")], None, grain=()).model_copy(update={"period": None})
    (row,) = judge(connection, one, ["2026-08-05"])
    assert [(found["rule"], found["severity"]) for found in row["findings"]] == [("gaya_tanggal", "peringatan")]


@pytest.mark.parametrize(
    ("type_", "cell", "read"),
    [
        ("datetime", "05/08/2026 14.05", datetime(2026, 8, 5, 14, 5)),
        ("datetime", "2026-08-05T14:05:33+09:00", datetime(2026, 8, 5, 12, 5, 33)),
        ("datetime", "5 Agustus 2026 14.05 WITA", datetime(2026, 8, 5, 13, 5)),
        ("datetime", "05/08/2026 25:00", "tanggal"),
        ("month", "Januari 2026", date(2026, 1, 1)),
        ("month", "Jan-26", date(2026, 1, 1)),
        ("month", "2026-01", date(2026, 1, 1)),
        ("month", "01/2026", date(2026, 1, 1)),
        ("month", "Januari", "tanggal"),
        ("time", "pukul 14.05 WIB", time(14, 5)),
        ("time", "14:05:33", time(14, 5, 33)),
        ("time", f"{NATIVE}n0.5", time(12)),
        ("time", f"{NATIVE}n14.05", "tanggal"),
        ("boolean", "Ya", True),
        ("boolean", "tidak ada", False),
        ("boolean", "x", "bentuk"),
        ("code", "00123", "00123"),
        ("code", '="00123"', "00123"),
        ("code", f"{NATIVE}n35.1", "kode_angka"),
        ("code", "3,57602E+14", "kode_angka"),
        ("code", f"{NATIVE}n3576020004013001", "kode_angka"),
    ],
)
def test_other_types(connection, type_, cell, read):
    assert column(connection, {"type_": type_}, cell)[0] == [read]


@pytest.mark.parametrize(
    ("list_", "cell", "read"),
    [
        ({"codes": {"Laki-laki": "L", "Perempuan": "P"}}, "LAKI LAKI", "L"),
        ({"codes": {"Laki-laki": "L", "Perempuan": "P"}}, "Perempuann", "kode"),
        ({"one_of": ["Baik", "Sangat Baik"]}, "SANGAT  BAIK", "Sangat Baik"),
        ({"one_of": ["Baik", "Sangat Baik"]}, "Buruk", "daftar"),
        ({"ref": "ref_kecamatan"}, "Kec. Gedeg", "35.16.14"),
        ({"ref": "ref_kecamatan"}, "KECAMATAN DAWAR BLANDONG", "35.16.17"),
    ],
)
def test_lists_are_matched_without_case_blanks_and_punctuation(connection, list_, cell, read):
    assert column(connection, {"type_": "code", **list_}, cell)[0] == [read]


@pytest.mark.parametrize(("total", "rules"), [("30,1", []), ("30,2", ["sum_equals"]), ("-", [])])
def test_a_total_equals_its_parts(connection, total, rules):
    fields = [{"name": name, "from": name, "type": "number"} for name in ("total", "men", "women")]
    check = Check(rule="sum_equals", field="total", parts=("men", "women"))
    one = contract(fields, None, grain=()).model_copy(update={"period": None, "checks": (check,)})
    (row,) = judge(connection, one, [total, "10,05", "20,05"])
    assert [found["rule"] for found in row["findings"]] == rules
