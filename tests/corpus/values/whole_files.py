"""What rows and whole files are held against: keys, checks, bounds, known errors, personal marks."""

from __future__ import annotations

from datetime import datetime

from tests.corpus.running import Case
from tests.corpus.values.columns import csv_of, xlsx_of

BASE = """title: Timbangan
grain: [tanggal, tempat]
fields:
  - {name: tanggal, from: Tanggal, type: date, required: true}
  - {name: tempat, from: Tempat, type: text, required: true}
  - {name: ton, from: Ton, type: number, min: 0}
"""
HEAD = ["Tanggal", "Tempat", "Ton"]
THREE = [HEAD, ["01/10/2026", "A", "10"], ["02/10/2026", "A", "20"], ["03/10/2026", "A", "30,5"]]
OCTOBER = {"tanggal": ("2026-10-01", "2026-10-03")}


def base(name, rows=THREE, more="", **right):
    right = {"accepted": 3, "sums": {"ton": "60.5"}, "ranges": OCTOBER} | right
    return Case(name=name, contract=BASE + more, file_name="timbangan.csv", content=csv_of(rows), **right)


def checked(name, fields, check, rows, *, book=False, **right):
    """One cross-field check; `fields` is (column, kind) in the order of the file."""
    listed = "".join(f"  - {{name: {column}, from: {column.title()}, type: {kind}}}\n" for column, kind in fields)
    grid = [[column.title() for column, _ in fields], *rows]
    return Case(
        name=name,
        contract=f"title: Uji\nfields:\n{listed}checks:\n  - {check}\n",
        file_name="uji.xlsx" if book else "uji.csv",
        content=xlsx_of(grid) if book else csv_of(grid),
        **right,
    )


def refused(name, rows=THREE, more="", told=(), quarantined=0, **more_right):
    return base(
        name,
        rows,
        more,
        outcome="refused",
        accepted=0,
        quarantined=quarantined,
        sums={},
        ranges={},
        messages=told,
        **more_right,
    )


CORRECTION = """corrections:
  - match: {{tanggal: 02/10/2026, tempat: A}}
    field: ton
    written: "{written}"
    correct: "{correct}"
    reason: Menurut buku timbang
    told: Bidang Kebersihan
    date: 2026-10-05
    status: {status}
    expires: {expires}
"""


def corrected(written="1O5", correct="105", status="diberitahukan", expires="2027-01-31"):
    return {"corrections.yml": CORRECTION.format(written=written, correct=correct, status=status, expires=expires)}


WRONG = [HEAD, ["01/10/2026", "A", "10"], ["02/10/2026", "A", "1O5"], ["03/10/2026", "A", "30,5"]]
PERSONAL = """title: Pelapor
grain: [nomor]
fields:
  - {name: nomor, from: Nomor, type: code, required: true}
  - {name: nama, from: Nama Pelapor, type: text, personal: true, required: true}
  - {name: nik, from: NIK, type: code, personal: true}
  - {name: umur, from: Umur, type: integer, personal: true, min: 0, max: 120}
  - {name: biaya, from: Biaya, type: number, min: 0}
personal: [Nomor HP]
"""
PEOPLE = [
    ["Nomor", "Nama Pelapor", "NIK", "Umur", "Biaya", "Nomor HP"],
    ["T1", "Merpati Satu", "3576010101010001", "30", "1.000", "081234567890"],
    ["T2", "Merpati Dua", "3576010101010002", "300", "2.000", "081234567891"],
    ["T3", "", "3576010101010003", "20", "5.000", "081234567892"],
    ["T4", "Merpati Empat", "", "empat puluh", "7.000", "081234567893"],
    ["T5", "Merpati Lima", "", "44", "Merpati Lima", "081234567894"],
    ["T1", "Merpati Satu", "3576010101010001", "30", "9.000", ""],
]
SPELLED = "title: Uji\ngrain: [no]\nfields:\n  - {name: no, from: No, aliases: [Nomor], type: text, required: true}\n"

