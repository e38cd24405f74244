"""How far a share, a mean and a capped mean are from a limit, in what can be counted."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas.margin import Room, fewest_to_lift, is_met, next_may_reach, room_of_share

COUNT = st.integers(0, 400)


@pytest.mark.parametrize(
    ("part", "whole", "limit", "better", "room"),
    [
        ("6", "157", "5", "lower", Room(Decimal(1), True)),  # 7 of 157 is 4,46 %, 8 would be 5,10 %
        ("8", "157", "5", "lower", Room(Decimal(1), False)),
        ("147", "157", "90", "higher", Room(Decimal(5), True)),
        ("140", "157", "90", "higher", Room(Decimal(2), False)),
        ("90", "100", "90", "higher", Room(Decimal(0), True)),
        ("46168.55", "164117.17", "30", "higher", Room(Decimal("3066.601"), False)),
    ],
)
def test_room_of_a_share(part, whole, limit, better, room):
    assert room_of_share(Decimal(part), Decimal(whole), Decimal(limit), better) == room


@pytest.mark.parametrize(
    ("part", "room"),
    [("5", Room(Decimal(4), True)), ("10", Room(Decimal(1), False)), ("12", Room(Decimal(3), False))],
)
def test_room_below_a_limit_that_is_itself_beyond(part, room):
    """Fatality of less than 1 % of a thousand cases: nine deaths, not ten."""
    assert room_of_share(Decimal(part), Decimal(1000), Decimal(1), "lower", is_excluded=True) == room


@given(COUNT, st.integers(1, 400), st.integers(0, 100), st.sampled_from(["higher", "lower"]), st.booleans())
def test_whole_room_is_the_last_step_that_keeps_or_reaches_the_limit(part, whole, limit, better, is_excluded):
    room = room_of_share(Decimal(part), Decimal(whole), Decimal(limit), better, is_excluded=is_excluded)
    towards = 1 if (better == "lower") == room.is_met else -1

    def met(steps: int) -> bool:
        share = Decimal(part + towards * steps) * 100 / whole
        return is_met(share, Decimal(limit), better, is_excluded=is_excluded)

    steps = int(room.amount)
    assert room.is_met == met(0)
    assert met(steps)
    assert not met(steps + 1 if room.is_met else steps - 1)


@pytest.mark.parametrize(
    ("total", "count", "limit", "most"),
    [("238", "18", "15", "47"), ("0", "0", "15", "15"), ("300", "10", "15", None), ("165", "10", "15", "0")],
)
def test_what_the_next_event_may_take(total, count, limit, most):
    assert next_may_reach(Decimal(total), Decimal(count), Decimal(limit)) == (None if most is None else Decimal(most))


@given(st.lists(st.integers(0, 130), min_size=1, max_size=6), st.integers(1, 100))
def test_fewest_to_lift_against_every_choice(values, goal):
    scores = [Decimal(value) for value in values]
    found = fewest_to_lift(scores, Decimal(100), Decimal(goal))
    capped = [min(value, 100) for value in values]
    sizes = [
        size
        for size in range(len(values) + 1)
        for raised in combinations(range(len(values)), size)
        if sum(100 if place in raised else value for place, value in enumerate(capped)) >= goal * len(values)
    ]
    assert found is not None
    assert len(found.places) == min(sizes)
    assert found.mean == sum(Decimal(100 if p in found.places else v) for p, v in enumerate(capped)) / len(values)


def test_a_goal_above_the_cap_is_out_of_reach():
    assert fewest_to_lift([Decimal(90)], Decimal(100), Decimal(101)) is None
