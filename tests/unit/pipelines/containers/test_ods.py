"""An ODS workbook tells what a spreadsheet shows; what is repeated takes no room."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import FaultyCell, PercentCell

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
    }.items()
)
SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLE = (
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def write(path, tables, manifest=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{STYLE}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def read(tmp_path, rows, before=""):
    path = write(tmp_path / "data.xlsx", f'<table:table table:name="Data">{before}{rows}</table:table>')
    opened = open_file(path, tmp_path, FileShape())
    assert opened.kind == "ods"
    (grid,) = opened.grids
    return grid


def cell(value, text=""):
    return f"<table:table-cell {value}><text:p>{text}</text:p></table:table-cell>"


WIDE = cell('table:number-columns-repeated="10000" office:value-type="float" office:value="1"')


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (cell('office:value-type="float" office:value="75.57"', "75,57"), 75.57),
        (cell('office:value-type="currency" office:value="1500"', "1.500"), 1500.0),
        (cell('office:value-type="percentage" office:value="0.4045"', "40,45%"), PercentCell(0.4045)),
        (cell('office:value-type="date" office:date-value="2024-02-29"'), date(2024, 2, 29)),
        (cell('office:value-type="date" office:date-value="2024-02-29T07:30:00"'), datetime(2024, 2, 29, 7, 30)),
        (cell('office:value-type="time" office:time-value="PT07H30M00S"'), time(7, 30)),
        (cell('office:value-type="time" office:time-value="PT36H00M00S"'), timedelta(hours=36)),
        (cell('office:value-type="boolean" office:boolean-value="true"'), True),
        (cell('office:value-type="string"', "0042"), "0042"),
        (
            cell('office:value-type="string"', "a<text:s text:c='2'/>b<text:line-break/>c</text:p><text:p>d"),
            "a  b\nc\nd",
        ),
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>c</text:p></office:annotation>'
            "<text:p>isi</text:p></table:table-cell>",
            "isi",
        ),
        (
            cell('table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"', "#DIV/0!"),
            FaultyCell("#DIV/0!"),
        ),
        (cell('table:formula="of:=[.A9]" office:value-type="string"', "Err:502"), FaultyCell("Err:502")),
        ('<table:table-cell table:formula="of:=1+1"/>', FaultyCell("")),
        (cell('table:formula="of:=1+1" office:value-type="float" office:value="2"', "2"), 2.0),
        (cell('office:value-type="float" office:value="rusak"', "rusak"), "rusak"),
    ],
)
def test_a_cell_is_what_the_spreadsheet_shows(tmp_path, written, expected):
    assert read(tmp_path, f"<table:table-row>{written}</table:table-row>").cells == [[expected]]


def test_repeated_and_hidden_parts(tmp_path):
    number = cell('office:value-type="float" office:value="1" table:number-columns-repeated="2"')
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    grid = read(
        tmp_path,
        f'<table:table-row table:number-rows-repeated="2">{number}{blank}</table:table-row>'
        f'<table:table-row table:visibility="filter" table:number-rows-repeated="2">{blank}</table:table-row>'
        f'<table:table-row table:visibility="collapse"><table:table-cell/>{number}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048570" table:visibility="collapse">{blank}</table:table-row>',
        before='<table:table-column/><table:table-column table:visibility="collapse"/>',
    )
    assert [list(row) for row in grid.cells] == [[1, 1, ""], [1, 1, ""], [""] * 3, [""] * 3, ["", 1, 1]]
    assert (grid.hidden_rows, grid.hidden_columns) == ({2, 3, 4}, {1})


def test_merged_cells_and_hidden_sheets(tmp_path):
    merged = '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="3"><text:p>a</text:p>'
    row = (
        f"<table:table-row><table:table-cell/>{merged}</table:table-cell><table:covered-table-cell/></table:table-row>"
    )
    tables = f'<table:table table:name="Data">{row}</table:table><table:table table:name="B" table:style-name="ta2"/>'
    data, hidden = open_file(write(tmp_path / "a.ods", tables), tmp_path, FileShape()).grids
    assert (data.merged, data.is_visible, hidden.is_visible) == (((0, 1, 1, 3),), True, False)


@pytest.mark.parametrize(
    ("tables", "manifest", "said"),
    [
        ("", "<encryption-data/>", "terkunci dengan sandi"),
        ("", "", "terpotong atau rusak"),
        ("<table:table>", "", "terpotong atau rusak"),
        (
            '<table:table table:name="Data"><table:table-row table:number-rows-repeated="1000000">'
            f"{WIDE}"
            "</table:table-row></table:table>",
            "",
            "Lembar Data di .* terlalu luas",
        ),
        (
            '<table:table table:name="Data"><table:table-row table:number-rows-repeated="1048575"/><table:table-row>'
            f'<table:table-cell table:number-columns-repeated="16383"/>{cell("", "x")}</table:table-row></table:table>',
            "",
            "sel terakhir yang berisi adalah XFD1048576",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, tables, manifest, said):
    with pytest.raises(ContractProblem, match=said):
        open_file(write(tmp_path / "data.ods", tables, manifest), tmp_path, FileShape())
