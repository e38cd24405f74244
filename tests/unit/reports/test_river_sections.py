"""Rivers on the pages: each post with its distance on both sides, two days drawn, and what binds the day explained."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from charts.look import Look
from charts.river_hours import RiverFrame, river_frame
from charts.wall.environment_cards import river_card
from reports.alarm_series import series_blocks
from reports.content import Chart, Figures, Table, Words
from reports.pages import indikator, smart_environment
from tests.unit.reports.test_alarm_page import alarm
from tests.unit.reports.test_explanations import CAUSES
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.small_warehouse import MORE_SOURCES, at, deliver, fresh_warehouse, owe
from tests.unit.warehouse.test_rivers import LIMITS, RIVER, limits, reading
from warehouse.alarms.machine import State
from warehouse.filters import Filters

TITLE, HOURS = "Muka air sungai dan tingkat siaga", "Muka air 48 jam terakhir"


@contextmanager
def read(*rows, known=(), instant="2026-02-16 23:30"):
    with fresh_warehouse() as connection:
        owe(connection, [row for row in MORE_SOURCES if row[0] in (RIVER, LIMITS)])
        if known:
            deliver(connection, LIMITS, known, opd="DPUPR", until=at("2026-02-01 00:00"))
        if rows:
            deliver(connection, RIVER, rows, opd="DPUPR", until=at("2026-02-16 23:00"))
        with desk_on(connection, instant) as desk:
            yield desk


def sections_of(desk):
    found = {one.title: one for one in smart_environment.build(desk, Filters()).sections}
    assert not [title for title, one in found.items() if one.is_failed]
    return found


def at_hour(post, value, hour=23, parameter="tma_m"):
    return reading(post, value, f"2026-02-16 {hour}:00", parameter)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([at_hour("Brangkal", 22.5)], ("normal", "", "0,40 m lagi ke siaga", "")),
        ([at_hour("Brangkal", 22.5, 22), at_hour("Brangkal", 22.95)],
         ("siaga", "0,05 m di atas siaga", "0,05 m lagi ke bahaya", "")),
        ([at_hour("Brangkal", 23.0)], ("bahaya", "0,00 m di atas bahaya", "", "")),
        ([at_hour("Rolak Songo", 1332.61, parameter="debit_m3_s")],
         ("hijau", "82,61 m3/s di atas hijau", "67,39 m3/s lagi ke kuning", "")),
        ([at_hour("PA-01", 1.2)], ("", "", "", "tanpa ambang")),
        ([at_hour("Brangkal", 22.5, 20)],
         ("normal", "", "0,40 m lagi ke siaga", "bacaan lama, bukan keadaan sekarang")),
    ],
)  # fmt: skip
def test_the_last_reading_of_a_post_by_its_own_thresholds(rows, said):
    with read(*rows) as desk:
        section = sections_of(desk)[TITLE]
    (row,) = next(block for block in section.blocks if isinstance(block, Table)).rows
    assert (*row[3:6], row[7]) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(22.5, "Sungai normal"), (22.95, "Sungai siaga di Brangkal, tertinggi 16 Februari 2026")],
)
def test_the_page_tells_the_level_in_its_sentence(value, said):
    with read(at_hour("Brangkal", value)) as desk:
        assert smart_environment.build(desk, Filters()).message.startswith(said)


def test_the_change_of_a_day_and_the_order_of_the_posts():
    rows = [reading("B", "1.0", "2026-02-15 23:00"), reading("B", "1.3", "2026-02-16 23:00"), at_hour("A", "2.1")]
    known = [limits("A", "2/2.5/3//"), limits("B", "2/2.5/3//")]
    with read(*rows, known=known) as desk:
        section = sections_of(desk)[TITLE]
    figures, table = section.blocks
    assert isinstance(figures, Figures)
    assert (figures.figures[0].value, figures.figures[0].predikat, figures.figures[0].determinant) == (1, "hijau", "A")
    assert [(row[0], row[6] and row[6].value) for row in table.rows] == [("A", None), ("B", Decimal("0.3"))]


def test_two_days_are_drawn_and_a_silence_is_a_gap():
    hours = [at("2026-02-15 00:00") + timedelta(hours=n) for n in (0, 1, 2, 9, 10)]
    readings = tuple((hour, Decimal(place)) for place, hour in enumerate(hours))
    frame = RiverFrame((("hijau", Decimal(3)),), "m", at("2026-02-15 10:00"))
    told = river_frame(readings, frame, Look())
    assert (list(told["run"]), list(told["hours"])[-1], list(told["words"])) == (
        [0, 0, 0, 1, 1],
        0,
        ["", "", "", "", "4,00"],
    )
    with read(*(at_hour("A", value, hour) for hour, value in ((21, 1.9), (22, 2.2), (23, 2.1)))) as desk:
        words, chart = sections_of(desk)[HOURS].blocks
    assert (words.text, isinstance(chart, Chart)) == ("A, m: terakhir 2,10", True)
    chart.build(*chart.arguments, Look(width=600)).to_dict()


def test_only_thresholds_within_sight_are_drawn():
    with read(at_hour("A", 1.9, 22), at_hour("A", 2.1), known=[limits("A", "2/2.5/30//")]) as desk:
        _words, chart = sections_of(desk)[HOURS].blocks
    drawn = json.dumps(chart.build(*chart.arguments, Look(width=600)).to_dict())
    assert [name in drawn for name in ("hijau 2,00", "kuning 2,50", "merah 30,00")] == [True, True, False]


def explained(desk, **filters):
    content = indikator.build(desk, Filters(indikator="smart_environment.siaga_sungai", **filters))
    (section,) = [one for one in content.sections if one.title == "Penjelasan"]
    return [block.text for block in section.blocks if isinstance(block, Words)]


def test_the_explanation_names_the_post_that_binds_and_both_distances():
    rows = [at_hour("A", "2.1"), at_hour("B", "1.2"), at_hour("C", "1.8")]
    known = [limits(post, "2/2.5/3//") for post in "ABC"]
    with read(*rows, known=known) as desk:
        said = explained(desk)
    assert said == [
        "Pos yang menentukan: A, terburuk dari 3 pos.",
        "Bacaan tertinggi 2,10 m, tingkat hijau.",
        "0,10 m di atas ambang hijau 2,00: tingkat ini ditinggalkan bila turun lebih dari itu.",
        "0,40 m di bawah ambang kuning 2,50.",
        "Pos lain, yang terdekat dahulu: C 0,20 m lagi ke hijau; B 0,80 m lagi ke hijau.",
        "Hari sampai ambang tidak dihitung: muka air naik dan turun dalam hitungan jam, bukan tren harian.",
    ]
    assert not any(cause in sentence.casefold() for sentence in said for cause in CAUSES)


def test_at_the_highest_level_there_is_nothing_above():
    with read(at_hour("Brangkal", "23.4")) as desk:
        assert "Sudah di tingkat tertinggi pos ini." in explained(desk)


def test_an_alarm_of_a_post_has_its_readings():
    rows = [at_hour("Brangkal", value, hour) for hour, value in ((21, 22.5), (22, 22.8), (23, 22.95))]
    raised = alarm(1, State.NEW, 1, rule_id="muka_air_siaga", signal="muka_air", place="Brangkal/tma_m")
    with read(*rows) as desk:
        words, chart = series_blocks(desk, raised)
        assert series_blocks(desk, replace(raised, place="Lain/tma_m")) == []
    assert words.text == "Brangkal, m: terakhir 22,95"
    assert len(chart.arguments[0]) == 3


def test_the_wall_tells_the_level_in_a_word_with_its_post():
    with read(at_hour("Brangkal", 22.95)) as desk:
        (card,) = river_card(desk.view, "id_ID")
        assert (card.value, card.note[0], card.severity) == ("Siaga", "tingkat 2, tertinggi 16 Feb · Brangkal", None)
    with read(at_hour("PA-01", 1.2)) as desk:  # nothing known of its thresholds
        assert river_card(desk.view, "id_ID") == ()


def test_where_an_agency_owes_it_and_never_sent_it_is_owed():
    with read() as desk:
        found = sections_of(desk)
    assert TITLE in found
    assert HOURS not in found
