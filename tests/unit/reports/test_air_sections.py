"""Air on page Smart Environment: overdue days lose their colour, and what was published otherwise is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports import air
from reports.content import Chart, Missing, Table, Words
from reports.desk import Desk
from reports.opening import asking
from tests.unit.warehouse.programme_warehouse import AIR, air_row, programme_warehouse
from tests.unit.warehouse.small_warehouse import at, deliver
from warehouse.catalogue import calculate_all
from warehouse.rules import load_rules
from warehouse.scope import machine_scope
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
READER = machine_scope("")
SETTINGS = load_settings(profile="kabupaten_mojokerto")
SMOG, CLEAN = air_row("2026-11-20", pm25="134"), air_row("2026-11-20", pm25="40")


def desk_on(connection, *rows, instant="2026-11-21 16:08"):
    deliver(connection, AIR, rows, opd="DLH", until=at("2026-11-21 00:00"), received=at("2026-11-21 06:00"))
    calculate_all(connection, SETTINGS.region.region_code, RULES)
    view = read_wall_view(connection, SETTINGS, RULES, at(instant))
    return Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)


@pytest.mark.parametrize(
    ("rows", "instant", "has_status"),
    [
        ((SMOG,), "2026-11-21 16:08", True),
        ((SMOG,), "2026-11-29 16:08", False),  # overdue
        ((air_row("2026-11-19", pm25="134"), CLEAN), "2026-11-21 16:08", False),  # it has passed
    ],
)
def test_days_are_coloured_only_while_the_air_asks_for_a_response(rows, instant, has_status):
    with programme_warehouse() as connection:
        (chart, *_notes) = air.air_days_section(desk_on(connection, *rows, instant=instant)).blocks
    assert isinstance(chart, Chart)
    assert chart.arguments[-1] is has_status


def test_a_publication_that_says_otherwise_is_listed_with_its_row():
    right = air_row("2026-11-19", published="80", pm10="80", critical="PM10", category="SEDANG")
    wrong = air_row("2026-11-20", published="200", o3="200", critical="O3", category="SANGAT TIDAK SEHAT")
    with programme_warehouse() as connection:
        desk = desk_on(connection, right, wrong)
        (table,) = air.differences_section(desk).blocks
        assert isinstance(table, Table)
        ((day, station, index, published, *words, file_name, row_no, is_sample),) = table.rows
    assert (day, station, index, published) == (date(2026, 11, 20), "Mojosari", Decimal(200), Decimal(200))
    assert words == ["Tidak Sehat", "SANGAT TIDAK SEHAT", "O3", "O3"]
    assert (str(file_name).startswith("dlh_ispu"), isinstance(row_no, int), is_sample) == (True, True, False)


def test_publications_that_agree_are_said_to_agree():
    with programme_warehouse() as connection:
        (words,) = air.differences_section(desk_on(connection, CLEAN)).blocks
    assert words == Words("Semua terbitan sama dengan subindeks yang dikirim.")


def test_air_nobody_delivered_names_who_owes_it():
    with programme_warehouse() as connection:
        desk = desk_on(connection, CLEAN)
        (missing,) = air.air_section(replace(desk, view=replace(desk.view, figures={}))).blocks
    assert isinstance(missing, Missing)
    assert missing.owners == ("DLH",)
