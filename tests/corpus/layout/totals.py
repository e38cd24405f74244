"""Rows that add up others: right and wrong, of groups and of all, in the middle, and data that only sounds like one."""

from __future__ import annotations

from tests.corpus.layout.sheets import VILLAGES, WASTE
from tests.corpus.layout.writing import book
from tests.corpus.running import Case

BUDGET = """
title: Anggaran
grain: [kode]
fields:
  - {name: kode, from: Kode, type: code, required: true}
  - {name: uraian, from: Uraian, type: text}
  - {name: anggaran, from: Anggaran, type: number, required: true}
  - {name: realisasi, from: Realisasi, type: number}
"""
FIGURES = """
title: Indikator
grain: [indikator]
fields:
  - {name: indikator, from: Indikator, type: text, required: true}
  - {name: nilai, from: Nilai, type: number, required: true}
"""
WEEKS = """
title: Kasus mingguan
grain: [tahun, minggu, puskesmas]
ignore: [No]
fields:
  - {name: tahun, from: Tahun, type: integer, required: true}
  - {name: minggu, from: Minggu Ke-, type: integer, required: true}
  - {name: puskesmas, from: Puskesmas, type: text, required: true}
  - {name: kasus, from: Kasus, type: integer}
"""
DAYS = """
title: Timbulan harian
grain: [tanggal, tempat]
fields:
  - {name: tanggal, from: Tanggal, type: date, required: true}
  - {name: tempat, from: Lokasi, type: text, required: true}
  - {name: ton, from: Ton, type: number}
"""

CALLS = """
title: Panggilan
grain: [nomor]
fields:
  - {name: nomor, from: Nomor, type: code, required: true}
  - {name: waktu, from: Waktu, type: datetime, required: true}
  - {name: korban, from: Korban, type: integer}
  - {name: catatan, from: Catatan, type: text}
"""

STATISTICS = """
title: Statistik
grain: [ukuran, tahun]
fields:
  - {name: ukuran, from: Ukuran, type: text, required: true, one_of: [Rata-rata, Median, Maksimum]}
  - {name: tahun, from: Tahun, type: integer, required: true}
  - {name: nilai, from: Nilai, type: number}
"""

