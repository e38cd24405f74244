"""CSV of a page: every value at full precision, nothing that a spreadsheet would run, missing stays empty."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from reports.content import Column, Figures, Missing, PageContent, Quantity, Section, Table
from reports.csv import content_csv, csv_bytes
from tests.unit.reports.examples import ABSENT, CLOCK, FIGURE, only, page, programmes
from warehouse.csv_cells import neutralise


def read(content: PageContent) -> list[dict[str, str]]:
    written = content_csv(content, "2026-11-21.01")
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+62 812", "'+62 812"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1+1", "'  =1+1"),
        ("-5", "-5"),
        ("-1.234,5", "-1.234,5"),
        ("MJK-20261119-0018", "MJK-20261119-0018"),
        ("", ""),
        (Decimal("-5.5"), Decimal("-5.5")),
        (7, 7),
        (None, None),
    ],
)
def test_a_cell_is_never_a_formula(cell: object, written: object) -> None:
    assert neutralise(cell) == written


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (0, "0"),
        (Decimal("119808382419.00"), "119808382419.00"),
        (Decimal("1E+3"), "1000"),
        (Quantity(Decimal("12.75"), "menit", 1), "12.75"),
        (Quantity(None, "menit", 1), ""),
        (True, "ya"),
        (date(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21, 16, 8), "2026-11-21 16:08:00"),
    ],
)
def test_cell_as_written(cell: object, written: str) -> None:
    assert csv_bytes(("a", "b"), [(cell, "x")]).decode("utf-8-sig").splitlines()[1] == f"{written},x"


def test_a_figure_says_unit_period_source_release_and_sample() -> None:
    first, second = read(only(Figures((FIGURE, ABSENT))))
    assert first == {
        "bagian": "Bagian", "baris": "Kabupaten Mojokerto", "ukuran": "Respons kebakaran", "nilai": "13.64",
        "satuan": "menit", "periode": "November 2026", "keterangan": "dihitung",
        "sumber": "Kejadian 112, satu baris tiap tiket (bpbd_kejadian_112)", "rilis": "2026-11-21.01", "contoh": "ya",
    }  # fmt: skip
    assert (second["nilai"], second["contoh"]) == ("", "tidak")
    assert second["keterangan"] == "Kota Mojokerto tidak tercantum dalam data SIPSN 2024"


def test_each_cell_of_a_table_is_a_line_named_by_its_row() -> None:
    lines = read(page(Section("Daftar", (programmes(2),), clocks=(CLOCK,), is_sample=True)))
    assert len(lines) == 3 * 6
    pagu = [line for line in lines if line["ukuran"] == "Pagu"]
    assert [line["nilai"] for line in pagu] == ["1000000.25", "2000000.25", "3000000.50"]
    assert [line["baris"] for line in pagu][2] == "Jumlah"
    assert {(line["satuan"], line["contoh"], line["sumber"]) for line in pagu} == {("Rp", "ya", CLOCK.source_title)}


def test_a_leading_table_is_its_own_rows_and_columns() -> None:
    table = replace(programmes(3), is_leading=True)
    lines = read(page(Section("Ringkas", (Figures((FIGURE,)),)), Section("Baris", (table,), is_sample=True)))
    assert len(lines) == 3
    assert list(lines[0]) == [
        "Program", "OPD penanggung jawab", "Pagu, Rp", "Realisasi fisik, %", "Deviasi, poin", "Laporan terakhir",
        "Keroyokan", "saringan", "rilis", "contoh",
    ]  # fmt: skip
    assert lines[0]["Pagu, Rp"] == "1000000.25"
    assert (lines[0]["saringan"], lines[0]["contoh"]) == ("Semua dimensi, semua OPD", "ya")


def test_what_was_not_delivered_has_its_owner() -> None:
    (line,) = read(only(Missing("Proyek", ("DPUPR",), "belum pernah dikirim")))
    assert (line["baris"], line["nilai"], line["sumber"]) == ("Proyek", "", "DPUPR")
    assert line["keterangan"] == "data belum disampaikan; belum pernah dikirim"


def test_delivered_headers_and_names_run_nothing() -> None:
    table = Table((Column("=kepala"), Column("nilai", "number")), (("@nama", 1),))
    (line,) = read(only(replace(table, is_leading=True)))
    assert line["'=kepala"] == "'@nama"
    (line,) = read(only(table))
    assert (line["baris"], line["nilai"]) == ("'@nama", "1")
