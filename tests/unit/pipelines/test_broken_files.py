"""Files that are wrong as a whole: refused in words, never half read."""

from __future__ import annotations

import pytest

from pipelines.contract import ContractProblem, load_contracts
from tests.unit.pipelines.loaded import load_file

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
CALL_NAME = "panggilan_112_2026-11-21_s.d._16.csv"
CALL_HEADER = "ID Panggilan;Waktu Masuk;Jenis Panggilan;Nomor Tiket;Nama Penelepon\n"
GOOD_CALL = "P1;21/11/2026 15:00:00;Informasi;;Contoh\n"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('"A-1', "Mulai baris 3 .*tanda petik"),
        ('"A-1" dan lain', "Mulai baris 3 .*tanda petik"),
        ("A" * 200_000 + '"";"\n"', "Mulai baris 3 .*terlalu panjang"),
    ],
    ids=["left open", "text after it", "cell too long"],
)
def test_a_quotation_mark_left_open_does_not_swallow_the_rows_after_it(tmp_path, cell, said):
    path = tmp_path / CALL_NAME
    other = GOOD_CALL.replace("P1", "P3")
    path.write_text(f"{CALL_HEADER}{GOOD_CALL}P2;21/11/2026 15:01:00;Informasi;{cell};Contoh\n{other}", "utf-8")
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
