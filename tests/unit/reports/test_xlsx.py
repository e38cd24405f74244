"""The workbook of a page: real types, definitions, sources, and no formula whatever the data says."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from reports.content import Cell, Column, Figures, Missing, PageContent, Quantity, Section, Table
from reports.xlsx import draw_xlsx
from tests.unit.reports.examples import ABSENT, CLOCK, FIGURE, FULL, LATE, desk, only, page, programmes

CODE = "7F3A-19C2"


def sheets(content: PageContent) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(draw_xlsx(desk(), content, CODE)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def one_cell(cell: Cell, column: Column) -> tuple[object, openpyxl.cell.cell.Cell]:
    content = only(Table((column,), ((cell,),), name="T"))
    written = draw_xlsx(desk(), content, CODE)
    read = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_name("T").to_python()
    return read[1][0], openpyxl.load_workbook(io.BytesIO(written))["T"]["A2"]


@pytest.mark.parametrize(
    ("cell", "column", "read", "number_format"),
    [
        (Decimal("61.2345678"), Column("a", "percent", 1), 61.2345678, '#,##0.0" %"'),
        (Decimal("119808382419.25"), Column("a", "money"), 119808382419.25, '"Rp" #,##0'),
        (7, Column("a", "number"), 7.0, "#,##0"),
        (Quantity(Decimal("12.75"), "menit", 1), Column("a", "number"), 12.75, '#,##0.0" menit"'),
        (date(2026, 11, 21), Column("a", "date"), date(2026, 11, 21), "[$-421]d mmmm yyyy"),
        (datetime(2026, 11, 21, 16, 8), Column("a", "instant"), datetime(2026, 11, 21, 16, 8), None),
        (True, Column("a", "flag"), True, None),
        ("35.16", Column("a"), "35.16", None),
        ("007", Column("a"), "007", None),
    ],
)
def test_values_keep_their_type(cell: Cell, column: Column, read: object, number_format: str | None) -> None:
    value, written = one_cell(cell, column)
    assert value == read
    assert isinstance(value, type(read))
    assert number_format is None or written.number_format == number_format


@pytest.mark.parametrize(
    "text", ["=1+1", "+62 812", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "{=A1}", "https://contoh.go.id", "mailto:a@b"]
)
def test_a_text_is_never_a_formula_or_a_link(text: str) -> None:
    value, written = one_cell(text, Column("a"))
    assert value == text
    assert written.data_type == "s"
    assert written.hyperlink is None


def test_a_missing_cell_is_empty_and_zero_is_zero() -> None:
    table = Table((Column("a"), Column("b", "number"), Column("c", "number")), (("x", None, 0),), name="T")
    assert sheets(only(table))["T"][1] == ["x", "", 0.0, False]


def test_the_page_is_told_before_its_numbers() -> None:
    content = page(Section("Daftar", (programmes(1), Missing("Proyek", ("DPUPR",))), clocks=(CLOCK, LATE)))
    told = {str(row[0]): row[1] for row in sheets(content)["Ringkasan"][1:]}
    assert told["Pesan"] == content.message
    assert (told["Rilis"], told["Kode"], told["Keadaan"]) == ("2026-11-21.01", CODE, "21 November 2026")
    assert told["Alamat"] == "tahun=2026"
    assert told["Daftar"] == "Proyek · data belum disampaikan · DPUPR"
    assert told["Jam data Daftar"] == f"{CLOCK.source_title}: 1 dari 2 OPD tepat waktu · ◌ DLH 9 hari"


def test_figures_are_a_table_with_all_their_parts() -> None:
    header, first, second = sheets(only(Figures((FIGURE, ABSENT))))["Bagian"]
    row = dict(zip(header, first, strict=True))
    assert (row["Angka"], row["Nilai"], row["Satuan"], row["Target"], row["Contoh"]) == (
        "Respons kebakaran", 13.64, "menit", 15.0, True
    )  # fmt: skip
    assert dict(zip(header, second, strict=True))["Nilai"] == ""


def test_every_column_and_indicator_is_defined() -> None:
    book = sheets(FULL)
    rows = {(str(row[0]), str(row[1])): row for row in book["Definisi"][1:]}
    assert rows["Daftar program", "Pagu"][2] == "pagu DPA tahun berjalan"
    assert rows["Daftar program", "Pagu"][5] == "Rp"
    indicator = next(row for key, row in rows.items() if key[0] == FIGURE.indicator_id)
    assert indicator[3]
    assert "114/2018" in str(indicator[4])
    sheet_columns = {(name, column) for name in ("Angka utama", "Daftar program") for column in book[name][0]}
    titles = {(sheet, title.split(",")[0]) for sheet, title in sheet_columns}  # type: ignore[attr-defined]
    assert titles <= set(rows)


def test_sources_name_owner_rows_and_each_clock() -> None:
    rows = sheets(FULL)["Sumber"]
    assert rows[1][:5] == ["bpbd_kejadian_112", "Kejadian 112, satu baris tiap tiket", "BPBD, DLH", 1476.0, True]
    assert [(row[2], row[8]) for row in rows[2:]] == [("BPBD", "● mutakhir"), ("DLH", "◌ terlambat 9 hari")]


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (("Daftar", "daftar", "Daftar"), ("Daftar", "daftar (2)", "Daftar (3)")),
        (("a" * 40, "a" * 40), ("a" * 31, "a" * 27 + " (2)")),
        (("Realisasi: fisik/keuangan [2026]?",), ("Realisasi  fisik keuangan  2026",)),
        (("'", "History"), ("Tabel", "History ")),
        (("Ringkasan",), ("Ringkasan (2)",)),
    ],
)
def test_sheet_names_are_made_to_fit(names: tuple[str, ...], written: tuple[str, ...]) -> None:
    table = programmes(1)
    book = sheets(only(*(replace(table, name=name) for name in names)))
    assert tuple(book)[1:-2] == written


def test_a_text_longer_than_a_cell_is_cut_with_a_sign() -> None:
    value, _written = one_cell("x" * 40_000, Column("a"))
    assert value == "x" * 32_766 + "…"


def test_two_thousand_rows_and_their_total() -> None:
    rows = sheets(only(replace(programmes(2000), name="P")))["P"]
    assert len(rows) == 1 + 2000 + 1
    assert rows[2000][2] == 2_000_000_000.25
    assert rows[2001][:3] == ["Jumlah", "", 2_001_000_000_500.0]


def test_the_same_page_is_the_same_bytes() -> None:
    assert draw_xlsx(desk(), FULL, CODE) == draw_xlsx(desk(), FULL, CODE)
