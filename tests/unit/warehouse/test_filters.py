"""Filters in an address and back, what a period means, what it is compared with, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.filters import (
    COMPARISONS,
    LISTS,
    STATES,
    FilterError,
    Filters,
    Span,
    compared_span,
    keep,
    read_filters,
    resolve_span,
    write_filters,
)

STEADY = settings(deadline=None, derandomize=True, database=None)
LAST = date(2026, 11, 21)
codes = st.text("abcXYZ0189._-", min_size=1, max_size=8)
several = st.lists(codes, unique=True, max_size=3).map(tuple)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
periods = st.one_of(
    st.just(""),
    st.sampled_from(["tahun", "semua"]),
    st.tuples(st.integers(1, 9999), st.sampled_from("hbt")).map(lambda pair: f"{pair[0]}{pair[1]}"),
    st.tuples(days, days).map(lambda pair: f"{min(pair).isoformat()}..{max(pair).isoformat()}"),
)
filters = st.builds(
    Filters,
    daerah=several,
    kecamatan=several,
    opd=several,
    dimensi=several,
    indikator=st.one_of(st.just(""), codes),
    periode=periods,
    per=st.one_of(st.just(""), days.map(date.isoformat)),
    banding=st.sampled_from(COMPARISONS),
    data=st.lists(st.sampled_from(STATES), unique=True).map(tuple),
    menurut=st.one_of(st.just(""), codes),
    urut=st.one_of(st.just(""), codes),
    tahun=st.one_of(st.just(""), st.integers(1000, 9999).map(str)),
    baris=st.one_of(st.just(""), codes),
    rilis=st.one_of(st.just(""), codes),
)


@STEADY
@given(filters)
def test_what_is_written_is_read_back(chosen: Filters) -> None:
    written = write_filters(chosen)
    assert read_filters(written) == chosen
    assert write_filters(read_filters(written)) == written
    assert list(written) == [key for key in vars(Filters()) if key in written]  # always in the same order


@STEADY
@given(filters, st.sampled_from(["30h", "12b", "5t"]))
def test_every_period_that_can_be_written_has_days(chosen: Filters, default: str) -> None:
    span = resolve_span(chosen, LAST, default)
    compared = compared_span(span, chosen.banding)
    assert span.start is None or span.start <= span.end
    assert compared is None or (compared.start is not None and compared.start <= compared.end < span.end)


@STEADY
@given(filters)
def test_a_page_keeps_only_what_it_names(chosen: Filters) -> None:
    kept = keep(chosen, "kecamatan", "periode")
    assert set(write_filters(kept)) <= {"kecamatan", "periode"}
    assert kept.kecamatan == chosen.kecamatan


SPANS = [
    ("7h", "", "2026-11-15", "2026-11-21"),
    ("30h", "", "2026-10-23", "2026-11-21"),
    ("1b", "", "2026-11-01", "2026-11-21"),
    ("3b", "", "2026-09-01", "2026-11-21"),
    ("12b", "", "2025-12-01", "2026-11-21"),
    ("1t", "", "2026-01-01", "2026-11-21"),
    ("5t", "", "2022-01-01", "2026-11-21"),
    ("tahun", "", "2026-01-01", "2026-11-21"),
    ("semua", "", None, "2026-11-21"),
    ("7h", "2026-03-02", "2026-02-24", "2026-03-02"),
    ("tahun", "2024-02-29", "2024-01-01", "2024-02-29"),
    ("2026-01-05..2026-02-03", "", "2026-01-05", "2026-02-03"),
]


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(("period", "per", "start", "end"), SPANS)
def test_days_of_a_period(period: str, per: str, start: str | None, end: str) -> None:
    assert resolve_span(Filters(periode=period, per=per), LAST, "30h") == Span(day(start), date.fromisoformat(end))


COMPARED = [
    ("30h", "", "sebelumnya", "2026-09-23", "2026-10-22"),
    ("30h", "", "tahun_lalu", "2025-10-23", "2025-11-21"),
    ("1b", "", "sebelumnya", "2026-10-01", "2026-10-21"),  # a part of a month beside the same part
    ("1b", "2026-03-31", "sebelumnya", "2026-02-01", "2026-02-28"),  # the end of a month stays the end
    ("1b", "2026-03-30", "sebelumnya", "2026-02-01", "2026-02-28"),
    ("3b", "", "sebelumnya", "2026-06-01", "2026-08-21"),
    ("12b", "", "sebelumnya", "2024-12-01", "2025-11-21"),
    ("tahun", "", "sebelumnya", "2025-01-01", "2025-11-21"),
    ("5t", "", "sebelumnya", "2017-01-01", "2021-11-21"),
    ("2026-11-01..2026-11-20", "", "sebelumnya", "2026-10-12", "2026-10-31"),
    ("2026-07-01..2026-09-30", "", "sebelumnya", "2026-04-01", "2026-06-30"),  # whole months
    ("2024-02-01..2024-02-29", "", "tahun_lalu", "2023-02-01", "2023-02-28"),
]


@pytest.mark.parametrize(("period", "per", "banding", "start", "end"), COMPARED)
def test_days_compared_with(period: str, per: str, banding: str, start: str, end: str) -> None:
    span = resolve_span(Filters(periode=period, per=per), LAST, "30h")
    assert compared_span(span, banding) == Span(day(start), date.fromisoformat(end))


@pytest.mark.parametrize(("period", "banding"), [("30h", ""), ("semua", "sebelumnya"), ("semua", "tahun_lalu")])
def test_nothing_to_compare_with(period: str, banding: str) -> None:
    assert compared_span(resolve_span(Filters(periode=period), LAST, "30h"), banding) is None


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("periode", "30x", "periode=30x tidak dikenal"),
        ("periode", "0h", "periode=0h tidak dikenal"),
        ("periode", "2026-02-30..2026-03-01", "2026-02-30 bukan tanggal"),
        ("periode", "2026-03-02..2026-03-01", "hari pertama sesudah hari terakhir"),
        ("per", "kemarin", "kemarin bukan tanggal"),
        ("per", "0001-01-01", "bukan tanggal"),
        ("per", "9999-12-31", "bukan tanggal"),
        ("periode", "2026-01-01..9999-12-31", "9999-12-31 bukan tanggal"),
        ("banding", "besok", "banding=besok tidak dikenal. Pilih: sebelumnya, tahun_lalu"),
        ("data", "nyata,palsu", "data=palsu tidak dikenal"),
        ("tahun", "26", "tahun=26 bukan tahun"),
    ],
)
def test_a_value_that_means_nothing_is_refused(key: str, value: str, words: str) -> None:
    with pytest.raises(FilterError, match=words.replace(".", r"\.")):
        read_filters({key: value})


def test_what_is_no_filter_is_left_alone() -> None:
    assert read_filters({"embed": "true", "opd": " DLH,,DLH,BPBD ", "program": " "}) == Filters(opd=("DLH", "BPBD"))
    assert set(LISTS) == {"daerah", "kecamatan", "opd", "dimensi", "data"}
