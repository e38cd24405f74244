"""The mark of a value nobody has read: beside each such value, explained below it and on hover, absent where read."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from charts.wall import Geometry, draw_scene
from reports.content import Words
from reports.figure_words import limit_words
from reports.pages import smart_living
from reports.unread import UNREAD_LEGEND, unread_help, with_legend, words_help
from tests.unit.reports import test_living_page
from tests.unit.reports.test_dengue_sections import AREAS, TITLE, reported
from warehouse.catalogue import BY_ID
from warehouse.filters import Filters
from warehouse.rules import RULES_DIR, load_rules

INCIDENCE = BY_ID["smart_living.dbd_ir"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The packs as they would be had nobody read the goal of dengue."""
    copied = shutil.copytree(RULES_DIR, tmp_path_factory.mktemp("aturan") / "rules")
    path = copied / "dbd" / "sasaran_2024.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("standing: dibaca", "standing: ingatan", 1), "utf-8")
    return copied


@pytest.fixture
def unread(folder, monkeypatch):
    monkeypatch.setattr(test_living_page, "RULES", load_rules({}, folder))


@pytest.mark.parametrize(("overrides", "label"), [({}, "sasaran 10 †"), ({"dbd.ir.tercapai": "20"}, "sasaran 20")])
def test_a_target_nobody_has_read_is_marked_until_the_region_sets_its_own(folder, overrides, label):
    assert INCIDENCE.target_by(load_rules(overrides, folder))[1] == label


def test_no_target_shown_rests_on_what_nobody_has_read():
    rules = load_rules({})
    assert [one.id for one in BY_ID.values() if one.target_key and one.target_by(rules)[1].endswith("†")] == []


@pytest.mark.parametrize(
    ("year", "label", "excluded"), [(2015, "", False), (2023, "sasaran 49", True), (2024, "sasaran 10", True)]
)
def test_a_year_is_held_against_the_target_of_that_year(year, label, excluded):
    rules, day = load_rules({}), date(year, 12, 31)
    assert (INCIDENCE.target_by(rules, day)[1], INCIDENCE.excludes_target(rules, day)) == (label, excluded)
    fatality = BY_ID["smart_living.dbd_cfr"]
    assert fatality.excludes_target(rules, day) is (year == 2023)


def test_the_legend_stands_once_in_the_section_that_shows_a_mark(unread):
    with reported({AREAS[0]: 5}) as desk:
        figure = desk.view.figures[INCIDENCE.id]
        assert limit_words(figure, desk.rules, desk.locale).startswith("sasaran 10 † · ")
        sections = smart_living.build(desk, Filters()).sections
    told = {one.title: [b for b in one.blocks if isinstance(b, Words) and b.text == UNREAD_LEGEND] for one in sections}
    assert [title for title, legends in told.items() if legends] == [TITLE]
    assert len(told[TITLE]) == 1


def test_the_mark_says_on_hover_which_value_and_how_to_replace_it(unread):
    with reported({AREAS[0]: 5}) as desk:
        told = {key: unread_help(desk, figure) for key, figure in desk.view.figures.items()}
    assert [key for key, words in told.items() if words] == [INCIDENCE.id]
    assert told[INCIDENCE.id].startswith(UNREAD_LEGEND)
    assert "asalnya: Medcom 17 Oktober 2022" in told[INCIDENCE.id]
    assert told[INCIDENCE.id].endswith("pendopo.toml, [thresholds], dbd.ir.tercapai.")
    assert (words_help("kurang 0,2 ke Baik (2,60 †)"), words_help("tercapai"), words_help(UNREAD_LEGEND)) == (
        UNREAD_LEGEND, None, None,
    )  # fmt: skip


def test_the_hover_of_an_earlier_year_names_the_limit_of_that_year(unread):
    with reported({AREAS[0]: 5}) as desk:
        figure = desk.view.figures[INCIDENCE.id]
        said = unread_help(desk, replace(figure, day=date(2023, 12, 31), target_label="sasaran 49 †"))
    assert "asalnya: Paparan Kabupaten Lampung Timur" in said


def test_a_wall_says_it_in_words_for_it_has_no_hover(unread):
    with reported({AREAS[0]: 5}) as desk:
        figure = desk.view.figures[INCIDENCE.id]
        view = replace(desk.view, nearest_to_limit=(figure,), actions=())
    drawn = draw_scene("ringkasan", view, Geometry(1210, (1920, 1080), 4), "gelap").svg
    assert "sasaran 10, belum diverifikasi" in drawn
    assert "†" not in drawn


def test_a_section_keeps_its_own_legend(unread):
    with reported({AREAS[0]: 5}) as desk:
        (section,) = [one for one in smart_living.build(desk, Filters()).sections if one.title == TITLE]
        assert with_legend(desk, section) == section
        plain = replace(section, blocks=(Words("tanpa tanda"),))
        assert with_legend(desk, plain) == plain
