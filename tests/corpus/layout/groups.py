"""Names of groups among the rows, alone or with the sum of their group, and totals that no word tells."""

from __future__ import annotations

from tests.corpus.layout.sheets import VILLAGES, WASTE
from tests.corpus.layout.writing import book
from tests.corpus.running import Case

VISITS = """
title: Kunjungan
grain: [puskesmas]
ignore: [No]
fields:
  - {name: puskesmas, from: Puskesmas, type: text, required: true}
  - {name: kunjungan, from: Kunjungan, type: integer}
  - {name: rujukan, from: Rujukan, type: integer}
"""
NEEDED = VISITS.replace("type: integer}", "type: integer, required: true}")
MONTHS = """
title: Sampah bulanan
grain: [kecamatan, bulan]
crosstab: {columns: months, into: bulan, value: ton}
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: bulan, from: Bulan, type: integer, required: true}
  - {name: ton, from: Ton, type: number}
"""
BUDGET = """
title: Anggaran
grain: [kode]
fields:
  - {name: kode, from: Kode, type: code, required: true}
  - {name: uraian, from: Uraian, type: text, required: true}
  - {name: anggaran, from: Anggaran, type: number, required: true}
"""
HEAD = "Puskesmas|Kunjungan|Rujukan"
UNITS = "Gedongan|100|10\nMentikan|60|5\nKranggan|20|2\nBlooto|37|3"
SUMS = {"kunjungan": "217", "rujukan": "20"}
ALONE, PROVEN = "judul kelompok", "isinya jumlah baris lain"


def visits(name: str, text: str, *told: tuple[str, int | None, str | None, str], contract: str = VISITS) -> Case:
    """Four rows of data, whatever stands between."""
    return Case(name, contract, "a.xlsx", book(text), accepted=4, sums=SUMS, messages=told)


def aside(said: str) -> tuple[str, None, None, str]:
    return ("disisihkan", None, None, said)


