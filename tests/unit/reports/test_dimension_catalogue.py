"""The whole catalogue of a dimension on its page: figures that are there, and rules whose source is awaited."""

from __future__ import annotations

import pytest

from reports.content import Table, Words
from reports.dimension_catalogue import AWAITED, CATALOGUE_TITLE, HERE
from reports.pages import masterplan, smart_environment, smart_living, spbe
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.small_warehouse import WASTE, deliver, fresh_warehouse, waste_row
from warehouse.catalogue import INDICATORS
from warehouse.evaluation.schemes import SCHEMES
from warehouse.filters import Filters

PAGES = {"SPBE": spbe, "Smart Environment": smart_environment, "Smart Living": smart_living}


@pytest.fixture(scope="module")
def desk():
    with fresh_warehouse() as connection:
        deliver(connection, WASTE, [waste_row("35.16", "Kab. Mojokerto", "1000", "300", "200")], opd="DLH")
        with desk_on(connection) as opened:
            yield opened


def catalogue_of(desk, page):
    (found,) = (one for one in page.build(desk, Filters()).sections if one.title == CATALOGUE_TITLE)
    assert not found.is_failed
    words = next(one.text for one in found.blocks if isinstance(one, Words))
    return words, {one.name: one for one in found.blocks if isinstance(one, Table)}


@pytest.mark.parametrize("dimension", PAGES)
def test_every_indicator_and_every_awaited_rule_is_named_once(desk, dimension):
    words, tables = catalogue_of(desk, PAGES[dimension])
    own = [one.id for one in INDICATORS if one.dimension == dimension]
    assert list(tables[HERE].link_ids) == own
    assert words.startswith(f"{len(own)} indikator dihitung")
    awaited = [one.awaits.title for one in SCHEMES if one.awaits and one.awaits.dimension == dimension]
    assert [row[0] for row in tables[AWAITED].rows] == awaited if awaited else AWAITED not in tables
    assert [title for title in awaited if title not in words] == []


def test_what_is_awaited_says_what_to_deliver_by_whom_under_which_rule_and_how_to_try_it(desk):
    _words, tables = catalogue_of(desk, smart_environment)
    rows = {row[0]: row[1:] for row in tables[AWAITED].rows}
    assert rows["Intensitas energi gedung (IKE)"] == (
        "pemakaian listrik sebulan dan luas lantai ber-AC dan tanpa AC, tiap gedung",
        "Setiap OPD yang menempati gedung",
        "Permen ESDM 13/2012",
        "python -m warehouse evaluate ike",
    )
    assert [name for name, (_delivers, _owner, regulation, _command) in rows.items() if not regulation] == []


def test_a_figure_that_is_not_there_has_its_word_and_no_number(desk):
    _words, tables = catalogue_of(desk, smart_environment)
    rows = {row[0]: row[1:] for row in tables[HERE].rows}
    assert rows["Sampah terkelola"][:3] == ("pokok", "50,00 %", "2024")
    assert rows["ISPU"][1] == "tidak ada data"


def test_the_plan_has_its_catalogue_before_anything_was_delivered(desk):
    words, tables = catalogue_of(desk, masterplan)
    assert words.startswith("9 indikator dihitung, 6 di antaranya indikator pokok.")
    assert [row[0] for row in tables[AWAITED].rows] == ["Nilai dan predikat SAKIP", "Evaluasi smart city Kementerian"]
