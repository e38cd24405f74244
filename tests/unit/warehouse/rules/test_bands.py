"""Every pack with classes covers its whole range once: no value between two classes, none in two, none out of order."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.rules import IndexPack, RuleBook, ScalePack, load_rules
from warehouse.rules.level_packs import Graded, LevelPack

BOOK = load_rules({})
TINY = Decimal("0.000001")
Inside = list[bool]


def with_options(book: RuleBook) -> list[ScalePack]:
    """Every scale as printed, and with each set of bounds a region may choose instead."""
    found = list(book.scale_packs)
    for pack in book.scale_packs:
        found += [load_rules({f"{pack.scheme}.bounds": one.name}).scale(pack.scheme) for one in pack.bounds_options]
    return found


SCALES = with_options(BOOK)
GRADED = [
    (f"{pack.pack_id}.{name}", one)
    for pack in BOOK.further_packs
    if isinstance(pack, LevelPack)
    for name, one in pack.indicators.items()
]


def in_scale(pack: ScalePack, value: Decimal) -> Inside:
    """By the bounds alone: from its own to the next one's, whichever of both sides the bound belongs to."""
    inside = []
    for place, one in enumerate(pack.classes):
        after = pack.classes[place + 1] if place + 1 < len(pack.classes) else None
        begun = value > one.lower or (value == one.lower and not one.above)
        ended = after is not None and (value > after.lower or (value == after.lower and not after.above))
        inside.append(begun and not ended)
    return inside


def in_graded(indicator: Graded, value: Decimal) -> Inside:
    inside, before = [], None
    for one in indicator.classes:
        begun = before is None or before.upper is None or value > before.upper
        begun = begun or (before is not None and value == before.upper and not before.includes_upper)
        inside.append(begun and one.reaches(value))
        before = one
    return inside


def around(bounds: list[Decimal]) -> list[Decimal]:
    """Each bound and what lies just beside it."""
    return sorted({value + step for value in bounds for step in (-TINY, Decimal(0), TINY)})


@pytest.mark.parametrize("pack", BOOK.index_packs, ids=lambda pack: pack.pack_id)
def test_an_index_has_one_predikat_at_every_bound(pack: IndexPack) -> None:
    lowest, highest = pack.bands[0].lower, pack.bands[-1].upper
    values = [one for one in around([band.lower for band in pack.bands] + [highest]) if lowest <= one <= highest]
    assert [sum(band.holds(value) for band in pack.bands) for value in values] == [1] * len(values)


@pytest.mark.parametrize("pack", SCALES, ids=lambda pack: f"{pack.pack_id}-{pack.bounds}")
def test_a_scale_has_one_class_at_every_bound(pack: ScalePack) -> None:
    lowest = pack.classes[0].lower
    values = [one for one in around([one.lower for one in pack.classes]) if one >= lowest]
    held = [in_scale(pack, value) for value in values]
    assert [sum(inside) for inside in held] == [1] * len(values)
    places = [inside.index(True) for inside in held]
    assert places == sorted(places)
    assert set(places) == set(range(len(pack.classes)))
    if pack.judged_on == "unrounded":
        assert [pack.predikat(value) for value in values] == [pack.classes[place].name for place in places]


@pytest.mark.parametrize("indicator", [one for _name, one in GRADED], ids=[name for name, _one in GRADED])
def test_an_indicator_of_a_level_has_one_class_at_every_limit(indicator: Graded) -> None:
    values = around([one.upper for one in indicator.classes if one.upper is not None])
    held = [in_graded(indicator, value) for value in values]
    assert [sum(inside) for inside in held] == [1] * len(values)
    assert [indicator.class_of(value) for value in values] == [indicator.classes[inside.index(True)] for inside in held]
    uppers = [one.upper for one in indicator.classes]
    assert uppers[-1] is None
    assert all(lower < upper for lower, upper in pairwise(uppers[:-1]) if lower is not None and upper is not None)


@given(st.decimals(0, 1000, allow_nan=False, places=6))
def test_any_value_has_at_most_one_class_in_every_pack(value: Decimal) -> None:
    for pack in BOOK.index_packs:
        inside = pack.bands[0].lower <= value <= pack.bands[-1].upper
        assert sum(band.holds(value) for band in pack.bands) == inside
    for scale in SCALES:
        assert sum(in_scale(scale, value)) == (value >= scale.classes[0].lower)
    for _name, indicator in GRADED:
        assert sum(in_graded(indicator, value)) == 1
