"""What a row means is said where no value stands: in a column of units, a format of dates, a merged cell, a header."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from tests.corpus.layout.groups import VISITS, aside
from tests.corpus.layout.sheets import WASTE
from tests.corpus.layout.writing import book
from tests.corpus.running import Case

AGES = """
title: Penduduk menurut umur
grain: [umur]
fields:
  - {name: umur, from: Kelompok Umur, type: text, required: true}
  - {name: jiwa, from: Jiwa, type: integer, required: true}
"""
TONS = """
title: Sampah
grain: [kecamatan]
ignore: [Satuan]
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: ton, from: Berat, type: number, unit: ton, required: true}
"""
MONTHS = AGES.replace("Kelompok Umur", "Periode")
NUMBERED = """
title: Penduduk
grain: [kecamatan]
fields:
  - {name: nomor, from: No, type: integer}
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: jiwa, from: Jiwa, type: integer, required: true}
"""
PRICES = """
title: Harga
grain: [komoditas]
fields:
  - {name: komoditas, from: Komoditas, type: text, required: true}
  - {name: harga, from: Harga, type: number, unit: Rp}
"""
PLACES = """
title: Titik
grain: [nama]
fields:
  - {name: nama, from: Nama, type: text, required: true}
  - {name: lat, from: Lintang, type: latitude}
  - {name: lon, from: Bujur, type: longitude}
