"""Cells whose format shows another number than they hold, rows that are struck through, numbers too long for a double."""

from __future__ import annotations

import io
import re
import zipfile

import xlwt

from tests.corpus.layout.sheets import WASTE
from tests.corpus.layout.workbooks import CODES
from tests.corpus.layout.writing import book, grid
from tests.corpus.running import Case

NAMES = {"office": "office", "table": "table", "text": "text", "style": "style"}
SPACES = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in NAMES.items())
BUDGET = """
title: Anggaran
grain: [kecamatan]
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: pagu, from: Pagu, type: number, unit: Rp}
"""
SHARES = "title: P\nfields:\n  - {name: k, from: Kecamatan, type: text, required: true}\n"
PERCENTS = SHARES + "  - {name: p, from: Capaian, type: percent}\n"
RATES = SHARES + "  - {name: p, from: Capaian, type: number}\n"
PERSONS = CODES.replace("required: true", "required: true, digits: 16, not_personal: true")
TONS = "Kecamatan|Ton\nUtara|10\nSelatan|20"
STRUCK = 'style:text-line-through-style="solid"'


def formats(*codes: str, column: int = 1):
    """The n-th number below the header is shown by the n-th format."""

    def dress(made, sheet):
        for number, code in enumerate(codes, 1):
            value = sheet.table[number][column].number
            sheet.write_number(number, column, value, made.add_format({"num_format": code} if code else {}))

    return dress


def struck(*cells: str):
    def dress(made, sheet):
        line = made.add_format({"font_strikeout": True})
        for cell in cells:
            row, column = int(cell[1:]) - 1, ord(cell[0]) - 65
            kept = sheet.table[row][column]
            if hasattr(kept, "number"):
                sheet.write_number(row, column, kept.number, line)
            else:
                sheet.write_string(row, column, made.str_table.string_table and by_number(made)[kept.string], line)

    return dress


def struck_words(cell: str, cancelled: str, kept: str):
    """The first words of a cell are struck, the others stay."""

    def dress(made, sheet):
        sheet.write_rich_string(cell, made.add_format({"font_strikeout": True}), cancelled, made.add_format(), kept)

    return dress


def by_number(made):
    return {number: text for text, number in made.str_table.string_table.items()}


def old_book(text: str, codes: dict[int, str], struck_rows: tuple[int, ...] = ()) -> bytes:
    made, kept = xlwt.Workbook(), io.BytesIO()
    sheet = made.add_sheet("Data")
    for number, row in enumerate(grid(text)):
        for column, value in enumerate(row):
            style = xlwt.XFStyle()
            style.num_format_str = codes.get(number, "General") if column else "General"
            style.font.struck_out = number in struck_rows
            sheet.write(number, column, value, style)
    made.save(kept)
    return kept.getvalue()


