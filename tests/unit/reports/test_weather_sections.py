"""Weather and rivers on page Smart Environment: what holds now, and each post by its own thresholds."""

from __future__ import annotations

import pytest

from reports.content import Table, Words
from reports.desk import Desk
from reports.opening import asking
from reports.pages import smart_environment
from tests.unit.reports.test_living_page import READER, RULES, SETTINGS
from tests.unit.warehouse.small_warehouse import KAB, MORE_SOURCES, at, deliver, fresh_warehouse, owe
from tests.unit.warehouse.test_weather import warning
from warehouse.filters import Filters
from warehouse.views import read_wall_view

RIVER, WARNINGS = "dpupr_pos_air", "bmkg_peringatan"
WARNED = (WARNINGS, "Peringatan dini cuaca", "core_weather_warning", "irregular", None, ())


def reading(post, value, when="2026-02-16 23:00", parameter="tma_m"):
    return {
        "region_code": KAB,
        "station_name": post,
        "parameter_code": parameter,
        "measured_at": at(when),
        "value": value,
    }


def sections(connection, instant="2026-02-16 23:30"):
    view = read_wall_view(connection, SETTINGS, RULES, at(instant))
    desk = Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)
    content = smart_environment.build(desk, Filters())
    assert not any(one.is_failed for one in content.sections)
    return {one.title: one for one in content.sections}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([reading("Brangkal", 22.5)], ("normal", "0,40 m lagi ke siaga", "")),
        ([reading("Brangkal", 22.5, "2026-02-16 22:00"), reading("Brangkal", 22.9)],
         ("siaga", "0,10 m lagi ke bahaya", "")),
        ([reading("Brangkal", 23.0)], ("bahaya", "", "")),
        ([reading("Rolak Songo", 1332.61, parameter="debit_m3_s")], ("hijau", "67,39 m3/s lagi ke kuning", "")),
        ([reading("PA-01", 1.2)], ("", "", "tanpa ambang")),
        ([reading("Brangkal", 22.5, "2026-02-16 20:00")],
         ("normal", "0,40 m lagi ke siaga", "bacaan lama, bukan keadaan sekarang")),
    ],
)  # fmt: skip
def test_the_last_reading_of_a_post_by_its_own_thresholds(rows, said):
    with fresh_warehouse() as connection:
        owe(connection, [row for row in MORE_SOURCES if row[0] == RIVER])
        deliver(connection, RIVER, rows, opd="DPUPR", until=at("2026-02-16 23:00"))
        (table,) = sections(connection)["Muka air sungai dan tingkat siaga"].blocks
    (row,) = table.rows
    assert row[3:] == said


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
