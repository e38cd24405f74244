"""Deliveries month by month: one shape for each state, no colour of status, no row for an agency that is not there."""

from __future__ import annotations

import json

import pytest

from charts.delivery_grid import SIGNS, GridCell, build_delivery_grid, grid_frame, grid_height
from charts.look import Look
from warehouse.punctuality import Standing

LOOK = Look()


def spec_of(*cells):
    rows, columns = ("DINKES", "DLH"), ("Okt 26", "Nov 26")
    return build_delivery_grid(cells, rows, columns, LOOK).to_dict()


def cell(kind, row="DLH"):
    return GridCell(row, "Nov 26", kind, "3/4", f"{row}: {kind}")


def test_every_state_has_a_shape_of_its_own():
    assert set(SIGNS) == {standing.value for standing in Standing}
    assert len({(sign.shape, sign.is_filled) for sign in SIGNS.values()}) == len(SIGNS)


@pytest.mark.parametrize("kind", SIGNS)
def test_a_state_is_drawn_by_its_shape_with_its_count(kind):
    point, text = spec_of(cell(kind))["layer"]
    assert point["mark"]["shape"] == SIGNS[kind].shape
    assert text["mark"]["type"] == "text"
    theme = LOOK.theme
    assert not [one for one in (theme.kritis, theme.perlu_tindakan, theme.data_status) if one in json.dumps(point)]


def test_agencies_and_months_stand_in_the_order_given_even_without_cells():
    for spec in (spec_of(), spec_of(cell("tepat waktu"))):
        encoding = spec["layer"][0]["encoding"]
        assert encoding["y"]["scale"]["domain"] == ["DINKES", "DLH"]
        assert encoding["x"]["scale"]["domain"] == ["Okt 26", "Nov 26"]


def test_height_gives_each_agency_its_line():
    assert grid_height(12, LOOK) - grid_height(2, LOOK) == pytest.approx(10 * 1.9 * LOOK.text_size)
    assert list(grid_frame([cell("terlambat")])["told"]) == ["DLH: terlambat"]
