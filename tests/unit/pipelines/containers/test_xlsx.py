"""What a spreadsheet shows is what is read, also where the library that reads the values says nothing."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import FaultyCell, PercentCell, ShownCell

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def open_xlsx(path, tmp_path):
    opened = open_file(path, tmp_path, FileShape())
    assert opened.kind == "xlsx"
    return opened.grids


def write(path, fill, **options):
    with xlsxwriter.Workbook(path, options) as book:
        fill(book, book.add_worksheet("Data"))
    return path


def raw_book(path, sheet_data, styles="", before=""):
    """A workbook of one sheet in XML as given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/styles.xml", f"<styleSheet {MAIN}>{styles}</styleSheet>")
        sheet = f"<worksheet {MAIN}>{before}<sheetData>{sheet_data}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def test_cells_are_what_the_spreadsheet_shows(tmp_path):
    def fill(book, sheet):
        percent = book.add_format({"num_format": "0.00%"})
        built_in = book.add_format({"num_format": 9})
        only_text = book.add_format({"num_format": '0.0"%"'})
        day, hour = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        lasting = book.add_format({"num_format": "[h]:mm"})
        sheet.write_row("A1", ["Kode", 0.4045, 1.5, True])
        sheet.write_number("B2", 0.4045, percent)
        sheet.write_number("C2", 1, built_in)
        sheet.write_number("D2", 40.45, only_text)
        sheet.write_string("E2", "40 %", percent)
        sheet.write_datetime("B3", datetime(2024, 2, 29), day)
        sheet.write_datetime("C3", datetime(2024, 2, 29, 7, 30), day)
        sheet.write_datetime("D3", time(7, 30), hour)
        sheet.write_number("E3", 1.5, lasting)
        sheet.write_string("B5", "0042")

    (grid,) = open_xlsx(write(tmp_path / "a.xlsx", fill), tmp_path)
    assert grid.name == "Data" and not grid.is_1904
    (shown,) = [cell for row in grid.cells for cell in row if isinstance(cell, ShownCell)]
    assert (shown.value, shown.look.words, shown.shown) == (40.45, "%", "40,5%")
    assert [[cell.value if cell is shown else cell for cell in row] for row in grid.cells] == [
        ["Kode", 0.4045, 1.5, True, ""],
        ["", PercentCell(0.4045), PercentCell(1.0), 40.45, "40 %"],
        ["", date(2024, 2, 29), datetime(2024, 2, 29, 7, 30), time(7, 30), timedelta(hours=36)],
        [""] * 5,
        ["", "0042", "", "", ""],
    ]


def test_errors_and_formulas_never_calculated_are_faults(tmp_path):
    def fill(book, sheet):
        percent = book.add_format({"num_format": "0%"})
        sheet.write_formula("A1", "=B1/0", None, "#DIV/0!")
        sheet.write_formula("B1", "=VLOOKUP(1,C1:D1,2)", percent, "#N/A")
        sheet.write_formula("A2", "=1+1")  # the writer leaves 0 and asks for a calculation
        sheet.write_formula("B2", "=1+1", None, "")
        sheet.write_formula("C2", '=IF(A1="","",1)', None, 7)
        sheet.write_formula("D4", "=1/0", None, "#REF!")

    (grid,) = open_xlsx(write(tmp_path / "a.xlsx", fill), tmp_path)
    assert grid.cells[0][:2] == [FaultyCell("#DIV/0!"), FaultyCell("#N/A")]
    assert grid.cells[1][:3] == [FaultyCell(""), FaultyCell(""), 7]
    assert grid.cells[3][3] == FaultyCell("#REF!")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<c r='A1'><f>B1</f></c>", FaultyCell("")),
        ('<c r="A1"><f>B1</f><v/></c>', FaultyCell("")),
        ('<c r="A1"><f t="shared" si="0"/><v></v></c>', FaultyCell("")),
        ('<c r="A1"><f>B1</f><v>0</v></c>', 0),  # calculated by a program that does not ask for another calculation
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', ""),  # it gave empty text
        ('<c r="A1" t="str"><f>B1</f><v>teks</v></c>', "teks"),
        ('<c r="A1" t="e"><v>#NAME?</v></c>', FaultyCell("#NAME?")),
        ("<c t='e' r='A1'><f>B1&lt;2</f><v>#NULL!</v></c>", FaultyCell("#NULL!")),
        ('<!-- t="e" --><c r="A1"><v>5</v></c>', 5),
        ('<c r="A1" t="inlineStr"><is><t>t="e"&gt;</t></is></c>', 't="e">'),
        ("<c><v>5</v></c>", 5),
        ('<c t="e"><v>#REF!</v></c>', FaultyCell("#REF!")),
        ('<c r="A1" s="1"><v>0.5</v></c>', PercentCell(0.5)),
        ('<c s="1"><v>0.5</v></c>', PercentCell(0.5)),
        ('<c r="A1" s="11"><v>0.5</v></c>', 0.5),
    ],
)
def test_a_cell_of_raw_xml(tmp_path, cell, expected):
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs><cellStyleXfs><xf numFmtId="10"/></cellStyleXfs>'
    (grid,) = open_xlsx(
        raw_book(tmp_path / "a.xlsx", f'<row r="1">{cell}<c r="C1"><v>9</v></c></row>', styles), tmp_path
    )
    assert grid.cells[0][0] == expected
    assert grid.cells[0][2] == 9


