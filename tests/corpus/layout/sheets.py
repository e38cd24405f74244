"""Where a table begins and ends on a sheet: letterheads, headers of several rows, pages, notes and signatures."""

from __future__ import annotations

from tests.corpus.layout.writing import book
from tests.corpus.running import Case

WASTE = """
title: Sampah
grain: [kecamatan]
ignore: [No, Keterangan]
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: ton, from: Ton, type: number, required: true, unit: ton}
"""
VILLAGES = """
title: Sampah desa
grain: [kecamatan, desa]
ignore: [No]
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: desa, from: Desa, type: text, required: true}
  - {name: ton, from: Ton, type: number}
"""
IN_OUT = """
title: Sampah masuk
grain: [kecamatan]
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: masuk, from: Sampah Masuk, type: number, required: true, unit: ton}
  - {name: kelola, from: Sampah Terkelola, type: number, unit: ton}
"""

CASES = (
    Case(
        "a table below in another unit",
        IN_OUT,
        "a.xlsx",
        book(
            "Kecamatan|Sampah Masuk (ton)|Sampah Terkelola\nUtara|10|8\n\n"
            "Kecamatan|Sampah Masuk (kg)|Sampah Terkelola\nSelatan|20000|9000"
        ),
        accepted=1,
        sums={"masuk": "10", "kelola": "8"},
        messages=(("disisihkan", None, None, "baris 4 sampai 5"),),
    ),
    Case(
        "a table below in another unit than the contract's",
        IN_OUT,
        "a.xlsx",
        book(
            "Kecamatan|Sampah Masuk|Sampah Terkelola\nUtara|10|8\n\n"
            "Kecamatan|Sampah Masuk (kg)|Sampah Terkelola\nSelatan|20000|9000"
        ),
        accepted=1,
        sums={"masuk": "10", "kelola": "8"},
        messages=(("disisihkan", None, None, "baris 4 sampai 5"),),
    ),
    Case(
        "the header again, its unit written this time",
        IN_OUT,
        "a.xlsx",
        book(
            "Kecamatan|Sampah Masuk|Sampah Terkelola\nUtara|10|8\n\n"
            "Kecamatan|Sampah Masuk (ton)|Sampah Terkelola (Ton)\nSelatan|20|9"
        ),
        accepted=2,
        sums={"masuk": "30", "kelola": "17"},
        messages=(("disisihkan", None, None, "baris 4"),),
    ),
    Case(
        "letterhead",
        WASTE,
        "a.xlsx",
        book(
            """
PEMERINTAH KOTA MOJOKERTO
DINAS LINGKUNGAN HIDUP
Jl. Benteng Pancasila No. 244 Telp. (0321) 399104

REKAPITULASI SAMPAH MENURUT KECAMATAN
Bulan : Oktober 2026

No|Kecamatan|Ton|Keterangan
1|Magersari|120.5|
2|Kranggan|80|
3|Prajurit Kulon|99.5|
JUMLAH||300|
""",
            ["A1:D1", "A2:D2", "A3:D3", "A12:B12"],
        ),
        accepted=3,
        sums={"ton": "300"},
        messages=(("disisihkan", None, None, "12"),),
    ),
    Case(
        "letterhead with the words of the header",
        WASTE,
        "a.xlsx",
        book(
            """
Formulir Laporan Ton Sampah per Kecamatan
Kecamatan|Semua
Ton|Satuan berat

Kecamatan|Ton
Magersari|10
"""
        ),
        accepted=1,
        sums={"ton": "10"},
    ),
    Case(
        "label in the letterhead is no column",
        WASTE,
        "a.xlsx",
        book(
            """
Kecamatan : Magersari

No|Desa|Ton
1|Gunung Gedangan|10
"""
        ),
        "refused",
        messages=(("judul", None, None, "Kecamatan"),),
    ),
    Case(
        "header of two rows, merged",
        IN_OUT,
        "a.xlsx",
        book(
            """
Kecamatan|Sampah||
|Masuk (ton)|Terkelola (ton)
Utara|10|8
Selatan|20|15.5
""",
            ["A1:A2", "B1:C1"],
        ),
        accepted=2,
        sums={"masuk": "30", "kelola": "23.5"},
    ),
    Case(
        "header of two rows, not merged",
        IN_OUT,
        "a.xlsx",
        book(
            """
Kecamatan|Sampah|
|Masuk|Terkelola
Utara|10|8
"""
        ),
        accepted=1,
        sums={"masuk": "10", "kelola": "8"},
    ),
    Case(
        "header of three rows with units and column numbers",
        IN_OUT,
        "a.xlsx",
        book(
            """
LAPORAN
Kecamatan|Sampah|
|Masuk|Terkelola
|(ton)|(ton)
(1)|(2)|(3)
Utara|10|8
Selatan|20|15.5
""",
            ["A2:A4", "B2:C2"],
        ),
        accepted=2,
        sums={"masuk": "30", "kelola": "23.5"},
    ),
    Case(
        "column numbers without brackets",
        WASTE,
        "a.xlsx",
        book("No|Kecamatan|Ton\n1|2|3\n1|Utara|10\n2|Selatan|20"),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "column numbers with formulas of columns",
        """
title: Belanja
grain: [kode]
fields:
  - {name: kode, from: Kode, type: code, required: true}
  - {name: anggaran, from: Anggaran, type: number}
  - {name: realisasi, from: Realisasi, type: number}
  - {name: sisa, from: Sisa, type: number}
""",
        "a.xlsx",
        book("Kode|Anggaran|Realisasi|Sisa\n1|2|3|4 = 2 - 3\n'5.1.01|100|40|60\n'5.1.02|50|50|0"),
        accepted=2,
        sums={"anggaran": "150", "realisasi": "90", "sisa": "60"},
    ),
    Case(
        "header repeated on every page with carried totals",
        WASTE,
        "a.xlsx",
        book(
            """
Kecamatan|Ton
Utara|10
Selatan|20
Jumlah dipindahkan|30
Halaman 1 dari 2
Kecamatan|Ton
Jumlah pindahan|30
Timur|5
JUMLAH|35
"""
        ),
        accepted=3,
        sums={"ton": "35"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "carried over, in one word",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nDipindahkan|30\nKecamatan|Ton\nPindahan|30\nTimur|5\nJUMLAH|35"),
        accepted=3,
        sums={"ton": "35"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "blank rows and columns",
        WASTE,
        "a.xlsx",
        book(
            """

|No||Kecamatan||Ton

|1||Utara||10

|2||Selatan||20

"""
        ),
        accepted=2,
        sums={"ton": "30"},
    ),
    Case(
        "keys merged down",
        VILLAGES,
        "a.xlsx",
        book(
            "Kecamatan|Desa|Ton\nUtara|Satu|1\n|Dua|2\n|Tiga|3\nSelatan|Empat|4\n|Lima|5",
            ["A2:A4", "A5:A6"],
        ),
        accepted=5,
        sums={"ton": "15"},
    ),
    Case(
        "keys written once, not agreed",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa|Ton\nUtara|Satu|1\n|Dua|2\nSelatan|Tiga|3"),
        "partial",
        2,
        1,
        sums={"ton": "4"},
        messages=(("wajib", 3, "Kecamatan", "Kecamatan"),),
    ),
    Case(
        "keys written once, agreed, with subtotals between",
        VILLAGES.replace("from: Kecamatan, ", "from: Kecamatan, fill_down: true, "),
        "a.xlsx",
        book(
            """
No|Kecamatan|Desa|Ton
1|Utara|Satu|1
2||Dua|2
|Jumlah||3
3|Selatan|Tiga|3
4||Empat|4
|Jumlah||7
|TOTAL||10
"""
        ),
        accepted=4,
        sums={"ton": "10"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "group heading rows above their villages",
        VILLAGES.replace("name: kecamatan, ", "name: kecamatan, fill_down: true, "),
        "a.xlsx",
        book("Kecamatan|Desa|Ton\nUtara||\n|Satu|1\n|Dua|2\nSelatan||\n|Tiga|3"),
        accepted=3,
        sums={"ton": "6"},
        messages=(("disisihkan", None, None, "2"),),
    ),
    Case(
        "a number merged over two rows counts once",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa|Ton\nUtara|Satu|7\nUtara|Dua|\nUtara|Tiga|1", ["C2:C3"]),
        accepted=3,
        sums={"ton": "8"},
        messages=(("sel_gabung", 2, "Ton", "C2"),),
    ),
    Case(
        "signature at the right, with place, date and NIP",
        WASTE,
        "a.xlsx",
        book(
            """
No|Kecamatan|Ton
1|Utara|10
2|Selatan|20
|JUMLAH|30

||Mojokerto, 5 November 2026
||Kepala Dinas Lingkungan Hidup


||Drs. SUKARDI, M.Si
||NIP. 19700101 199003 1 001
"""
        ),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "signature in two columns right below the table",
        WASTE,
        "a.xlsx",
        book(
            """
Kecamatan|Ton
Utara|10
Selatan|20
Mengetahui,|Mojokerto, 5-11-2026
Kepala Dinas|Petugas
SUKARDI|SULASTRI
'197001011990031001|'198001012005012002
"""
        ),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "signature in the column of the key",
        WASTE,
        "a.xlsx",
        book(
            """
Kecamatan|Ton
Utara|10
Selatan|20

Mojokerto, 5 November 2026
Kepala Bidang,

(SUKARDI)
Pembina Tk. I
NIP 197001011990031001
"""
        ),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "5"),),
    ),
    Case(
        "footnotes",
        WASTE,
        "a.xlsx",
        book(
            """
Kecamatan|Ton
Utara|10
Selatan|20
*) angka sementara
Sumber: Dinas Lingkungan Hidup, 2026
Catatan :
1. Data belum termasuk sampah pasar
- Kecamatan lain menyusul
Ket: ton = 1.000 kg
"""
        ),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "a note that mentions a number in the last column",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nCatatan: target 2026|500"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "a second table below with other headers",
        WASTE,
        "a.xlsx",
        book(
            """
Kecamatan|Ton
Utara|10
Selatan|20

Tabel 2. Sampah menurut bulan
Bulan|Ton
Januari|100
Februari|120
"""
        ),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "5 sampai 8"),),
    ),
    Case(
        "a second table below with the same headers",
        WASTE,
        "a.xlsx",
        book("Tabel 1\nKecamatan|Ton\nUtara|10\n\nTabel 2\nKecamatan|Ton\nSelatan|20"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "5"),),
    ),
    Case(
        "a second table below with its columns exchanged",
        IN_OUT,
        "a.xlsx",
        book(
            "Kecamatan|Sampah Masuk|Sampah Terkelola\nUtara|10|1\n\nKecamatan|Sampah Terkelola|Sampah Masuk\nSelatan|2|20"
        ),
        accepted=2,
        sums={"masuk": "30", "kelola": "3"},
        messages=(("disisihkan", None, None, "4"), ("judul", None, None, "baris 5 dibaca menurut judul itu")),
    ),
    Case(
        "two tables side by side",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton||Kecamatan|Ton\nUtara|10||Timur|5\nSelatan|20||Barat|6"),
        "refused",
        messages=(("judul", None, None, "Kecamatan"),),
    ),
    Case(
        "renamed header",
        WASTE,
        "a.xlsx",
        book("Kecamatn|Ton\nUtara|10"),
        "refused",
        messages=(("judul", None, None, "Kecamatn"),),
    ),
    Case(
        "missing header",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Keterangan\nUtara|10"),
        "refused",
        messages=(("judul", None, None, "Ton"),),
    ),
    Case(
        "header twice",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton|Ton\nUtara|10|20"),
        "refused",
        messages=(("judul", None, None, "Ton"),),
    ),
    Case(
        "optional header twice",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa|Ton|Ton\nUtara|Satu|10|20"),
        "refused",
        messages=(("judul", None, None, "Ton"),),
    ),
    Case(
        "optional header absent",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa\nUtara|Satu"),
        "refused",
        messages=(("judul", None, None, "tidak satu pun kolom isinya"),),
    ),
    Case(
        "one of two optional headers absent",
        IN_OUT,
        "a.xlsx",
        book("Kecamatan|Sampah Masuk\nUtara|10"),
        accepted=1,
        sums={"masuk": "10", "kelola": None},
        messages=(("kolom", None, None, "Sampah Terkelola"),),
    ),
    Case(
        "no header at all",
        WASTE,
        "a.xlsx",
        book("Utara|10\nSelatan|20"),
        "refused",
        messages=(("judul", None, None, "Kecamatan"),),
    ),
    Case(
        "unit in the header agrees",
        WASTE,
        "a.xlsx",
        book("KECAMATAN |TON  (Ton)\nUtara|10"),
        accepted=1,
        sums={"ton": "10"},
    ),
    Case(
        "unit in the header differs",
        WASTE.replace("from: Ton", "from: Berat"),
        "a.xlsx",
        book("Kecamatan|Berat (kg)\nUtara|10000"),
        "refused",
        messages=(("judul", None, None, "kg"),),
    ),
    Case(
        "money in thousands by its header",
        "title: B\nfields:\n  - {name: kode, from: Kode, type: code, required: true}\n"
        "  - {name: pagu, from: Pagu, type: number, required: true, unit: Rp}\n",
        "a.xlsx",
        book("Kode|Pagu (Ribu Rp)\n'5.1|100"),
        "refused",
        messages=(("judul", None, None, "Ribu Rp"),),
    ),
    Case(
        "money in thousands by its letterhead",
        "title: B\nfields:\n  - {name: kode, from: Kode, type: code, required: true}\n"
        "  - {name: pagu, from: Pagu, type: number, required: true, unit: Rp}\n",
        "a.xlsx",
        book("PAGU ANGGARAN\n(dalam ribuan rupiah)\nKode|Pagu (Rp)\n'5.1|100"),
        "held",
        1,
        sums={"pagu": "100"},
        messages=(("kop", 2, None, "ribuan"),),
    ),
    Case(
        "unit in a row below the header differs",
        WASTE.replace("from: Ton", "from: Berat"),
        "a.xlsx",
        book("Kecamatan|Berat\n|(kg)\nUtara|10000"),
        "refused",
        messages=(("judul", None, None, "kg"),),
    ),
    Case(
        "header with line breaks and footnote marks",
        IN_OUT,
        "a.xlsx",
        book("KECAMATAN|Sampah\\nMasuk\\n(ton)|Sampah Terkelola *)\nUtara|10|8"),
        accepted=1,
        sums={"masuk": "10", "kelola": "8"},
    ),
    Case(
        "header hyphenated over lines",
        IN_OUT,
        "a.xlsx",
        book("Keca-\\nmatan|Sampah Masuk|Sampah Terke-\\nlola\nUtara|10|8"),
        accepted=1,
        sums={"masuk": "10", "kelola": "8"},
    ),
    Case(
        "data whose words are those of the header",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nKecamatan Selatan|20\nTon|5"),
        accepted=3,
        sums={"ton": "35"},
    ),
    Case(
        "only a header",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton"),
        "refused",
        messages=(("sedikit_baris", None, None, "Tidak ada baris"),),
    ),
    Case(
        "only a total",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nJUMLAH|30"),
        "refused",
        messages=(
            ("sedikit_baris", None, None, "Tidak ada baris"),
            ("disisihkan", None, None, "2"),
            ("jumlah", 2, "Ton", "30"),
        ),
    ),
)
