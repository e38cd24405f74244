"""Delimited text is laid out as a sheet is, whichever way it is read: whole by DuckDB, or record by record."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reading.grids import DelimitedText, Opened
from pipelines.reading.readers import read_opened
from tests.unit.pipelines.laid_out import stage
from tests.unit.pipelines.test_layout import CROSS, FILLED, VILLAGES

HEAD = "No;Kecamatan;Desa;Jumlah"
ROWS = (HEAD, "1;Puri;Puri;10", "2;Puri;Sumolawang;5")


def of_lines(tmp_path: Path, one, *lines: str):
    path = tmp_path / "uji.csv"
    path.write_text("\n".join((*lines, "")), "utf-8")
    opened = Opened("csv", text=DelimitedText(path, ";"))
    return stage(one, read_opened(path, opened, one))


@pytest.mark.parametrize("way", [(), ("",)], ids=["whole", "record by record"])
@pytest.mark.parametrize(
    ("below", "kinds"),
    [
        (["JUMLAH;;;15"], {4: "jumlah"}),
        ([";Jumlah Kecamatan Puri;;15"], {4: "jumlah"}),
        (["3;TOTAL;;15"], {4: "jumlah"}),
        (["JUMLAH;;;15", "Catatan: angka sementara;;;"], {4: "jumlah", 5: "lain"}),
        ([";;Mojokerto, 5 Januari 2026;", ";;Nama Contoh;"], {4: "lain", 5: "lain"}),
        ([HEAD, "3;Gedeg;Gedeg;7"], {4: "lain", 5: "data"}),
        ([";Gedeg;;", "3;Gedeg;Gedeg;7"], {4: "lain", 5: "data"}),
        (["3;Gedeg;;", "4;Gedeg;Gedeg;7"], {4: "data", 5: "data"}),
        ([";;;15"], {4: "data"}),
        ([";Total Persada;Puri;4"], {4: "data"}),
    ],
)
def test_kinds_of_rows_are_the_same_both_ways(tmp_path, below, kinds, way):
    laid = of_lines(tmp_path, VILLAGES, *ROWS, *below, *way)
    assert laid.kinds() == {2: "data", 3: "data", **kinds}


def test_a_total_of_a_text_is_held_against_its_rows(tmp_path):
    laid = of_lines(tmp_path, VILLAGES, *ROWS, "JUMLAH;;;16")
    assert ("jumlah", 'Baris jumlah 4 menyebut 16 di kolom "Jumlah", jumlah barisnya 15.') in laid.notes


def test_keys_written_once_are_repeated(tmp_path):
    laid = of_lines(tmp_path, FILLED, HEAD, "1;Puri;Puri;10", "2;;Sumolawang;5")
    assert laid.data() == [(2, "Puri", "Puri", "10"), (3, "Puri", "Sumolawang", "5")]


def test_months_as_columns_name_their_column(tmp_path):
    laid = of_lines(tmp_path, CROSS, "Desa;Jan;Feb", "Puri;1;dua", "Gedeg;;3")
    assert laid.data() == [(2, "Puri", "Januari", "1"), (2, "Puri", "Februari", "dua"), (3, "Gedeg", "Februari", "3")]
    assert laid.findings == [("baris 2, kolom Februari", "angka")]


@pytest.mark.parametrize(
    ("lines", "data", "findings"),
    [
        (["1;Puri;Puri;10;x", "2;Puri;B;5"], [(2, None, None, None), (3, "Puri", "B", "5")], [("baris 2", "geser")]),
        (["1;Puri;Puri;10;", "2;Puri;B;5"], [(2, None, None, None), (3, "Puri", "B", "5")], [("baris 2", "geser")]),
        (["1;Puri;Puri;10;", "2;Puri;B;5;"], [(2, "Puri", "Puri", "10"), (3, "Puri", "B", "5")], []),
        (["1;Puri;Puri", "2;Puri;B;5"], [(2, "Puri", "Puri", None), (3, "Puri", "B", "5")], []),
    ],
)
def test_longer_rows_have_shifted_and_shorter_ones_end_in_empty_cells(tmp_path, lines, data, findings):
    laid = of_lines(tmp_path, VILLAGES, HEAD, *lines)
    assert (laid.data(), laid.findings) == (data, findings)


def test_a_header_with_a_line_break_in_quotes_is_no_row(tmp_path):
    laid = of_lines(tmp_path, VILLAGES, '"No";Kecamatan;Desa;"Jumlah', '(jiwa)"', "1;Puri;Puri;10")
    assert laid.data() == [(2, "Puri", "Puri", "10")]