def open_document(
    rows: list[list[tuple[str, str, str]]], manifest: str = "", styles: str = "", named: str = ""
) -> bytes:
    """Cells as (value, shown, style); `named`: styles of the part that holds those with names of their own."""
    lines = "".join(f"<table:table-row>{''.join(open_cell(*cell) for cell in row)}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>"
        f'<style:style style:name="ce1"><style:text-properties {STRUCK}/></style:style>{styles}</office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="Data">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("styles.xml", f"<office:document-styles {SPACES}>{named}</office:document-styles>")
        archive.writestr("content.xml", content)
    return kept.getvalue()


def open_cell(value: str, shown: str = "", style: str = "") -> str:
    kind = f'office:value-type="float" office:value="{value}"' if shown else 'office:value-type="string"'
    return f'<table:table-cell {kind} table:style-name="{style}"><text:p>{shown or value}</text:p></table:table-cell>'


def rewritten(content: bytes, **numbers: str) -> bytes:
    """The workbook with numbers in its XML as other programs write them, by cell."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            for cell, number in numbers.items() if name.endswith("sheet1.xml") else ():
                part, count = re.subn(rf'(<c r="{cell}"[^>]*><v>)[^<]*'.encode(), rb"\g<1>" + number.encode(), part)
                assert count == 1
            target.writestr(name, part)
    return kept.getvalue()


CASES = (
    Case(
        "kilograms shown in a column of tons",
        WASTE,
        "a.xlsx",
        book(TONS, dress=formats('0.0" kg"', '0.0" ton"')),
        "partial",
        1,
        1,
        sums={"ton": "20"},
        messages=(("tampilan", 2, "Ton", '"10,0 kg"'),),
    ),
    Case(
        "cubic metres shown in a column of tons",
        WASTE,
        "a.xlsx",
        book(TONS, dress=formats("", '#,##0\\ "m³"')),
        "partial",
        1,
        1,
        sums={"ton": "10"},
        messages=(("tampilan", 3, "Ton", '"20 m³"'),),
    ),
    Case(
        "the unit of the column as a format, with the sign of three spelled out",
        WASTE.replace("unit: ton", "unit: m3"),
        "a.xlsx",
        book(TONS, dress=formats('#,##0.00" m³"', '0.0 "M3"')),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "a word as a format where no unit is agreed",
        BUDGET.replace(", unit: Rp", ""),
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|10\nSelatan|20", dress=formats('0" orang"', "0")),
        "partial",
        1,
        1,
        sums={"pagu": "20"},
        messages=(("tampilan", 2, "Pagu", '"10 orang"'),),
    ),
    Case(
        "one word of what is counted as the format of all numbers where no unit is agreed",
        BUDGET.replace(", unit: Rp", ""),
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|10\nSelatan|20\nTimur|0", dress=formats('0" orang"', '#,##0" Orang"', "0")),
        accepted=3,
        sums={"pagu": "30"},
        messages=(("tampilan", 2, "Pagu", '2 sel kolom "Pagu" tampil dengan kata "orang"'),),
    ),
    Case(
        "one measure as the format of all numbers where no unit is agreed",
        BUDGET.replace(", unit: Rp", ""),
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|10\nSelatan|20", dress=formats('0" kg"', '0" kg"')),
        "refused",
        quarantined=2,
        sums={"pagu": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh 2 baris"),
            ("tampilan", 2, "Pagu", '"10 kg"'),
            ("tampilan", 3, "Pagu", '"20 kg"'),
        ),
    ),
    Case(
        "two words of what is counted where no unit is agreed",
        BUDGET.replace(", unit: Rp", ""),
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|10\nSelatan|20", dress=formats('0" orang"', '0" KK"')),
        "refused",
        quarantined=2,
        sums={"pagu": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh 2 baris"),
            ("tampilan", 2, "Pagu", '"10 orang"'),
            ("tampilan", 3, "Pagu", '"20 KK"'),
        ),
    ),
    Case(
        "accounting formats with the signs of money, zero as a line",
        BUDGET,
        "a.xlsx",
        book(
            "Kecamatan|Pagu\nUtara|1500000\nSelatan|0\nTimur|-2500\nBarat|75",
            dress=formats(
                '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-;_-@_-',
                '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-;_-@_-',
                '_([$Rp-421]* #,##0_);_([$Rp-421]* (#,##0);_([$Rp-421]* "-"_);_(@_)',
                "[$Rp-3809]#,##0.00",
            ),
        ),
        accepted=4,
        sums={"pagu": "1497575"},
    ),
    Case(
        "money shown in a column of tons, dollars in one of rupiah",
        BUDGET,
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|1500\nSelatan|20", dress=formats("[$USD-409] #,##0", "[$Rp-421]#,##0")),
        "partial",
        1,
        1,
        sums={"pagu": "20"},
        messages=(("tampilan", 2, "Pagu", '"USD 1.500"'),),
    ),
    Case(
        "thousands that are not shown",
        BUDGET,
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|1234567\nSelatan|20", dress=formats("#,##0,", "#,##0")),
        "partial",
        1,
        1,
        sums={"pagu": "20"},
        messages=(("tampilan", 2, "Pagu", '"1.235"'),),
    ),
    Case(
        "millions shown with their word",
        BUDGET,
        "a.xlsx",
        book(
            "Kecamatan|Pagu\nUtara|1234567\nSelatan|2500",
            dress=formats('0.0,,"jt"', '[>=1000000]0.0,," jt";[>=1000]0.0," rb";0'),
        ),
        accepted=2,
        sums={"pagu": "1237067"},
        messages=(("tampilan", 2, "Pagu", "2 sel kolom"),),
    ),
    Case(
        "millions shown under a heading of millions",
        BUDGET.replace("unit: Rp", "unit: juta rupiah"),
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|1234567\nSelatan|2", dress=formats('0.0,,"jt"', "0")),
        "partial",
        1,
        1,
        sums={"pagu": "2"},
        messages=(("tampilan", 2, "Pagu", '"1,2jt"'),),
    ),
    Case(
        "a word of thousands that hides none",
        BUDGET,
        "a.xlsx",
        book("Kecamatan|Pagu\nUtara|1234\nSelatan|2", dress=formats('#,##0" ribu"', "0")),
        "partial",
        1,
        1,
        sums={"pagu": "2"},
        messages=(("tampilan", 2, "Pagu", '"1.234 ribu"'),),
    ),
    Case(
        "numbers that no format shows",
        WASTE,
        "a.xlsx",
        book(TONS + "\nTimur|0", dress=formats(";;;", "0;-0;;@", "0;-0;;@")),
        "partial",
        2,
        1,
        sums={"ton": "20"},
        messages=(("tampilan", 2, "Ton", "disembunyikan"),),
    ),
    Case(
        "percentages in a column of tons",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|0.5\nSelatan|20", dress=formats("0%", "0")),
        "partial",
        1,
        1,
        sums={"ton": "20"},
        messages=(("tampilan", 2, "Ton", '"50%"'),),
    ),
    Case(
        "a fraction without a format among percentages",
        PERCENTS,
        "a.xlsx",
        book("Kecamatan|Capaian\nUtara|0.4\nSelatan|0.5\nTimur|75", dress=formats("0%", "", "")),
        "partial",
        2,
        1,
        sums={"p": "115"},
        messages=(("persen", 3, "Capaian", '"0,5"'),),
    ),
    Case(
        "one percentage among numbers, some of at most 1",
        PERCENTS,
        "a.xlsx",
        book("Kecamatan|Capaian\nUtara|0.4\nSelatan|0.5\nTimur|75\nBarat|1.5", dress=formats("0%", "", "", "")),
        accepted=4,
        sums={"p": "117"},
    ),
    Case(
        "percentages among fractions in a column of plain numbers",
        RATES,
        "a.xlsx",
        book("Kecamatan|Capaian\nUtara|0.4\nSelatan|0.5\nTimur|75", dress=formats("0%", "", "")),
        "partial",
        1,
        2,
        sums={"p": "75"},
        messages=(("persen", 2, "Capaian", '"40%"'), ("persen", 3, "Capaian", '"0,5"')),
    ),
    Case(
        "percentages throughout a column of plain numbers",
        RATES,
        "a.xlsx",
        book("Kecamatan|Capaian\nUtara|0.4\nSelatan|0.5", dress=formats("0%", "0.0%")),
        accepted=2,
        sums={"p": "90"},
    ),
    Case(
        "a percentage among numbers above 1 that are none",
        RATES,
        "a.xlsx",
        book("Kecamatan|Capaian\nUtara|0.3\nSelatan|20\nTimur|75", dress=formats("0%", "", "")),
        "partial",
        2,
        1,
        sums={"p": "95"},
        messages=(("tampilan", 2, "Capaian", '"30%"'),),
    ),
    Case(
        "a percent sign as mere text",
        PERCENTS,
        "a.xlsx",
        book("Kecamatan|Capaian\nUtara|40.5\nSelatan|50", dress=formats('0.0"%"', "0\\%")),
        accepted=2,
        sums={"p": "90.5"},
    ),
    Case(
        "codes whose letters are a format",
        CODES,
        "a.xlsx",
        book("Kode SLS|Usaha\n12|5\n7|6\n7|7", dress=formats('"TPA-"000', '"TPA-"000', '"TPS-"000', column=0)),
        accepted=3,
        sums={"usaha": "18"},
    ),
    Case(
        "kilograms in an old workbook",
        WASTE,
        "a.xls",
        old_book(TONS, {1: '0.0" kg"', 2: '0" ton"'}),
        "partial",
        1,
        1,
        sums={"ton": "20"},
        messages=(("tampilan", 2, "Ton", '"10,0 kg"'),),
    ),
    Case(
        "kilograms and thousands not shown in an open document",
        WASTE,
        "a.ods",
        open_document(
            [
                [("Kecamatan", "", ""), ("Ton", "", "")],
                [("Utara", "", ""), ("12.5", "12,5 kg", "")],
                [("Selatan", "", ""), ("1234567", "1.235", "")],
                [("Timur", "", ""), ("1234.5", "1.234,5 ton", "")],
                [("Barat", "", ""), ("1234567890123", "1,23456789E+12", "")],
                [("Tengah", "", ""), ("2.75", "3", "")],
            ]
        ),
        "partial",
        3,
        2,
        sums={"ton": "1234567891360.25"},
        messages=(("tampilan", 2, "Ton", '"12,5 kg"'), ("tampilan", 3, "Ton", '"1.235"')),
    ),
    Case(
        "months as columns, one cell in kilograms",
        "title: S\ngrain: [kecamatan, bulan]\ncrosstab: {columns: months, into: bulan, value: ton}\nfields:\n"
        "  - {name: kecamatan, from: Kecamatan, type: text, required: true}\n"
        "  - {name: bulan, from: Bulan, type: integer, required: true}\n"
        "  - {name: ton, from: Ton, type: number, unit: ton}\n",
        "a.xlsx",
        book("Kecamatan|Jan|Feb\nUtara|1|2\nSelatan|3|4", dress=formats('0" kg"', '0" ton"')),
        "partial",
        3,
        1,
        sums={"bulan": "5", "ton": "9"},
        messages=(("tampilan", 2, "Ton", '"1 kg"'),),
    ),
    Case(
        "a row that is struck through, and the one that replaced it",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|99\nSelatan|20\nJUMLAH|30", dress=struck("A3", "B3")),
        "partial",
        2,
        1,
        sums={"ton": "30"},
        messages=(("dicoret", 3, None, "Baris ini dicoret"), ("disisihkan", None, None, "5")),
    ),
    Case(
        "one cell that is struck through",
        WASTE,
        "a.xlsx",
        book(TONS, dress=struck("B3")),
        accepted=2,
        sums={"ton": "30"},
        messages=(("dicoret", None, None, "baris 3"),),
    ),
    Case(
        "a total that is struck through",
        WASTE,
        "a.xlsx",
        book(TONS + "\nJUMLAH|99\nJUMLAH|30", dress=struck("A4", "B4")),
        accepted=2,
        sums={"ton": "30"},
        messages=(
            ("dicoret", None, None, "Baris jumlah yang dicoret tidak dipakai: 4"),
            ("disisihkan", None, None, "5"),
        ),
    ),
    Case(
        "a row struck through in an old workbook",
        WASTE,
        "a.xls",
        old_book(TONS, {}, struck_rows=(1,)),
        "partial",
        1,
        1,
        sums={"ton": "20"},
        messages=(("dicoret", 2, None, "Baris ini dicoret"),),
    ),
    Case(
        "a row struck through in an open document",
        WASTE,
        "a.ods",
        open_document(
            [
                [("Kecamatan", "", ""), ("Ton", "", "")],
                [("Utara", "", "ce1"), ("10", "10", "ce1")],
                [("Selatan", "", ""), ("20", "20", "ce2")],
            ]
        ),
        "partial",
        1,
        1,
        sums={"ton": "20"},
        messages=(("dicoret", 2, None, "Baris ini dicoret"),),
    ),
    Case(
        "a row of an open document struck through by the styles its own stand on",
        WASTE,
        "a.ods",
        open_document(
            [
                [("Kecamatan", "", ""), ("Ton", "", "")],
                [("Utara", "", "ce3"), ("10", "10", "ce4")],
                [("Selatan", "", "ce5"), ("20", "20", "ce5")],
            ],
            styles='<style:style style:name="ce3" style:parent-style-name="ce1"/><style:style style:name="ce4" '
            'style:parent-style-name="Batal"/><style:style style:name="ce5" style:parent-style-name="ce1">'
            '<style:text-properties style:text-line-through-style="none"/></style:style>',
            named=f'<style:style style:name="Batal" style:family="table-cell"><style:text-properties {STRUCK}/>'
            "</style:style>",
        ),
        "partial",
        1,
        1,
        sums={"ton": "20"},
        messages=(("dicoret", 2, None, "Baris ini dicoret"),),
    ),
    Case(
        "words of a cell that are struck through",
        WASTE,
        "a.xlsx",
        book(TONS, dress=struck_words("A3", "Selat", "Selatan")),
        accepted=2,
        sums={"ton": "30"},
        messages=(("dicoret", None, None, "baris 3"),),
    ),
    Case(
        "a number replaced within its cell",
        WASTE,
        "a.xlsx",
        book(TONS, dress=struck_words("B3", "15", " 20")),
        "partial",
        1,
        1,
        sums={"ton": "10"},
        messages=(("angka", 3, "Ton", '"15 20"'), ("dicoret", None, None, "baris 3")),
    ),
    Case(
        "rupiah of more digits than Excel keeps, by another program",
        BUDGET,
        "a.xlsx",
        rewritten(
            book("Kecamatan|Pagu\nUtara|1\nSelatan|2\nTimur|3"),
            B2="12345678901234567",
            B3="1234567890123456.75",
            B4="1.2345678901234568E+17",
        ),
        accepted=3,
        sums={"pagu": "137037035803703703.75"},
    ),
    Case(
        "sixteen digits as agreed, one with an exponent, one beyond what a double keeps",
        PERSONS,
        "a.xlsx",
        rewritten(
            book("Kode SLS|Usaha\n1|5\n2|6\n3|7"),
            A2="3576021006001201",
            A3="3.57602E+15",
            A4="9576021006001203",
        ),
        "partial",
        1,
        2,
        sums={"usaha": "5"},
        messages=(
            ("kode_angka", 3, "Kode SLS", "Beri kolom format Teks"),
            ("kode_angka", 4, "Kode SLS", "format Teks"),
        ),
    ),
    Case(
        "eighteen digits in an old workbook, as a code and as an amount",
        CODES.replace("type: integer", "type: number").replace("required: true", "required: true, not_personal: true"),
        "a.xls",
        old_book(
            "Kode SLS|Usaha\n987654321987654321|5\n'35.1|987654321987654321\n'35.2|123456789012345000\n'35.3|1", {}
        ),
        "partial",
        2,
        2,
        sums={"usaha": "123456789012345001"},
        messages=(
            ("kode_angka", 2, "Kode SLS", "Beri kolom format Teks"),
            ("angka_panjang", 3, "Usaha", "lebih panjang"),
        ),
    ),
    Case(
        "sixteen digits in an open document",
        BUDGET,
        "a.ods",
        open_document(
            [
                [("Kecamatan", "", ""), ("Pagu", "", "")],
                [("Utara", "", ""), ("12345678901234567", "12345678901234567", "")],
                [("Selatan", "", ""), ("1", "1", "")],
            ]
        ),
        accepted=2,
        sums={"pagu": "12345678901234568"},
    ),
)