CASES = (
    Case(
        "an average behind a date",
        DAYS,
        "a.xlsx",
        book("Tanggal|Lokasi|Ton\n'2026-10-01|A|10\n'2026-10-02|A|20\n'2026-10-31|Rata-rata|15"),
        accepted=2,
        sums={"ton": "30"},
        ranges={"tanggal": ("2026-10-01", "2026-10-02")},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "totals of groups by name, one of them wrong",
        WASTE,
        "a.xlsx",
        book(
            "Kecamatan|Ton\nSooko 1|10\nSooko 2|20\nJumlah Sooko|31\nPuri 1|3\nPuri 2|4\nJumlah Puri|7\n"
            "Ngoro 1|5\nNgoro 2|6\nJumlah Ngoro|11\nJumlah Seluruhnya|48"
        ),
        accepted=6,
        sums={"ton": "48"},
        messages=(("disisihkan", None, None, "4, 7, 10 sampai 11"), ("jumlah", 4, "Ton", "30")),
    ),
    Case(
        "lines of other years below the table",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nTahun 2025|28\nTahun 2024|27"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4 sampai 5"),),
    ),
    Case(
        "an average that the contract asks for",
        STATISTICS,
        "a.csv",
        b"Ukuran;Tahun;Nilai\nRata-rata;2026;15\nMedian;2026;14\nMaksimum;2026;30\n",
        accepted=3,
        sums={"tahun": "6078", "nilai": "59"},
    ),
    Case(
        "records that begin as a signature or a note does, with a number and a date",
        CALLS,
        "a.csv",
        b"Nomor;Waktu;Korban;Catatan\n1;Kamis, 1 Oktober 2026;;\n2;2026-10-02 07:15;;Petugas ke lokasi\n"
        b"3;2026-10-03;;Sumber api tidak diketahui\n4;2026-10-04;2;Kepala desa melapor\n"
        b"5;2026-10-05;;Catatan: sudah ditutup\n;;;\n"
        b"Mojokerto, 5 Oktober 2026;;;\nMengetahui,;Kepala Bidang;;\n",
        accepted=5,
        sums={"korban": "2"},
        ranges={"waktu": ("2026-10-01T00:00:00", "2026-10-05T00:00:00")},
        messages=(("disisihkan", None, None, "8 sampai 9"),),
    ),
    Case(
        "the example that a template brought",
        DAYS,
        "a.csv",
        b"No;Tanggal;Lokasi;Ton\nContoh;01/09/2026;TPA X;99\n1;01/10/2026;Utara;10\n2;01/10/2026;Contoh Sari;20\n",
        accepted=2,
        sums={"ton": "30"},
        ranges={"tanggal": ("2026-10-01", "2026-10-01")},
        messages=(("disisihkan", None, None, "2"), ("kolom", None, None, "No")),
    ),
    Case(
        "a total of each day, behind its date",
        DAYS,
        "a.csv",
        b"Tanggal;Lokasi;Ton\n01/10/2026;Utara;10\n01/10/2026;Selatan;20\n01/10/2026;Total;30\n"
        b"02/10/2026;Utara;1\n02/10/2026;Selatan;2\n02/10/2026;JUMLAH;4\n",
        accepted=4,
        sums={"ton": "33"},
        ranges={"tanggal": ("2026-10-01", "2026-10-02")},
        messages=(("disisihkan", None, None, "4, 7"), ("jumlah", 7, "Ton", "3")),
    ),
    Case(
        "totals without the numbers that are keys",
        WEEKS,
        "a.xlsx",
        book(
            "No|Tahun|Minggu Ke-|Puskesmas|Kasus\n1|2026|40|Puri|1\n2|2026|40|Ngoro|5\n|||Jumlah Minggu 40|6\n"
            "1|2026|41|Puri|2\n2|2026|41|Ngoro|3\n|||Jumlah Minggu 41|6\n|||Total Keseluruhan Minggu 40-41|11"
        ),
        accepted=4,
        sums={"tahun": "8104", "minggu": "162", "kasus": "11"},
        messages=(("disisihkan", None, None, "4, 7 sampai 8"), ("jumlah", 7, "Kasus", "6")),
    ),
    Case(
        "total wrong",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nJUMLAH|31"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"), ("jumlah", 4, "Ton", "31")),
    ),
    Case(
        "subtotals and grand total, all right",
        VILLAGES,
        "a.xlsx",
        book(
            "Kecamatan|Desa|Ton\nUtara|Satu|1\nUtara|Dua|2\nSUB TOTAL||3\nSelatan|Tiga|3\nSelatan|Empat|4\nSub Jumlah||7\n"
            "TOTAL||10"
        ),
        accepted=4,
        sums={"ton": "10"},
        messages=(("disisihkan", None, None, "4, 7 sampai 8"),),
    ),
    Case(
        "a last total that covers the last group alone",
        VILLAGES,
        "a.xlsx",
        book(
            "Kecamatan|Desa|Ton\nUtara|Satu|1\nUtara|Dua|2\nSub Total||3\nSelatan|Tiga|3\nSelatan|Empat|4\nSub Total||7\n"
            "TOTAL||7"
        ),
        accepted=4,
        sums={"ton": "10"},
        messages=(("disisihkan", None, None, "8"), ("jumlah", 8, "Ton", "10")),
    ),
    Case(
        "a grand total right after the last group that covers it alone",
        VILLAGES,
        "a.xlsx",
        book(
            "Kecamatan|Desa|Ton\nUtara|Satu|1\nUtara|Dua|2\nSub Total||3\nSelatan|Tiga|3\nSelatan|Empat|4\nGRAND TOTAL||7"
        ),
        accepted=4,
        sums={"ton": "10"},
        messages=(("disisihkan", None, None, "7"), ("jumlah", 7, "Ton", "10")),
    ),
    Case(
        "one subtotal wrong",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa|Ton\nUtara|Satu|1\nUtara|Dua|2\nJumlah||4\nSelatan|Tiga|3\nJumlah||3\nTOTAL||6"),
        accepted=3,
        sums={"ton": "6"},
        messages=(("disisihkan", None, None, "4"), ("jumlah", 4, "Ton", "4")),
    ),
    Case(
        "grand total of the subtotals where rows are missing",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa|Ton\nUtara|Satu|1\nJumlah||1\nSelatan|Tiga|3\nJumlah||3\nTOTAL||9"),
        accepted=2,
        sums={"ton": "4"},
        messages=(("disisihkan", None, None, "3"), ("jumlah", 6, "Ton", "9")),
    ),
    Case(
        "a total in the middle, data behind it",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nJUMLAH|30\nTimur|5\nBarat|6"),
        accepted=4,
        sums={"ton": "41"},
        messages=(("disisihkan", None, None, "4"), ("jumlah", None, None, "5 sampai 6")),
    ),
    Case(
        "the total stands above its rows",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nKOTA MOJOKERTO|30\nTOTAL|30\nUtara|10\nSelatan|20"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "baris 2 (isinya jumlah baris lain); baris 3 (baris jumlah)"),),
    ),
    Case(
        "the total stands above its rows and is wrong",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nJUMLAH|35\nUtara|10\nSelatan|20"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "2"), ("jumlah", 2, "Ton", "30")),
    ),
    Case(
        "totals only in some columns",
        BUDGET,
        "a.xlsx",
        book("Kode|Uraian|Anggaran|Realisasi\n'5.1|A|100|40\n'5.2|B|50|\n|JUMLAH|150|"),
        accepted=2,
        sums={"anggaran": "150", "realisasi": "40"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "total with its word in the second column and a number before it",
        WASTE,
        "a.xlsx",
        book("No|Kecamatan|Ton\n1|Utara|10\n2|Selatan|20\n3|Jumlah|30"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "total in many spellings",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nJ U M L A H|10\nSelatan|20\nJml.|20\nTimur|5\nTotal Keseluruhan :|35"),
        accepted=3,
        sums={"ton": "35"},
        messages=(("disisihkan", None, None, "3, 5, 7"),),
    ),
    Case(
        "total named after its region",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nTimur|5\nKota Mojokerto|35"),
        accepted=3,
        sums={"ton": "35"},
        messages=(("disisihkan", None, None, "baris 5 (isinya jumlah baris lain)"),),
    ),
    Case(
        "total with the name of its group",
        VILLAGES,
        "a.xlsx",
        book(
            "Kecamatan|Desa|Ton\nUtara|Satu|1\nUtara|Dua|2\nJumlah Utara||3\nSelatan|Tiga|3\nJumlah Kec. Selatan||3\nTotal Kota||6"
        ),
        accepted=3,
        sums={"ton": "6"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "total with the name of its group in the only key",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nJumlah Kota Mojokerto|30"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "indicators whose names begin like a total",
        FIGURES,
        "a.xlsx",
        book(
            "Indikator|Nilai\nJumlah Penduduk|142272\nJumlah Rumah Tangga|45000\nTotal Fertility Rate|2.1\n"
            "Rata-rata Lama Sekolah|10.4\nJumlah Penduduk Miskin|7000"
        ),
        accepted=5,
        sums={"nilai": "194284.5"},
    ),
    Case(
        "accounts whose names begin like a total",
        BUDGET,
        "a.xlsx",
        book("Kode|Uraian|Anggaran|Realisasi\n'5.1|Jumlah Belanja|100|40\n'5.2|Total|50|20"),
        accepted=2,
        sums={"anggaran": "150", "realisasi": "60"},
    ),
    Case(
        "sums of earlier periods below the rows",
        WASTE,
        "a.xlsx",
        book(
            "Kecamatan|Ton\nUtara|10\nSelatan|20\nJumlah bulan lalu|25\nTot. bulan ini|30\n"
            "Jumlah s.d. bulan lalu|60\nJumlah s/d bulan ini|90"
        ),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"),),
    ),
    Case(
        "averages and percentages below the total",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nJUMLAH|30\nRATA-RATA|15\nPersentase|100\nMaksimum|20\nMinimum|10"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "5"),),
    ),
    Case(
        "total without a word",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\n|30"),
        "partial",
        2,
        1,
        sums={"ton": "30"},
        messages=(("wajib", 4, "Kecamatan", "Kecamatan"), ("jumlah", 4, "Ton", "mungkin baris jumlah tanpa nama")),
    ),
    Case(
        "total with a fault",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nJUMLAH|#REF!"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"), ("galat", 4, "Ton", "berisi galat, jadi tidak diperiksa")),
    ),
    Case(
        "total that was never calculated",
        WASTE,
        "a.csv",
        b"Kecamatan;Ton\nUtara;10\nSelatan;20\nJUMLAH;=SUM(B2:B3)\n",
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "4"), ("rumus", 4, "Ton", "belum pernah dihitung, jadi tidak diperiksa")),
    ),
    Case(
        "total rounded to whole numbers",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|0.1\nSelatan|0.2\nTimur|0.4\nJUMLAH|0.7000000000000001"),
        accepted=3,
        sums={"ton": "0.7"},
        messages=(("disisihkan", None, None, "5"),),
    ),
    Case(
        "months behind the total",
        WASTE.replace("Kecamatan", "Bulan").replace("kecamatan", "bulan"),
        "a.xlsx",
        book(
            "Bulan|Ton\nJanuari|10\nFebruari|20\nMaret|30\nTriwulan I|60\nApril|5\nMei|6\nJuni|7\nTriwulan II|18\nSemester I|78"
        ),
        accepted=6,
        sums={"ton": "78"},
        messages=(("disisihkan", None, None, "5, 9 sampai 10"),),
    ),
    Case(
        "other figures below the total",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nJUMLAH|30\n\nTarget tahun ini|500\nSisa target|470"),
        accepted=4,
        sums={"ton": "1000"},
        messages=(("disisihkan", None, None, "4"), ("jumlah", None, None, "6 sampai 7")),
    ),
    Case(
        "a telephone number beside who signs",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nJUMLAH|30\nPetugas: regu A|'081234567890"),
        accepted=2,
        sums={"ton": "30"},
        messages=(("disisihkan", None, None, "5"),),
    ),
    Case(
        "amounts in sentences",
        "title: K\nfields:\n  - {name: k, from: Kode, type: code, required: true}\n"
        "  - {name: t, from: Target, type: quantity}\n",
        "a.csv",
        b"Kode,Target\nA1,Pembangunan 26 (dua puluh enam) unit\nA2,Ketersediaan beras 17.149 ton\n",
        accepted=2,
        sums={"t": "17175"},
    ),
)
