"""Signs that stray into a text, rows that look like notes, numbers whose zeros only their format shows."""

from __future__ import annotations

from tests.corpus.layout.writing import book
from tests.corpus.running import Case

VILLAGES = """
title: Penduduk
file: {decimal: ","}
grain: [kode]
fields:
  - {name: kode, from: Kode Desa, type: code, required: true}
  - {name: desa, from: Desa, type: text, required: true}
  - {name: l, from: Laki-laki, type: integer}
  - {name: p, from: Perempuan, type: integer}
"""
SHARES = """
title: Capaian
file: {decimal: ","}
grain: [kode]
fields:
  - {name: kode, from: Kode, type: code, required: true, one_of: ["0012", "0007", "12"]}
  - {name: capaian, from: Capaian, type: percent}
  - {name: tanggal, from: Tanggal, type: date}
"""
HEADER = "Kode Desa;Desa;Laki-laki;Perempuan\n"
NO_DATE = {"tanggal": None}
NO_COLUMN = ("kolom", None, None, 'Kolom "Tanggal" tidak ada')


def villages(name: str, lines: str, **right: object) -> Case:
    return Case(name, VILLAGES, "desa.csv", (HEADER + lines).encode(), **right)  # type: ignore[arg-type]


def dressed(made: object, sheet: object) -> None:
    style = made.add_format({"num_format": "0000"})  # type: ignore[attr-defined]
    for row, number in enumerate((12, 7), start=1):
        sheet.write_number(row, 0, number, style)  # type: ignore[attr-defined]


CASES = (
    villages(
        "a quotation mark left open spoils its row alone",
        '1;"Sumber;10;20\n2;Kalen;11;21\n',
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"l": "11", "p": "21"},
        messages=(("geser", 2, None, "tidak berpasangan"),),
    ),
    villages(
        "text behind a closing quotation mark",
        '1;"Sumber" Lor;10;20\n2;Kalen;11;21\n',
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"l": "11", "p": "21"},
        messages=(("geser", 2, None, "tidak berpasangan"),),
    ),
    villages(
        "two stray quotation marks that make one row of two",
        '1;"Sumber;10;20\n2;Kalen";11;21\n3;Jati;1;2\n',
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"l": "1", "p": "2"},
        messages=(("geser", 2, None, "tidak berpasangan"),),
    ),
    villages(
        "a quotation mark left open where lines are no rows",
        '1;"Sumber;10;20\n2;Kalen\n',
        outcome="refused",
        messages=(("berkas", None, None, "Mulai baris 2"),),
    ),
    villages(
        "a line with another delimiter",
        "1;Sumber;10;20\n2,Kalen,11,21\n",
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"l": "10", "p": "20"},
        messages=(("geser", 3, None, "pemisah kolom lain"),),
    ),
    villages(
        "a village named as a note begins, without its code",
        ";Sumber;10;20\n2;Kalen;11;21\nSumber: BPS;;;\n",
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"l": "11", "p": "21"},
        messages=(("wajib", 2, "Kode Desa", ""), ("disisihkan", None, None, "baris 4")),
    ),
    villages(
        "codes shown as amounts",
        "3.516.012.001;Sumber;10;20\n3.516.012.002;Kalen;11;21\n",
        accepted=2,
        sums={"l": "21", "p": "41"},
        messages=(("kode_angka", 2, "Kode Desa", "bertitik ribuan"),),
    ),
    villages(
        "short subtotals of groups without a word",
        "1;A;12;10\n2;B;15;10\n3;Wilayah;27;20\n4;C;20;10\n5;D;14;11\n6;Wilayah lain;34;21\n",
        accepted=6,
        sums={"l": "122", "p": "82"},
        messages=(("jumlah", None, None, "Baris 4, 7"),),
    ),
    villages(
        "no row is right",
        "1;A;x;10\n2;B;y;10\n",
        outcome="refused",
        quarantined=2,
        sums={"l": None, "p": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh 2 baris"),
            ("angka", 2, "Laki-laki", ""),
            ("angka", 3, "Laki-laki", ""),
        ),
    ),
    Case(
        "a sep= line is not counted",
        VILLAGES,
        "desa.csv",
        b"sep=;\nKode Desa;Desa;Laki-laki;Perempuan\n1;A;x;10\n2;B;1;10\n",
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"l": "1", "p": "10"},
        messages=(("angka", 2, "Laki-laki", ""),),
    ),
    Case(
        "a format shows the zeros of a code",
        SHARES,
        "capaian.xlsx",
        book("Kode | Capaian\n12 | 40\n7 | 5", dress=dressed),
        accepted=2,
        sums={"capaian": "45"},
        ranges=NO_DATE,
        messages=(NO_COLUMN,),
    ),
    Case(
        "a percent sign is a unit of percentages",
        SHARES,
        "capaian.csv",
        b"Kode;Capaian (%)\n12;40\n",
        accepted=1,
        sums={"capaian": "40"},
        ranges=NO_DATE,
        messages=(NO_COLUMN,),
    ),
    Case(
        "percent signs on a line below the header",
        SHARES,
        "capaian.xlsx",
        book("Kode | Capaian\n | (%)\n'12 | 40"),
        accepted=1,
        sums={"capaian": "40"},
        ranges=NO_DATE,
        messages=(NO_COLUMN,),
    ),
    Case(
        "a fraction among percentages, and a day that is another one",
        SHARES,
        "capaian.csv",
        b"Kode;Capaian;Tanggal\n12;65,5;Senin, 2 Februari 2026\n0012;0,655;Minggu, 3 Februari 2026\n0007;70;\n",
        accepted=3,
        sums={"capaian": "136.155"},
        ranges={"tanggal": ("2026-02-02", "2026-02-03")},
        messages=(("persen", 3, "Capaian", "padahal yang lain puluhan"), ("hari", 3, "Tanggal", "bukan harinya")),
    ),
    Case(
        "a merged header that stands beside one of two lines",
        VILLAGES,
        "desa.xlsx",
        book(
            "Kode Desa | Desa | Jumlah Penduduk |\n | | Laki-laki | Perempuan\n'1 | A | 10 | 20\n'2 | B | 1 | 2",
            ["A1:A2", "B1:B2", "C1:D1"],
        ),
        accepted=2,
        sums={"l": "11", "p": "22"},
    ),
)
