"""Files that are wrong as a whole: refused in words, never half read."""

from __future__ import annotations

import pytest
import xlsxwriter

from pipelines.contracts.contract import ContractProblem, load_contracts
from tests.unit.pipelines.loaded import load_file

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
CALL_NAME = "panggilan_112_2026-11-21_s.d._16.csv"
CALL_HEADER = "ID Panggilan;Waktu Masuk;Jenis Panggilan;Nomor Tiket;Nama Penelepon\n"
GOOD_CALL = "P1;21/11/2026 15:00:00;Informasi;;Contoh\n"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('"A-1', "Mulai baris 3 .*tanda petik"),
        ('"A-1" dan; lain', "Mulai baris 3 .*tanda petik"),
        ("A" * 200_000 + '"";"\n"', "Baris 3 .*terlalu panjang"),
    ],
    ids=["left open", "text after it", "cell too long"],
)
def test_a_quotation_mark_left_open_does_not_swallow_the_rows_after_it(tmp_path, cell, said):
    path = tmp_path / CALL_NAME
    other = GOOD_CALL.replace("P1", "P3")
    path.write_text(f"{CALL_HEADER}{GOOD_CALL}P2;21/11/2026 15:01:00;Informasi;{cell};Contoh;\n{other}", "utf-8")
    with pytest.raises(ContractProblem, match=said):
        load_file(CONTRACTS["bpbd_panggilan_112"], path, tmp_path)


def test_a_quotation_mark_inside_a_cell_is_only_a_sign(tmp_path):
    path = tmp_path / CALL_NAME
    path.write_text(f'{CALL_HEADER}P1;21/11/2026 15:00:00;Informasi;A "1" x;Contoh\n', "utf-8")
    (row,) = load_file(CONTRACTS["bpbd_panggilan_112"], path, tmp_path).rows
    assert row["ticket_no"] == 'A "1" x'


def test_the_file_of_a_neighbouring_source_is_refused(tmp_path):
    path = tmp_path / "sipsn_2024_Data_Timbulan_Sampah.csv"
    path.write_text("Tahun,Provinsi,Kabupaten/Kota,Plastik(%)\n2024,Jawa Timur,Kab. Mojokerto,21.07\n", "utf-8")
    with pytest.raises(ContractProblem, match=r"tidak satu pun kolom isinya ada .*sumber lain"):
        load_file(CONTRACTS["dlh_timbulan_sampah"], path, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        (CALL_HEADER + GOOD_CALL).replace("\n", "\r").encode(),
        (CALL_HEADER + GOOD_CALL).encode("utf-16"),
        b"\xef\xbb\xbf" + (CALL_HEADER + GOOD_CALL).replace("\n", "\r").encode(),
    ],
    ids=["carriage returns", "utf-16", "both signs"],
)
def test_line_ends_and_encodings_of_other_programs_are_read(tmp_path, content):
    path = tmp_path / f"panggilan_112_{'x' * 200}_2026-11-21_S.D._16.CSV"
    path.write_bytes(content)
    assert len(load_file(CONTRACTS["bpbd_panggilan_112"], path, tmp_path).rows) == 1


def test_text_that_is_cut_is_refused_in_words(tmp_path):
    path = tmp_path / CALL_NAME
    path.write_bytes((CALL_HEADER + GOOD_CALL).encode("utf-16")[:-1])
    with pytest.raises(ContractProblem, match="terpotong atau rusak"):
        load_file(CONTRACTS["bpbd_panggilan_112"], path, tmp_path)


def write_sheets(path, **sheets):
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


TABLE = [
    ["Keadaan s.d.: 21 November 2026 pukul 06.00 WIB"],
    ["No", "Nomor Tiket", "Waktu Lapor", "Jenis Kejadian", "Kecamatan", "Status", "OPD Penangan"],
    [1, "MJK-1", "20 November 2026 16.05", "Kebakaran", "Mojosari", "Ditangani", "BPBD"],
    ["JUMLAH", 1],
]


def test_a_summary_in_front_of_the_table_is_passed_over_and_a_second_table_is_named(tmp_path):
    path = tmp_path / "kejadian_112_BPBD_2026-11-21.xlsx"
    write_sheets(
        path, Rekap=[["Kecamatan", "Jenis Kejadian", "Status"], ["Mojosari", "Kebakaran", 1]], A=TABLE, B=TABLE
    )
    loaded = load_file(CONTRACTS["bpbd_kejadian_112"], path, tmp_path)
    assert [row["ticket_no"] for row in loaded.rows] == ["MJK-1"]
    (note,) = [finding for finding in loaded.findings if finding["rule"] == "lembar"]
    assert (note["sheet_name"], note["severity"]) == ("A", "peringatan")
    assert 'Lembar "B"' in note["message"]


def test_a_header_that_lacks_a_column_is_told_with_its_sheet(tmp_path):
    path = tmp_path / "kejadian_112_BPBD_2026-11-21.xlsx"
    write_sheets(path, Laporan=[TABLE[0], [*TABLE[1][:2], *TABLE[1][3:]]])
    with pytest.raises(ContractProblem, match='Lembar Laporan: Kolom wajib "Waktu Lapor" tidak ada'):
        load_file(CONTRACTS["bpbd_kejadian_112"], path, tmp_path)
