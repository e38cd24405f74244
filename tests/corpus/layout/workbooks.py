"""Workbooks of several sheets, hidden parts, crosstabs, and cells that are not what they look like."""

from __future__ import annotations

import io
from datetime import datetime

from openpyxl import Workbook

from tests.corpus.layout.sheets import WASTE
from tests.corpus.layout.writing import book, books
from tests.corpus.running import Case

MONTHLY = """
title: Sampah bulanan
grain: [kecamatan, bulan]
crosstab: {columns: months, into: bulan, value: ton}
ignore: [No]
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: bulan, from: Bulan, type: integer, required: true}
  - {name: ton, from: Ton, type: number, unit: ton}
"""
DATED_MONTHS = MONTHLY.replace("from: Bulan, type: integer", "from: Bulan, type: month")
DAILY = """
title: Timbangan
grain: [tanggal]
fields:
  - {name: tanggal, from: Tanggal, type: date, required: true}
  - {name: ton, from: Ton, type: number}
"""
CODES = """
title: SLS
grain: [kode]
fields:
  - {name: kode, from: Kode SLS, type: code, required: true}
  - {name: usaha, from: Usaha, type: integer}
"""
OPEN = WASTE.replace("required: true, unit", "unit")
TABLE = "Kecamatan|Ton\nUtara|10\nSelatan|20"


def hide_rows(_book, sheet):
    sheet.set_row(2, None, None, {"hidden": True})


def hide_columns(_book, sheet):
    sheet.set_column("B:B", None, None, {"hidden": True})


def dates(made, sheet):
    style = made.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_datetime("A2", datetime(2026, 10, 1), style)
    sheet.write_datetime("A3", datetime(2026, 10, 12), style)


def percents(made, sheet):
    style = made.add_format({"num_format": "0.00%"})
    sheet.write_number("B2", 0.4045, style)
    sheet.write_number("B3", 0.5, style)


def hide_sheet(_book, sheet):
    sheet.hide()


def never_calculated() -> bytes:
    """As a program writes formulas that does not calculate them."""
    made, kept = Workbook(), io.BytesIO()
    for row in (["Kecamatan", "Ton"], ["Utara", 10], ["Selatan", "=10+10"], ["JUMLAH", "=SUM(B2:B3)"]):
        made.active.append(row)
    made.save(kept)
    return kept.getvalue()


def date_in(cell: str):
    return lambda made, sheet: sheet.write_datetime(
        cell, datetime(2026, 1, 4), made.add_format({"num_format": "dd/mm/yyyy"})
    )


