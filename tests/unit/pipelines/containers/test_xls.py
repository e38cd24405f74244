"""A BIFF workbook tells what a spreadsheet shows, errors and formulas never calculated among it."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
import xlwt

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import FaultyCell, PercentCell


@pytest.fixture
def workbook(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for column, value in enumerate(["Kode", 1.5, True, "0042"]):
        sheet.write(0, column, value)
    sheet.write(1, 0, 0.4045, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(1, 1, date(2024, 2, 29), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write(1, 2, datetime(2024, 2, 29, 7, 30), xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM"))
    sheet.write(1, 3, time(7, 30), xlwt.easyxf(num_format_str="HH:MM"))
    sheet.write(2, 0, xlwt.Formula("1+1"))
    sheet.row(2).set_cell_error(1, "#REF!")
    sheet.row(0).hidden = True
    sheet.row(0).set_style(xlwt.easyxf())
    sheet.col(3).hidden = True
    sheet.write_merge(4, 5, 0, 2, "Kec. Puri")
    book.add_sheet("Rahasia").visibility = 1
    path = tmp_path / "data.xlsx"  # named as another kind
    book.save(path.as_posix())
    return path


def test_cells_are_what_the_spreadsheet_shows(workbook, tmp_path):
    opened = open_file(workbook, tmp_path, FileShape())
    grid, hidden = opened.grids
    assert (opened.kind, grid.name, grid.is_visible, hidden.is_visible, grid.is_1904) == (
        "xls",
        "Data",
        True,
        False,
        False,
    )
    assert [list(row) for row in grid.cells[:3]] == [
        ["Kode", 1.5, True, "0042"],
        [PercentCell(0.4045), date(2024, 2, 29), datetime(2024, 2, 29, 7, 30), time(7, 30)],
        [FaultyCell(""), FaultyCell("#REF!"), "", ""],
    ]
    assert (grid.hidden_rows, grid.hidden_columns, grid.merged) == ({0}, {3}, ((4, 0, 5, 2),))


def test_what_is_no_whole_workbook_is_refused(workbook, tmp_path):
    content = workbook.read_bytes()
    for part in (content[:600], content[: len(content) // 2], content[:520] + b"\xff" * 400 + content[920:]):
        workbook.write_bytes(part)
        with pytest.raises(ContractProblem, match=r"data\.xlsx terpotong atau rusak"):
            open_file(workbook, tmp_path, FileShape())


def test_a_locked_workbook_is_told_from_a_damaged_one(workbook, tmp_path):
    content = workbook.read_bytes()
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    lock = b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48)  # FILEPASS, RC4
    workbook.write_bytes(content[: start + 20] + lock + content[start + 20 + len(lock) :])
    with pytest.raises(ContractProblem, match=r"data\.xlsx terkunci dengan sandi"):
        open_file(workbook, tmp_path, FileShape())
    workbook.write_bytes(content[:1024] + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ContractProblem, match=r"data\.xlsx terkunci dengan sandi"):
        open_file(workbook, tmp_path, FileShape())
