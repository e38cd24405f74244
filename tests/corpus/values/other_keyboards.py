"""Digits and signs of other keyboards, blanks within dates, apostrophes between thousands."""

from __future__ import annotations

from tests.corpus.values.columns import Bad, column

CASES = (
    column(
        "apostrophes between thousands",
        "number",
        [
            ("1'234,5", "1234.5"),
            ("1'234", "1234"),
            ("1\u2019234\u2019567", "1234567"),
            ("-2'000", "-2000"),
            ("1'23", Bad("angka")),
        ],
    ),
    column(
        "apostrophes between thousands and a point",
        "number",
        [("1'234.5", "1234.5"), ("2'000", "2000")],
        told=[("gaya_angka", 2, "Nilai", "titik")],
    ),
    column(
        "digits of other scripts",
        "number",
        [
            ("\uff11\uff12\uff13\uff14", "1234"),
            ("\uff11\uff0e\uff12\uff13\uff14\uff0c\uff15", "1234.5"),
            ("\u0661\u0662\u0663", "123"),
            ("\u06f4\u06f5\u06f6", "456"),
            ("\u0661\u0662\u066b\u0665", "12.5"),
            ("\ua9d1\ua9d2", "12"),
        ],
    ),
    column("whole numbers with decimals of nothing", "integer", [("24,00", "24"), ("1.234,0", "1234"), ("7", "7")]),
    column(
        "whole numbers with decimals of nothing behind a point",
        "integer",
        [("24.00", "24"), ("25.0", "25"), ("24.5", Bad("angka"))],
        told=[("gaya_angka", 2, "Nilai", "titik")],
    ),
    column(
        "blanks and other signs within a day",
        "date",
        [
            ("02 . 11 . 2026", "2026-11-02"),
            ("03 - 11 - 2026", "2026-11-03"),
            ("04 / 11/ 2026", "2026-11-04"),
            ("2026 - 11 - 05", "2026-11-05"),
            ("06\u201311\u20132026", "2026-11-06"),
            ("07\\11\\2026", "2026-11-07"),
            ("\u0660\u0668/\u0661\u0661/\u0662\u0660\u0662\u0666", "2026-11-08"),
            ("\uff12\uff10\uff12\uff16-11-\uff10\uff19", "2026-11-09"),
        ],
    ),
    column(
        "blanks within days of both orders",
        "date",
        [("13 - 11 - 2026", Bad("tanggal_campur")), ("11 - 13 - 2026", Bad("tanggal_campur"))],
    ),
    column(
        "blanks within days under a format",
        'date, format: "%d/%m/%Y"',
        [("02 / 11 / 2026", "2026-11-02"), ("03/11/2026", "2026-11-03")],
        told=[("gaya_tanggal", 2, "Nilai", "02 / 11 / 2026")],
    ),
)