"""


def dated(header: str) -> bytes:
    """Names of which a spreadsheet made dates, beside those it could not."""
    kept = io.BytesIO()
    with Workbook(kept, {"in_memory": True}) as made:
        sheet, shown = made.add_worksheet("Data"), made.add_format({"num_format": "d-mmm"})
        sheet.write_row(0, 0, [header, "Jiwa"])
        for row, (name, count) in enumerate((("0-4", 10), (date(2026, 9, 5), 20), ("15-19", 40)), start=1):
            sheet.write(row, 0, name, shown if isinstance(name, date) else None)
            sheet.write(row, 1, count)
    return kept.getvalue()


def across(_made: Any, sheet: Any) -> None:
    sheet.merge_range("B2:C2", "")
    sheet.write(1, 1, 10)


def named_total(_made: Any, sheet: Any) -> None:
    sheet.merge_range("A4:B4", "JUMLAH")


CASES = (
    Case(
        "an age group that became a date",
        AGES,
        "a.xlsx",
        dated("Kelompok Umur"),
        "partial",
        2,
        1,
        sums={"jiwa": "50"},
        messages=(("kode_angka", 3, "Kelompok Umur", "mungkin Excel mengubah"),),
    ),
    Case(
        "age groups that became dates before the text was saved",
        AGES,
        "a.csv",
        b"Kelompok Umur;Jiwa\n0-4;10\n5-Sep;20\nOkt-14;30\n15-19;40\nJumlah;100\n",
        "partial",
        2,
        2,
        sums={"jiwa": "50"},
        messages=(
            aside("baris 6"),
            ("kode_angka", 3, "Kelompok Umur", "5-Sep"),
            ("kode_angka", 4, "Kelompok Umur", "Okt-14"),
        ),
    ),
    Case("a period in a column of texts", MONTHS, "a.xlsx", dated("Periode"), accepted=3, sums={"jiwa": "70"}),
    Case(
        "a pivot table with a group without a name",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\n(blank)|3\n(kosong)|4\nGrand Total|37"),
        "partial",
        2,
        2,
        sums={"ton": "30"},
        messages=(aside("baris 6"), ("wajib", 4, "Kecamatan", ""), ("wajib", 5, "Kecamatan", "")),
    ),
    Case(
        "a column of units that names another one in a row",
        TONS,
        "a.xlsx",
        book("Kecamatan|Berat|Satuan\nUtara|10|ton\nSelatan|20000|kg\nTimur|5|ton"),
        "held",
        3,
        sums={"ton": "20015"},
        messages=(("kop", 3, None, "C3: Kolom satuan menyebut kg di baris 3"),),
    ),
    Case(
        "a column of units in a text, all of them others",
        TONS,
        "a.csv",
        b"Kecamatan;Satuan;Berat\nUtara;Kg;10000\nSelatan;Kg;20000\n",
        "held",
        2,
        sums={"ton": "30000"},
        messages=(("kop", 2, None, "dan 1 baris lain begitu juga"),),
    ),
    Case(
        "a column of units that are agreed, or of something else",
        TONS,
        "a.csv",
        b"Kecamatan;Satuan;Berat\nUtara;Ton;10\nSelatan;TON;20\nTimur;unit;5\n",
        accepted=3,
        sums={"ton": "35"},
    ),
    Case(
        "an amount merged over two columns",
        VISITS,
        "a.xlsx",
        book("Puskesmas|Kunjungan|Rujukan\nA||\nB|3|4", dress=across),
        accepted=2,
        sums={"kunjungan": "13", "rujukan": "4"},
        messages=(("sel_gabung", 2, "Kunjungan", 'B2:C2 hanya dibaca di kolom "Kunjungan"; "Rujukan"'),),
    ),
    Case(
        "the name of a total merged over a numbering column of whole numbers",
        NUMBERED,
        "a.xlsx",
        book("No|Kecamatan|Jiwa\n1|Utara|3\n2|Selatan|4\n||7", dress=named_total),
        accepted=2,
        sums={"jiwa": "7", "nomor": "3"},
        messages=(aside("baris 4 (baris jumlah)"),),
    ),
    Case(
        "a header that multiplies by a sign",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton (x 1.000)\nUtara|1\nSelatan|2"),
        "refused",
        messages=(("judul", None, None, "Ton (x 1.000)"),),
    ),
    Case(
        "a header that multiplies by its zeros",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton (000)\nUtara|1\nSelatan|2"),
        "refused",
        messages=(("judul", None, None, "Ton (000)"),),
    ),
    Case(
        "two years below one header",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton|\n|2025|2026\nUtara|1|2\nSelatan|3|4"),
        "refused",
        messages=(("judul", None, None, "beberapa kolom: 2025, 2026"),),
    ),
    Case(
        "thousands in two styles beside a decimal comma",
        PRICES,
        "a.csv",
        b"Komoditas;Harga\nBeras;12.500\nTelur;15,000\nGula;17.000,50\n",
        accepted=3,
        sums={"harga": "29515.5"},
        messages=(("gaya_angka", 3, "Harga", "memuat 1,234 di samping 1.234"),),
    ),
    Case(
        "figures worked out of the others as the last rows",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nTimur|5\nTarget|40\nCapaian (%)|87.5"),
        accepted=5,
        sums={"ton": "162.5"},
        messages=(("jumlah", None, None, "Baris 5 sampai 6 bernama seperti angka yang dihitung"),),
    ),
    Case(
        "a goal above the rows",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nTarget|40\nUtara|10\nSelatan|20\nTimur|5"),
        accepted=4,
        sums={"ton": "75"},
        messages=(("jumlah", None, None, "Baris 2 bernama seperti angka yang dihitung"),),
    ),
    Case(
        "indicators named like them are data",
        WASTE.replace("Kecamatan", "Indikator").replace("kecamatan", "indikator"),
        "a.xlsx",
        book("Indikator|Ton\nTarget sampah|10\nCapaian sampah|20\nSampah liar|5\nTarget daur ulang|40"),
        accepted=4,
        sums={"ton": "75"},
    ),
    Case(
        "a numbered total",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\n1. Utara|10\n2. Selatan|20\n3. Jumlah|30"),
        accepted=2,
        sums={"ton": "30"},
        messages=(aside("baris 4 (baris jumlah)"),),
    ),
    Case(
        "a repeated header with a slip",
        WASTE,
        "a.csv",
        b"Kecamatan;Ton\nUtara;10\nKecamtan;Ton\nSelatan;20\n",
        accepted=2,
        sums={"ton": "30"},
        messages=(aside("baris 3"),),
    ),
    Case(
        "the same place with its kind in full and in short",
        WASTE,
        "a.csv",
        b"Kecamatan;Ton\nKec. Puri;10\nKecamatan Puri;20\nSooko;5\n",
        accepted=3,
        sums={"ton": "35"},
        messages=(("ejaan", 3, "Kecamatan", "singkatan"),),
    ),
    Case(
        "places outside of Indonesia",
        PLACES,
        "a.csv",
        b"Nama;Lintang;Bujur\nA;-7,47;112,43\nB;7,47;112,43\nC;0;0\n",
        accepted=3,
        messages=(("letak", 3, "Lintang", "di luar Indonesia"), ("letak", 4, "Bujur", "di luar Indonesia")),
    ),
    Case(
        "an average of the kecamatan",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nTimur|6\nRata-rata/kecamatan|12"),
        accepted=3,
        sums={"ton": "36"},
        messages=(aside("baris 5"),),
    ),
)
