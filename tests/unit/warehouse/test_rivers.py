"""The level of rivers: each post by its own thresholds, the region by its worst post, and silence is never normal."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.warehouse.small_warehouse import KAB, MORE_SOURCES, at, deliver, fresh_warehouse, owe
from warehouse.catalogue import BY_ID, calculate_indicator
from warehouse.figures import ValueStatus
from warehouse.indicators.smart_environment.river import delivered_levels
from warehouse.rules import load_rules
from warehouse.rules.nodes import parse_number

RIVER, LIMITS = "dpupr_pos_air", "dpupr_ambang_pos"
RULES = load_rules({})
DONE, PART, NONE, NOT = (
    ValueStatus.CALCULATED,
    ValueStatus.INCOMPLETE,
    ValueStatus.NO_DATA,
    ValueStatus.NOT_APPLICABLE,
)
DAY = "2026-11-20"


def reading(post, value, when=f"{DAY} 07:00", parameter="tma_m"):
    own = {"region_code": KAB, "station_name": post, "parameter_code": parameter}
    return own | {"measured_at": at(when), "value": float(value)}


def limits(post, bounds, since="2026-01-01", parameter="tma_m"):
    """`bounds` as a sheet has them: "2/2.5/3//", green, yellow, red, watch, danger."""
    names = ("hijau_limit", "kuning_limit", "merah_limit", "siaga_limit", "bahaya_limit")
    values = [parse_number(text) if text else None for text in bounds.split("/")]
    own = {"region_code": KAB, "station_name": post, "parameter_code": parameter, "river_name": None, "basis": None}
    return own | {"valid_from_date": at(f"{since} 00:00").date()} | dict(zip(names, values, strict=True))


@pytest.fixture
def connection():
    with fresh_warehouse() as opened:
        owe(opened, [row for row in MORE_SOURCES if row[0] in (RIVER, LIMITS)])
        yield opened


def calculated(connection, *readings, known=()):
    if known:
        deliver(connection, LIMITS, known, opd="DPUPR", until=at("2026-11-20 00:00"))
    deliver(connection, RIVER, readings, opd="DPUPR", until=at("2026-11-20 08:00"))
    found = calculate_indicator(connection, BY_ID["smart_environment.siaga_sungai"], KAB, RULES)
    return {(one.entity_code, one.period_start.isoformat()): one for one in found}


@pytest.mark.parametrize(
    ("post", "bounds", "read", "told"),
    [
        ("PA-01", "2/2.5/3//", ("1.99", "tma_m"), (0, "normal", "2.5")),
        ("PA-01", "2/2.5/3//", ("2", "tma_m"), (1, "hijau", "2.5")),  # the threshold itself is reached
        ("PA-01", "2/2.5/3//", ("2.49", "tma_m"), (1, "hijau", "2.5")),
        ("PA-01", "2/2.5/3//", ("2.5", "tma_m"), (2, "kuning", "2.5")),
        ("PA-01", "2/2.5/3//", ("9", "tma_m"), (3, "merah", "2.5")),
        ("PA-01", "///1/1.5", ("1.2", "tma_m"), (2, "siaga", "1")),
        ("PA-01", "2////", ("2.4", "tma_m"), (1, "hijau", None)),  # nothing of it asks for an answer
        ("Brangkal", "", ("22.9", "tma_m"), (2, "siaga", "22.9")),  # published thresholds
        ("rolak  SONGO", "", ("1332.61", "debit_m3_s"), (1, "hijau", "1400")),
        ("Brangkal", "20/21/22//", ("21.5", "tma_m"), (2, "kuning", "21")),  # what was delivered goes before
    ],
)
def test_a_post_by_its_own_thresholds(connection, post, bounds, read, told):
    value, parameter = read
    known = [limits(post.upper(), bounds, parameter=parameter)] if bounds else []
    found = calculated(connection, reading(post, value, parameter=parameter), known=known)[post, DAY]
    answered = None if found.denominator is None else f"{found.denominator.normalize():f}"
    assert (found.value, found.predikat, answered) == told
    assert (found.numerator, found.status, found.rule_version) == (Decimal(value), DONE, "derajat_siaga@1")


@pytest.mark.parametrize(
    ("post", "bounds", "parameter", "reason"),
    [
        ("PA-01", "", "tma_m", "Pos tanpa ambang"),
        ("Brangkal", "", "debit_m3_s", "Pos tanpa ambang"),  # its thresholds are of another unit
        ("PA-01", "2/2/3//", "tma_m", "Ambang pos ini tidak naik"),
    ],
)
def test_a_post_without_thresholds_has_no_level(connection, post, bounds, parameter, reason):
    known = [limits(post, bounds, parameter=parameter)] if bounds else []
    found = calculated(connection, reading(post, "1", parameter=parameter), known=known)
    assert (found[post, DAY].value, found[post, DAY].status, found[post, DAY].reason) == (None, NOT, reason)
    assert (found[KAB, DAY].status, found[KAB, DAY].reason) == (NOT, "Tidak ada pos dengan ambang")


def test_the_highest_of_a_day_and_the_worst_of_the_posts(connection):
    readings = (
        reading("A", "1.0"),
        reading("A", "2.1", f"{DAY} 09:00"),
        reading("A", "1.4", f"{DAY} 12:00"),
        reading("B", "24"),
        reading("C", "99"),  # without a threshold: no level, and it hides nobody
    )
    found = calculated(connection, *readings, known=[limits("A", "2/2.5/3//"), limits("B", "20/30/40//")])
    region = found[KAB, DAY]
    assert (found["A", DAY].numerator, found["B", DAY].predikat) == (Decimal("2.1"), "hijau")
    # both are green; A stands at 84 % of its yellow, B at 80 %
    assert (region.value, region.predikat, region.determinant, region.status, region.reason) == (
        1,
        "hijau",
        "A",
        DONE,
        "",
    )


def test_a_post_that_fell_silent_leaves_the_day_incomplete(connection):
    posts = [limits("A", "2/2.5/3//"), limits("B", "2/2.5/3//")]
    readings = [
        reading("B", "2.6", "2026-11-12 07:00"),
        *(reading("A", "1", f"2026-11-{day} 07:00") for day in (12, 14, 20)),
    ]
    found = calculated(connection, *readings, known=posts)
    told = {day: found[KAB, f"2026-11-{day}"] for day in range(12, 21)}
    assert (told[12].value, told[12].status) == (2, DONE)
    assert (told[13].value, told[13].status, told[13].reason) == (None, NONE, "2 dari 2 pos tanpa bacaan: A, B")
    assert (told[14].value, told[14].status, told[14].reason) == (0, PART, "1 dari 2 pos tanpa bacaan: B")
    assert (told[20].value, told[20].status) == (0, DONE)  # after a week nobody waits for B


def test_a_day_is_judged_by_the_thresholds_in_force(connection):
    known = [limits("A", "2/2.5/3//"), limits("a", "1/1.5/1.8//", "2026-11-20")]
    found = calculated(connection, reading("A", "1.6", "2026-11-19 07:00"), reading("A", "1.6"), known=known)
    assert [found["A", day].predikat for day in ("2026-11-19", DAY)] == ["normal", "kuning"]


def test_thresholds_must_rise():
    assert delivered_levels((Decimal(2), None, Decimal(1), None, None)) == ()
    rising = delivered_levels((Decimal(3), Decimal(4), None, Decimal(2), None))
    assert [level for level, _bound in rising] == ["siaga", "hijau", "kuning"]
