"""More of what agencies send: declared words, lists with faults, whole numbers of years, cells of JSON."""

from __future__ import annotations

import json
from datetime import date, datetime

from tests.corpus.running import Case
from tests.corpus.values.columns import HEADER, Bad, column, csv_of, xlsx_of

CLEAR = Bad("angka")
LIST = "\ufeffcode;name;aliases\nA1;Pasar Baru;Psr. Baru|Pasar Br\nA2;Pasar Lama;\n"
KEYS = "title: Uji\nallows_nil: true\nfields:\n  - {name: no, from: No, type: code, required: true}\n"
KEYS += "  - {name: nilai, from: Nilai, type: number}\n"


def keyed(name, grid, more="", *, content=None, file_name="uji.csv", **right):
    return Case(name=name, contract=KEYS + more, file_name=file_name, content=content or csv_of(grid), **right)


POINTS = ("-7.47, 112.43", "-7,47, 112,43", "(-7.47;112.43)", "-7,112", "-7,47, 112")
CASES = (
    column(
        "words that only machines write",
        "number",
        [
            ("NaN", CLEAR),
            ("inf", CLEAR),
            ("Infinity", CLEAR),
            ("1e400", CLEAR),
            ("0x10", CLEAR),
            ("true", CLEAR),
            ("\u00bd", CLEAR),
            ("5\u00b2", CLEAR),
            ("\u0663", "3"),
            ("12 (dua belas)", CLEAR),
            ("7", "7"),
        ],
    ),
    column(
        "currency of the other style",
        "number",
        [("Rp1,234.50", "1234.5"), ("IDR 2,000.75", "2000.75"), ("$5.00", CLEAR)],
        told=[("gaya_angka", 2, HEADER, "")],
    ),
    column(
        "percent below nothing", "percent", [("(5%)", "-5"), ("-2,5 %", "-2.5"), ("5\u2030", CLEAR), ("120 %", "120")]
    ),
    column(
        "zero declared missing",
        'number, missing: ["0", "99"]',
        [("0", None), ("0,0", None), ("0,00", None), ("99", None), ("990", "990"), ("9,9", "9.9")],
    ),
    column(
        "zero declared missing in a workbook",
        'number, missing: ["0"]',
        [(0, None), (0.0, None), (10, "10"), ("0", None)],
        book=True,
    ),
    column(
        "zero word where needed",
        'number, required: true, zero: ["-", nihil]',
        [("-", "0"), ("nihil", "0"), ("", Bad("wajib"))],
    ),
    column("nihil in words", "text", [("nihil", None), ("NIHIL", None)]),
    column(
        "nihil in words where needed",
        "text, required: true, missing: [nihil]",
        [("nihil", Bad("wajib")), ("ada", None)],
    ),
    column(
        "years ahead",
        "integer",
        [("2026", "2026"), ("2027", Bad("masa_depan")), ("2.026", "2026")],
        top="period: {field: nilai}\n",
    ),
    column(
        "own list of a spreadsheet",
        "code, ref: pasar.csv",
        [
            ("Psr. Baru", None),
            ("pasar br", None),
            ("a2", None),
            ("Pasar Barru", Bad("kode", "Pasar Baru")),
            (" Pasar\u00a0Lama ", None),
        ],
        beside={"pasar.csv": LIST},
    ),
    column(
        "list of whole numbers",
        'code, one_of: ["1", "2", "10"]',
        [(1, None), ("2", None), (10, None), ("1,0", Bad("daftar")), (3, Bad("daftar")), ("01", Bad("daftar"))],
        book=True,
    ),
    column(
        "codes of whole numbers",
        'code, codes: {"1": L, "2": P}',
        [(1, None), ("2", None), (3, Bad("kode")), ("L", None)],
        book=True,
    ),
    column(
        "quantity in doubt",
        "quantity",
        [("5 dan 7 unit", None), ("beberapa unit", None), ("3 juta ekor", "3"), ("tahun 2026", None)],
        told=[
            ("kuantitas", 2, HEADER, "2 angka"),
            ("kuantitas", 3, HEADER, "tidak memuat"),
            ("kuantitas", 4, HEADER, "juta"),
            ("kuantitas", 5, HEADER, "tidak memuat"),
        ],
    ),
    column(
        "native days under a month-first format",
        'date, format: "%m/%d/%Y"',
        [(date(2026, 1, 10), "2026-01-10"), ("10/13/2026", "2026-10-13")],
        book=True,
    ),
    column(
        "days before the century",
        "date",
        [
            ("1/1/1899", Bad("tanggal")),
            ("05/08/0026", Bad("tanggal")),
            ("17-08-1945", "1945-08-17"),
            ("01/01/1900", "1900-01-01"),
            ("01/01/3026", "3026-01-01"),
        ],
    ),
    column(
        "formats with words",
        'date, format: "%d %B %Y"',
        [
            ("5 Agustus 2026", "2026-08-05"),
            ("05 AGUSTUS 2026", "2026-08-05"),
            ("5 Agt 2026", "2026-08-05"),
            ("5  Agustus  2026", "2026-08-05"),
        ],
    ),
    column(
        "format of an instant",
        'datetime, format: "%d/%m/%Y %H:%M"',
        [("05/08/2026 14:05", "2026-08-05T14:05:00"), ("05/08/2026", Bad("tanggal"))],
    ),
    column(
        "format of a month",
        'month, format: "%m/%Y"',
        [("08/2026", "2026-08-01"), ("8/2026", "2026-08-01"), ("13/2026", Bad("tanggal"))],
    ),
    column(
        "format of a month in words",
        'month, format: "%b-%y"',
        [("Agt-26", "2026-08-01"), ("Des-26", "2026-12-01"), ((date(2026, 10, 1), "mmm-yy"), "2026-10-01")],
        book=True,
    ),
    keyed(
        "nothing refused is allowed",
        [["No", "Nilai"], ["A1", "x"], ["A2", "5"]],
        "expect: {max_rejected_pct: 0}\n",
        outcome="held",
        accepted=1,
        quarantined=1,
        sums={"nilai": "5"},
        messages=(("banyak_ditolak", None, None, "0"), ("angka", 2, "Nilai", "x")),
    ),
    keyed("no rows at all", [["No", "Nilai"]], outcome="refused", messages=(("sedikit_baris", None, None, ""),)),
    keyed("no rows are enough", [["No", "Nilai"]], "expect: {min_rows: 0}\n", sums={"nilai": None}),
    keyed(
        "every row refused",
        [["No", "Nilai"], ["A1", "x"], ["A2", "y"]],
        outcome="refused",
        quarantined=2,
        sums={"nilai": None},
        messages=(
            ("banyak_ditolak", None, None, "Seluruh 2 baris"),
            ("angka", 2, "Nilai", "x"),
            ("angka", 3, "Nilai", "y"),
        ),
    ),
    Case(
        "points in one cell",
        "title: Uji\nfields:\n  - {name: lat, from: Koordinat, type: latitude, min: -8, max: -7}\n"
        "  - {name: lon, from: Koordinat, type: longitude, min: 112, max: 113}\n"
        "ignore: [No, Ket]\n",
        "uji.csv",
        csv_of(
            [
                ["No", "Koordinat", "Ket"],
                *([str(no), cell, ""] for no, cell in enumerate(POINTS, start=1)),
            ]
        ),
        outcome="partial",
        accepted=4,
        quarantined=1,
        messages=(("bentuk", 6, "Koordinat", "LatLng"), ("bentuk", 6, "Koordinat", "LatLng")),
    ),
    keyed(
        "cells of JSON",
        [],
        content=json.dumps(
            [
                {"No": "A1", "Nilai": 1.234},
                {"No": "A2", "Nilai": "1.234"},
                {"No": 3, "Nilai": None},
                {"No": "A4", "Nilai": "12,5"},
            ]
        ).encode(),
        file_name="uji.json",
        accepted=4,
        sums={"nilai": "1247.734"},
    ),
    keyed(
        "a formula that was never calculated is no zero",
        [],
        content=xlsx_of([["No", "Nilai"], ["A1", "=B3*2"], ["A2", 5]]),
        file_name="uji.xlsx",
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"nilai": "5"},
        messages=(("rumus", 2, "Nilai", "F9"),),
    ),
    keyed(
        "instants are no numbers",
        [],
        content=xlsx_of([["No", "Nilai"], ["A1", datetime(2026, 1, 5)], ["A2", 5]]),
        file_name="uji.xlsx",
        outcome="partial",
        accepted=1,
        quarantined=1,
        sums={"nilai": "5"},
        messages=(("angka", 2, "Nilai", ""),),
    ),
)
