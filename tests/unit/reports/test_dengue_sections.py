"""Dengue on page Smart Living: how a level is kept and won back, in cases; what may not be shown is not told apart."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from charts.area_map import build_level_area_map
from charts.look import Look
from charts.theme import GELAP
from charts.tile_map import build_level_map
from reports.content import Chart, Table, Words
from reports.indicator_values import SERIES_TITLE
from reports.living_dengue import AREAS_TITLE, STAY_TITLE, TITLE, area_row
from reports.living_dengue_years import TITLE as YEARS_TITLE
from reports.pages import indikator, smart_living
from tests.unit.reports.test_explanations import CAUSES
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.small_warehouse import MORE_SOURCES, at, deliver, fresh_warehouse, owe
from tests.unit.warehouse.test_dengue import AREAS, DENGUE, LAST, history, week
from warehouse import queries
from warehouse.alarms.signals import READERS, Sight
from warehouse.figures import AreaLevel
from warehouse.filters import Filters
from warehouse.schema import ref_boundary


@contextmanager
def reported(cases, **others):
    """The last week after three years in which the first kecamatan had 3, 4 and 5 cases; as of the Monday after it."""
    with fresh_warehouse() as connection:
        owe(connection, [row for row in MORE_SOURCES if row[0] == DENGUE])
        rows = [row for several in (*history(3, 4, 5), week(LAST, cases, **others)) for row in several]
        deliver(connection, DENGUE, rows, opd="DINKES", until=at("2026-11-15 00:00"), is_sample=True)
        with desk_on(connection, "2026-11-16 09:00") as desk:
            yield desk


def sections_of(desk, **filters):
    return {one.title: one for one in smart_living.build(desk, Filters(**filters)).sections}


@pytest.mark.parametrize(
    ("cases", "title", "said"),
    [
        (
            {},
            STAY_TITLE,
            [
                "Level 1, aman; yang menentukan: Kasus sepekan daerah terhadap kebiasaan, Sebaran kecamatan siaga.",
                "Kasus daerah 0: waspada mulai 5 kasus seminggu, 5 lagi.",
                "Yang pertama mengubah level bila bertambah sama cepat: Bangsal.",
            ],
        ),
        (
            {AREAS[0]: 5},
            "Bagaimana kembali ke level 1",
            [
                "Level 2, waspada; yang menentukan: Kasus sepekan daerah terhadap kebiasaan.",
                "Kembali ke level 1: kasus daerah paling banyak 4, 1 kurang dari minggu ini.",
                "Kasus daerah 5: siaga mulai 7 kasus seminggu, 2 lagi.",
            ],
        ),
        (
            {AREAS[0]: 7},
            "Bagaimana kembali ke level 1",
            [
                "Kembali ke level 1: kasus daerah paling banyak 4, 3 kurang dari minggu ini; "
                "tidak ada kecamatan siaga, kini Jatirejo."
            ],
        ),
    ],
)
def test_how_a_level_is_kept(cases, title, said):
    with reported(cases) as desk:
        section = sections_of(desk)[title]
        (explained,) = [
            one for one in indikator.build(desk, Filters(indikator="smart_living.dbd_siaga")).sections
            if one.title == "Penjelasan"
        ]  # fmt: skip
    words = [block.text for block in section.blocks]
    assert set(said) <= set(words)
    assert set(words) <= {block.text for block in explained.blocks}
    assert not any(cause in sentence.casefold() for sentence in words for cause in CAUSES)
    assert section.is_sample


def test_announced_stands_beside_computed_and_few_persons_are_not_told():
    with reported({AREAS[0]: 7, AREAS[1]: 2}, announced_level="aman") as desk:
        sections = sections_of(desk)
        content = smart_living.build(desk, Filters())
    chart, _note, table = sections[AREAS_TITLE].blocks
    assert (isinstance(chart, Chart), isinstance(table, Table)) == (True, True)
    rows = {row[0]: [None if cell is None else str(cell) for cell in row[1:7]] for row in table.rows}
    assert len(rows) == 18
    assert rows["Jatirejo"] == ["3", "siaga", "aman", "7", "4.000000", "6"]
    assert rows["Gondang"][:4] == ["2", "waspada", "aman", "2"]
    assert content.message.endswith("DBD level 3 (siaga)")
    assert not any(section.is_failed for section in content.sections)


@pytest.mark.parametrize(
    ("level", "name", "cases", "said"),
    [(1, "aman", Decimal(0), "0"), (2, "waspada", None, "tidak ditampilkan"), (None, "", None, "")],
)
def test_cases_that_are_hidden_and_those_that_never_came(level, name, cases, said):
    one = AreaLevel(AREAS[0], "Jatirejo", 1, 3, level, name, cases, None, None, "", "", False)
    assert area_row(one)[4] == said


def test_real_boundaries_are_drawn_where_every_kecamatan_has_one():
    outline = {"outline_json": '{"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}',
               "label_longitude": 0.5, "label_latitude": 0.5}  # fmt: skip
    kinds = []
    for known in (AREAS, AREAS[1:]):
        with fresh_warehouse() as connection:
            owe(connection, [row for row in MORE_SOURCES if row[0] == DENGUE])
            rows = [row for several in (*history(3, 4, 5), week(LAST, {})) for row in several]
            deliver(connection, DENGUE, rows, opd="DINKES", until=at("2026-11-15 00:00"))
            connection.execute(sa.insert(ref_boundary), [outline | {"code": code} for code in known])
            with desk_on(connection, "2026-11-16 09:00") as desk:
                chart = sections_of(desk)[AREAS_TITLE].blocks[0]
        kinds.append(chart.build)
        chart.build(*chart.arguments, Look(GELAP, 520, 300)).to_dict()
    assert kinds == [build_level_area_map, build_level_map]


def test_a_kecamatan_cuts_the_map_and_the_table():
    with reported({AREAS[0]: 7}) as desk:
        (_chart, _note, table) = sections_of(desk, kecamatan=(AREAS[0],))[AREAS_TITLE].blocks
    assert [row[0] for row in table.rows] == ["Jatirejo"]


@pytest.mark.parametrize(("cases", "level"), [(7, 3), (5, 2)])
def test_the_alarm_of_dengue_watches_the_level_of_the_region(cases, level):
    with reported({AREAS[0]: cases}) as desk:
        signal = READERS["dbd_siaga"](Sight(None, desk.view, desk.rules))
    (reading,) = signal.readings
    assert (reading.value, reading.owner, reading.place, signal.is_known) == (level, "DINKES", "daerah", True)


def test_a_week_that_is_not_whole_has_no_level():
    with reported({AREAS[2]: None}) as desk:
        sections = sections_of(desk)
    (words,) = sections[STAY_TITLE].blocks
    assert isinstance(words, Words)
    assert words.text == "1 dari 18 kecamatan belum melapor"
    assert TITLE in sections


def test_a_withheld_count_is_never_told_as_no_data():
    few = "Kurang dari 5 orang, atau membuka angka sekecil itu"
    with reported({AREAS[0]: 2}) as desk:
        narrowed = replace(desk, ask=withheld(desk.ask))
        blocks = sections_of(narrowed)[TITLE].blocks
        (folded,) = [block for block in blocks if isinstance(block, Table) and block.is_folded]
        content = indikator.build(narrowed, Filters(indikator="smart_living.dbd_kasus"))
    assert (folded.rows[0][1], folded.rows[0][3]) == ("tidak ditampilkan", few)
    (series,) = [table for table in content.tables if table.name == SERIES_TITLE]
    assert {(row[4], row[7]) for row in series.rows if row[6] == "tidak ditampilkan"} == {("tidak ditampilkan", few)}
    assert content.message.startswith("Kasus DBD seminggu: tidak ditampilkan")


def withheld(ask):
    """As a connection without the right answers: the view of few persons, by hand."""

    def asked(query, *arguments):
        found = ask(query, *arguments)
        if query is queries.indicator_values and arguments[0] == "smart_living.dbd_kasus":
            small = (found["numerator"] > 0) & (found["numerator"] < 5)
            found = found.copy()
            found.loc[small, ["numerator", "value"]] = None
            found.loc[small, "status"] = "tidak ditampilkan"
            found.loc[small, "reason"] = "Kurang dari 5 orang, atau membuka angka sekecil itu"
        return found

    return asked


def test_a_year_of_the_region_beside_what_was_announced_for_the_nation():
    with reported({AREAS[0]: 90}) as desk:
        tables = [block for block in sections_of(desk)[TITLE].blocks if isinstance(block, Table)]
    (years,) = [one for one in tables if one.name == YEARS_TITLE]
    told = {row[0]: row[1:] for row in years.rows}
    assert next(iter(told)) == "2026"
    assert told["2026"] == (Decimal(10), None, Decimal(0), None, "")  # nobody announced it
    assert told["2023"][1::2] == (Decimal("41.36"), Decimal("0.78"))
    assert told["2024 sampai minggu ke-43 (nasional)"][1] == Decimal("75.27")
    assert told["2017"][:2] == (None, Decimal("26.8"))  # before the region reported


def explained(desk, indicator):
    content = indikator.build(desk, Filters(indikator=f"smart_living.{indicator}"))
    (section,) = [one for one in content.sections if one.title == "Penjelasan"]
    return [block.text for block in section.blocks if isinstance(block, Words)]


def test_cases_and_deaths_name_their_kecamatan():
    with reported({AREAS[0]: 40, AREAS[1]: 7}, death_count=1) as desk:
        assert "Kasus terbanyak: kecamatan 35.16.01 40, kecamatan 35.16.02 7." in explained(desk, "dbd_kasus")
        deaths = explained(desk, "dbd_cfr")
    assert any(one.startswith("Kematian terbanyak: kecamatan 35.16.01 1 dari 40 kasus, ") for one in deaths)


def test_incidence_says_its_goal_in_cases_and_where_most_fell_ill():
    with reported({AREAS[0]: 5}) as desk:
        said = explained(desk, "dbd_ir")
    assert said[1:3] == [
        "Sasaran itu sama dengan paling banyak 89 kasus setahun: masih 84 kasus lagi.",
        "Tertinggi per 100.000 penduduk: kecamatan 35.16.01 10.",
    ]
