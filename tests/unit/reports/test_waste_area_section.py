"""Waste by kecamatan on page Smart Environment: tiles by default, real boundaries where every kecamatan has one."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from charts.area_map import build_value_area_map
from charts.look import Look
from charts.theme import GELAP
from charts.tile_map import build_value_map
from reports.content import Missing
from reports.pages import smart_environment
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.small_warehouse import MORE_SOURCES, at, deliver, fresh_warehouse, owe
from tests.unit.warehouse.test_dengue import AREAS
from tests.unit.warehouse.test_waste_areas import GONDANG, JATIREJO, SOURCE, month_row
from warehouse.filters import Filters
from warehouse.schema import ref_boundary

TITLE = "Sampah terangkut dan terolah per kecamatan"
OUTLINE = {"outline_json": '{"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}',
           "label_longitude": 0.5, "label_latitude": 0.5}  # fmt: skip


@contextmanager
def reported(*rows, outlined=()):
    with fresh_warehouse() as connection:
        owe(connection, [row for row in MORE_SOURCES if row[0] == SOURCE])
        if rows:
            deliver(connection, SOURCE, rows, opd="DLH", until=at("2026-11-01 00:00"), is_sample=True)
        if outlined:
            connection.execute(sa.insert(ref_boundary), [OUTLINE | {"code": code} for code in outlined])
        with desk_on(connection) as desk:
            yield desk


def section_of(desk):
    return next(one for one in smart_environment.build(desk, Filters()).sections if one.title == TITLE)


@pytest.mark.parametrize(
    ("outlined", "build"),
    [((), build_value_map), (AREAS[1:], build_value_map), (AREAS, build_value_area_map)],
)
def test_every_kecamatan_is_drawn_and_told(outlined, build):
    with reported(month_row(JATIREJO, "62"), month_row(GONDANG, "31", None), outlined=outlined) as desk:
        section = section_of(desk)
    assert not section.is_failed
    _figure, chart, _note, table = section.blocks
    assert chart.build is build
    drawn = json.dumps(chart.build(*chart.arguments, Look(GELAP, 728, 290)).to_dict())
    assert '"0,02"' in drawn
    assert "\\u2013" in drawn  # a dash, no zero, where nothing was reported
    rows = {row[0]: row[1:] for row in table.rows}
    assert len(rows) == len(AREAS)
    assert rows["Jatirejo"] == (Decimal("0.02"), Decimal(62), Decimal(0), Decimal(0), 100_000, "")
    assert rows["Gondang"] == (None, Decimal(31), None, Decimal(0), 100_000, "Belum dilaporkan: TPS 3R")
    assert rows["Pacet"] == (None, None, None, None, None, "Belum melapor")
    assert section.is_sample


def test_who_reads_one_kecamatan_is_not_told_that_others_are_silent():
    with reported(month_row(JATIREJO, "62"), month_row(GONDANG, "31")) as desk:
        camat = replace(desk, scope=replace(desk.scope, kecamatan_codes=(GONDANG,)))
        assert [row[0] for row in section_of(camat).blocks[-1].rows] == ["Gondang"]


def test_before_the_first_report_it_is_owed():
    with reported() as desk:
        (missing,) = section_of(desk).blocks
    assert isinstance(missing, Missing)
    assert missing.owners == ("DLH",)
