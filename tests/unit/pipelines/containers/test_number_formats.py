"""What a format code shows beside the digits of a number, as a spreadsheet with Indonesian settings draws it."""

from __future__ import annotations

import pytest

from pipelines.containers.number_formats import as_shown, dress_of
from pipelines.reading.grids import ShownCell


@pytest.mark.parametrize(
    ("code", "value", "shown", "words", "scale"),
    [
        ('0.0" kg"', 12.25, "12,3 kg", "kg", 0),
        ("General\\ \\u\\n\\i\\t", 1234.5, "1234,5 unit", "unit", 0),
        ("#,##0 [$IDR-421]", 1500, "1.500 IDR", "IDR", 0),
        ('"Rp" #,##0;("Rp" #,##0)', -1500, "(Rp 1.500)", "Rp", 0),
        ("0,", 1234567, "1235", "", 1),
        ('0.0,,"jt"', 1234567, "1,2jt", "jt", 2),
        ('#,##0,,,.0 "M"', 1234567890123, "1.234,6 M", "M", 3),
        ('[>=1000000]0.0,," jt";[Red]0', 2500000, "2,5 jt", "jt", 2),
        ('"TPA-"000', 7, "TPA-007", "TPA", 0),
        ('[=1]"L";[=2]"P";0', 2, "P", "P", 0),
        (";;;", 5, "", "", 0),
    ],
)
def test_a_format_that_says_more_or_less_is_told(code, value, shown, words, scale):
    cell = dress_of(code).put_on(value)
    assert isinstance(cell, ShownCell)
    assert (cell.shown, cell.look.words, cell.look.scale) == (shown, words, scale)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0",
        "#,##0.00",
        "#,##0_);(#,##0)",
        "0.00E+00",
        "dd/mm/yyyy",
        "[h]:mm",
        '0.0%" lebih"',
        "@",
        "# ?/?",
        "(0)",
    ],
)
def test_a_format_of_digits_dates_and_percentages_says_nothing(code):
    assert dress_of(code) is None


@pytest.mark.parametrize(
    ("code", "value"),
    [('0;-0;"-"', 0), ("0;-0;;@", 0), ('[>=1000000]0.0,," jt";0', 20), ('0" kg"', "12"), ('0" kg"', True)],
)
def test_what_a_format_says_of_other_cells_is_not_said(code, value):
    assert dress_of(code).put_on(value) == value


@pytest.mark.parametrize(
    "code", ['"', "\\", "_", "*", "[", "[$", '0"', ";;;;;;", ",,,", "[>]0", "[>=x]0", "[=<1]0", "0" * 5000]
)
def test_no_broken_format_surprises(code):
    dress = dress_of(code)
    assert dress is None or str(dress.put_on(1234567.5)) is not None


@pytest.mark.parametrize(
    ("value", "text", "words", "scale"),
    [(12.5, "12,5 kg", "kg", 0), (1234567.0, "1.235", "", 1), (1234567.0, "1,2 jt", "jt", 2), (5.0, " ", "", 0)],
)
def test_what_a_cell_of_an_open_document_shows_is_held_against_it(value, text, words, scale):
    cell = as_shown(value, text)
    assert (cell.look.words, cell.look.scale, cell.shown) == (words, scale, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567.5, "1.234.567,5"), (2.75, "3"), (0.4, "0"), (1.5e20, "1,5E+20"), (0.0, "-"), (-5.0, "(5)"), (7.0, "")],
)
def test_a_cell_that_shows_its_number_rounded_or_with_signs_is_a_number(value, text):
    assert as_shown(value, text) == value
