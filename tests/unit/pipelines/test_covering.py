"""How a refused cell, a header, a file name and a bug are told without telling of a person."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from pipelines.building.bug_log import log_bug
from pipelines.contracts.contract import Expectation, load_contracts
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.formulas import _QUOTED
from tests.unit.pipelines.loaded import load_file
from warehouse.personal import COVER

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
INCIDENTS = Vocabulary(CONTRACTS["bpbd_kejadian_112"])
CONTRACT_HEADER = "ID Kontrak;Tahun;Pagu;No Kontrak;Tanggal Kontrak;Pekerjaan;Nilai Kontrak;Kode Program"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mojosarii", "Mojosarii"),
        ("29 Marez 2025 14.39", "29 Marez 2025 14.39"),
        ("belum ada", "belum ada"),
        ("#REF!", "#REF!"),
        ("21/11/2026 16:05:09", "21/11/2026 16:05:09"),
        ("20261121160509", "20261121160509"),
        ("Siti Aminah", "[teks 10 huruf]"),
        ("Budi", "[teks 4 huruf]"),
        ("Hj. Siti2", COVER + " [teks 6 huruf, 1 angka]"),
        ("\u0421\u0435\u0440\u0433\u0435\u0439", "[teks 6 huruf]"),
        ("0812-3456-7890", COVER),
        ("81234567890", COVER),
        ("812345678", "[angka 9 digit]"),
        ("812 3456 7890", "[angka 11 digit]"),
        ("3516012345670", "[angka 13 digit]"),
        ("LatLng(-7.516312, 112.556122)", "LatLng(-7.51, 112.55)"),
        ("Puri", "Puri"),  # a kecamatan: who is called so is not seen
    ],
)
def test_a_refused_value_is_told_only_when_it_is_nobody(text, told):
    assert INCIDENTS.value_told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [("MJK-20241121-0004", "MJK-20241121-0004"), ("Siti-Aminah-1", "[teks 10 huruf, 1 angka]"), ("S 1234 AB", COVER)],
)
def test_a_code_is_told_when_it_reads_like_one(text, told):
    assert INCIDENTS.value_told(text, is_code=True) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("kejadian_112_BPBD_2026-11.xlsx", "kejadian_112_BPBD_2026-11.xlsx"),
        ("kejadian_112_BPBD_Siti-Aminah_2026.xlsx", "kejadian_112_BPBD_S\u2026-A\u2026_2026.xlsx"),
        ("kejadian_112_BPBD_081234567890.xlsx", f"kejadian_112_BPBD_{COVER}.xlsx"),
        ("kejadian_112_BPBD_3516012345670001.xlsx", f"kejadian_112_BPBD_{COVER}.xlsx"),
        ("S 1234 AB.xlsx", f"{COVER}.xlsx"),
        ("siti@contoh.example", COVER),
        ("Bpk. Slamet Riyadi.csv", f"{COVER}.csv"),
        ("stray.csv", "s\u2026.csv"),
        ("Kejadian nov 26 rev2 (1).xlsx", "Kejadian nov 26 rev2 (1).xlsx"),
        ("20261121_1605_kelompok3.csv", "20261121_1605_kelompok3.csv"),
        ("Rapat_zonasi_DLH.docx", "Rapat_z\u2026_DLH.docx"),
    ],
)
def test_a_file_is_known_again_by_who_sent_it_and_names_nobody(name, told):
    assert INCIDENTS.file_told(name) == told


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Keterangan tambahan", "Keterangan tambahan"),
        ("No HP Siti Aminah", f"No HP {COVER}"),
        ("Siti Aminah 0812-3456-7890", COVER),
    ],
)
def test_a_header_loses_words_nobody_knows(header, told):
    assert INCIDENTS.name_told(header) == told


def test_every_published_and_sample_name_is_told_as_it_is():
    folder = Path(__file__).parents[3] / "samples" / "published"
    for path in folder.glob("*/*.csv"):
        assert Vocabulary(CONTRACTS[path.parent.name]).file_told(path.name) == path.name


@pytest.fixture
def kontrak(tmp_path):
    def load(*lines):
        path = tmp_path / "kontrak_DPUPR_2026-10.csv"
        path.write_text("\n".join([CONTRACT_HEADER, *lines, ""]), "utf-8")
        return load_file(CONTRACTS["opd_kontrak"].model_copy(update={"expect": Expectation()}), path, tmp_path)

    return load


@pytest.mark.parametrize(
    ("work", "kept"),
    [
        ("Rehab rumah Bpk. Slamet Riyadi RT 02", f"Rehab rumah {COVER} 02"),
        ("Jalan Melati RT 02/RW 01", "Jalan Melati RT 02/RW 01"),
        ("Hubungi 0812 3456 7890", f"Hubungi {COVER}"),
        ("81234567890", COVER),
        ("Siti Aminah", "Siti Aminah"),
    ],
)
def test_the_name_of_a_work_loses_people_and_keeps_its_place(kontrak, work, kept):
    loaded = kontrak(f"1;2026;1.000;04/SPK;;{work};900;")
    assert [row["work_name"] for row in loaded.rows] == [kept]
    warned = [(one["rule"], one["severity"], one["value_text"]) for one in loaded.findings]
    assert warned == ([("pribadi", "peringatan", None)] if COVER in kept else [])


@pytest.mark.parametrize("code", ["0812 3456 7890", "Siti Aminah", "Jl. Melati No 5 RT 02/RW 01", "a@contoh.example"])
def test_a_person_is_no_code(kontrak, code):
    needed, optional = kontrak(f"{code};2026;1;;;Jembatan;1;"), kontrak(f"7;2026;1;;;Jembatan;1;{code}")
    assert (needed.rows, [row["programme_code"] for row in optional.rows]) == ([], [None])
    assert code not in repr((needed, optional))


# The last three are amounts: written with points, or no day of birth.
NUMBERS = ("081234567890", "6281234567890", "3516046004960076", "198001012005011001")
AMOUNTS = ("62.812.345.678", "3.516.046.004.960.076", "3516046099960076")


def test_amounts_that_name_a_person_are_no_amounts(kontrak):
    written = (*NUMBERS, *AMOUNTS)
    loaded = kontrak(*(f"{number};2026;{amount};;;Jembatan;1;" for number, amount in enumerate(written, start=1)))
    assert [int(row["ceiling_idr"]) for row in loaded.rows] == [int(amount.replace(".", "")) for amount in AMOUNTS]
    told = repr(loaded.findings + loaded.quarantine)
    assert not [number for number in NUMBERS if number[4:] in told]


def test_a_signature_below_the_table_is_told_by_its_length(kontrak):
    loaded = kontrak("1;2026;1;;;Jembatan;1;", ";;;;;Siti Aminah;;", ";;;NIP 19800101 200501 1 001;;Slamet Riyadi;;")
    held = [json.loads(row["row_json"])["Pekerjaan"] for row in loaded.quarantine]
    assert held == ["[teks 10 huruf]"]  # the other says by its words that it is a signature, and is set aside
    assert "disisihkan" in [row["rule"] for row in loaded.findings]
    assert not [name for name in ("Siti", "Slamet", "19800101") if name in repr(loaded)]


def test_a_formula_is_told_without_its_words():
    assert _QUOTED.sub("...", "=IF(A1=\"Siti\",'Data Siti'!B2,SUM(C1:C9))") == "=IF(A1=...,...!B2,SUM(C1:C9))"


def test_a_bug_is_told_by_its_kind_and_place(caplog):
    try:
        try:
            int("Siti Aminah 0812")
        except ValueError as error:
            raise RuntimeError("Siti Aminah") from error
    except RuntimeError as error:
        log_bug(logging.getLogger("uji"), "membaca", "sumber:1", error)
    assert "RuntimeError <- ValueError" in caplog.text
    assert "test_covering.py" in caplog.text
    assert "Siti Aminah\n" not in caplog.text.replace('"Siti Aminah 0812"', "").replace('"Siti Aminah"', "")
