"""An LRA workbook becomes detail accounts: headings by their words, amounts by where they stand, totals as a check."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipelines.contracts.contract import ContractProblem
from pipelines.reading.formulas import describe_formula
from pipelines.reading.readers import read_delivery
from pipelines.reading.reshaping import Sheet, find_reshape
from tests.unit.pipelines.budget_deliveries import GOOD, LRA, Sent, grid, judge_all, lra_cells, write_book

RESHAPE = find_reshape(LRA)
RECEIVED = datetime(2022, 11, 30, 12, 28)


def shaped(cells, received_at=RECEIVED, file_name="lra_DINSOS_2022-10.xlsx"):
    return RESHAPE(Sheet(file_name, "Sheet1", grid(cells), received_at))


def table(reshaped):
    headers = [column.header for column in reshaped.columns]
    return [dict(zip(headers, row.values, strict=True)) | {"row": row.row_no} for row in reshaped.rows]


def test_detail_accounts_become_rows_and_stored_totals_do_not():
    rows = table(shaped(lra_cells()))
    assert [(row["KODE REKENING"], row["URAIAN"], row["row"]) for row in rows] == [
        ("4.1", "PENDAPATAN ASLI DAERAH (PAD)", 19),
        ("5.1", "BELANJA OPERASI", 21),
        ("5.2", "BELANJA MODAL", 22),
    ]
    assert [(row["ANGGARAN"], row["REALISASI"]) for row in rows] == [("", ""), (900_000, 390_000), (100_000, 10_000)]
    assert {(row["Periode Awal"], row["Periode Akhir"]) for row in rows} == {("2022-01-01", "2022-10-31")}


def test_columns_are_named_by_where_their_cells_stand():
    found = shaped(lra_cells())
    assert [(column.header, column.index, column.cell) for column in found.columns] == [
        ("Periode Awal", 4, "E5"),
        ("Periode Akhir", 4, "E5"),
        ("KODE REKENING", 3, None),
        ("URAIAN", 8, None),
        ("ANGGARAN", 16, None),
        ("REALISASI", 17, None),  # R, although its heading stands in S
        ("SERAPAN OPD", 21, None),  # not in this form: beside the sheet
    ]
    assert (found.header_row_no, found.notes, found.doubts) == (14, (), ())


@pytest.mark.parametrize(
    "headings",
    [
        {"Q14": "ANGGARAN", "S14": "REALISASI BPKAD", "T14": "SERAPAN OPD"},
        {"Q14": "ANGGARAN", "S13": "REALISASI", "T13": "SERAPAN OPD"},
    ],
    ids=["beside", "above"],
)
def test_what_the_agency_spent_is_a_column_of_its_own(tmp_path, headings):
    amounts = {"5": (100, 40, None, 60), "5.1": (100, 40, None, 60)}
    path = write_book(tmp_path / "lra_DINSOS_2022-10.xlsx", lra_cells(amounts, headings))
    (row,) = judge_all([Sent(path, RECEIVED)]).rows
    assert (row["budget_idr"], row["realised_idr"], row["absorbed_idr"]) == (100, 40, 60)


def test_a_heading_without_amounts_is_empty_not_zero(tmp_path):
    headings = {"Q14": "ANGGARAN", "S14": "REALISASI BPKAD", "T14": "SERAPAN OPD"}
    path = write_book(tmp_path / "lra_DINSOS_2022-10.xlsx", lra_cells(GOOD, headings))
    rows = judge_all([Sent(path, RECEIVED)]).rows
    assert [row["absorbed_idr"] for row in rows] == [None, None, None]
    assert [row["realised_idr"] for row in rows] == [None, 390_000, 10_000]


def test_remarks_below_the_table_are_not_data():
    remarks = {"Q29": "Keterangan :", "Q30": "REALISASI BPKAD : yang disetujui", "B33": "5 lembar"}
    plain, remarked = shaped(lra_cells()), shaped(lra_cells() | remarks)
    assert (remarked.rows, remarked.notes, remarked.doubts) == (plain.rows, (), ())


def test_amounts_written_as_text_and_deeper_accounts():
    amounts = {
        "5": ("Rp. 1.000.000", 400_000),
        "5.1": (900_000, 390_000),
        "5.1.01": ("900.000", 390_000),
        "5.2": (100_000, 10_000),
    }
    found = shaped(lra_cells(amounts))
    assert [row["KODE REKENING"] for row in table(found)] == ["5.1.01", "5.2"]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("amounts", "cell", "stored", "counted"),
    [
        (GOOD | {"5": (1_000_000, 800_000)}, "R20", "800.000", "400.000"),
        (GOOD | {"5": (1_000_001, 400_000)}, "Q20", "1.000.001", "1.000.000"),
        ({"4": (10, 5.25), "4.1": (10, 5.5)}, "R18", "5,25", "5,50"),
    ],
)
def test_a_stored_total_that_differs_is_told_with_both_numbers(amounts, cell, stored, counted):
    (note,) = shaped(lra_cells(amounts)).notes
    assert (note.rule, note.cell, note.formula_cell) == ("jumlah", cell, cell)
    assert stored in note.message
    assert counted in note.message


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("=SUM(R21:S22)", "Rumus R20: =SUM(R21:S22), menjumlahkan 2 kolom (R sampai S)."),
        ("=SUM(R21:R22)*2", "Rumus R20: =SUM(R21:R22)*2."),
        (None, "R20 ditulis sebagai angka, bukan rumus."),
    ],
)
def test_the_formula_of_a_wrong_total_is_named(tmp_path, formula, said):
    cells = lra_cells(GOOD | {"5": (1_000_000, 800_000)})
    formulas = {"R20": (formula, 800_000)} if formula else {}
    cells = {address: cell for address, cell in cells.items() if address not in formulas}
    path = write_book(tmp_path / "lra_DINSOS_2022-10.xlsx", cells, formulas)
    (note,) = read_delivery(path, LRA, tmp_path, RECEIVED).notes
    assert note.message.endswith(said)


def test_an_old_workbook_has_no_formula_to_show(tmp_path):
    path = tmp_path / "lra_DINSOS_2022-10.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    assert "tidak dapat dibaca dari berkas .xls" in describe_formula(path, "Sheet1", "R20")


def test_a_copy_of_a_column_is_told_and_a_column_of_its_own_is_doubted():
    copied = shaped(lra_cells() | {"S21": 390_000, "S22": 10_000})
    assert [(note.rule, note.cell) for note in copied.notes] == [("kolom", "S21")]
    assert table(copied) == table(shaped(lra_cells()))
    other = shaped(lra_cells() | {"T21": 7})
    assert [(doubt.rule, doubt.cell) for doubt in other.doubts] == [("kolom", "T21")]


def test_amounts_without_an_account_are_told():
    (note,) = shaped(lra_cells() | {"H24": "SURPLUS / DEFISIT", "Q24": -1_000_000}).notes
    assert (note.rule, note.cell) == ("kode", "Q24")


def test_a_sheet_without_accounts_is_no_such_table(tmp_path):
    assert shaped({"A1": "Rekap", "B14": "KODE REKENING", "G14": "URAIAN"}) is None
    assert shaped({"A1": "Rekap", "D18": "5.1", "H18": "BELANJA"}) is None


def test_findings_name_the_cell(tmp_path):
    path = write_book(tmp_path / "lra_DINSOS_2022-10.xlsx", lra_cells(GOOD | {"5.2": (100_000, -1)}))
    found = judge_all([Sent(path, RECEIVED)]).findings
    assert [(item["cell"], item["rule"]) for item in found if item["severity"] == "ditolak"] == [("R22", "rentang")]


@pytest.mark.parametrize(
    ("letterhead", "held", "warned"),
    [
        ({}, [], []),
        ({"sub_unit": "Dinas Sosial Kabupaten Mojokerto"}, [], []),
        ({"sub_unit": "UPT Panti", "unit": "DINAS SOSIAL"}, [], []),
        ({"sub_unit": "1.06.01.01", "unit": "1.06.01"}, [], []),
        ({"sub_unit": "…………………", "unit": "Dinas Sosial"}, [], []),
        ({"sub_unit": "…………………", "unit": "……"}, ["unit"], []),
        ({"sub_unit": None, "unit": None}, ["unit"], []),
        ({"sub_unit": "Nama OPD", "unit": "Isi nama unit organisasi"}, ["unit"], []),
        ({"sub_unit": "Dinas Kesehatan"}, ["unit"], []),
        ({"sub_unit": "Dinas Persandian", "unit": "Dinas Persandian"}, [], ["unit"]),
        ({"government": "PEMERINTAH PROVINSI JAWA TIMUR"}, [], ["kop"]),
        ({"government": "PEMERINTAH KAB. MOJOKERTO"}, [], []),
        ({"government": "PEMERINTAH KABUPATEN TOBA"}, ["kop"], []),
        ({"government": "PEMERINTAH KOTA MOJOKERTO"}, ["kop"], []),
        ({"period": "periode …………. s.d ………….. 2022"}, ["periode"], []),
    ],
)
def test_the_letterhead_says_whose_report_it_is(tmp_path, letterhead, held, warned):
    path = write_book(tmp_path / "lra_DINSOS_2022-10.xlsx", lra_cells(**letterhead))
    judged = judge_all([Sent(path, RECEIVED)])
    assert judged.rules(path.name) == held
    notes = [note.rule for note in judged.outcomes[path.name].notes]
    assert [rule for rule in notes if rule in ("unit", "kop")] == warned


@pytest.mark.parametrize("missing", ["G14", "B14"])
def test_a_report_that_lacks_a_heading_is_refused_in_words(tmp_path, missing):
    path = write_book(tmp_path / "lra_DINSOS_2022-10.xlsx", lra_cells() | {missing: "KEGIATAN"})
    with pytest.raises(ContractProblem, match="harus memuat: KODE REKENING, URAIAN"):
        read_delivery(path, LRA, tmp_path, RECEIVED)
