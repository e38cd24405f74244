"""The cheapest way up: against every possible plan on small indices, and recomputed on the real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.formulas.path_to_predikat import Start, cheapest_paths, lower_limit, what_if
from warehouse.indicators.spbe.weighted_index import index_of
from warehouse.rules import Band, Weighted, load_rules

RULES = load_rules({})
SPBE = RULES.index_pack("spbe", date(2024, 12, 31))
PEMDI = RULES.index_pack("pemdi", date(2026, 12, 31))
BANDS = {band.name: band for band in SPBE.bands}


def small_pack(weights):
    items = tuple(Weighted(no, f"Indikator {no}", Decimal(weight)) for no, weight in enumerate(weights, 1))
    return replace(SPBE, highest_level=4, indicators=items, total_weight=sum(item.weight for item in items))


def every_plan(starts, pack, limit):
    """(cost, steps, -index) of each way that reaches the limit."""
    weight = {item.no: item.weight for item in pack.indicators}
    reached = []
    for after in product(*(range(int(s.at_least or s.level), int(s.at_most or 4) + 1) for s in starts)):
        steps = [int(level - start.level) for level, start in zip(after, starts, strict=True)]
        index = sum(Decimal(level) * weight[start.no] for level, start in zip(after, starts, strict=True))
        if min(steps) >= 0 and index / pack.total_weight >= limit:
            cost = sum(start.cost * count for start, count in zip(starts, steps, strict=True))
            reached.append((cost, sum(steps), -index / pack.total_weight))
    return sorted(reached)


@st.composite
def small_cases(draw):
    count = draw(st.integers(2, 4))
    weights = draw(st.lists(st.sampled_from(["1.30", "2.5", "2.75", "3"]), min_size=count, max_size=count))
    starts = []
    for no in range(1, count + 1):
        level = draw(st.integers(1, 4))
        at_most = draw(st.sampled_from([None, level, 4]))
        at_least = draw(st.sampled_from([None, None, level, at_most]))
        cost = draw(st.sampled_from(["1", "1", "2", "0.5", "3.7"]))
        starts.append(Start(no, *(Decimal(text) for text in (level, cost)), *map(as_decimal, (at_least, at_most))))
    return small_pack(weights), starts, Band("sasaran", draw(st.decimals("1", "4", places=1)), Decimal(5), False)


def as_decimal(value):
    return None if value is None else Decimal(value)


@settings(max_examples=120, deadline=None)
@given(small_cases())
def test_no_plan_is_cheaper_and_each_is_recomputed(case):
    pack, starts, target = case
    expected = every_plan(starts, pack, target.lower)
    found = cheapest_paths(starts, pack, target)
    assert bool(found.plans) == bool(expected)
    seen = [(plan.cost, plan.step_count, -plan.index) for plan in found.plans]
    assert seen == sorted(seen)
    if expected:
        assert seen[0] == expected[0]
    else:
        assert found.highest_index < target.lower
    for plan in found.plans:
        changes = {move.no: move.after for move in plan.moves}
        assert what_if({start.no: start.level for start in starts}, changes, pack) == (plan.index, plan.predikat)
        assert plan.index >= target.lower
        by_no = {start.no: start for start in starts}
        assert all(move.after <= (by_no[move.no].at_most or 4) for move in plan.moves)
        assert all((one.at_least or 0) <= changes.get(one.no, one.level) for one in starts)
        spare = (plan.index - target.lower) * pack.total_weight
        weight = {item.no: item.weight for item in pack.indicators}
        pinned = [move.no for move in plan.moves if by_no[move.no].at_least == move.after]
        assert all(weight[move.no] > spare for move in plan.moves if move.no not in pinned)
    assert len({tuple((m.no, m.after) for m in plan.moves) for plan in found.plans}) == len(found.plans)


def starts_at(level: str, pack, **special) -> list[Start]:
    return [
        replace(Start(item.no, Decimal(level)), **special.get(f"i{item.no}", {})) for item in pack.indicators
    ]  # fmt: skip


def test_the_fewest_levels_of_a_real_index():
    found = cheapest_paths(starts_at("3", SPBE), SPBE, BANDS["Sangat Baik"])
    assert [plan.step_count for plan in found.plans] == [18, 18, 18, 18]  # 12 x 3.00 + 6 x 2.75 = 52.5 of 50 points
    best = found.plans[0]
    assert (best.index, best.predikat) == (Decimal("3.525"), "Sangat Baik")
    assert all(plan.index >= Decimal("3.5") for plan in found.plans)


def test_a_predikat_already_reached_needs_nothing_and_one_out_of_reach_says_how_far():
    assert cheapest_paths(starts_at("3", SPBE), SPBE, BANDS["Cukup"]).plans[0].moves == ()
    only = {f"i{item.no}": {"at_most": Decimal(3)} for item in SPBE.indicators if item.no != 47}
    found = cheapest_paths(starts_at("3", SPBE, **only), SPBE, BANDS["Memuaskan"])
    assert (found.plans, found.highest_index) == ((), Decimal("3.06"))


def test_pins_and_exclusions_are_kept():
    special = {"i1": {"at_least": Decimal(5)}, "i47": {"at_most": Decimal(3)}}
    for plan in cheapest_paths(starts_at("3", SPBE, **special), SPBE, BANDS["Sangat Baik"]).plans:
        after = {move.no: move.after for move in plan.moves}
        assert after[1] == 5
        assert 47 not in after
        assert all(47 not in move.instead for move in plan.moves)
    with pytest.raises(ValueError, match="indikator 1 harus mencapai 5"):
        cheapest_paths(
            starts_at("3", SPBE, i1={"at_least": Decimal(5), "at_most": Decimal(4)}), SPBE, BANDS["Baik"]
        )  # fmt: skip


def test_costs_of_their_own_are_solved_exactly_and_soon():
    costs = {f"i{item.no}": {"cost": Decimal(17 + item.no * item.no % 53)} for item in SPBE.indicators}
    found = cheapest_paths(starts_at("2", SPBE, **costs), SPBE, BANDS["Sangat Baik"])
    assert len(found.plans) == 4
    assert [plan.cost for plan in found.plans] == sorted(plan.cost for plan in found.plans)
    assert all(index_of({m.no: m.after for m in plan.moves} | {
        item.no: Decimal(2) for item in SPBE.indicators if item.no not in {m.no for m in plan.moves}
    }, SPBE) == plan.index >= Decimal("3.5") for plan in found.plans)  # fmt: skip


def test_a_fraction_rises_to_the_next_whole_level():
    starts = [Start(item.no, Decimal("3.4") if item.no == 20 else Decimal(3)) for item in PEMDI.indicators]
    found = cheapest_paths(starts, PEMDI, PEMDI.bands[3])  # 3.50: 44 points missing
    best = found.plans[0]
    assert best.step_count == 4  # 20 gives 9 and 15 points, 19 twice 10
    assert (best.index, best.predikat) == (Decimal("3.5"), "Sangat Baik")


def test_where_the_rounded_index_counts_half_a_hundredth_less_will_do():
    rounded = replace(SPBE, predikat_on="rounded")
    assert (lower_limit(BANDS["Memuaskan"], SPBE), lower_limit(BANDS["Memuaskan"], rounded)) == (
        Decimal("4.2"),
        Decimal("4.195"),
    )
    assert rounded.predikat(Decimal("4.195")) == "Memuaskan"
    assert rounded.predikat(Decimal("4.1949")) == "Sangat Baik"
