"""How values, clocks and figures read: the same words on screen and paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from reports.cells import Manner, cell_words, header_words, total_words
from reports.clock_words import clocks_by_source, source_clock_words, until_words
from reports.columns import WORDS
from reports.content import Column, Quantity
from reports.figure_words import context_words, counts_words, limit_words, value_words
from tests.unit.reports.examples import ABSENT, CLOCK, FIGURE, LATE, desk, programmes
from warehouse.catalogue import INDICATORS
from warehouse.figures import ClockReading, ClockState
from warehouse.indicators.model import RowKey

MANNER = Manner("id_ID", "WIB")
NEVER = replace(CLOCK, opd_code="DKP", state=ClockState.NEVER, data_until=None)


@pytest.mark.parametrize(
    ("cell", "column", "words"),
    [
        ("apa adanya", Column("a", "number"), "apa adanya"),
        (None, Column("a", "number"), "tidak ada data"),
        (0, Column("a", "number"), "0"),
        (Decimal("1234.55"), Column("a", "number", 1), "1.234,6"),
        (Decimal("61.25"), Column("a", "percent", 1), "61,3 %"),
        (Decimal("119808382419"), Column("a", "money"), "Rp 119,8 M"),
        (Decimal("119808382419"), Column("a", "number", 0, "Rp"), "119.808.382.419"),
        (Quantity(Decimal("12.75"), "menit", 1), Column("a", "number", 3), "12,8 menit"),
        (Quantity(Decimal(1000000), "Rp", 0), Column("a", "number"), "Rp 1.000.000"),
        (Quantity(Decimal("3.52"), "", 2), Column("a", "number"), "3,52"),
        (Quantity(None, "menit", 1), Column("a", "number"), "tidak ada data"),
        (date(2026, 11, 21), Column("a", "date"), "21 November 2026"),
        (datetime(2026, 11, 21, 16, 8), Column("a", "date"), "21 November 2026 16.08 WIB"),
        (True, Column("a", "flag"), "ya"),
        (False, Column("a", "flag"), "tidak"),
    ],
)
def test_cell(cell: object, column: Column, words: str) -> None:
    assert cell_words(cell, column, MANNER) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (Column("Timbulan", "number", 1, "ton"), "Timbulan, ton"),
        (Column("Pagu", "money", unit="Rp"), "Pagu"),
        (Column("Program"), "Program"),
    ],
)
def test_header(column: Column, words: str) -> None:
    assert header_words(column) == words


def test_a_ratio_has_no_total() -> None:
    assert total_words(programmes(2), MANNER) == ["Jumlah", "", "Rp 3,0 jt", "", "", "", ""]


@pytest.mark.parametrize(
    ("clocks", "words"),
    [
        ((CLOCK,), "● mutakhir"),
        ((LATE,), "◌ terlambat 9 hari, DLH"),
        ((CLOCK, replace(CLOCK, opd_code="DLH")), "● mutakhir"),
        ((CLOCK, LATE), "1 dari 2 OPD tepat waktu · ◌ DLH 9 hari"),
        ((CLOCK, LATE, NEVER), "1 dari 3 OPD tepat waktu · ◌ DLH 9 hari · — belum pernah: DKP"),
        (
            tuple(replace(LATE, opd_code=f"OPD{number}", overdue_minutes=1440 * number) for number in range(1, 6)),
            "0 dari 5 OPD tepat waktu · ◌ OPD5 5 hari, OPD4 4 hari, OPD3 3 hari dan 2 OPD lain",
        ),
        ((NEVER, replace(NEVER, opd_code="DLH")), "— tidak ada"),
    ],
)
def test_all_senders_of_a_source_in_one_line(clocks: tuple[ClockReading, ...], words: str) -> None:
    (source,) = clocks_by_source(clocks)
    assert source_clock_words(source) == words


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "tidak ada data"),
        (datetime(2026, 11, 21), "20 November 2026"),
        (datetime(2026, 11, 21, 16), "21 November 2026 16.00 WIB"),
    ],
)
def test_until(until: datetime | None, words: str) -> None:
    assert until_words(until, "WIB", "id_ID") == words


def test_a_level_is_told_by_its_name():
    level = replace(
        FIGURE, indicator_id="smart_environment.siaga_sungai", value=Decimal(1), unit="", decimals=0,
        predikat="hijau", determinant="Pos Trawas",
    )  # fmt: skip
    assert value_words(level, "id_ID") == "Hijau (1)"
    assert "hijau" not in context_words(level, "id_ID") and "Pos Trawas" in context_words(level, "id_ID")
    assert value_words(replace(level, predikat=""), "id_ID") == "1"


def test_figure() -> None:
    rules = desk().rules
    assert value_words(FIGURE, "id_ID") == "13,6 menit"
    assert value_words(replace(FIGURE, unit="Rp"), "id_ID") == "Rp 14"
    assert value_words(ABSENT, "id_ID") == "tidak ada data"
    assert limit_words(FIGURE, rules, "id_ID") == "SPM 15 · dalam batas"
    assert limit_words(replace(FIGURE, value=Decimal(16)), rules, "id_ID") == "SPM 15 · melewati batas"
    assert limit_words(replace(FIGURE, clock=LATE), rules, "id_ID") == "SPM 15 · tidak dinilai, data terlambat"
    share = replace(FIGURE, unit="%", numerator=Decimal(80), denominator=Decimal(87), determinant="PM2,5")
    assert counts_words(share, "id_ID") == "80 dari 87"
    assert context_words(share, "id_ID") == "November 2026 · PM2,5 · 80 dari 87"


@pytest.mark.parametrize(
    ("indicator_id", "parts", "words"),
    [
        ("smart_living.panggilan_dijawab", ("80", "87"), "80 dari 87"),
        ("masterplan.serapan", ("108805121000", "154366900000"), "Rp 108,8 M dari Rp 154,4 M"),
        ("masterplan.realisasi_fisik", ("12186616300000", "157209700000"), ""),  # budget times percent says nothing
        ("smart_environment.sampah_penanganan", ("36561.29", "164117.17"), ""),
    ],
)
def test_parts_of_a_share_are_said_only_where_they_mean_something(
    indicator_id: str, parts: tuple[str, str], words: str
) -> None:
    numerator, denominator = (Decimal(part) for part in parts)
    share = replace(FIGURE, indicator_id=indicator_id, unit="%", numerator=numerator, denominator=denominator)
    assert counts_words(share, "id_ID") == words


def test_nobody_is_on_time_where_no_due_date_is_agreed() -> None:
    unknown = replace(CLOCK, state=ClockState.UNKNOWN)
    (source,) = clocks_by_source((unknown, replace(unknown, opd_code="DLH"), NEVER))
    assert source_clock_words(source) == "○ tenggat belum disepakati · 2 dari 3 OPD pernah mengirim"


@pytest.mark.parametrize("indicator", [one for one in INDICATORS if one.rows], ids=lambda one: one.id)
def test_every_column_behind_a_number_has_a_word(indicator):
    day = date(2026, 1, 1)
    shown = indicator.rows(RowKey("35.16", "35.16", day, day)).selected_columns
    assert [column.name for column in shown if column.name not in WORDS] == []
