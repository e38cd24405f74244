"""Levels of indicators: the index by the pack of their year, each assessor by itself, what is missing told in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.warehouse.small_warehouse import KAB, LEVELS, at, deliver, fresh_warehouse, level_rows, owe_levels
from warehouse import queries
from warehouse.catalogue import calculate_all
from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, RowKey, Scope
from warehouse.indicators.spbe import asesor, mandiri
from warehouse.indicators.spbe.levels import LevelRow, pack_of_year, read_assessment
from warehouse.rules import load_rules
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
SCOPE = Scope(KAB, "Kabupaten Mojokerto", "Tingkat indikator", ("DISKOMINFO",), None)


def rows(year: int, levels: dict[str, str], assessor: str = "mandiri") -> list[LevelRow]:
    return [LevelRow(year, code, assessor, Decimal(level), False) for code, level in levels.items()]


def everywhere(level: str, count: int, **others: str) -> dict[str, str]:
    """One level for all indicators but those named: `i7="5"`."""
    named = {code.removeprefix("i"): value for code, value in others.items()}
    return {str(no): level for no in range(1, count + 1)} | named


def calculate(module, given: list[LevelRow]):
    return module.INDICATOR.calculate(Dataset(SCOPE, tuple(given)), RULES)


@pytest.mark.parametrize(
    ("year", "levels", "index", "predikat", "version"),
    [
        (2024, everywhere("3", 47), "3.00", "Baik", "permenpanrb_59_2020@1"),
        (2024, everywhere("3", 47, i32="5", i33="5"), "3.11", "Baik", "permenpanrb_59_2020@1"),
        (2026, everywhere("3", 20), "3.00", "Baik", "permenpanrb_8_2026@1"),
        (2026, everywhere("3", 20, i20="5", i19="5"), "3.50", "Sangat Baik", "permenpanrb_8_2026@1"),
        (2026, everywhere("3", 20, i5="2.5"), "2.98", "Baik", "permenpanrb_8_2026@1"),  # 2,975
    ],
)
def test_the_pack_of_the_year_judges(year, levels, index, predikat, version):
    (value,) = calculate(mandiri, rows(year, levels))
    assert (value.value, value.predikat, value.rule_version) == (Decimal(index), predikat, version)
    assert value.numerator is not None and value.denominator == 100
    assert value.period_start == date(year, 1, 1)


@pytest.mark.parametrize(
    ("year", "levels", "status", "words"),
    [
        (2017, everywhere("3", 47), ValueStatus.NOT_APPLICABLE, "Tahun 2017 tidak dicakup"),
        (2026, everywhere("3", 18), ValueStatus.INCOMPLETE, "Tingkat indikator 19, 20 belum diisi"),
        (2024, everywhere("3", 20), ValueStatus.INCOMPLETE, "Tingkat 27 indikator belum diisi"),
        (
            2024,
            everywhere("3", 47, i4="2.5"),
            ValueStatus.INCOMPLETE,
            "indikator 4: 2,5 bukan tingkat bulat 1 sampai 5",
        ),
        (2026, everywhere("3", 20, i4="0"), ValueStatus.INCOMPLETE, "indikator 4: 0 bukan tingkat 1 sampai 5"),
    ],
)
def test_no_value_has_a_reason(year, levels, status, words):
    (value,) = calculate(mandiri, rows(year, levels))
    assert (value.value, value.status) == (None, status)
    assert words in value.reason


def test_a_number_the_regulation_lacks_is_told_and_counts_for_nothing():
    (value,) = calculate(mandiri, rows(2026, everywhere("3", 21)))
    assert (value.value, value.reason) == (Decimal("3.00"), "PermenPANRB 8/2026 tidak punya indikator 21")


def test_each_of_the_two_is_judged_alone():
    given = [*rows(2026, everywhere("4", 20)), *rows(2026, everywhere("2", 3), "asesor")]
    (own,), (other,) = calculate(mandiri, given), calculate(asesor, given)
    assert (own.value, other.value, other.status) == (Decimal("4.00"), None, ValueStatus.INCOMPLETE)
    (nobody,) = calculate(asesor, rows(2026, everywhere("4", 20)))
    assert (nobody.status, nobody.reason) == (ValueStatus.NO_DATA, "Penilaian asesor 2026 belum disampaikan")


@pytest.mark.parametrize(
    ("year", "name", "count"), [(2019, "SPBE", 37), (2023, "SPBE", 47), (2026, "Pemdi", 20), (2030, "Pemdi", 20)]
)
def test_what_a_year_is_judged_by(year, name, count):
    pack = pack_of_year(RULES, year)
    assert (pack.index_name, len(pack.indicators)) == (name, count)
    assert read_assessment([], pack).missing[0] == "1"


def test_levels_are_asked_for_by_year_and_lead_back_to_their_rows():
    with fresh_warehouse() as connection:
        owe_levels(connection)
        deliver(connection, LEVELS, level_rows(2024, 47, "3", region="35.76"), opd="DISKOMINFO")
        deliver(connection, LEVELS, [*level_rows(2026, 20, "3"), *level_rows(2026, 1, "2", "asesor")], is_sample=True)
        assert queries.spbe_level_years(connection, KAB) == (2026,)
        frame = queries.spbe_levels(connection, KAB, 2026)
        assert (len(frame), set(frame["assessor"]), bool(frame["is_sample"].all())) == (21, {"mandiri", "asesor"}, True)
        assert calculate_all(connection, KAB, RULES)
        key = RowKey(KAB, KAB, date(2026, 1, 1), date(2026, 12, 31))
        behind = queries.indicator_rows(connection, mandiri.INDICATOR, key)
        assert behind is not None and behind.row_count == 20


def test_the_line_of_a_figure_never_joins_two_schemes():
    settings = load_settings(profile="kabupaten_mojokerto")
    with fresh_warehouse() as connection:
        owe_levels(connection)
        for year, count in ((2024, 47), (2025, 47), (2026, 20)):
            deliver(connection, LEVELS, level_rows(year, count, "3"), opd="DISKOMINFO")
        calculate_all(connection, KAB, RULES)
        view = read_wall_view(connection, settings, RULES, at("2026-11-21 16:08"))
    assert [point.label for point in view.figures["spbe.mandiri"].trend] == ["2026"]
