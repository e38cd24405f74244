"""The mark of a value nobody has read: beside each such value, explained once below it, absent from what was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.content import Words
from reports.figure_words import limit_words
from reports.pages import smart_living
from reports.unread import UNREAD_LEGEND, with_legend
from tests.unit.reports.test_dengue_sections import AREAS, TITLE, reported
from warehouse.catalogue import BY_ID
from warehouse.filters import Filters
from warehouse.rules import load_rules

INCIDENCE = BY_ID["smart_living.dbd_ir"]


@pytest.mark.parametrize(("overrides", "label"), [({}, "sasaran 10 †"), ({"dbd.ir.tercapai": "20"}, "sasaran 20")])
def test_a_target_nobody_has_read_is_marked_until_the_region_sets_its_own(overrides, label):
    assert INCIDENCE.target_by(load_rules(overrides))[1] == label


def test_read_targets_have_no_mark():
    rules = load_rules({})
    marked = [one.id for one in BY_ID.values() if one.target_key and one.target_by(rules)[1].endswith("†")]
    assert marked == [INCIDENCE.id]


def test_the_legend_stands_once_in_the_section_that_shows_a_mark():
    with reported({AREAS[0]: 5}) as desk:
        figure = desk.view.figures[INCIDENCE.id]
        assert limit_words(figure, desk.rules, desk.locale).startswith("sasaran 10 † · ")
        sections = smart_living.build(desk, Filters()).sections
    told = {one.title: [b for b in one.blocks if isinstance(b, Words) and b.text == UNREAD_LEGEND] for one in sections}
    assert [title for title, legends in told.items() if legends] == [TITLE]
    assert len(told[TITLE]) == 1


def test_a_section_keeps_its_own_legend():
    with reported({AREAS[0]: 5}) as desk:
        (section,) = [one for one in smart_living.build(desk, Filters()).sections if one.title == TITLE]
        assert with_legend(desk, section) == section
        plain = replace(section, blocks=(Words("tanpa tanda"),))
        assert with_legend(desk, plain) == plain
