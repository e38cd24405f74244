"""Dengue by week and year on numbers small enough to do by hand; too few persons to be shown stay out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.warehouse.small_warehouse import KAB, MORE_SOURCES, at, deliver, fill_references, fresh_warehouse, owe
from warehouse import schema
from warehouse.catalogue import BY_ID, calculate_all, calculate_indicator
from warehouse.dengue_queries import dengue_areas
from warehouse.engine import create_release, open_release
from warehouse.exploration import Question
from warehouse.explore import explore
from warehouse.filters import Filters, read_filters
from warehouse.indicators.smart_living.dengue import Week
from warehouse.indicators.smart_living.dengue_cover import covered_limits
from warehouse.rules import load_rules
from warehouse.scope import WHOLE, Reach

RULES = load_rules({})
DENGUE = "dinkes_dbd"
LAST = date(2026, 11, 14)
PAST = (date(2023, 11, 18), date(2024, 11, 16), date(2025, 11, 15))  # Saturdays of the same week of the year
AREAS = tuple(f"35.16.{number:02d}" for number in range(1, 19))


def week(end: date, cases: dict[str, int | None], **others: object) -> list[dict[str, object]]:
    """Every kecamatan reports; what is not named has no case."""
    return [
        {
            "region_code": KAB,
            "kecamatan_code": area,
            "week_end": end,
            "case_count": cases.get(area, 0),
            "death_count": 0,
            "population": 50_000,
            "announced_level": None,
        }
        | others
        for area in AREAS
    ]


def values_of(indicator: str, *weeks: list[dict[str, object]]) -> dict[tuple[date, str], object]:
    with fresh_warehouse() as connection:
        owe(connection, [row for row in MORE_SOURCES if row[0] == DENGUE])
        deliver(connection, DENGUE, [row for rows in weeks for row in rows], opd="DINKES", until=at("2026-11-15 00:00"))
        found = calculate_indicator(connection, BY_ID[f"smart_living.{indicator}"], KAB, RULES)
    return {(value.period_end, value.entity_code): value for value in found}


def history(*counts: int) -> list[list[dict[str, object]]]:
    """So many cases in the first kecamatan in the same week of past years."""
    return [week(end, {AREAS[0]: count}) for end, count in zip(PAST, counts, strict=True)]


@pytest.mark.parametrize(
    ("cases", "own", "region", "said"),
    [
        ({}, "aman", (1, "aman"), "0 dari 18 kecamatan siaga"),
        ({AREAS[0]: 4}, "aman", (1, "aman"), "0 dari 18 kecamatan siaga"),  # usual is 4
        ({AREAS[0]: 5}, "waspada", (2, "waspada"), "0 dari 18 kecamatan siaga"),
        ({AREAS[0]: 6}, "waspada", (2, "waspada"), "0 dari 18 kecamatan siaga"),  # 4 + 2 x 1: the limit is no alert
        ({AREAS[0]: 7}, "siaga", (3, "siaga"), "1 dari 18 kecamatan siaga"),
        ({AREAS[1]: 3}, "aman", (2, "waspada"), "1 dari 18 kecamatan siaga"),  # of few cases three are the least
        ({AREAS[1]: 2}, "aman", (1, "aman"), "0 dari 18 kecamatan siaga"),
        (dict.fromkeys(AREAS[1:6], 3), "aman", (3, "siaga"), "5 dari 18 kecamatan siaga"),  # more than a quarter
    ],
)
def test_level_of_a_week(cases, own, region, said):
    found = values_of("dbd_siaga", *history(3, 4, 5), week(LAST, cases))
    area, whole = found[LAST, AREAS[0]], found[LAST, KAB]
    assert (area.predikat, area.denominator) == (own, Decimal(6))
    assert (whole.value, whole.predikat, whole.reason) == (*region, said)
    assert whole.rule_version == "tingkat_dbd_siaga@1"


def test_what_was_not_reported_is_never_safe():
    found = values_of("dbd_siaga", *history(3, 4, 5), week(LAST, {AREAS[2]: None}))
    assert (found[LAST, KAB].value, found[LAST, KAB].status) == (None, "tidak lengkap")
    assert found[LAST, KAB].reason == "1 dari 18 kecamatan belum melapor"
    cases = values_of("dbd_kasus", week(LAST, {AREAS[0]: 6, AREAS[2]: None}))[LAST, KAB]
    assert (cases.value, cases.status) == (6, "tidak lengkap")
    assert cases.reason == "1 dari 18 kecamatan belum melapor; Tahun pembanding minggu ini kurang: 0 dari 3"


@pytest.mark.parametrize(
    ("years", "usual", "reason"), [(3, 4, ""), (2, None, "kurang: 2 dari 3"), (0, None, "0 dari 3")]
)
def test_an_empty_denominator_says_why(years, usual, reason):
    found = values_of("dbd_kasus", *history(3, 4, 5)[3 - years :], week(LAST, {AREAS[0]: 6}))
    for place in (KAB, AREAS[0]):
        assert (found[LAST, place].denominator, found[LAST, place].status) == (usual, "dihitung")
        assert found[LAST, place].reason.endswith(reason)
        assert bool(found[LAST, place].reason) is bool(reason)


def test_two_past_years_are_too_few():
    found = values_of("dbd_siaga", *history(3, 4, 5)[1:], week(LAST, {AREAS[0]: 40}))
    assert {value.value for value in found.values()} == {None}
    assert {value.reason for value in found.values()} == {"Tahun pembanding minggu ini kurang"}


def test_year_of_the_region_is_cases_over_persons():
    """36 cases among 18 x 50,000 persons: 4 in 100,000; a share of deaths is earned from 30 cases on."""
    rows = [week(date(2026, 11, 7), {AREAS[0]: 30}, death_count=0), week(LAST, {AREAS[1]: 6})]
    rows[0][0]["death_count"] = 3
    found = values_of("dbd_ir", *rows)
    assert (found[date(2026, 12, 31), KAB].value, found[date(2026, 12, 31), KAB].predikat) == (4, "tercapai")
    assert found[date(2026, 12, 31), AREAS[0]].value == 60
    assert found[date(2026, 12, 31), KAB].reason == "Kumulatif s.d. 14 November 2026"
    deaths = values_of("dbd_cfr", *rows)
    assert round(deaths[date(2026, 12, 31), KAB].value, 2) == Decimal("8.33")
    assert deaths[date(2026, 12, 31), AREAS[1]].status == "tidak berlaku"


def test_no_persons_no_rate():
    found = values_of("dbd_ir", week(LAST, {AREAS[0]: 6}, population=None))[date(2026, 12, 31), KAB]
    assert (found.value, found.status) == (None, "tidak lengkap")
    assert found.reason.startswith("Jumlah penduduk belum dikirim")


@pytest.mark.parametrize(
    ("reach", "counts", "region"),
    [(WHOLE, {0}, 9), (Reach(has_restricted=True), {0, 2, 7}, 9)],
    ids=["tanpa hak", "dengan hak"],
)
def test_few_persons_need_a_right(tmp_path, reach, counts, region):
    path = tmp_path / "2026-11-21.01.duckdb"
    engine = create_release(path, tmp_path)
    with engine.begin() as connection:
        fill_references(connection)
        owe(connection, [row for row in MORE_SOURCES if row[0] == DENGUE])
        rows = [row for several in (*history(3, 4, 5), week(LAST, {AREAS[0]: 7, AREAS[1]: 2})) for row in several]
        deliver(connection, DENGUE, rows, opd="DINKES", until=at("2026-11-15 00:00"))
        calculate_all(connection, KAB, RULES)
    engine.dispose()
    opened = open_release(path, reach)
    core, mart = schema.core_dengue_week, schema.mart_indicator_value
    with opened.connect() as connection:
        told = connection.execute(sa.select(core.c.case_count).where(core.c.week_end == LAST)).scalars()
        assert {count for count in told if count is not None} == counts
        own = sa.select(mart.c.entity_code, mart.c.value, mart.c.numerator, mart.c.status, mart.c.reason).where(
            mart.c.indicator_id == "smart_living.dbd_kasus", mart.c.period_end == LAST
        )
        by_area = {row.entity_code: row for row in connection.execute(own)}
        level = {one.region_code: one for one in dengue_areas(connection, KAB)}[AREAS[1]]
    opened.dispose()
    few = by_area[AREAS[1]]
    if reach.has_restricted:
        assert (few.value, few.numerator, few.status) == (2, 2, "dihitung")
    else:
        assert (few.value, few.numerator, few.status) == (None, None, "tidak ditampilkan")
        assert few.reason == "Kurang dari 5 orang, atau membuka angka sekecil itu"
        assert (by_area[AREAS[0]].status, by_area[AREAS[0]].reason) == (
            few.status,
            few.reason,
        )  # 9 less 7 would tell it
    assert by_area[KAB].value == region
    assert (level.level, level.cases) == (2, Decimal(2) if reach.has_restricted else None)


def test_the_week_before_is_the_period_before():
    found = values_of("dbd_kasus", week(LAST - timedelta(days=7), {}), week(LAST, {AREAS[0]: 5}))
    assert [key[0] for key in found if key[1] == KAB] == [LAST - timedelta(days=7), LAST]
    assert found[LAST, KAB].period_start == date(2026, 11, 8)


def test_no_difference_of_shown_counts_tells_a_small_one(tmp_path):
    """Weeks and years of every kecamatan, and the region: as a reader without the right would work it out."""
    weeks = [
        {AREAS[0]: 7, AREAS[1]: 2},
        {AREAS[0]: 9, AREAS[2]: 6},
        {AREAS[1]: 8, AREAS[2]: 5},
        {AREAS[0]: 1, AREAS[1]: 1},
    ]
    ends = [LAST - timedelta(days=7 * back) for back in range(len(weeks))]
    opened = as_read(tmp_path, [row for end, cases in zip(ends, weeks, strict=True) for row in week(end, cases)])
    mart = schema.mart_indicator_value
    persons = sa.select(mart).where(mart.c.indicator_id.in_(("smart_living.dbd_kasus", "smart_living.dbd_ir")))
    with opened.connect() as connection:
        shown = {
            (row.entity_code, row.period_end, row.period_kind): row.numerator for row in connection.execute(persons)
        }
        rows = connection.execute(sa.select(schema.core_dengue_week)).all()
    opened.dispose()
    year, areas = date(2026, 12, 31), AREAS
    sums = [((KAB, end, "week"), [(area, end, "week") for area in areas]) for end in ends]
    sums += [((area, year, "year"), [(area, end, "week") for end in ends]) for area in (*areas, KAB)]
    sums.append(((KAB, year, "year"), [(area, year, "year") for area in areas]))
    opened_up = [total for total, parts in sums if sum(shown[part] is None for part in (total, *parts)) == 1]
    assert opened_up == []
    assert shown[KAB, year, "year"] == 39
    assert {(row.kecamatan_code, row.week_end) for row in rows if row.case_count is None} == {
        (area, end) for area in areas for end in ends if shown[area, end, "week"] is None
    }


def test_a_cut_tells_no_sum_over_what_is_hidden(tmp_path):
    weeks = [week(LAST, {AREAS[0]: 7, AREAS[1]: 2}), week(LAST - timedelta(days=7), {AREAS[0]: 3})]
    opened = as_read(tmp_path, [row for rows in weeks for row in rows])
    with opened.connect() as connection:
        months = explore(connection, Question("smart_living.dbd_kasus", read_filters({"periode": "1b"})), RULES)
        areas = explore(connection, Question("smart_living.dbd_ir", Filters()), RULES)
    opened.dispose()
    (month,) = (group for group in months.groups if group.key == "2026-11-01")
    assert (month.value, month.note, months.total.value) == (
        None,
        "0 dari 2 minggu",
        None,
    )  # 3 is small, and 12 of the year less 9 would tell it
    told = {group.key: (group.value, group.numerator, group.note) for group in areas.groups}
    assert (told[AREAS[0]], told[AREAS[1]], told[AREAS[2]]) == (
        (None, None, "0 dari 1 kecamatan"),
        (None, None, "0 dari 1 kecamatan"),
        (0, 0, ""),
    )
    assert (areas.total.value, areas.total.numerator) == (None, None)
    assert (month.row_count, areas.total.row_count) == (36, 36)  # two weeks of 18 kecamatan


@pytest.mark.parametrize(
    ("past", "reach", "is_shown"),
    [
        ((3, 3, 3), WHOLE, False),  # the least squares with this sum
        ((1, 2, 1), WHOLE, False),  # fewer than five together
        ((3, 7, 8), WHOLE, False),  # the only one hidden
        ((3, 4, 5), WHOLE, True),  # which is which is not told; 5 is shown
        ((8, 9, 10), WHOLE, True),
        ((3, 3, 3), Reach(has_restricted=True), True),
    ],
)
def test_what_is_usual_tells_no_past_count(tmp_path, past, reach, is_shown):
    """Its mean and its deviation tell the sum of what is hidden and that of the squares."""
    rows = [row for several in (*history(*past), week(LAST, {AREAS[0]: 12})) for row in several]
    opened = as_read(tmp_path, rows, reach)
    mart = schema.mart_indicator_value.c
    asked = sa.select(mart.denominator).where(
        mart.indicator_id.in_(("smart_living.dbd_kasus", "smart_living.dbd_siaga")),
        mart.period_end == LAST,
        mart.entity_code == AREAS[0],
    )
    with opened.connect() as connection:
        found = [row.denominator for row in connection.execute(asked)]
        (own,) = (one for one in dengue_areas(connection, KAB) if one.region_code == AREAS[0])
    opened.dispose()
    assert [number is not None for number in found] == [is_shown] * 2
    assert (own.level_name, own.usual is not None, own.limit is not None) == ("siaga", is_shown, is_shown)


COUNTS = st.lists(st.integers(0, 9), min_size=3, max_size=6)


@given(COUNTS, st.integers(1, 3))
@settings(max_examples=200, deadline=None)
def test_no_past_count_of_few_follows_from_the_usual_of_all_years(counts, least):
    """Every mean and sum of squares that is shown, of whatever the hidden counts could be instead."""
    ends = [date.fromisocalendar(2010 + place, 20, 7) for place in range(len(counts) + 1)]
    weeks = [Week(end, {AREAS[0]: cases}, 1, False) for end, cases in zip(ends, [*counts, 12], strict=True)]
    closed = covered_limits(weeks, frozenset(), least)
    shown = [place for place in range(least, len(ends)) if (AREAS[0], ends[place]) not in closed]
    hidden = [place for place, cases in enumerate(counts) if 0 < cases < 5]

    def told(supposed):
        return [(sum(supposed[:place]), sum(one * one for one in supposed[:place])) for place in shown]

    possible = []
    for values in product(range(1, 5), repeat=len(hidden)):
        supposed = list(counts)
        for place, cases in zip(hidden, values, strict=True):
            supposed[place] = cases
        if told(supposed) == told(counts):
            possible.append(values)
    assert all(len(set(one)) > 1 for one in zip(*possible, strict=True))


def as_read(tmp_path, rows, reach=WHOLE):
    path = tmp_path / "2026-11-21.01.duckdb"
    engine = create_release(path, tmp_path)
    with engine.begin() as connection:
        fill_references(connection)
        owe(connection, [row for row in MORE_SOURCES if row[0] == DENGUE])
        deliver(connection, DENGUE, rows, opd="DINKES", until=at("2026-11-15 00:00"))
        calculate_all(connection, KAB, RULES)
    engine.dispose()
    return open_release(path, reach)