def test_rows_and_cells_without_positions_follow_the_one_before(tmp_path):
    rows = (
        '<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row>'
        '<row r="4"><c r="C4"><v>2</v></c><c t="e"><v>#N/A</v></c></row>'
    )
    (grid,) = open_xlsx(raw_book(tmp_path / "a.xlsx", rows), tmp_path)
    assert grid.cells[0][:2] == [1, FaultyCell("#REF!")]
    assert grid.cells[3] == ["", "", 2, FaultyCell("#N/A")]


def test_what_is_hidden_or_merged_is_told_and_read(tmp_path):
    def fill(book, sheet):
        sheet.write_column("A1", ["a", "b", "c", "d"])
        sheet.write("E1", "e")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
        sheet.merge_range("A6:C7", "Kec. Puri")
        book.add_worksheet("Rahasia").hide()
        book.add_worksheet("Sangat").very_hidden()
        book.add_chartsheet("Grafik")

    grid, hidden, very_hidden = open_xlsx(write(tmp_path / "a.xlsx", fill), tmp_path)
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {2, 3})
    assert grid.merged == ((5, 0, 6, 2),)
    assert grid.cells[1][0] == "b"
    assert [grid.is_visible, hidden.is_visible, very_hidden.is_visible] == [True, False, False]


def test_dates_of_the_1904_system(tmp_path):
    def fill(book, sheet):
        sheet.write_datetime("A1", datetime(2024, 2, 29), book.add_format({"num_format": "dd/mm/yyyy"}))

    (grid,) = open_xlsx(write(tmp_path / "a.xlsx", fill, date_1904=True), tmp_path)
    assert grid.is_1904
    assert grid.cells[0][0] == date(2024, 2, 29)


def test_one_stray_formatted_cell_far_away_takes_no_room(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    (grid,) = open_xlsx(raw_book(tmp_path / "a.xlsx", rows, before='<dimension ref="A1:XFD1048576"/>'), tmp_path)
    assert [list(row) for row in grid.cells] == [[1]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c></row>',
        "<row r='1048576'><c r='XFD1048576'><f>1+1</f><v>2</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>",
        '<row r="1048575"><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_one_filled_cell_far_away_is_refused_by_its_name(tmp_path, rows):
    with pytest.raises(ContractProblem, match=r"Lembar Data di a\.xlsx terlalu luas: .*XFD1048576"):
        open_xlsx(raw_book(tmp_path / "a.xlsx", rows), tmp_path)


def test_entities_are_refused(tmp_path):
    path = raw_book(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/workbook.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts["xl/workbook.xml"]
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    with pytest.raises(ContractProblem, match="DOCTYPE"):
        open_xlsx(path, tmp_path)
