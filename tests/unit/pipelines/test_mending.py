"""The workbook to mend: refused rows with their reasons, which read back as the rows that were missing."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
import xlsxwriter

from pipelines.contracts.contract import ContractProblem, load_contracts
from pipelines.deliveries.handing_back import hand_back
from pipelines.deliveries.mending import FAULT, Fault, can_mend, mend_workbook
from pipelines.deliveries.receiving import Counter, Upload
from pipelines.deliveries.submissions import archived_submissions
from pipelines.reading.column_matching import REASONS_HEADER
from tests.unit.pipelines.loaded import load_file
from warehouse.scope import NotPermittedError, Role, Scope
from warehouse.settings import load_settings

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
KONTRAK = CONTRACTS["opd_kontrak"]
RECEIVED = datetime(2026, 11, 21, 8)
FILE = """\
No;ID Kontrak;Tahun;Pagu;No Kontrak;Tanggal Kontrak;Pekerjaan;Nilai Kontrak;Kode Program
1;0105;2026;200.000;;15/07/2026;Jalan;199.188;
2;0106;2026;200.000;;31/02/2026;Talud;100.000;
3;0107;2062;200.000;;15/07/2026;Pasar;100.000;
"""


def faults_of(loaded):
    return [
        Fault(found["row_no"], found["header_text"], found["message"])
        for found in loaded.findings
        if found["severity"] == "ditolak"
    ]


def sheet_of(mending, tmp_path):
    path = tmp_path / mending.file_name
    path.write_bytes(mending.content)
    return path, openpyxl.load_workbook(path).active


@pytest.fixture
def delivered(tmp_path):
    path = tmp_path / "kontrak_DPUPR_2026-10.csv"
    path.write_text(FILE, "utf-8")
    return path


def test_refused_rows_are_mended_and_read_back_as_what_was_missing(delivered, tmp_path):
    first = load_file(KONTRAK, delivered, tmp_path, received_at=RECEIVED)
    assert [row["contract_id"] for row in first.rows] == ["0105"]
    mending = mend_workbook(delivered, KONTRAK, faults_of(first), tmp_path)
    assert (mending.file_name, mending.row_count) == ("kontrak_DPUPR_perbaikan_2026-10.xlsx", 2)
    path, sheet = sheet_of(mending, tmp_path)
    rows = list(sheet.values)
    assert rows[0][1:3] == ("ID Kontrak", "Tahun")
    assert rows[0][9] == REASONS_HEADER
    assert [row[1] for row in rows[1:]] == ["0106", "0107"]
    assert "Contoh yang benar: 21/11/2026" in rows[1][9]
    marked = {cell.coordinate for line in sheet for cell in line if cell.fill.fgColor.rgb == f"FF{FAULT[1:]}"}
    assert marked == {"F2", "C3"}
    book = openpyxl.load_workbook(path)
    book.active["F2"], book.active["C3"] = "28/02/2026", "2026"
    book.save(path)
    again = load_file(KONTRAK, path, tmp_path, received_at=RECEIVED)
    assert [(row["contract_id"], row["work_name"], row["budget_year"]) for row in again.rows] == [
        ("0106", "Talud", 2026),
        ("0107", "Pasar", 2026),
    ]
    assert again.rows[0]["contract_date"].isoformat()[:10] == "2026-02-28"
    assert not [found for found in again.findings if REASONS_HEADER in found["message"]]


def test_rows_under_a_header_in_another_order_are_mended_under_the_first(tmp_path):
    path = tmp_path / "kontrak_DPUPR_2026-10.csv"
    swapped = FILE.splitlines()[0].replace("ID Kontrak;Tahun", "Tahun;ID Kontrak")
    path.write_text(f"{FILE}{swapped}\n4;2062;0108;200.000;;15/07/2026;Balai;100.000;\n", "utf-8")
    first = load_file(KONTRAK, path, tmp_path, received_at=RECEIVED)
    _path, sheet = sheet_of(mend_workbook(path, KONTRAK, faults_of(first), tmp_path), tmp_path)
    assert [row[1:3] for row in sheet.values][1:] == [("0106", "2026"), ("0107", "2062"), ("0108", "2062")]


def test_what_was_struck_through_is_not_handed_back(tmp_path):
    path = tmp_path / "kontrak_DPUPR_2026-10.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, line = book.add_worksheet(), book.add_format({"font_strikeout": True})
        for number, row in enumerate(FILE.splitlines()):
            for column, cell in enumerate(row.split(";")):
                sheet.write_string(number, column, cell, line if number == 2 else None)
    first = load_file(KONTRAK, path, tmp_path, received_at=RECEIVED)
    mending = mend_workbook(path, KONTRAK, faults_of(first), tmp_path)
    _path, sheet = sheet_of(mending, tmp_path)
    assert [row[1] for row in sheet.values][1:] == ["0107"]


def test_an_unmended_workbook_is_refused_as_before(delivered, tmp_path):
    first = load_file(KONTRAK, delivered, tmp_path, received_at=RECEIVED)
    path, _sheet = sheet_of(mend_workbook(delivered, KONTRAK, faults_of(first), tmp_path), tmp_path)
    again = load_file(KONTRAK, path, tmp_path, received_at=RECEIVED)
    assert again.rows == []
    assert [fault.header for fault in faults_of(again)] == [fault.header for fault in faults_of(first)]


def test_cells_of_a_workbook_stay_what_they_were(tmp_path):
    """Letterhead above, typed cells, and the personal column of the file its holder sent."""
    contract = CONTRACTS["bpbd_kejadian_112"]
    headers = list(dict.fromkeys((*contract.headers, *contract.personal)))
    at = {header: place for place, header in enumerate(headers)}
    path = tmp_path / "kejadian_112_BPBD_2026-11.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write("A1", "Keadaan s.d.: 20 November 2026 pukul 06.00")
        sheet.write_row(2, 0, headers)
        sheet.write_string(3, at["Nomor Tiket"], "0012")
        sheet.write_datetime(3, at["Waktu Lapor"], datetime(2026, 11, 19, 7, 30), book.add_format({"num_format": 22}))
        sheet.write_number(3, at["Nomor Telepon"], 81234567890)
        sheet.write_boolean(3, at[headers[-1]], True)
    mending = mend_workbook(path, contract, [Fault(4, "Nomor Tiket", "salah"), Fault(4, None, "baris")], tmp_path)
    rows = list(sheet_of(mending, tmp_path)[1].values)
    assert rows[0][0] == "Keadaan s.d.: 20 November 2026 pukul 06.00"
    assert rows[2][: len(headers)] == tuple(headers)
    assert rows[3][at["Nomor Tiket"]] == "0012"
    assert rows[3][at["Waktu Lapor"]] == datetime(2026, 11, 19, 7, 30)
    assert rows[3][at["Nomor Telepon"]] == 81234567890
    assert rows[3][len(headers)] == "salah baris"


def test_a_report_that_replaces_itself_is_mended_whole(delivered, tmp_path):
    whole = KONTRAK.model_copy(update={"report": ("budget_year",)})
    mending = mend_workbook(delivered, whole, [Fault(3, "Tanggal Kontrak", "salah")], tmp_path)
    rows = list(sheet_of(mending, tmp_path)[1].values)
    assert [row[1] for row in rows[1:]] == ["0105", "0106", "0107"]
    assert [row[9] for row in rows[1:]] == [None, "salah", None]


def test_what_is_no_table_is_not_offered(delivered, tmp_path):
    assert mend_workbook(delivered, KONTRAK, [], tmp_path) is None
    assert not can_mend(CONTRACTS["opd_lra"])
    assert not can_mend(CONTRACTS["dpupr_proyek"])


def test_a_delivery_goes_back_to_its_own_agency_only(tmp_path):
    settings = load_settings(data_dir=tmp_path, contoh=False)
    counter = Counter(settings, Scope(Role.STEWARD, "walidata.uji", is_verified=True), RECEIVED)
    counter.receive_file(KONTRAK, Upload("DPUPR", "unggahan", "kontrak_DPUPR_2026-10.csv", FILE.encode()))
    (item,) = archived_submissions(settings.state_dir, "opd_kontrak")
    faults = [Fault(3, "Tanggal Kontrak", "salah")]

    def asked_by(opd, submission_id=item.submission_id):
        scope = Scope(Role.OPD, "opd.uji", is_verified=True, opd_codes=(opd,))
        return hand_back(settings, scope, "opd_kontrak", submission_id, faults)

    assert asked_by("DPUPR").row_count == 1
    with pytest.raises(NotPermittedError):
        asked_by("DLH")
    with pytest.raises(ContractProblem, match="tidak ada di arsip"):
        asked_by("DPUPR", "opd_kontrak:lain")
