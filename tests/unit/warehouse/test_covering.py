"""Small counts and what goes with them: by hand, and over random tables of weeks and kecamatan."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.formulas.covering import covered_counts, is_few
from warehouse.formulas.following import follows, joined, open_ways

FEW = 5


def is_told(key, counts, hidden, sums):
    ends, ways = joined(sums), {}
    open_ways(ways, counts, hidden, ends)
    return follows(key, counts, ends, ways)


STEADY = settings(deadline=None, derandomize=True, database=None, max_examples=150)


@pytest.mark.parametrize(
    ("parts", "also"),
    [
        ({"a": 7, "b": 9, "c": 0}, set()),  # nothing small
        ({"a": 2, "b": 9, "c": 7}, {"c"}),  # the next smallest goes with the only small one
        ({"a": 2, "b": 9, "c": 0}, {"b"}),  # never a zero
        ({"a": 1, "b": 1, "c": 8, "d": 6}, {"d"}),  # two small ones that are small together
        ({"a": 3, "b": 4, "c": 8}, set()),  # 7 may be 3 and 4 or 4 and 3
        ({"a": 4, "b": 4, "c": 9}, {"c"}),  # 8 of two small ones can only be 4 and 4
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 9}, {"f"}),  # and 5 of five only ones
        ({"a": 2, "b": 1}, set()),  # the total itself is small
    ],
)
def test_one_sum_by_hand(parts, also):
    counts = parts | {"all": sum(parts.values())}
    assert covered_counts(counts, [("all", tuple(parts))], FEW) == also


def test_what_goes_with_a_small_count_needs_cover_itself():
    """a1 is small; c1 goes with it in its row, and then a2 and c2 have to in the columns."""
    counts = {"a1": 2, "b1": 9, "c1": 6, "a2": 7, "b2": 8, "c2": 9, "r1": 17, "r2": 24, "a": 9, "b": 17, "c": 15}
    sums = [
        ("r1", ("a1", "b1", "c1")),
        ("r2", ("a2", "b2", "c2")),
        ("a", ("a1", "a2")),
        ("b", ("b1", "b2")),
        ("c", ("c1", "c2")),
    ]
    assert covered_counts(counts, sums, FEW) == {"c1", "a2", "c2"}


@STEADY
@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=3))
def test_no_small_count_follows_from_one_sum(table):
    counts, sums = laid_out(table)
    also = covered_counts(counts, sums, FEW)
    hidden = {key for key, count in counts.items() if is_few(count, FEW)} | also
    assert not any(counts[key] == 0 for key in hidden)
    for total, parts in sums:
        unknown = [key for key in (total, *parts) if key in hidden]
        assert len(unknown) != 1
        if total not in hidden and unknown:
            assert sum(counts[key] for key in unknown) >= FEW


def laid_out(table):
    height, width = range(len(table)), range(len(table[0]))
    counts = {f"{row}.{column}": count for row, cells in enumerate(table) for column, count in enumerate(cells)}
    rows = [(f"r{row}", tuple(f"{row}.{column}" for column in width)) for row in height]
    columns = [(f"c{column}", tuple(f"{row}.{column}" for row in height)) for column in width]
    counts |= {total: sum(counts[part] for part in parts) for total, parts in (*rows, *columns)}
    whole = [("all", tuple(total for total, _parts in rows)), ("all", tuple(total for total, _parts in columns))]
    counts["all"] = sum(counts[total] for total, _parts in rows)
    return counts, [*rows, *columns, *whole]


def test_a_bridge_between_two_squares_is_told_by_all_sums_together():
    """Every row and column hides two or three, yet 0.2 is what rows 0 and 1 have beyond columns 0 and 1."""
    counts, sums = laid_out([[9, 9, 3, 6], [9, 9, 6, 7], [6, 6, 9, 9], [6, 6, 9, 9]])
    squares = {"0.0", "0.1", "1.0", "1.1", "2.2", "2.3", "3.2", "3.3"}
    assert is_told("0.2", counts, squares | {"0.2"}, sums)
    assert not is_told("0.2", counts, squares | {"0.2", "1.3"}, sums)
    assert not is_told("0.0", counts, squares, sums)


@STEADY
@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=3))
def test_no_small_count_follows_from_all_sums_together(table):
    counts, sums = laid_out(table)
    also = covered_counts(counts, sums, FEW)
    small = {key for key, count in counts.items() if is_few(count, FEW)}
    assert not [key for key in small if is_told(key, counts, small | also, sums)]


@STEADY
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=2),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_a_count_follows_where_trying_every_other_finds_none(table, choices):
    """Every other set of hidden counts one apart from the true ones: a cycle changes each of its counts by one."""
    counts, sums = laid_out(table)
    hidden = [key for key, chosen in zip(counts, choices, strict=True) if chosen and counts[key] > 0][:6]
    others = set()
    for moved in product((-1, 0, 1), repeat=len(hidden)):
        tried = counts | {key: counts[key] + step for key, step in zip(hidden, moved, strict=True)}
        is_possible = all(tried[key] >= 1 for key in hidden)
        if is_possible and all(tried[total] == sum(tried[part] for part in parts) for total, parts in sums):
            others |= {key for key in hidden if tried[key] != counts[key]}
    assert {key for key in hidden if not is_told(key, counts, set(hidden), sums)} == others