CASES = (
    Case(
        "cover sheet first",
        WASTE,
        "a.xlsx",
        books({"Sampul": "LAPORAN SAMPAH\nKOTA MOJOKERTO\n2026", "Isi": TABLE}),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case("empty sheet first", WASTE, "a.xlsx", books({"Sheet1": "", "Sheet2": TABLE}), accepted=2, sums={"ton": "30"}),
    Case(
        "summary with similar headers first",
        WASTE,
        "a.xlsx",
        books({"Rekap": "Kecamatan|Target\nUtara|99", "Data": TABLE}),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "one sheet for each month",
        WASTE,
        "a.xlsx",
        books({"Jan": TABLE, "Feb": TABLE.replace("10", "11"), "Mar": TABLE.replace("10", "12")}),
        accepted=2,
        sums={"ton": "30"},
        messages=(("lembar", None, None, "Feb"), ("lembar", None, None, "Mar")),
    ),
    Case(
        "the sheet the contract names, in other case and with a blank",
        WASTE + "file: {sheet: Data}\n",
        "a.xlsx",
        books({"Rekap": TABLE.replace("10", "99"), "DATA ": TABLE}),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "the sheet the contract names is not there",
        WASTE + "file: {sheet: Data}\n",
        "a.xlsx",
        books({"Rekap": TABLE}),
        "refused",
        messages=(("lembar", None, None, "Rekap"),),
    ),
    Case(
        "the data is on a hidden sheet",
        WASTE,
        "a.xlsx",
        books({"Petunjuk": "Isi lembar data", "Lama": TABLE}, dress={"Lama": hide_sheet}),
        "refused",
        messages=(("lembar", None, None, "Lama"),),
    ),
    Case(
        "a hidden old table beside the visible one",
        WASTE,
        "a.xlsx",
        books({"Baru": TABLE, "Lama": TABLE.replace("10", "99")}, dress={"Lama": hide_sheet}),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "hidden rows are read and told",
        WASTE,
        "a.xlsx",
        book(TABLE, dress=hide_rows),
        accepted=2,
        sums={"ton": "30"},
        messages=(("tersembunyi", None, None, "3"),),
    ),
    Case(
        "a hidden column is read and told",
        WASTE,
        "a.xlsx",
        book(TABLE, dress=hide_columns),
        accepted=2,
        sums={"ton": "30"},
        messages=(("tersembunyi", None, None, "B"),),
    ),
    Case(
        "months as columns with quarters between",
        MONTHLY,
        "a.xlsx",
        book(
            "No|Kecamatan|Januari|Feb|Mar.|TRIWULAN I|Apr|Mei|Juni|TW II|Jumlah\n"
            "1|Utara|1|2|3|6|4|5|6|15|21\n2|Selatan|1|1|1|3|1|1||2|5\n|JUMLAH|2|3|4|9|5|6|6|17|26"
        ),
        accepted=11,
        sums={"bulan": "36", "ton": "26"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "months as columns, one total wrong",
        MONTHLY,
        "a.xlsx",
        book("Kecamatan|Jan|Peb\nUtara|1|2\nSelatan|3|4\nJUMLAH|4|7"),
        accepted=4,
        sums={"bulan": "6", "ton": "10"},
        messages=(("disisihkan", None, None, "4"), ("jumlah", 4, "Ton", "7")),
    ),
    Case(
        "months as columns, not agreed",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Januari|Februari\nUtara|1|2"),
        "refused",
        messages=(("judul", None, None, "Ton"),),
    ),
    Case(
        "months under their years",
        DATED_MONTHS,
        "a.xlsx",
        book("Kecamatan|2025||2026|\n|Nov|Des|Jan|Feb\nUtara|1|2|3|4", ["A1:A2", "B1:C1", "D1:E1"]),
        accepted=4,
        sums={"ton": "10"},
        ranges={"bulan": ("2025-11-01", "2026-02-01")},
    ),
    Case(
        "months without a year where a year is needed",
        DATED_MONTHS,
        "a.xlsx",
        book("Kecamatan|Nov|Des\nUtara|1|2"),
        "refused",
        0,
        2,
        sums={"ton": None},
        ranges={"bulan": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh"),
            ("judul", 1, "Bulan", 'tidak menyebut tahun. Tulis "November 2026"'),
            ("tanggal", 2, "Bulan", "November"),
            ("tanggal", 2, "Bulan", "Desember"),
        ),
    ),
    Case(
        "target and realisation under every month",
        MONTHLY,
        "a.xlsx",
        book(
            "Kecamatan|Januari||Februari|\n|Target|Realisasi|Target|Realisasi\nUtara|10|1|10|2",
            ["A1:A2", "B1:C1", "D1:E1"],
        ),
        "refused",
        messages=(("judul", None, None, "Januari"),),
    ),
    Case(
        "a month twice",
        MONTHLY,
        "a.xlsx",
        book("Kecamatan|Jan|Feb|Januari\nUtara|1|2|3"),
        "refused",
        messages=(("judul", None, None, "Januari"),),
    ),
    Case(
        "months under one heading",
        MONTHLY,
        "a.xlsx",
        book("No|Kecamatan|Berat Sampah (ton)||\n||Jan|Feb|Mar\n1|Utara|1|2|3", ["A1:A2", "B1:B2", "C1:E1"]),
        accepted=3,
        sums={"bulan": "6", "ton": "6"},
    ),
    Case(
        "formulas with and without a result",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|=5+5 -> 10\nSelatan|#REF!\nTimur|=1/0 -> #DIV/0!"),
        "partial",
        1,
        2,
        sums={"ton": "10"},
        messages=(("galat", 3, "Ton", "#REF!"), ("galat", 4, "Ton", "#DIV/0!")),
    ),
    Case(
        "an error in a column nobody must fill",
        DAILY,
        "a.xlsx",
        book("Tanggal|Ton\n'01/10/2026|#REF!\n'02/10/2026|5"),
        "partial",
        1,
        1,
        sums={"ton": "5"},
        ranges={"tanggal": ("2026-10-02", "2026-10-02")},
        messages=(("galat", 2, "Ton", "#REF!"),),
    ),
    Case(
        "dates of the 1904 system",
        DAILY,
        "a.xlsx",
        book("Tanggal|Ton\n|1\n|2", dress=dates, date_1904=True),
        accepted=2,
        sums={"ton": "3"},
        ranges={"tanggal": ("2026-10-01", "2026-10-12")},
    ),
    Case(
        "day numbers without a format",
        DAILY,
        "a.xlsx",
        book("Tanggal|Ton\n46296|1\n46307|2"),
        accepted=2,
        sums={"ton": "3"},
        ranges={"tanggal": ("2026-10-01", "2026-10-12")},
        messages=(("tanggal_serial", 2, "Tanggal", "Beri sel format tanggal"),),
    ),
    Case(
        "percent cells in a column of percents",
        "title: P\nfields:\n  - {name: k, from: Kecamatan, type: text, required: true}\n"
        "  - {name: p, from: Capaian, type: percent}\n",
        "a.xlsx",
        book("Kecamatan|Capaian\nUtara|\nSelatan|\nTimur|'12,5 %", dress=percents),
        accepted=3,
        sums={"p": "102.95"},
    ),
    Case(
        "sixteen digits typed as a number",
        CODES,
        "a.xlsx",
        book("Kode SLS|Usaha\n3576010001000101|5\n3576010001000102|6"),
        "refused",
        0,
        2,
        sums={"usaha": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh 2 baris"),
            ("kode_angka", 2, "Kode SLS", "digit"),
            ("kode_angka", 3, "Kode SLS", "digit"),
        ),
    ),
    Case(
        "text numbers with an apostrophe",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|'1.250,5\nSelatan|''20"),
        accepted=2,
        sums={"ton": "1270.5"},
    ),
    Case(
        "sixteen digits as agreed, one cut short",
        CODES.replace("required: true", "required: true, digits: 16, not_personal: true"),
        "a.xlsx",
        book("Kode SLS|Usaha\n3576021006001200|5\n'3576021006001301|6\n'357602100600140|7"),
        "partial",
        2,
        1,
        sums={"usaha": "11"},
        messages=(("kode_angka", None, "Kode SLS", "16 angka"), ("bentuk", 4, "Kode SLS", "16 angka")),
    ),
    Case(
        "sixteen digits that look like an identity number, not agreed",
        CODES,
        "a.csv",
        b"Kode SLS;Usaha\n3576021006001200;5\n",
        "refused",
        0,
        1,
        sums={"usaha": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh"),
            ("pribadi", 2, "Kode SLS", "data pribadi"),
        ),
    ),
    Case(
        "the same, agreed",
        CODES.replace("required: true", "required: true, not_personal: true"),
        "a.csv",
        b"Kode SLS;Usaha\n3576021006001200;5\n",
        accepted=1,
        sums={"usaha": "5"},
    ),
    Case(
        "formulas that were never calculated",
        WASTE,
        "a.xlsx",
        never_calculated(),
        "partial",
        1,
        1,
        sums={"ton": "10"},
        messages=(
            ("rumus", 3, "Ton", "belum pernah dihitung"),
            ("rumus", 4, "Ton", "Baris jumlah 4"),
            ("disisihkan", None, None, "4"),
        ),
    ),
    Case(
        "years as columns",
        "title: T\ngrain: [kecamatan, tahun]\ncrosstab: {columns: ['2024', '2025'], into: tahun, value: ton}\nfields:\n"
        "  - {name: kecamatan, from: Kecamatan, type: text, required: true}\n"
        "  - {name: tahun, from: Tahun, type: integer, required: true}\n  - {name: ton, from: Ton, type: number}\n",
        "a.xlsx",
        book("Kecamatan|2024|2025\nUtara|1|2\nSelatan|3|\nJUMLAH|4|2"),
        accepted=3,
        sums={"tahun": "6073", "ton": "6"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "a column of values without a header",
        WASTE,
        "a.xlsx",
        book("Kecamatan||Ton\nUtara|5|10\nSelatan|6|20"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("kolom", None, None, "tanpa judul"),),
    ),
    Case(
        "units of another amount on a line of their own, without brackets",
        OPEN.replace("true}", "true}\n  - {name: luas, from: Luas, type: number, unit: ha}"),
        "a.xlsx",
        book("Kecamatan|Luas|Ton\n|Ha|Kw\nUtara|1|10\nSelatan|2|20"),
        accepted=2,
        sums={"luas": "3", "ton": None},
        messages=(
            ("kolom", None, None, 'Kolom "Ton" tidak ada'),
            ("kolom", None, None, 'Kolom "Ton (Kw)" tidak dikenal'),
        ),
    ),
    Case(
        "hints in brackets below the header, a unit among them",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\n(nama)|(ton)\nUtara|10\nSelatan|20"),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "a letterhead that counts in another unit",
        WASTE,
        "a.xlsx",
        book("Timbulan sampah|\nSatuan : Kg|\nKecamatan|Ton\nUtara|10\nSelatan|20"),
        "held",
        2,
        sums={"ton": "30"},
        messages=(("kop", 2, None, "dalam kg"),),
    ),
    Case(
        "a letterhead that names the unit of the column",
        WASTE,
        "a.xlsx",
        book("Satuan: Ton|\nKecamatan|Ton\nUtara|10\nSelatan|20"),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "the only amounts in another unit",
        OPEN,
        "a.xlsx",
        book("Kecamatan|Ton (kg)\nUtara|10\nSelatan|20"),
        "refused",
        messages=(("judul", None, None, "Yang tertulis: Ton (kg)"),),
    ),
    Case(
        "a code that Excel made a date of",
        CODES,
        "a.xlsx",
        book("Kode SLS|Usaha\n4.1.01|5\n|6", dress=date_in("A3")),
        "partial",
        1,
        1,
        sums={"usaha": "5"},
        messages=(("kode_angka", 3, "Kode SLS", "angka atau tanggal"),),
    ),
    Case(
        "an optional header with a slip, and one in another unit",
        OPEN.replace("true}", "true}\n  - {name: luas, from: Luas Lahan, type: number, unit: ha}"),
        "a.xlsx",
        book("Kecamatan|Luas Laham|Ton (kg)\nUtara|1|10\nSelatan|2|20"),
        "refused",
        messages=(("judul", None, None, "Yang tertulis: Luas "),),
    ),
    Case(
        "an optional header in another unit",
        OPEN.replace("true}", "true}\n  - {name: luas, from: Luas Lahan, type: number, unit: ha}"),
        "a.xlsx",
        book("Kecamatan|Luas Lahan (m2)|Ton\nUtara|1|10\nSelatan|2|20"),
        accepted=2,
        sums={"luas": None, "ton": "30"},
        messages=(
            ("kolom", None, None, 'Kolom "Luas Lahan (m2)" tidak dikenal'),
            ("kolom", None, None, 'Apakah kolom "Luas Lahan (m2)" yang dimaksud? Samakan judul dan satuannya'),
        ),
    ),
    Case(
        "headers with the marks of footnotes",
        OPEN,
        "a.xlsx",
        book("Kecamatan 1)|Ton 2)\nUtara|10\nSelatan|20"),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "another table below, with a title and other columns",
        OPEN.replace("true}", "true}\n  - {name: tahun, from: Tahun, type: integer}"),
        "a.xlsx",
        book(
            "No|Tahun|Kecamatan|Ton\n1|2026|Utara|10\n2|2026|Selatan|20\n\nTabel 2. Armada\nNo|Kecamatan|Truk\n1|Utara|3"
        ),
        accepted=2,
        sums={"tahun": "4052", "ton": "30"},
        messages=(("disisihkan", None, None, "5 sampai 7"),),
    ),
    Case(
        "one value without a header, beside one row of many",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton||\nUtara|10||\nSelatan|20|7|\nTimur|30||\nBarat|40||\n|||Mojokerto, 5 Oktober 2026"),
        accepted=4,
        sums={"ton": "100"},
        messages=(
            ("disisihkan", None, None, "6"),
            ("kolom", None, None, "Kolom C berisi nilai tanpa judul di baris 3 dan tidak dimuat"),
        ),
    ),
    Case(
        "one value under the empty last header of a text",
        WASTE,
        "a.csv",
        b"Kecamatan;Ton;\nUtara;10;\nSelatan;20;7\nTimur;30;\n",
        accepted=3,
        sums={"ton": "60"},
        messages=(("kolom", None, None, "Kolom C berisi nilai tanpa judul di baris 3 dan tidak dimuat"),),
    ),
    Case(
        "values one column to the right of their headers",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton|\n|Utara|10\n|Selatan|20"),
        "refused",
        0,
        2,
        sums={"ton": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh 2 baris"),
            ("kolom", None, None, "tanpa judul"),
            ("wajib", 2, "Kecamatan", "wajib"),
            ("angka", 2, "Ton", "Utara"),
            ("wajib", 3, "Kecamatan", "wajib"),
            ("angka", 3, "Ton", "Selatan"),
        ),
    ),
)
