"""The words of a period become its first and last day; what is open or impossible becomes nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines.reading.amounts import parse_amount, spell_amount, spell_times
from pipelines.reading.report_period import complete_to, read_period
from pipelines.reading.reshaping import Sheet
from pipelines.reading.spans import Span, month_of_name, read_span, whole_year


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("periode Januari s.d Nopember 2022", (1, 1), (11, 30)),
        ("periode 1 Januari s.d 31 Oktober 2022", (1, 1), (10, 31)),
        ("periode s.d 15 Juli 2022", (1, 1), (7, 15)),
        ("periode Februari 2022", (2, 1), (2, 28)),
        ("periode 01 Februari s.d 28 Februari 2022", (2, 1), (2, 28)),
        ("periode Januari 2022 s/d Oktober 2022", (1, 1), (10, 31)),
        ("Periode : Januari s.d. Desember 2022", (1, 1), (12, 31)),
        ("PERIODE JANUARI SD MARET 2022", (1, 1), (3, 31)),
        ("Bulan Pebruari sampai dengan Agt 2022", (2, 1), (8, 31)),
        ("Keadaan per 31 Oktober 2022", (1, 1), (10, 31)),
        ("periode 1 Agustus - 31 Agustus 2022", (8, 1), (8, 31)),
    ],
)
def test_a_stated_period(text, start, end):
    assert read_span(text) == Span(date(2022, *start), date(2022, *end))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "periode …………. s.d ………….. 2022",
        "periode ........ s.d 31 Oktober 2022",
        "periode ______ 2022",
        "periode Januari s.d Oktober",
        "periode 31 Februari 2022",
        "periode 1 Januari s.d 31 Nopembre 2022",
        "periode Oktober s.d Januari 2022",
        "periode 2022",
        "LAPORAN REALISASI ANGGARAN PENDAPATAN DAN BELANJA DAERAH",
    ],
)
def test_an_open_or_impossible_period_is_not_guessed(text):
    assert read_span(text) is None


def test_what_a_file_name_or_a_year_alone_suggest():
    assert month_of_name("lra_DINSOS_2022-02.xlsx") == Span(date(2022, 2, 1), date(2022, 2, 28))
    assert month_of_name("lra_DINSOS_2022-13.xlsx") is None
    assert whole_year("periode …… 2022") == Span(date(2022, 1, 1), date(2022, 12, 31))
    assert whole_year("2021 s.d 2022") is None


def period_of(text, received_at=None, file_name="lra_DINSOS.xlsx"):
    return read_period(Sheet(file_name, "Sheet1", [["", text]] if text else [[""]], received_at), 1)


@pytest.mark.parametrize(
    ("text", "received_at", "end", "note", "until"),
    [
        ("periode Januari s.d Oktober 2022", datetime(2022, 11, 30, 9), (10, 31), None, datetime(2022, 11, 1)),
        (
            "periode Januari s.d Desember 2022",
            datetime(2022, 11, 30, 12, 28),
            (11, 30),
            "sampai hari diterima, 2022-11-30",
            datetime(2022, 11, 30, 12, 28),
        ),
        ("periode Nopember 2022", datetime(2022, 11, 30, 9), (11, 30), None, datetime(2022, 11, 30, 9)),
        ("periode Desember 2022", datetime(2022, 11, 30, 9), (12, 31), None, datetime(2023, 1, 1)),
    ],
    ids=["past", "ends after it came", "ends the day it came", "begins after it came"],
)
def test_a_report_knows_nothing_after_the_day_it_was_received(text, received_at, end, note, until):
    period = period_of(text, received_at)
    assert period.span.end == date(2022, *end)
    assert [item.cell for item in period.notes] == (["B1"] if note else [])
    assert note is None or note in period.notes[0].message
    assert period.doubts == ()
    assert complete_to(period.span, received_at) == until


@pytest.mark.parametrize(
    ("text", "file_name", "span"),
    [
        ("periode …… s.d …… 2022", "lra_DINSOS.xlsx", ("2022-01-01", "2022-11-30")),
        ("periode …… s.d …… 2022", "lra_DINSOS_2022-10.xlsx", ("2022-10-01", "2022-10-31")),
        ("", "lra_DINSOS_2022-10.xlsx", ("2022-10-01", "2022-10-31")),
        ("", "lra_DINSOS.xlsx", None),
    ],
)
def test_an_open_period_is_doubted_and_says_how_it_would_be_read(text, file_name, span):
    period = period_of(text, datetime(2022, 11, 30, 12), file_name)
    (doubt,) = period.doubts
    assert doubt.rule == "periode"
    if span is None:
        assert period.span is None
    else:
        assert (period.span.start.isoformat(), period.span.end.isoformat()) == span
        assert f"dibaca {span[0]} s.d. {span[1]}" in doubt.message


def test_a_file_named_for_another_month_is_told():
    (note,) = period_of("periode Januari s.d Nopember 2022", None, "lra_DINSOS_2022-10.xlsx").notes
    assert "Nama berkas menyebut bulan 2022-10" in note.message


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (70202686137.97, "70202686137.97"),
        (1667378459.0, "1667378459"),
        ("Rp. 1667378459", "1667378459"),
        ("1.234.567,50", "1234567.50"),
        ("Rp 2.000,-", "2000"),
        ("", None),
        ("-", None),
        ("1.23.4", None),
        (True, None),
    ],
)
def test_amounts_in_cells(cell, amount):
    assert parse_amount(cell) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("value", "said"), [("119808382419", "119.808.382.419"), ("70202686137.97", "70.202.686.137,97"), ("0", "0")]
)
def test_amounts_in_words(value, said):
    assert spell_amount(Decimal(value)) == said


@pytest.mark.parametrize(
    ("times", "said"), [("569.41", "570 kali"), ("3.42", "3,4 kali"), ("10", "10 kali"), ("4", "4 kali")]
)
def test_how_many_times(times, said):
    assert spell_times(Decimal(times)) == said


@pytest.mark.parametrize(("file_name", "is_doubted"), [("lra_X_2023-01.xlsx", True), ("lra_X_2022-12.xlsx", False)])
def test_a_year_that_is_not_the_one_of_the_file_name_is_doubted(file_name, is_doubted):
    found = period_of("periode Januari 2022", file_name=file_name)
    assert [doubt.message for doubt in found.doubts] == (
        ['Nama berkas menyebut tahun 2023, isinya "periode Januari 2022". Betulkan yang salah, lalu kirim ulang.']
        if is_doubted
        else []
    )
