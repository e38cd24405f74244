"""The cut of a page in words, and what of an address a page can honour."""

from __future__ import annotations

from datetime import date

import pytest

from reports.captions import Spans, describe, join_names, period_words, span_words
from reports.choices import read_address, settle
from reports.facets import Facet, Option
from tests.unit.reports.examples import desk
from warehouse.filters import Filters, Span, write_filters

LOCALE = "id_ID"
KECAMATAN = Facet(
    "kecamatan", "Kecamatan", (Option("35.16.07", "Ngoro"), Option("35.16.06", "Pungging")), "", is_multiple=True
)
YEAR = Facet("tahun", "Tahun", (Option("2026", "2026"), Option("2025", "2025")), "2026")
PERIOD = Facet("periode", "Periode", (Option("30h", "30 hari"),), "30h")
COMPARED = Facet("banding", "Dibanding", (Option("", "tanpa"), Option("sebelumnya", "sebelumnya")))
STATES = Facet("data", "Keadaan", (Option("nyata", "nyata"), Option("contoh", "contoh")), "", is_multiple=True)
DIMENSION = Facet("dimensi", "Dimensi", (Option("", "semua"), Option("6", "Smart Environment")))
HIDDEN = Facet("opd", "OPD", ())
FACETS = (KECAMATAN, YEAR, PERIOD, COMPARED, STATES, HIDDEN)
NOVEMBER = Spans(Span(date(2026, 11, 1), date(2026, 11, 20)), Span(date(2026, 10, 12), date(2026, 10, 31)))


@pytest.mark.parametrize(
    ("filters", "spans", "words"),
    [
        (Filters(), None, "30 hari terakhir"),
        (
            Filters(kecamatan=("35.16.07", "35.16.06"), data=("nyata",)),
            NOVEMBER,
            "Kecamatan Ngoro dan Pungging · 1–20 November 2026 dibanding 12–31 Oktober 2026 · hanya data nyata",
        ),
        (Filters(tahun="2025"), None, "Tahun 2025 · 30 hari terakhir"),
        (Filters(periode="3b", banding="tahun_lalu"), None, "3 bulan terakhir dibanding rentang yang sama tahun lalu"),
        (Filters(periode="7h", per="2026-11-02"), None, "7 hari terakhir sampai 2 November 2026"),
        (Filters(data=("nyata", "contoh")), None, "30 hari terakhir"),
        (
            Filters(data=("contoh", "jatuh_tempo", "terlambat")),
            None,
            "30 hari terakhir · hanya DATA CONTOH · hanya kiriman yang jatuh tempo atau terlambat",
        ),
        (Filters(rilis="2026-11-21.01"), None, "30 hari terakhir · rilis 2026-11-21.01"),
        (Filters(opd=("DLH",), indikator="spbe.indeks", urut="nama", baris="x"), None, "30 hari terakhir"),
    ],
)
def test_the_cut_in_words(filters: Filters, spans: Spans | None, words: str) -> None:
    assert describe(desk(), filters, FACETS, spans) == words


def test_no_filter_is_said_too() -> None:
    assert describe(desk(), Filters(), (KECAMATAN,)) == "tanpa saringan"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A dan B"),
        (["A", "B", "C"], "A, B dan C"),
        (list("ABCDEF"), "A, B, C, D, E dan F"),
        (list("ABCDEFGH"), "A, B, C, D, E dan 3 lainnya"),
    ],
)
def test_names_are_joined_and_counted(names: list[str], words: str) -> None:
    assert join_names(names) == words


@pytest.mark.parametrize(
    ("start", "end", "hour", "words"),
    [
        ("2026-11-01", "2026-11-20", None, "1–20 November 2026"),
        ("2026-11-01", "2026-11-30", None, "November 2026"),
        ("2026-11-01", "2026-11-30", 16, "1–30 November 2026 pukul 16.00"),
        ("2026-10-12", "2026-11-20", None, "12 Oktober – 20 November 2026"),
        ("2025-12-01", "2026-11-21", None, "1 Desember 2025 – 21 November 2026"),
        ("2026-11-21", "2026-11-21", 9, "21 November 2026 pukul 09.00"),
        ("2024-01-01", "2024-12-31", None, "2024"),
        ("2022-01-01", "2024-12-31", None, "2022–2024"),
        (None, "2026-11-21", None, "sampai 21 November 2026"),
    ],
)
def test_days_in_words(start: str | None, end: str, hour: int | None, words: str) -> None:
    span = Span(None if start is None else date.fromisoformat(start), date.fromisoformat(end))
    assert span_words(span, LOCALE, hour) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("30h", "30 hari terakhir"), ("12b", "12 bulan terakhir"), ("5t", "5 tahun terakhir"),
        ("tahun", "tahun berjalan"), ("semua", "seluruh riwayat"),
        ("2026-11-01..2026-11-20", "1–20 November 2026"),
    ],
)  # fmt: skip
def test_periods_in_words(code: str, words: str) -> None:
    assert period_words(code, LOCALE) == words


@pytest.mark.parametrize(
    ("filters", "kept", "problems"),
    [
        (Filters(tahun="2026", periode="30h"), {}, []),  # the page's own choice is not written
        (Filters(tahun="2025", periode="45h"), {"periode": "45h", "tahun": "2025"}, []),
        (Filters(tahun="1999"), {}, ["tahun=1999 tidak dikenal. Pilihan: 2026, 2025."]),
        (
            Filters(kecamatan=("35.16.07", "99.99.99")),
            {"kecamatan": "35.16.07"},
            ["kecamatan=99.99.99 tidak dikenal. Pilihan: 35.16.07, 35.16.06."],
        ),
        (Filters(sumber="x"), {}, ["Saringan sumber tidak dipakai di halaman ini."]),
        (Filters(opd=("DLH",)), {"opd": "DLH"}, []),  # without a widget, for the page to tell
        (Filters(rilis="2026-11-21.01", per="2026-11-01"), {"per": "2026-11-01", "rilis": "2026-11-21.01"}, []),
        (Filters(dimensi=("6",)), {"dimensi": "6"}, []),
    ],
)
def test_only_what_a_page_offers_and_what_differs(filters: Filters, kept: dict[str, str], problems: list[str]) -> None:
    choice = settle(filters, (*FACETS, DIMENSION))
    assert write_filters(choice.filters) == kept
    assert list(choice.problems) == problems


def test_settled_filters_stay_as_they_are() -> None:
    once = settle(Filters(tahun="2025", kecamatan=("35.16.06",), periode="90h"), FACETS)
    assert settle(once.filters, FACETS) == once


@pytest.mark.parametrize(
    ("address", "filters", "count"),
    [
        ({"periode": "30x", "tahun": "2025"}, Filters(tahun="2025"), 1),
        ({"id": "spbe.indeks"}, Filters(indikator="spbe.indeks"), 0),
        ({"id": "a", "indikator": "b"}, Filters(indikator="b"), 0),
        ({"embed": "true"}, Filters(), 0),
    ],
)
def test_one_wrong_value_takes_no_other_with_it(address: dict[str, str], filters: Filters, count: int) -> None:
    choice = read_address(address)
    assert choice.filters == filters
    assert len(choice.problems) == count


def test_a_choice_of_nothing_is_told_without_a_list() -> None:
    row = Facet("baris", "Baris", (Option("", "tidak ada"),))
    choice = settle(Filters(baris="2026-11-10"), (row,))
    assert choice.problems == ("baris=2026-11-10 tidak ada di potongan ini; tidak ada yang dapat dipilih.",)