NORTH, SOUTH = "Gedongan|100|10\nMentikan|60|5", "Kranggan|20|2\nBlooto|37|3"
CASES = (
    visits(
        "names of groups alone, in capitals",
        f"{HEAD}\nUPT PUSKESMAS WILAYAH UTARA||\n{NORTH}\nUPT PUSKESMAS WILAYAH SELATAN||\n{SOUTH}",
        aside("baris 2, 5"),
    ),
    visits(
        "names of groups alone where amounts are required",
        f"{HEAD}\nWilayah Utara||\n{NORTH}\nWilayah Selatan||\n{SOUTH}",
        aside("baris 2, 5"),
        contract=NEEDED,
    ),
    visits(
        "names of groups with a letter in the cell",
        f"{HEAD}\nA. Perkotaan||\n{NORTH}\nB. Pinggiran||\n{SOUTH}",
        aside("baris 2, 5"),
    ),
    visits(
        "names of groups with a letter in the column of numbers",
        "No|"
        + HEAD
        + "\nA|Perkotaan||\n1|Gedongan|100|10\n2|Mentikan|60|5\nB|Pinggiran||\n1|Kranggan|20|2\n2|Blooto|37|3",
        aside("baris 2, 5"),
    ),
    visits(
        "names of groups without a number where the others have one",
        "No|"
        + HEAD
        + "\n|Perkotaan||\n1|Gedongan|100|10\n2|Mentikan|60|5\n|Pinggiran||\n3|Kranggan|20|2\n4|Blooto|37|3",
        aside("baris 2, 5"),
    ),
    Case(
        "names of groups in a text",
        VISITS,
        "a.csv",
        (HEAD + "\nWILAYAH UTARA||\n" + NORTH + "\nWILAYAH SELATAN||\n" + SOUTH).replace("|", ";").encode(),
        accepted=4,
        sums=SUMS,
        messages=(aside("baris 2, 5"),),
    ),
    Case(
        "a place without figures is no group",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\nGedongan|100|10\nMentikan||\nKranggan|20|2"),
        accepted=3,
        sums={"kunjungan": "120", "rujukan": "12"},
        messages=(("hanya_nama", None, None, "Baris 3 hanya berisi nama"),),
    ),
    Case(
        "a place whose figures are said to be missing",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\nGedongan|100|10\nMENTIKAN|-|-\nKranggan|20|2"),
        accepted=3,
        sums={"kunjungan": "120", "rujukan": "12"},
    ),
    Case(
        "a place without figures that is required to have them",
        NEEDED,
        "a.xlsx",
        book(f"{HEAD}\nGedongan|100|10\nMentikan||\nKranggan|20|2"),
        "partial",
        2,
        1,
        sums={"kunjungan": "120", "rujukan": "12"},
        messages=(("wajib", 3, "Kunjungan", ""), ("wajib", 3, "Rujukan", "")),
    ),
    Case(
        "names of groups over months",
        MONTHS,
        "a.xlsx",
        book("Kecamatan|Januari|Februari\nWILAYAH UTARA||\nPuri|1|2\nSooko|3|4\nWILAYAH SELATAN||\nDlanggu|5|6"),
        accepted=6,
        sums={"bulan": "9", "ton": "21"},
        messages=(aside("baris 2, 5"),),
    ),
    visits(
        "names of groups with their sums",
        f"{HEAD}\nUPT PUSKESMAS WILAYAH UTARA|160|15\n{NORTH}\nUPT PUSKESMAS WILAYAH SELATAN|57|5\n{SOUTH}",
        aside(f"baris 2, 5 ({PROVEN})"),
    ),
    visits(
        "lettered groups with their sums, and the total of their region above",
        f"{HEAD}\nKota Mojokerto|217|20\nA. Utara|160|15\n{NORTH}\nB. Selatan|57|5\n{SOUTH}",
        aside(f"baris 2 sampai 3, 6 ({PROVEN})"),
    ),
    visits(
        "sums of groups below their rows, and a total by its word",
        f"{HEAD}\n{NORTH}\nWilayah Utara|160|15\n{SOUTH}\nWilayah Selatan|57|5\nJUMLAH|217|20",
        aside("baris 4, 7 (isinya jumlah baris lain); baris 8 (baris jumlah)"),
    ),
    Case(
        "one sum of a group is wrong",
        VISITS,
        "a.xlsx",
        book(
            f"{HEAD}\nWilayah Utara|160|15\n{NORTH}\nWilayah Tengah|58|5\n{SOUTH}\nWilayah Selatan|12|3\nMeri|5|1\nKauman|7|2"
        ),
        accepted=6,
        sums={"kunjungan": "229", "rujukan": "23"},
        messages=(aside(f"baris 2, 5, 8 ({PROVEN})"), ("jumlah", 5, "Kunjungan", "menyebut 58 di")),
    ),
    Case(
        "groups with their sums over months",
        MONTHS,
        "a.xlsx",
        book("Kecamatan|Januari|Februari\nWILAYAH UTARA|4|6\nPuri|1|2\nSooko|3|4\nWILAYAH SELATAN|5|6\nDlanggu|5|6"),
        accepted=6,
        sums={"bulan": "9", "ton": "21"},
        messages=(aside(PROVEN),),
    ),
    visits("the sum sign above", f"{HEAD}\nΣ|217|20\n{UNITS}", aside("baris 2 (baris jumlah)")),
    visits("the sum sign below", f"{HEAD}\n{UNITS}\n∑ total|217|20", aside("baris 6 (baris jumlah)")),
    visits("two words for the total above", f"{HEAD}\nTotal/Jumlah|217|20\n{UNITS}", aside("baris 2 (baris jumlah)")),
    visits("the region above", f"{HEAD}\nKabupaten Mojokerto|217|20\n{UNITS}", aside(f"baris 2 ({PROVEN})")),
    visits("the bare name of the province below", f"{HEAD}\n{UNITS}\nJawa Timur|217|20", aside(f"baris 6 ({PROVEN})")),
    Case(
        "the region among rows it is not the sum of",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\n{UNITS}\nKota Mojokerto|218|20"),
        accepted=5,
        sums={"kunjungan": "435", "rujukan": "40"},
        messages=(("jumlah", None, None, "Baris 6 bernama daerah, tetapi angkanya bukan jumlah"),),
    ),
    visits("a total without a key", f"{HEAD}\n{UNITS}\n|217|20", aside(f"baris 6 ({PROVEN})")),
    Case(
        "a part of a key is missing where its group is summed",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa|Ton\nUtara||3\nUtara|Satu|1\nUtara|Dua|2\nSelatan||7\nSelatan|Tiga|3\nSelatan|Empat|4"),
        accepted=4,
        sums={"ton": "10"},
        messages=(aside(f"baris 2, 5 ({PROVEN})"),),
    ),
    Case(
        "a row that happens to be the sum of the others",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nTimur|5\nBarat|35"),
        accepted=4,
        sums={"ton": "70"},
        messages=(("jumlah", 5, "Ton", "dibaca sebagai data"),),
    ),
    Case(
        "small numbers that add up by chance",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\nGedongan|3|1\nMentikan|1|1\nKranggan|2|0\nBlooto|5|2\nMeri|2|1\nKauman|3|1"),
        accepted=6,
        sums={"kunjungan": "16", "rujukan": "6"},
        messages=(("jumlah", None, None, "Baris 2, 5 masing-masing sama dengan jumlah"),),
    ),
    Case(
        "accounts with the sum of those below keep their codes",
        BUDGET,
        "a.xlsx",
        book(
            "Kode|Uraian|Anggaran\n'5.1|BELANJA OPERASI|30\n'5.1.01|Pegawai|10\n'5.1.02|Barang|20\n'5.2|BELANJA MODAL|5\n'5.2.01|Tanah|5"
        ),
        accepted=5,
        sums={"anggaran": "70"},
    ),
    visits(
        "sums of groups with a letter in the column of numbers",
        "No|"
        + HEAD
        + "\nI|Perkotaan|160|15\n1|Gedongan|100|10\n2|Mentikan|60|5\nII|Pinggiran|57|5\n1|Kranggan|20|2\n2|Blooto|37|3",
        aside(f"baris 2, 5 ({PROVEN})"),
    ),
    Case(
        "the same in a text, letters before the members",
        VISITS,
        "a.csv",
        (
            b"No;Puskesmas;Kunjungan;Rujukan\n1;Perkotaan;160;15\na;Gedongan;100;10\nb;Mentikan;60;5\n"
            b"2;Pinggiran;57;5\na;Kranggan;20;2\nb;Blooto;37;3\n"
        ),
        accepted=4,
        sums=SUMS,
        messages=(aside(f"baris 2, 5 ({PROVEN})"),),
    ),
    visits(
        "sums of groups whose members alone have a sign",
        f"{HEAD}\nMagersari|160|15\nKel. Gedongan|100|10\nKel. Mentikan|60|5\nKranggan|57|5\nKel. Kranggan|20|2\nKel. Miji|37|3",
        aside(f"baris 2, 5 ({PROVEN})"),
    ),
    visits(
        "names of groups alone whose members have a sign",
        f"{HEAD}\nMagersari||\n- Gedongan|100|10\n- Mentikan|60|5\nKranggan||\n- Kranggan|20|2\n- Miji|37|3",
        aside("baris 2, 5 (judul"),
    ),
    Case(
        "sums of groups without any sign, proven by two columns",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\nMagersari|161|15\nGedongan|101|10\nMentikan|60|5\nPrajurit|57|51\nKranggan|20|48\nMiji|37|3"),
        accepted=4,
        sums={"kunjungan": "218", "rujukan": "66"},
        messages=(aside(f"baris 2, 5 ({PROVEN})"),),
    ),
    Case(
        "sums of one digit without any sign, in two columns, are told",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\nMagersari|7|3\nGedongan|4|2\nMentikan|3|1\nPrajurit|6|5\nKranggan|4|1\nMiji|2|4"),
        accepted=6,
        sums={"kunjungan": "26", "rujukan": "16"},
        messages=(("jumlah", None, None, "Baris 2, 5 masing-masing sama dengan jumlah"),),
    ),
    Case(
        "sums of one digit below their rows, in one column, are told",
        VISITS,
        "a.xlsx",
        book("Puskesmas|Kunjungan\nGedongan|4\nMentikan|3\nMagersari|7\nKranggan|4\nMiji|1\nPrajurit|5"),
        accepted=6,
        sums={"kunjungan": "24", "rujukan": None},
        messages=(
            ("kolom", None, None, "Rujukan"),
            ("jumlah", None, None, "Baris 4, 7 masing-masing sama dengan jumlah"),
        ),
    ),
    Case(
        "figures with their parts are no groups",
        VISITS,
        "a.xlsx",
        book(
            f"{HEAD}\nPenduduk|161|15\nPenduduk laki-laki|101|10\nPenduduk perempuan|60|5\nKelahiran|57|51\n"
            "Kelahiran laki-laki|20|48\nKelahiran perempuan|37|3"
        ),
        accepted=6,
        sums={"kunjungan": "436", "rujukan": "132"},
        messages=(("jumlah", None, None, "Baris 2, 5 masing-masing sama dengan jumlah"),),
    ),
    Case(
        "a total behind another key",
        VILLAGES,
        "a.xlsx",
        book(
            "Kecamatan|Desa|Ton\nUtara|Satu|1\nUtara|Dua|2\nUtara|Jumlah|3\nSelatan|Tiga|3\nSelatan|Empat|4\nSelatan|SUB TOTAL|7"
        ),
        accepted=4,
        sums={"ton": "10"},
        messages=(aside("baris 4, 7 (baris jumlah)"),),
    ),
    Case(
        "both sexes together",
        VILLAGES,
        "a.csv",
        b"Kecamatan;Desa;Ton\nUtara;L;1\nUtara;P;2\nUtara;L+P;3\nSelatan;L;3\nSelatan;P;4\nSelatan;L+P;7\n",
        accepted=4,
        sums={"ton": "10"},
        messages=(aside("baris 4, 7 (baris jumlah)"),),
    ),
    Case(
        "highest and lowest below the rows",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nTertinggi|20\nNilai terendah|10"),
        accepted=2,
        sums={"ton": "30"},
        messages=(aside("baris 4 sampai 5"),),
    ),
    Case(
        "signs for the same as above are no names",
        VILLAGES,
        "a.xlsx",
        book("Kecamatan|Desa|Ton\nUtara|Satu|1\n\u3003|Dua|2\nidem|Tiga|5"),
        "partial",
        1,
        2,
        sums={"ton": "1"},
        messages=(("wajib", 3, "Kecamatan", ""), ("wajib", 4, "Kecamatan", "")),
    ),
    Case(
        "a total by its name that is wrong in one column",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\n{UNITS}\nTotal Kunjungan|217|21"),
        accepted=4,
        sums=SUMS,
        messages=(aside("baris 6 (baris jumlah)"), ("jumlah", 6, "Rujukan", "menyebut 21")),
    ),
    Case(
        "a total named by a header is one, whatever it adds up to",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\n{UNITS}\nTotal Kunjungan|218|21"),
        accepted=4,
        sums=SUMS,
        messages=(
            aside("baris 6 (baris jumlah)"),
            ("jumlah", 6, "Kunjungan", "menyebut 218"),
            ("jumlah", 6, "Rujukan", "menyebut 21"),
        ),
    ),
    Case(
        "a row that begins like a total, and is no sum",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\n{UNITS}\nTotal Persada|218|21"),
        accepted=5,
        sums={"kunjungan": "435", "rujukan": "41"},
        messages=(("jumlah", None, None, "Baris 6 bernama seperti baris jumlah"),),
    ),
    visits("columns counted by letters", f"{HEAD}\n(a)|(b)|(c)\n{UNITS}"),
    Case(
        "an average of all places",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nUtara|10\nSelatan|20\nRata-rata per kecamatan|15\nRata-rata Kota Mojokerto|15"),
        accepted=2,
        sums={"ton": "30"},
        messages=(aside("baris 4 sampai 5"),),
    ),
    Case(
        "values under a merged header, beside its first column",
        VISITS,
        "a.xlsx",
        book("Puskesmas|Kunjungan||Rujukan\nGedongan||100|10\nMentikan||60|5", ["B1:C1"]),
        accepted=2,
        sums={"kunjungan": None, "rujukan": "15"},
        messages=(("kolom", None, None, "Kolom C berisi nilai tanpa judul"),),
    ),
    Case(
        "the region where nothing happened anywhere",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\nGedongan|0|0\nMentikan|0|0\nKota Mojokerto|0|0"),
        accepted=2,
        sums={"kunjungan": "0", "rujukan": "0"},
        messages=(aside(f"baris 4 ({PROVEN})"),),
    ),
    Case(
        "a place in capitals without figures among places",
        VISITS,
        "a.xlsx",
        book(f"{HEAD}\nGedongan|100|10\nMENTIKAN||\nKranggan|20|2"),
        accepted=3,
        sums={"kunjungan": "120", "rujukan": "12"},
        messages=(("hanya_nama", None, None, "Baris 3 hanya berisi nama"),),
    ),
)
