"""Headers that come again with their columns in another order, as the second page of a printed table has them."""

from __future__ import annotations

from tests.corpus.layout.sheets import VILLAGES, WASTE
from tests.corpus.layout.writing import book
from tests.corpus.running import Case

BOTH = """
title: Sampah
grain: [kecamatan]
ignore: [No, Keterangan]
fields:
  - {name: masuk, from: Masuk, type: number, required: true}
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: keluar, from: Keluar, type: number}
"""


def told(*lines: int) -> tuple[str, None, None, str]:
    return ("disisihkan", None, None, f"baris {', '.join(map(str, lines))} (judul ulang")


CASES = (
    Case(
        "the second page with its columns swapped",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nTon|Kecamatan\n5|Timur\n6|Barat\nKecamatan|Ton\nTengah|7"),
        accepted=5,
        sums={"ton": "48"},
        messages=(told(4, 7), ("judul", None, None, "baris 5 sampai 6 dibaca menurut judul itu")),
    ),
    Case(
        "swapped columns with a number of rows before them, units, and a total",
        VILLAGES,
        "a.xlsx",
        book(
            "No|Kecamatan|Desa|Ton\n1|Utara|Satu|1\n2|Utara|Dua|2\nNo|Desa|Kecamatan|Ton\n3|Tiga|Selatan|3\n"
            "4|Empat|Selatan|x\nJUMLAH|||6"
        ),
        "partial",
        3,
        1,
        sums={"ton": "6"},
        messages=(
            ("disisihkan", None, None, "baris 4 (judul ulang"),
            ("judul", None, None, "Baris 4 mengulang judul"),
            ("angka", 6, "Ton", 'baris 6, kolom Ton: "x"'),
        ),
    ),
    Case(
        "two columns of amounts swapped, column numbers below, a wrong total",
        BOTH,
        "a.xlsx",
        book(
            "Masuk|Kecamatan|Keluar\n10|Utara|1\n20|Selatan|2\nKeluar|Kecamatan|Masuk\n(1)|(2)|(3)\n3|Timur|30\n4|Barat|40\n"
            "11|JUMLAH|100"
        ),
        accepted=4,
        sums={"masuk": "100", "keluar": "10"},
        messages=(
            ("disisihkan", None, None, "baris 4 sampai 5 (judul ulang"),
            ("judul", None, None, "Baris 4 mengulang judul"),
            ("jumlah", 8, "Keluar", "baris 8, kolom Keluar: Baris jumlah 8 menyebut 11"),
        ),
    ),
    Case(
        "two columns of amounts swapped in a text",
        BOTH,
        "a.csv",
        b"Masuk;Kecamatan;Keluar\n10;Utara;1\n20;Selatan;2\nKeluar;Kecamatan;Masuk\n3;Timur;30\n4;Barat;40\n",
        accepted=4,
        sums={"masuk": "100", "keluar": "10"},
        messages=(told(4),),
    ),
    Case(
        "a page without the column nobody must fill",
        BOTH,
        "a.xlsx",
        book("Masuk|Kecamatan|Keluar\n10|Utara|1\nKecamatan|Masuk|\nTimur|30|\nBarat|40|"),
        accepted=3,
        sums={"masuk": "80", "keluar": "1"},
        messages=(told(3), ("judul", None, None, "baris 4 sampai 5")),
    ),
    Case(
        "a table below that names one column twice",
        BOTH,
        "a.xlsx",
        book("Masuk|Kecamatan|Keluar\n10|Utara|1\nKecamatan|Masuk|Masuk\nTimur|30|3\nBarat|40|4"),
        accepted=1,
        sums={"masuk": "10", "keluar": "1"},
        messages=(("disisihkan", None, None, "baris 3 sampai 5"),),
    ),
    Case(
        "a table below with a column of its own, and one in another unit",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton|\nUtara|10|\nSelatan|20|\nTon|Kecamatan|Target\n5|Timur|9\nTon (kg)|Kecamatan|\n6|Barat|"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "baris 4 sampai 7"),),
    ),
    Case(
        "swapped columns over a merged key",
        VILLAGES,
        "a.xlsx",
        book(
            "Kecamatan|Desa|Ton\nUtara|Satu|1\nDesa|Kecamatan|Ton\nTiga|Selatan|3\nEmpat||4",
            ["B4:B5"],
        ),
        accepted=1,
        sums={"ton": "1"},
        messages=(("disisihkan", None, None, "baris 3 sampai 5"),),
    ),
)
