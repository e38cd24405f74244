"""The year asked for is one rule for every scheme: it judges all rows, before the year or day a row has."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.warehouse.rules.judged import RULES
from warehouse.evaluation.cases import beside_validity
from warehouse.evaluation.csv_rows import read_rows
from warehouse.evaluation.model import Case, InputProblem, Request, Scheme
from warehouse.evaluation.schemes import SCHEMES

ONE_YEAR = "dbd-siaga"  # rows of several years: the year asked for is the one that is judged
SERIES = "stunting"  # the years of one series stand side by side
WITH_YEAR = [
    (scheme, column.name)
    for scheme in SCHEMES
    for column in scheme.columns
    if column.name in ("tahun", "year") and scheme.id not in (ONE_YEAR, SERIES)
]


def judged(scheme: Scheme, text: str, year: int | None) -> list[Case]:
    request = Request(year, {option.name: option.values[0] for option in scheme.options})
    return [
        beside_validity(case, request) for case in scheme.evaluate(read_rows(text.encode(), scheme), RULES, request)
    ]


def with_year(scheme: Scheme, column: str, year: int) -> str:
    """The sample of a scheme with the same year in every row."""
    header, *rows = scheme.sample.splitlines()
    if column not in header.split(","):
        return "\n".join([f"{column},{header}", *(f"{year},{row}" for row in rows)])
    place = header.split(",").index(column)
    cells = [row.split(",") for row in rows]
    return "\n".join([header, *(",".join([*row[:place], str(year), *row[place + 1 :]]) for row in cells)])


@pytest.mark.parametrize(("scheme", "column"), WITH_YEAR, ids=lambda value: getattr(value, "id", value))
def test_the_year_asked_for_stands_before_that_of_the_row(scheme, column):
    own = judged(scheme, with_year(scheme, column, 2023), None)
    asked = judged(scheme, with_year(scheme, column, 2000), 2023)
    assert [(case.pack, case.results, case.status) for case in asked] == [
        (case.pack, case.results, case.status) for case in own
    ]


@pytest.mark.parametrize("year", [1999, 2019, 2024, 2040])
@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_rules_of_another_year_are_never_used_in_silence(scheme, year):
    try:
        cases = judged(scheme, scheme.sample, year)
    except InputProblem:  # the rules of that year do not take those columns, or no row is of it: that is told
        return
    for case in cases:
        if case.pack is not None and not case.pack.covers(date(year, 12, 31)):
            assert any("berlaku mulai" in sentence for sentence in case.explanation)


def test_a_row_keeps_its_own_year_as_its_name():
    (scheme,) = (one for one in SCHEMES if one.id == "spbe")
    (case,) = judged(scheme, "tahun,d1,d2,d3,d4\n2024,4.50,3.80,2.82,4.75\n", 2023)
    assert (case.key["tahun"], str(case.results["indeks"])) == (2024, "4.16")
    (before,) = judged(scheme, "tahun,d1,d2,d3\n2024,2.06,2.29,3.00\n", 2018)
    assert (before.key["tahun"], str(before.results["indeks"])) == (2024, "2.64")