CASES = (
    Case(
        name="one key spelled in several ways",
        contract=SPELLED,
        file_name="uji.csv",
        content=csv_of([["No"], ["TPA Selatan"], ["TPA Utara"], ["tpa selatan"], ["TPAUtara"], ["TPA-Utara"]]),
        outcome="accepted",
        accepted=5,
        quarantined=0,
        messages=(("ejaan", 4, "No", "2 pasang"),),
    ),
    base(
        "one place spelled in two ways on other days",
        [HEAD, ["01/10/2026", "A", "10"], ["02/10/2026", "a", "20"], ["03/10/2026", "A", "30,5"]],
    ),
    base(
        "one place spelled in two ways on one day",
        [*THREE, ["03/10/2026", "a", "30,5"]],
        accepted=4,
        sums={"ton": "91"},
        messages=(("ejaan", 5, "Tempat", "baris 5 seperti baris 4"),),
    ),
    Case(
        name="one column under two of its names",
        contract=SPELLED,
        file_name="uji.csv",
        content=csv_of([["No", "Nomor"], ["1", "2"]]),
        outcome="refused",
        accepted=0,
        quarantined=0,
        messages=(("judul", None, None, '("No", "Nomor")'),),
    ),
    base("three rows"),
    base(
        "twins by grain",
        [*THREE, ["03/10/2026", "A", "31"], ["3 Okt 2026", "A", "32"]],
        outcome="partial",
        quarantined=2,
        messages=(("ganda", 5, "Tempat", "baris 4"), ("ganda", 6, "Tempat", "baris 4")),
    ),
    base(
        "a key that is missing is no twin",
        [*THREE, ["03/10/2026", "", "1"], ["03/10/2026", "", "2"]],
        outcome="partial",
        quarantined=2,
        messages=(("wajib", 5, "Tempat", ""), ("wajib", 6, "Tempat", "")),
    ),
    base(
        "several faults in a row",
        [*THREE, ["31/02/2026", "", "x"]],
        outcome="partial",
        quarantined=1,
        messages=(("tanggal", 5, "Tanggal", "31/02/2026"), ("wajib", 5, "Tempat", ""), ("angka", 5, "Ton", "x")),
    ),
    base(
        "too few rows",
        more="expect: {min_rows: 4}\n",
        outcome="held",
        messages=(("sedikit_baris", None, None, "4"),),
    ),
    base("just enough rows", more="expect: {min_rows: 3, max_rows: 3}\n"),
    base("too many rows", more="expect: {max_rows: 2}\n", messages=(("banyak_baris", None, None, "2"),)),
    base(
        "too much refused",
        WRONG,
        "expect: {max_rejected_pct: 33}\n",
        outcome="held",
        accepted=2,
        quarantined=1,
        sums={"ton": "40.5"},
        messages=(("banyak_ditolak", None, None, "33"), ("angka", 3, "Ton", "1O5")),
    ),
    base(
        "all refused where little may be",
        [THREE[0], ["01/10/2026", "TPA", "1O5"]],
        "expect: {max_rejected_pct: 99}\n",
        outcome="refused",
        accepted=0,
        quarantined=1,
        sums={"ton": None},
        ranges={"tanggal": None},
        messages=(("banyak_ditolak", None, None, "1 baris"), ("angka", 2, "Ton", "1O5")),
    ),
    base(
        "not too much refused",
        WRONG,
        "expect: {max_rejected_pct: 34}\n",
        outcome="partial",
        accepted=2,
        quarantined=1,
        sums={"ton": "40.5"},
        messages=(("angka", 3, "Ton", "1O5"),),
    ),
    base("a total within bounds", more="expect: {totals: {ton: {min: 60.5, max: 60.5}}}\n"),
    base(
        "a total above bounds",
        more="expect: {totals: {ton: {max: 60}}}\n",
        outcome="held",
        messages=(("total", None, None, "60,5"),),
    ),
    base(
        "a total below bounds",
        more="expect: {totals: {ton: {min: 61}}}\n",
        outcome="held",
        messages=(("total", None, None, "60,5"),),
    ),
    base(
        "held with a row refused",
        WRONG,
        "expect: {totals: {ton: {min: 61}}}\n",
        outcome="held",
        accepted=2,
        quarantined=1,
        sums={"ton": "40.5"},
        messages=(("total", None, None, "40,5"), ("angka", 3, "Ton", "1O5")),
    ),
    base(
        "a total without a value",
        [HEAD, ["01/10/2026", "A", "-"]],
        "expect: {totals: {ton: {min: 1}}}\n",
        outcome="held",
        accepted=1,
        sums={"ton": None},
        ranges={"tanggal": ("2026-10-01", "2026-10-01")},
        messages=(("total", None, None, ""),),
    ),
    base(
        "old data",
        more="period: {field: tanggal}\nexpect: {max_age_days: 30}\n",
        messages=(("usang", None, None, "30"),),
    ),
    base(
        "data just young enough",
        more="period: {field: tanggal}\nexpect: {max_age_days: 30}\n",
        as_of=datetime(2026, 11, 2, 23, 59, 59),
    ),
    base(
        "rows ahead of their delivery",
        more="period: {field: tanggal}\n",
        as_of=datetime(2026, 10, 2, 23, 59, 59),
        outcome="partial",
        accepted=2,
        quarantined=1,
        sums={"ton": "30"},
        ranges={"tanggal": ("2026-10-01", "2026-10-02")},
        messages=(("masa_depan", 4, "Tanggal", ""),),
    ),
    base("a known error", WRONG, sums={"ton": "145.5"}, beside=corrected(), messages=(("koreksi", 3, "Ton", "105"),)),
    base(
        "a known error that was mended",
        sums={"ton": "60.5"},
        beside=corrected(),
        messages=(("koreksi_usang", 3, "Ton", ""),),
    ),
    base(
        "a correction that ran out",
        WRONG,
        outcome="partial",
        accepted=2,
        quarantined=1,
        sums={"ton": "40.5"},
        beside=corrected(expires="2026-12-30"),
        messages=(("koreksi_usang", None, "Ton", "30 Desember 2026"), ("angka", 3, "Ton", "1O5")),
    ),
    base(
        "a correction on its last day",
        WRONG,
        sums={"ton": "145.5"},
        beside=corrected(expires="2026-12-31"),
        messages=(("koreksi", 3, "Ton", ""),),
    ),
    base(
        "a correction that is settled",
        WRONG,
        outcome="partial",
        accepted=2,
        quarantined=1,
        sums={"ton": "40.5"},
        beside=corrected(status="selesai"),
        messages=(("angka", 3, "Ton", "1O5"),),
    ),
    base(
        "a correction of an empty cell",
        [HEAD, ["01/10/2026", "A", "10"], ["02/10/2026", "A", ""]],
        accepted=2,
        sums={"ton": "17"},
        ranges={"tanggal": ("2026-10-01", "2026-10-02")},
        beside=corrected(written="", correct="7"),
        messages=(("koreksi", 3, "Ton", ""),),
    ),
    base(
        "a correction of a readable number",
        [HEAD, ["01/10/2026", "A", "10"], ["02/10/2026", "A", "2000"]],
        accepted=2,
        sums={"ton": "30"},
        ranges={"tanggal": ("2026-10-01", "2026-10-02")},
        beside=corrected(written="2000", correct="20"),
        messages=(("koreksi", 3, "Ton", ""),),
    ),
    base(
        "a correction of rows that are not there",
        [HEAD, ["01/10/2026", "A", "10"]],
        accepted=1,
        sums={"ton": "10"},
        ranges={"tanggal": ("2026-10-01", "2026-10-01")},
        beside=corrected(),
    ),
    Case(
        "personal columns",
        PERSONAL,
        "pelapor.csv",
        csv_of(PEOPLE),
        "partial",
        1,
        5,
        {"biaya": "1000"},
        {},
        (
            ("rentang", 3, "Umur", ""),
            ("wajib", 4, "Nama Pelapor", ""),
            ("angka", 5, "Umur", ""),
            ("angka", 6, "Biaya", ""),
            ("ganda", 7, "Nomor", "baris 2"),
        ),
    ),
    checked(
        "not before",
        [("selesai", "date"), ("mulai", "date")],
        "{rule: not_before, field: selesai, other: mulai}",
        [["02/10/2026", "01/10/2026"], ["01/10/2026", "01/10/2026"], ["30/09/2026", "01/10/2026"], ["", "01/10/2026"]],
        outcome="partial",
        accepted=3,
        quarantined=1,
        ranges={"selesai": ("2026-10-01", "2026-10-02"), "mulai": ("2026-10-01", "2026-10-01")},
        messages=(("not_before", 4, "Selesai", ""),),
    ),
    checked(
        "at most",
        [("realisasi", "number"), ("anggaran", "number")],
        "{rule: at_most, field: realisasi, other: anggaran}",
        [["100,01", "100,00"], ["100", "100"], ["", "5"], ["7", ""]],
        outcome="partial",
        accepted=3,
        quarantined=1,
        sums={"realisasi": "107", "anggaran": "105"},
        messages=(("at_most", 2, "Realisasi", ""),),
    ),
    checked(
        "at most, as a warning",
        [("realisasi", "number"), ("anggaran", "number")],
        "{rule: at_most, field: realisasi, other: anggaran, severity: peringatan}",
        [["101", "100"]],
        accepted=1,
        sums={"realisasi": "101", "anggaran": "100"},
        messages=(("at_most", 2, "Realisasi", ""),),
    ),
    checked(
        "required if",
        [("ditutup", "date"), ("status", "text")],
        "{rule: required_if, field: ditutup, other: status, equals: selesai}",
        [["", "proses"], ["", "selesai"], ["", "SELESAI "], ["01/10/2026", "Selesai"]],
        outcome="partial",
        accepted=2,
        quarantined=2,
        ranges={"ditutup": ("2026-10-01", "2026-10-01")},
        messages=(("required_if", 3, "Ditutup", ""), ("required_if", 4, "Ditutup", "")),
    ),
    checked(
        "required if yes",
        [("alasan", "text"), ("terlambat", "boolean")],
        "{rule: required_if, field: alasan, other: terlambat, equals: ya}",
        [["", "ya"], ["", "tidak"], ["hujan", "Ya"], ["", "1"]],
        outcome="partial",
        accepted=2,
        quarantined=2,
        messages=(("required_if", 2, "Alasan", ""), ("required_if", 5, "Alasan", "")),
    ),
    checked(
        "required if a number",
        [("alasan", "text"), ("hari", "integer")],
        "{rule: required_if, field: alasan, other: hari, equals: 0}",
        [["", "0"], ["", "1"], ["", "nihil"]],
        outcome="partial",
        accepted=1,
        quarantined=2,
        sums={"hari": "1"},
        messages=(("required_if", 2, "Alasan", ""), ("required_if", 4, "Alasan", "")),
    ),
    checked(
        "required if a code",
        [("ditutup", "date"), ("status", "code, codes: {Selesai: S, Proses: P}")],
        "{rule: required_if, field: ditutup, other: status, equals: Selesai}",
        [["", "selesai"], ["", "Proses"]],
        outcome="partial",
        accepted=1,
        quarantined=1,
        ranges={"ditutup": None},
        messages=(("required_if", 2, "Ditutup", ""),),
    ),
    checked(
        "same month",
        [("bulan", "integer"), ("tanggal", "date")],
        "{rule: same_month, field: bulan, other: tanggal}",
        [["10", "01/10/2026"], ["9", "01/10/2026"], ["", "01/10/2026"]],
        outcome="partial",
        accepted=2,
        quarantined=1,
        sums={"bulan": "10"},
        ranges={"tanggal": ("2026-10-01", "2026-10-01")},
        messages=(("same_month", 3, "Bulan", ""),),
    ),
    checked(
        "not ahead",
        [("realisasi", "number"), ("bulan", "month")],
        "{rule: not_ahead, field: realisasi, other: bulan}",
        [["5", "Des 2026"], ["5", "Jan 2027"], ["", "Jan 2027"]],
        outcome="partial",
        accepted=2,
        quarantined=1,
        sums={"realisasi": "5"},
        ranges={"bulan": ("2026-12-01", "2027-01-01")},
        messages=(("not_ahead", 3, "Realisasi", ""),),
    ),
    checked(
        "share of",
        [("persen", "percent"), ("realisasi", "number"), ("anggaran", "number")],
        "{rule: share_of, field: persen, other: realisasi, whole: anggaran}",
        [["50", "50", "100"], ["0,5", "50", "100"], ["55", "50", "100"], ["10", "50", "0"]],
        outcome="partial",
        accepted=3,
        quarantined=1,
        sums={"persen": "115", "realisasi": "150", "anggaran": "200"},
        messages=(("share_of", 3, "Persen", "50"),),
    ),
    checked(
        "sum equals",
        [("jumlah", "number"), ("l", "number"), ("p", "number")],
        "{rule: sum_equals, field: jumlah, parts: [l, p]}",
        [["0,3", "0,1", "0,2"], ["4", "1", "2"], ["3", "1", ""], ["", "1", "2"]],
        outcome="partial",
        accepted=3,
        quarantined=1,
        sums={"jumlah": "3.3", "l": "2.1", "p": "2.2"},
        messages=(("sum_equals", 3, "Jumlah", "3"),),
    ),
    checked(
        "sum equals within a tolerance",
        [("jumlah", "number"), ("l", "number"), ("p", "number")],
        "{rule: sum_equals, field: jumlah, parts: [l, p], tolerance: 0.5}",
        [["3,5", "1", "2"], ["3,51", "1", "2"]],
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"jumlah": "3.5", "l": "1", "p": "2"},
        messages=(("sum_equals", 3, "Jumlah", ""),),
    ),
)
