"""How cells become values, rows become accepted or quarantined, and what the sender is told."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
import xlsxwriter

from pipelines.contracts.contract import ContractProblem, Expectation, load_contracts
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.loaded import load_file

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
# One bad row of two is beyond what a real delivery may hold; these small ones are about the rows.
ANY_SHARE = {"expect": Expectation(min_rows=0)}
CALLS = CONTRACTS["bpbd_panggilan_112"].model_copy(update=ANY_SHARE)
INCIDENTS = CONTRACTS["bpbd_kejadian_112"].model_copy(update=ANY_SHARE)
CALL_HEADER = (
    "ID Panggilan;Waktu Masuk;Waktu Dijawab;Waktu Selesai;Lama Tunggu (detik);Lama Bicara (detik);"
    "Jenis Panggilan;Nomor Tiket;Nomor Telepon;Nama Penelepon"
)
GOOD_CALL = "P1;21/11/2026 16:05:09;21/11/2026 16:05:16;21/11/2026 16:06:00;7,5;44;informasi;;0800-CONTOH-0001;Contoh 1"
INCIDENT_HEADER = [
    "No",
    "Nomor Tiket",
    "Waktu Lapor",
    "Jenis Kejadian",
    "Kecamatan",
    "Lokasi (Lat/Long)",
    "Waktu Penugasan",
    "Waktu Tiba",
    "Waktu Selesai",
    "Status",
    "OPD Penangan",
    "Nama Pelapor",
    "Nomor Telepon",
    "Alamat",
    "Keterangan",
]


def good_incident(**changes):
    row = {
        "No": 1,
        "Nomor Tiket": "MJK-1",
        "Waktu Lapor": "20 November 2026 16.05",
        "Jenis Kejadian": "Kebakaran",
        "Kecamatan": "Mojosari",
        "Lokasi (Lat/Long)": "LatLng(-7.5163, 112.5561)",
        "Waktu Penugasan": "20 November 2026 16.07",
        "Waktu Tiba": "20 Nopember 2026 16.18",
        "Waktu Selesai": "20 November 2026 17.30",
        "Status": "Selesai",
        "OPD Penangan": "SATPOLPP",
        "Nama Pelapor": "Pelapor contoh",
        "Nomor Telepon": "0800-CONTOH-0001",
        "Alamat": "",
        "Keterangan": "",
    }
    return [(row | changes)[header] for header in INCIDENT_HEADER]


@pytest.fixture
def calls(tmp_path):
    def load(*lines, encoding="utf-8", header=CALL_HEADER, newline="\n"):
        path = tmp_path / "panggilan_112_2026-11-21_s.d._17.csv"
        path.write_bytes(newline.join([header, *lines, ""]).encode(encoding))
        return load_file(CALLS, path, tmp_path)

    return load


@pytest.fixture
def incidents(tmp_path):
    def load(*rows, total=None, until="Keadaan s.d. : 21 November 2026 pukul 06.00 WIB", header=INCIDENT_HEADER):
        path = tmp_path / "kejadian_112_SATPOLPP_2026-11.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
            sheet = book.add_worksheet("Kejadian")
            sheet.merge_range("A1:H1", "PEMERINTAH KABUPATEN MOJOKERTO")
            sheet.merge_range("A2:H2", "Laporan kejadian 112")
            sheet.write("A4", until)
            sheet.write_row("A6", header)
            for index, row in enumerate(rows, start=6):
                sheet.write_row(index, 0, row)
            if total is not None:
                sheet.write_row(6 + len(rows), 0, ["JUMLAH", total])
                sheet.write(9 + len(rows), 6, "Mojokerto, 21 November 2026")
        return load_file(INCIDENTS, path, tmp_path)

    return load


def cell(position, text):
    cells = GOOD_CALL.split(";")
    cells[position] = text
    return ";".join(cells)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7,5", 7.5),
        ("1.234,5", 1234.5),
        ("12", 12),
        (" 12 ", 12),
        ("0", 0),
        ("", None),
        ("-", None),
        ("n/a", None),
        ("\u00a07,5\u200b", 7.5),
    ],
)
def test_indonesian_numbers(calls, text, value):
    (row,) = calls(cell(4, text)).rows
    assert row["wait_seconds"] == value


@pytest.mark.parametrize(("text", "value"), [("1,234.5", 1234.5), ("12.34", 12.34)])
def test_a_number_provably_of_the_other_style_is_read_and_told(calls, text, value):
    loaded = calls(cell(4, text))
    assert [row["wait_seconds"] for row in loaded.rows] == [value]
    assert [finding["rule"] for finding in loaded.findings] == ["gaya_angka"]
    assert "Lama Tunggu (detik)" in loaded.findings[0]["message"]


@pytest.mark.parametrize("text", ["1,2,3", "tujuh", "7.5.", "#REF!", "-5", "9999"])
def test_numbers_nobody_can_read_are_quarantined(calls, text):
    loaded = calls(cell(4, text), GOOD_CALL.replace("P1", "P2"))
    assert (loaded.counts.accepted, loaded.counts.rejected) == (1, 1)
    (finding,) = loaded.findings
    assert (finding["cell"], finding["header_text"]) == ("baris 2, kolom Lama Tunggu (detik)", "Lama Tunggu (detik)")
    assert finding["message"]
    assert json.loads(loaded.quarantine[0]["row_json"])["Lama Tunggu (detik)"] == text


@pytest.mark.parametrize(
    ("line", "rule", "said"),
    [
        (cell(0, ""), "wajib", 'Kolom "ID Panggilan" wajib diisi'),
        (cell(1, "21/11/2026"), "tanggal", "Contoh yang benar: 21/11/2026 16:05:09"),
        (cell(1, "31/02/2026 16:05:09"), "tanggal", "bukan waktu yang terbaca"),
        (cell(6, "informassi"), "kode", 'Apakah "informasi" yang dimaksud?'),
        (cell(6, "normal"), "required_if", '"Nomor Tiket" wajib diisi'),
        (cell(2, "21/11/2026 16:05:00"), "not_before", "lebih awal daripada"),
    ],
)
def test_a_rejected_row_says_what_to_mend(calls, line, rule, said):
    loaded = calls(line)
    assert loaded.counts.rejected == 1
    finding = next(finding for finding in loaded.findings if finding["rule"] == rule)
    assert said in finding["message"]


def test_twin_rows_keep_the_first(calls):
    loaded = calls(GOOD_CALL, GOOD_CALL)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (1, 1)
    assert [(finding["rule"], finding["row_no"]) for finding in loaded.findings] == [("ganda", 3)]
    assert "baris 2" in loaded.findings[0]["message"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends(calls, encoding, newline):
    assert calls(GOOD_CALL, encoding=encoding, newline=newline).counts.accepted == 1


def test_row_numbers_stay_exact_past_blank_lines_quoted_breaks_and_ragged_rows(calls):
    bad = cell(4, "x")
    quoted = GOOD_CALL.replace("P1", "P2").replace("Contoh 1", '"dua\nbaris"')
    loaded = calls(GOOD_CALL, "", quoted, bad.replace("P1", "P3"), GOOD_CALL.replace("P1", "P4") + ";lebih")
    assert loaded.counts.staged == 4
    assert {finding["row_no"] for finding in loaded.findings} == {5, 6}
    (longer,) = (finding for finding in loaded.findings if finding["row_no"] == 6)
    assert (longer["rule"], longer["cell"]) == ("geser", "baris 6")
    assert longer["message"].startswith("Baris ini berisi 11 sel, judulnya 10.")
    assert [row["row_no"] for row in loaded.rows] == [2, 4]


@pytest.mark.parametrize("count", [5_000, pytest.param(60_000, marks=pytest.mark.slow)])
def test_a_large_file_keeps_row_numbers_in_file_order(calls, count):
    lines = [GOOD_CALL.replace("P1", f"P{number}") for number in range(2, count + 2)]
    loaded = calls(*lines)
    assert loaded.counts.accepted == count
    assert all(row["call_id"] == f"P{row['row_no']}" for row in loaded.rows)


def test_a_file_with_another_delimiter_is_read_and_its_sender_is_told(calls):
    loaded = calls(GOOD_CALL.replace(";", ",").replace("7,5", "7"), header=CALL_HEADER.replace(";", ","))
    assert (loaded.counts.accepted, [finding["rule"] for finding in loaded.findings]) == (1, ["pemisah"])


def test_a_renamed_required_column_is_refused_with_the_nearest(calls):
    with pytest.raises(ContractProblem, match=r'Kolom wajib "Waktu Masuk" tidak ada.*Apakah kolom "Waktu Masukk"'):
        calls(GOOD_CALL, header=CALL_HEADER.replace("Waktu Masuk", "Waktu Masukk"))


def test_a_repeated_column_is_refused(calls):
    with pytest.raises(ContractProblem, match='Kolom "Waktu Masuk" ada 2 kali'):
        calls(GOOD_CALL + ";x", header=CALL_HEADER + ";Waktu Masuk")


def test_unknown_columns_are_listed_and_not_loaded(calls):
    loaded = calls(GOOD_CALL + ";rahasia", header=CALL_HEADER + ";Catatan Baru")
    assert [finding["message"] for finding in loaded.findings] == [
        'Kolom "Catatan Baru" tidak dikenal dan tidak dimuat.'
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"   \n", "kosong"),
        (b"PK\x03\x04rusak", "terpotong atau rusak"),
        (b"\x00\x01\x02biner", "bukan CSV dan bukan buku kerja"),
        (b"\r\n<html><table><tr><td>No</td></tr></table>", "berisi halaman web"),
        (b"satu baris saja", "Baris judul kolom tidak ditemukan"),
        (b"ID Pangilan;Masuk\n1;2\n", 'Yang tertulis "ID Pangilan": mungkin maksudnya "ID Panggilan"'),
    ],
)
def test_containers_that_cannot_be_read(tmp_path, content, said):
    path = tmp_path / "panggilan_112_2026-11-21_s.d._17.csv"
    path.write_bytes(content)
    with pytest.raises(ContractProblem, match=said):
        load_file(CALLS, path, tmp_path)


def test_workbook_with_letterhead_total_and_signature(incidents):
    loaded = incidents(
        good_incident(),
        good_incident(**{"Nomor Tiket": "MJK-2", "Waktu Lapor": datetime(2026, 11, 20, 16, 5), "Kecamatan": "Gedek"}),
        total=2,
    )
    assert loaded.counts.accepted == 2
    assert [(finding["rule"], finding["message"]) for finding in loaded.findings] == [
        (
            "disisihkan",
            "Tidak dimuat sebagai data: baris 9 (baris jumlah); baris 12 "
            '(judul ulang, judul kelompok, tabel lain, "dst.", catatan atau tanda tangan).',
        )
    ]
    first, second = loaded.rows
    assert (first["row_no"], second["row_no"]) == (7, 8)
    assert str(first["arrived_at"]) == "2026-11-20 16:18:00"
    assert second["reported_at"] == first["reported_at"]
    assert second["kecamatan_code"] == "35.16.14"
    assert (first["latitude"], first["longitude"]) == (-7.52, 112.56)  # about 1 km: no exact place in a release


def test_a_total_that_does_not_match_is_reported(incidents):
    loaded = incidents(good_incident(), total=3)
    told = [finding["message"] for finding in loaded.findings if finding["rule"] == "jumlah"]
    assert told == ["Baris JUMLAH menyebut 3, yang terbaca 1 baris."]


def test_errors_name_sheet_and_cell(incidents):
    loaded = incidents(good_incident(Kecamatan="Mojosarii"), total=1)
    (finding,) = (finding for finding in loaded.findings if finding["row_no"])
    assert (finding["sheet_name"], finding["cell"]) == ("Kejadian", "E7")
    assert finding["message"].endswith('Apakah "Mojosari" yang dimaksud?')


def test_a_workbook_without_its_as_of_line_is_refused(incidents):
    with pytest.raises(ContractProblem, match=r"Keadaan s\.d"):
        incidents(good_incident(), until="Laporan bulan ini")


CANARIES = [
    "0812-3456-7890",
    "081234567890",
    "+62 812 3456 7890",
    "62 81234567890",
    "3516012345670001",
    "kenari.satu@contoh.example",
    "Kenari Satu",
]


def test_personal_columns_never_enter(incidents, calls):
    """Good rows, bad rows, findings and quarantine: a personal column leaves no trace."""
    columns = ("Nama Pelapor", "Nomor Telepon", "Alamat", "Keterangan")
    personal = [dict.fromkeys(columns, canary) for canary in CANARIES]
    good = [good_incident(**{"Nomor Tiket": f"MJK-{number}"}, **row) for number, row in enumerate(personal)]
    bad = [good_incident(**row, Kecamatan="x") for row in personal]
    phones = [cell(8, canary).replace("P1", f"P{number}") for number, canary in enumerate(CANARIES)]
    names = [cell(9, canary).replace("7,5", "rusak") for canary in CANARIES]
    loaded = incidents(*good, *bad), calls(*phones, *names)
    assert [(one.counts.accepted, one.counts.rejected) for one in loaded] == [(len(CANARIES), len(CANARIES))] * 2
    assert [canary for canary in CANARIES if canary in repr(loaded)] == []


def test_numbers_of_people_in_a_wrong_column_are_covered(incidents):
    numbers = CANARIES[:-1]
    places = [good_incident(**{"Nomor Tiket": f"MJK-1{n}", "Kecamatan": one}) for n, one in enumerate(numbers)]
    times = [good_incident(**{"Nomor Tiket": f"MJK-2{n}", "Waktu Tiba": one}) for n, one in enumerate(numbers)]
    loaded = incidents(*places, *times)
    assert loaded.counts.rejected == 2 * len(numbers)
    assert [number for number in numbers if number in repr(loaded)] == []
    assert [row for row in loaded.quarantine if "[disamarkan]" not in row["row_json"]] == []


@pytest.fixture
def generation(tmp_path):
    """Loads one waste row of a year, received in 2026."""

    def load(year):
        path = tmp_path / "sipsn_Data_Timbulan_Sampah.csv"
        header = "Tahun,Provinsi,Kabupaten/Kota,Timbulan Sampah Harian(ton),Timbulan Sampah Tahunan(ton)"
        path.write_text(
            f"{header}\n{year},Jawa Timur,Kab. Mojokerto,450.00,\n2024,Jawa Timur,Kab. Gresik,1,\n", "utf-8"
        )
        contract = CONTRACTS["dlh_timbulan_sampah"]
        return load_file(contract, path, tmp_path, received_at=datetime(2026, 11, 21, 8))

    return load


@pytest.mark.parametrize(
    ("year", "rule"),
    [("2026", None), ("2026.0", None), ("2062", "masa_depan"), ("2024.5", "angka"), ("1999", "rentang")],
)
def test_a_year_is_whole_and_not_in_the_future(generation, year, rule):
    loaded = generation(year)
    assert [finding["rule"] for finding in loaded.findings] == ([rule] if rule else [])
    assert loaded.counts.data_until == datetime(2025 if rule else 2027, 1, 1)  # a refused row moves no clock


@pytest.mark.parametrize(("day", "accepted"), [("21/11/2026", 1), ("23/11/2026", 0), ("21/11/2062", 0)])
def test_a_call_dated_after_its_delivery_is_quarantined(tmp_path, day, accepted):
    path = tmp_path / "panggilan_112_2026-11-21_s.d._17.csv"
    path.write_text(f"{CALL_HEADER}\n{GOOD_CALL.replace('21/11/2026', day)}\n", "utf-8")
    loaded = load_file(CALLS, path, tmp_path, received_at=datetime(2026, 11, 21, 17, 5))
    assert loaded.counts.accepted == accepted
    if not accepted:
        assert loaded.findings[0]["message"].endswith(
            "lebih akhir daripada saat kiriman diterima. Periksa tahun dan tanggalnya."
        )


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (Expectation(min_rows=3), "Hanya 2 baris terbaca, biasanya paling sedikit 3"),
        (Expectation(max_rejected_pct=40), "1 dari 2 baris ditolak, melebihi batas 40 %"),
    ],
)
def test_bounds_hold_the_whole_file(tmp_path, bounds, said):
    path = tmp_path / "panggilan_112_2026-11-21_s.d._17.csv"
    path.write_text("\n".join([CALL_HEADER, GOOD_CALL, cell(4, "x").replace("P1", "P2")]), "utf-8")
    loaded = load_file(CALLS.model_copy(update={"expect": bounds}), path, tmp_path)
    assert said in loaded.counts.reasons
    assert (loaded.counts.is_held, loaded.counts.accepted, loaded.rows) == (True, 0, [])
    assert len(loaded.quarantine) == 2


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("panggilan_112_2026-11-21-15_2026-11-21_s.d._16.csv", datetime(2026, 11, 21, 15)),
        ("panggilan_112_2026-11-01_2026-11-21_s.d._00.csv", datetime(2026, 11, 1)),
        ("panggilan_112_2026-11-21_s.d._16.csv", datetime(2026, 11, 21)),
        ("panggilan_112_BPBD_2026-11-21_s.d._16.csv", None),
    ],
)
def test_a_file_name_says_since_when_it_is_complete(tmp_path, name, since):
    path = tmp_path / name
    path.write_text(f"{CALL_HEADER}\n{GOOD_CALL}\n", "utf-8")
    assert read_delivery(path, CALLS, tmp_path).data_from == since


def test_a_file_that_begins_after_its_end_is_refused(tmp_path):
    path = tmp_path / "panggilan_112_2026-11-22_2026-11-21_s.d._16.csv"
    path.write_text(f"{CALL_HEADER}\n{GOOD_CALL}\n", "utf-8")
    with pytest.raises(ContractProblem, match="tidak mendahului akhirnya"):
        read_delivery(path, CALLS, tmp_path)


@pytest.mark.parametrize(
    ("amount", "is_loaded"),
    [("9999999999999998.99", True), ("9999999999999999.99", False), ("3516012345678901234.5", False)],
)
def test_a_number_its_column_cannot_hold_costs_its_row_only(tmp_path, amount, is_loaded):
    contract = next(contract for contract in load_contracts() if contract.source_id == "dlh_timbulan_sampah")
    header = next(field.from_ for field in contract.fields if field.name == "generation_ton")
    path = tmp_path / "sipsn_2024_Data_Timbulan_Sampah.csv"
    lines = [
        f"Tahun,Provinsi,Kabupaten/Kota,{header}",
        f"2024,Jawa Timur,Kab. Satu,{amount}",
        "2024,Jawa Timur,Kab. Dua,1.5",
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    loaded = load_file(contract, path, tmp_path)
    assert [row["region_name"] for row in loaded.rows] == ["Kab. Satu", "Kab. Dua"][not is_loaded :]
    told = [(finding["row_no"], finding["rule"]) for finding in loaded.findings if finding["severity"] == "ditolak"]
    assert told == ([] if is_loaded else [(2, "angka_panjang")])
