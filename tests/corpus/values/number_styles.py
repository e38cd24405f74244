"""Numbers as agencies write them, and what each must be read as."""

from __future__ import annotations

from tests.corpus.running import Told
from tests.corpus.values.columns import HEADER, Bad, column

CLEAR, AMBIGUOUS, LONG = Bad("angka"), Bad("angka_rancu"), Bad("angka_panjang")
SCALED_MONEY = Bad("satuan_uang", "ribu rupiah")
POINT = 'file: {decimal: "."}\n'
OPTIONAL, REQUIRED = "number", "number, required: true"


def style(row_no: int, words: str = "gaya") -> Told:
    """The warning of a column, at the first cell of another style."""
    return ("gaya_angka", row_no, HEADER, words)


CASES = (
    column(
        "pure indonesian", OPTIONAL, [("1.234.567,89", "1234567.89"), ("12,5", "12.5"), ("1.234", "1234"), ("7", "7")]
    ),
    column("thousands only", OPTIONAL, [("1.234", "1234"), ("2.500", "2500"), ("10.000", "10000")]),
    column("commas only, three digits", OPTIONAL, [("1,234", "1.234"), ("2,500", "2.5")], told=[style(2, "pecahan")]),
    column(
        "both separators, three digits, nothing proven",
        OPTIONAL,
        [("1.234", AMBIGUOUS), ("2,500", AMBIGUOUS), ("7", "7")],
    ),
    column(
        "indonesian proven, three decimals", OPTIONAL, [("1.234,500", "1234.5"), ("1,234", "1.234"), ("1.234", "1234")]
    ),
    column("leading zero proves a decimal", OPTIONAL, [("0,125", "0.125"), ("1,234", "1.234"), ("2.000", "2000")]),
    column(
        "other style proven",
        OPTIONAL,
        [("1,234.50", "1234.5"), ("12,000.75", "12000.75"), ("950.00", "950")],
        told=[style(2)],
    ),
    column(
        "other style proven beside readable two ways",
        OPTIONAL,
        [("1,234.50", "1234.5"), ("1,234", AMBIGUOUS), ("1.234", AMBIGUOUS), ("80", "80")],
        told=[style(2)],
    ),
    column(
        "one of the other style",
        OPTIONAL,
        [("1.234.567,89", "1234567.89"), ("1,234.50", "1234.5"), ("12,5", "12.5"), ("8", "8")],
        told=[style(3)],
    ),
    column(
        "both proven and one readable two ways",
        OPTIONAL,
        [("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.234", AMBIGUOUS), ("2,345", AMBIGUOUS), ("3.50", "3.5")],
        told=[style(3)],
    ),
    column("english millions", OPTIONAL, [("1,234,567", "1234567"), ("2,000,000", "2000000")], told=[style(2)]),
    column(
        "plain point decimals", OPTIONAL, [("12.5", "12.5"), ("1234.75", "1234.75"), ("0.5", "0.5")], told=[style(2)]
    ),
    column("point decimals of three digits", OPTIONAL, [("12.5", "12.5"), ("12.345", AMBIGUOUS)], told=[style(2)]),
    column("ungrouped long before point", OPTIONAL, [("12345.678", "12345.678"), ("1", "1")], told=[style(2)]),
    column("contract with point", OPTIONAL, [("1,234.5", "1234.5"), ("1,234", "1234"), ("1.234", "1.234")], top=POINT),
    column(
        "contract with point, all three decimals",
        OPTIONAL,
        [("1.234", "1.234"), ("2.345", "2.345")],
        top=POINT,
        told=[style(2, "pecahan")],
    ),
    column(
        "contract with point, indonesian file",
        OPTIONAL,
        [("1.234.567,5", "1234567.5"), ("2.345", AMBIGUOUS)],
        top=POINT,
        told=[style(2)],
    ),
    column(
        "contract with point, point groups only",
        OPTIONAL,
        [("1.234.567", "1234567"), ("12,5", "12.5")],
        top=POINT,
        told=[style(2)],
    ),
    column(
        "cells that say how they are meant",
        OPTIONAL,
        [
            # grouping broken
            ("1.23.456", CLEAR),
            ("12.34,5", CLEAR),
            ("1,2,3", CLEAR),
            ("1.234,567,8", CLEAR),
            ("1..234", CLEAR),
            (",", CLEAR),
            ("1.234,56", "1234.56"),
            # grouping of two digits
            ("12,34,567", CLEAR),
            ("5", "5"),
            # space groups
            ("1 234 567", "1234567"),
            ("1\u00a0234,5", "1234.5"),
            ("1\u2009234", "1234"),
            ("1\u202f234,25", "1234.25"),
            # two numbers in a cell
            ("10 20", CLEAR),
            ("12/7", CLEAR),
            ("10-20", CLEAR),
            ("10 s.d. 20", CLEAR),
            ("5; 6", CLEAR),
            # apostrophe groups
            ("1'234'567", "1234567"),
            ("1\u2019234", "1234"),
            # apostrophe of a text cell
            ("'1.234", "1234"),
            ("'12,5", "12.5"),
            # invisible characters
            ("\u200b1.234,5", "1234.5"),
            ("12\u200b,5", "12.5"),
            ("\u202a2.345,5\u202c", "2345.5"),
            ("\u2066-7\u2069", "-7"),
            ("\ufeff7", "7"),
            ("\u200e8\u200f", "8"),
            ("9\u00a0", "9"),
            ("\t10 ", "10"),
            # full width digits
            ("１２３", "123"),
            ("１．２３４，５", "1234.5"),
            # rupiah
            ("Rp 1.234.567,-", "1234567"),
            ("Rp1.234.567,00", "1234567"),
            ("1.500.000 IDR", "1500000"),
            ("1.500.000,00 Rp", "1500000"),
            ("Rp. 1.000.000", "1000000"),
            ("RP 500.000,--", "500000"),
            ("IDR 2.500.000,00", "2500000"),
            ("Rp.750.000,-", "750000"),
            # rupiah written apart
            ("Rp\u00a01.234,50", "1234.5"),
            ("1.250.000 rupiah", "1250000"),
            ("Rp -1.000.000", "-1000000"),
            ("-Rp 1.000.000", "-1000000"),
            ("(Rp 2.000,00)", "-2000"),
            ("Rp (3.000)", "-3000"),
            # rupiah of nothing
            ("Rp -", None),
            ("Rp. -", None),
            ("Rp 0,-", "0"),
            ("Rp", None),
            # scaled words
            ("1,5 juta", CLEAR),
            ("Rp 2 miliar", CLEAR),
            ("3 rb", CLEAR),
            ("10 ribu", CLEAR),
            ("1,2M", CLEAR),
            # signs
            ("(1.250)", "-1250"),
            ("1.250-", "-1250"),
            ("-12,5", "-12.5"),
            ("\u221212,5", "-12.5"),
            ("\u20137", "-7"),
            ("- 3", "-3"),
            ("+4", "4"),
            ("( 5,5 )", "-5.5"),
            # signs twice
            ("--5", CLEAR),
            ("(-5)", CLEAR),
            ("-5-", CLEAR),
            ("(5", CLEAR),
            ("5)", CLEAR),
            ("+-5", CLEAR),
            # leading zeros
            ("007", "7"),
            ("0012,50", "12.5"),
            ("000", "0"),
            # letters for digits
            ("1O5", CLEAR),
            ("l00", CLEAR),
            ("12x", CLEAR),
            ("1.2.3.4", CLEAR),
            ("#1", CLEAR),
            ("\u2248 5", CLEAR),
            ("< 5", CLEAR),
            ("5*", CLEAR),
            # percent in a number
            ("40,45 %", "40.45"),
            ("7", "7"),
            # words of nothing
            ("-", None),
            ("--", None),
            ("n/a", None),
            ("N/A", None),
            ("NA", None),
            ("null", None),
            ("...", None),
            ("", None),
            ("\u2013", None),
            ("\u2014", None),
            ("Tidak ada data", None),
            ("belum ada data", None),
            ("nihil", "0"),
            ("NIHIL", "0"),
            (" Nihil ", "0"),
            ("Nihil.", CLEAR),
            ("0", "0"),
            # words undeclared
            ("kosong", CLEAR),
            ("tdk ada", CLEAR),
            ("nol", CLEAR),
            ("x", CLEAR),
            ("?", CLEAR),
            ("tad", CLEAR),
            # error text in CSV
            ("#REF!", Bad("galat")),
            ("#N/A", Bad("galat")),
            ("#DIV/0!", Bad("galat")),
            ("5", "5"),
        ],
    ),
    column("exponent", OPTIONAL, [("1,5E+3", "1500"), ("2E5", "200000"), ("1.2e-2", "0.012")]),
    column(
        "precise",
        OPTIONAL,
        [("0,123456", "0.123456"), ("0,00000001", "0.00000001"), ("123456789012,123456", "123456789012.123456")],
    ),
    column(
        "twenty digits",
        OPTIONAL,
        [
            ("12345678901234567890", "12345678901234567890"),
            ("12.345.678.901.234.567.890,12", "12345678901234567890.12"),
            ("1", "1"),
        ],
    ),
    column("too long", OPTIONAL, [("1" * 40, LONG), ("0," + "1" * 30, LONG), ("1", "1")]),
    column(
        "unit",
        "number, unit: ton",
        [("12,5 ton", "12.5"), ("3 Ton", "3"), ("4ton", "4"), ("5 kg", CLEAR), ("6 ton/hari", CLEAR), ("7", "7")],
    ),
    column(
        "units of something else than the column",
        "number, unit: ton",
        [("Rp 7", CLEAR), ("IDR 7", CLEAR), ("5 rupiah", CLEAR), ("5 %", CLEAR), ("5 persen", CLEAR), ("7", "7")],
    ),
    column("money of a column of money", 'number, unit: "Rp"', [("Rp 7", "7"), ("5 rupiah", "5"), ("5 %", CLEAR)]),
    column(
        "money by the thousand, some cells in rupiah",
        "number, unit: ribu rupiah",
        [
            ("Rp 5.000", SCALED_MONEY),
            ("6.000 rupiah", SCALED_MONEY),
            ("Rp7.000,-", SCALED_MONEY),
            ("5 ribu rupiah", "5"),
            ("1.250", "1250"),
            ("0", "0"),
        ],
    ),
    column(
        "money by the million, all cells in rupiah",
        'number, unit: "juta Rp"',
        [("Rp 5.000", "5000"), ("7 rupiah", "7"), ("-", None), ("0", "0"), ("nihil", "0")],
        told=[("satuan_uang", 2, HEADER, "dibaca dalam juta Rp")],
    ),
    column("money by the million, none in rupiah", 'number, unit: "Rp (juta)"', [("5 juta", CLEAR), ("7", "7")]),
    column("money by the million, said so", 'number, unit: "juta rupiah"', [("Rp 5 juta rupiah", "5"), ("7", "7")]),
    column("money by the square metre", 'number, unit: "Rp per m"', [("Rp 5.000", "5000"), ("7", "7")]),
    column(
        "money by the thousand, some cells shown in rupiah",
        "number, unit: ribu rupiah",
        [((5000, '"Rp" #,##0'), Bad("tampilan", "bukan satuan")), (7, "7")],
        book=True,
    ),
    column(
        "money by the thousand, all cells shown in rupiah",
        "number, unit: ribu rupiah",
        [((5000, '"Rp" #,##0'), "5000"), ((7, '"Rp" #,##0'), "7"), (0, "0")],
        book=True,
        told=[("tampilan", 2, HEADER, "dibaca dalam ribu rupiah")],
    ),
    column(
        "shares of a column of shares",
        "number, unit: persen",
        [("5 %", "5"), ("6 persen", "6"), ("Rp 7", CLEAR)],
    ),
    column("money among shares", "percent", [("Rp 7", CLEAR), ("5 %", "5"), ("45", "45")]),
    column(
        "numbers that a workbook showed shortened",
        OPTIONAL,
        [
            ("1,23457E+11", Bad("angka_singkat", "disingkat")),
            ("-9.87654e+15", Bad("angka_singkat", "disingkat")),
            ("1,23457E+5", "123457"),
            ("1,2346E+11", "123460000000"),
            ("1,234567E+6", "1234567"),
            ("1,23457E-03", "0.00123457"),
            ("7", "7"),
        ],
    ),
    column(
        "whole numbers that a workbook showed shortened",
        "integer",
        [("1,23457E+11", Bad("angka_singkat", "disingkat")), ("2E5", "200000")],
    ),
    column(
        "words of nothing where needed",
        REQUIRED,
        [("-", Bad("wajib")), ("n/a", Bad("wajib")), ("", Bad("wajib")), ("nihil", "0"), ("5", "5")],
    ),
    column(
        "words declared missing",
        "number, missing: [kosong, tdk ada]",
        [("kosong", None), ("Kosong", None), ("TDK  ADA", None), ("nihil", "0"), ("-", None), ("3", "3")],
    ),
    column("words declared by the contract", OPTIONAL, [("blm masuk", None), ("3", "3")], top="missing: [blm masuk]\n"),
    column("nihil declared missing", "number, missing: [nihil]", [("nihil", None), ("3", "3")]),
    column("no zero word", "number, zero: []", [("nihil", CLEAR), ("3", "3")]),
    column("dash is zero", 'number, zero: [nihil, "-"]', [("-", "0"), ("nihil", "0"), ("n/a", None), ("3", "3")]),
    column(
        "bounds",
        "number, min: 0, max: 100",
        [("0", "0"), ("100", "100"), ("-0,01", Bad("rentang")), ("100,01", Bad("rentang")), ("50", "50")],
    ),
    column(
        "integers",
        "integer",
        [("2024,0", "2024"), ("2024,5", Bad("angka")), ("1.234", "1234"), ("12", "12"), ("-3", "-3"), ("nihil", "0")],
    ),
    column(
        "integers of the other style",
        "integer",
        [("1,234", "1234"), ("12,345,678", "12345678"), ("950", "950")],
        told=[style(2)],
    ),
    column("integers readable two ways", "integer", [("2,000", AMBIGUOUS), ("5,000", AMBIGUOUS), ("12", "12")]),
    column(
        "twenty digit integers",
        "integer",
        [
            ("12345678901234567890", "12345678901234567890"),
            ("123456789012345678901", LONG),
            ("9.223.372.036.854.775.807", "9223372036854775807"),
            ("3", "3"),
        ],
    ),
    column(
        "percent as text",
        "percent",
        [
            ("40,45 %", "40.45"),
            ("40,45", "40.45"),
            ("100%", "100"),
            ("0,5%", "0.5"),
            ("7 persen", "7"),
            ("-3,5%", "-3.5"),
            ("12.5%", "12.5"),
        ],
        told=[style(8)],
    ),
    column(
        "percent of a workbook",
        "percent",
        [
            ((0.4045, "0.00%"), "40.45"),
            ((1, "0%"), "100"),
            (40.45, "40.45"),
            ("12,5%", "12.5"),
            ((0.005, "0.0%"), "0.5"),
        ],
        book=True,
    ),
    column(
        "fractions under percent",
        "percent",
        [("0,83", "0.83"), ("0,75", "0.75"), ("1", "1")],
        told=[("persen", 2, HEADER, "0,83")],
    ),
    column(
        "fractions of a workbook under percent",
        "percent",
        [(0.83, "0.83"), (0.5, "0.5")],
        book=True,
        told=[("persen", 2, HEADER, "0,83")],
    ),
    column("small percents beside large", "percent", [("0,83", "0.83"), ("75", "75")]),
    column(
        "quantity",
        "quantity",
        [("33 (tiga puluh tiga) unit", "33"), ("1.250 ekor", "1250"), ("12,5 km", "12.5"), ("5", "5"), ("", None)],
    ),
    column(
        "native numbers",
        OPTIONAL,
        [
            (1234.5, "1234.5"),
            (1234, "1234"),
            (0.1, "0.1"),
            (1e15, "1000000000000000"),
            (-7.25, "-7.25"),
            ((1234567, "#,##0"), "1234567"),
            ("1.234", "1234"),
            ("12,5", "12.5"),
        ],
        book=True,
    ),
    column(
        "native beside text of three digits",
        OPTIONAL,
        [(1234.5, "1234.5"), ("1,234", "1.234")],
        book=True,
        told=[style(3, "pecahan")],
    ),
    column(
        "text numbers of a workbook",
        OPTIONAL,
        [("1.234.567", "1234567"), (" 12 ", "12"), ("Rp 5.000,-", "5000")],
        book=True,
    ),
    column(
        "error cells",
        OPTIONAL,
        [
            ("#REF!", Bad("galat")),
            ("#N/A", Bad("galat")),
            ("#DIV/0!", Bad("galat")),
            ("#VALUE!", Bad("galat")),
            (5, "5"),
        ],
        book=True,
    ),
    column(
        "formulas never calculated",
        OPTIONAL,
        [("=1+1", Bad("rumus")), ("=SUM(B2:B3)", Bad("rumus")), (5, "5")],
        book=True,
    ),
    column("native booleans in a number", OPTIONAL, [(True, CLEAR), (5, "5")], book=True),
)
