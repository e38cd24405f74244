"""Weather on page Smart Environment: what holds now."""

from __future__ import annotations

import pytest

from reports.content import Table, Words
from reports.desk import Desk
from reports.opening import asking
from reports.pages import smart_environment
from tests.unit.reports.test_living_page import READER, RULES, SETTINGS
from tests.unit.warehouse.small_warehouse import MORE_SOURCES, at, deliver, fresh_warehouse, owe
from tests.unit.warehouse.test_weather import warning
from warehouse.filters import Filters
from warehouse.views import read_wall_view

WARNINGS = "bmkg_peringatan"
WARNED = (WARNINGS, "Peringatan dini cuaca", "core_weather_warning", "irregular", None, ())


def sections(connection, instant="2026-02-16 23:30"):
    view = read_wall_view(connection, SETTINGS, RULES, at(instant))
    desk = Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)
    content = smart_environment.build(desk, Filters())
    assert not any(one.is_failed for one in content.sections)
    return {one.title: one for one in content.sections}


@pytest.mark.parametrize(("instant", "holds"), [("2026-02-16 23:30", True), ("2026-02-17 02:00", False)])
def test_warnings_that_hold(instant, holds, monkeypatch):
    with fresh_warehouse() as connection:
        owe(connection, [WARNED])
        monkeypatch.setattr("tests.unit.warehouse.small_warehouse.MORE_SOURCES", (*MORE_SOURCES, WARNED))
        own = {key: value for key, value in warning().items() if key not in ("submission_id", "row_no", "is_sample")}
        deliver(connection, WARNINGS, [own], opd="BMKG", until=at("2026-02-16 22:50"))
        (block,) = sections(connection, instant)["Peringatan dini cuaca BMKG"].blocks
    if holds:
        assert isinstance(block, Table)
        assert block.rows[0][:3] == ("Hujan Lebat dan Petir", "Jawa Timur", "sedang")
    else:
        assert isinstance(block, Words)


def test_nothing_is_shown_of_what_nobody_owes_and_nobody_sent():
    with fresh_warehouse() as connection:
        assert {"Muka air sungai dan tingkat siaga", "Peringatan dini cuaca BMKG"} & set(sections(connection)) == set()
