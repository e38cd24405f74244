"""Each chart family, through the data and the specification it builds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import vl_convert

from charts.area_map import build_area_map, covers, height_of
from charts.bullet import build_bullet_chart, bullet_end
from charts.look import Look
from charts.series import SeriesBreak, series_frame
from charts.sparkline import build_sparkline
from charts.theme import GELAP
from charts.tile_map import (
    AreaValue,
    MapPlan,
    ValuePlan,
    build_tile_map,
    build_value_map,
    is_marked,
    map_fits,
    share_tiles,
    short_name,
    tile_frame,
    value_tiles,
)
from charts.trend import TrendFrame, build_trend_chart
from charts.usual_band import HourFlag, build_usual_band_chart, hourly_frame, peak_above_band
from tests.unit.charts.wall_examples import FIRE, MANAGED, REDUCED, SPBE, alarm_view, city_view, year
from warehouse.call_figures import AreaShare
from warehouse.figures import AreaOutline, TrendPoint

WALL = Look(GELAP, 1000, 500, 28)
PAGE = Look()
SERIES = (year("3.10", "2021"), year(None, "2022"), year("3.52", "2023"), year("4.16", "2024"))
AREAS = (AreaShare("35.16.11", "Puri", 0, 0, 12, 40), AreaShare("35.16.16", "Jetis", 1, 0, 0, 40))
RING = "[[112.0,-7.2],[112.0,-7.0],[112.2,-7.0],[112.2,-7.2],[112.0,-7.2]]"
OUTLINE = f'{{"type": "MultiPolygon", "coordinates": [[{RING}]]}}'
OUTLINES = tuple(AreaOutline(area.region_code, OUTLINE, 112.1, -7.1, (112, -7.2, 112.2, -7)) for area in AREAS)
PEMDI = SeriesBreak(date(2024, 1, 1), "Pemdi 2026: belum ada hasil")


def mark_types(chart):
    return [layer["mark"]["type"] for layer in chart.to_dict()["layer"]]


@pytest.mark.parametrize(
    "chart",
    [
        build_bullet_chart(FIRE, WALL),
        build_sparkline(SERIES, WALL),
        build_sparkline((), WALL),
        build_trend_chart(SERIES, TrendFrame(2, Decimal("3.5"), "target 3,50", (PEMDI,)), WALL),
        build_trend_chart((), TrendFrame(), WALL),
        build_usual_band_chart(alarm_view().calls, WALL, HourFlag(10, "10.00 · 19", "kritis")),
        build_tile_map(alarm_view().late_arrivals, MapPlan("35.16", Decimal(20)), WALL),
        build_tile_map((), MapPlan("35.16"), WALL),
        build_value_map((AreaValue("35.16.01", "Jatirejo", 0, 0, None),), ValuePlan("35.16"), WALL),
        build_value_map((), ValuePlan("35.16"), WALL),
        build_area_map(AREAS, OUTLINES, MapPlan("35.16", Decimal(20)), Look(width=300, height=300)),
    ],
)
def test_every_chart_draws_with_the_theme_and_the_locale(chart):
    spec = chart.to_dict()
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert "Source Sans" in spec["config"]["font"]
    assert vl_convert.vegalite_to_svg(spec).startswith("<svg")


def test_real_boundaries_are_drawn_only_when_there_are_all_and_keep_their_shape():
    assert covers(OUTLINES, AREAS)
    assert not covers(OUTLINES[:1], AREAS)
    assert height_of(OUTLINES, 200) == pytest.approx(201.6, abs=0.1)
    chart = build_area_map(AREAS, OUTLINES, MapPlan("35.16", Decimal(20)), PAGE).to_dict()
    features = chart["datasets"][chart["layer"][0]["data"]["name"]]
    assert [(one["name"], one["fill"]) for one in features] == [
        ("Puri", PAGE.theme.perlu_tindakan),  # 12 of 40 is above 20 percent
        ("Jetis", PAGE.theme.steps[0]),
    ]


def test_axes_are_written_in_indonesian():
    many = tuple(replace(point, value=None if point.value is None else point.value * 1000) for point in SERIES)
    svg = vl_convert.vegalite_to_svg(build_trend_chart(many, TrendFrame(1), WALL).to_dict())
    assert "4.160,0" in svg


def test_a_page_chart_takes_the_width_of_its_container():
    assert build_trend_chart(SERIES, TrendFrame(), PAGE).to_dict()["width"] == "container"


@pytest.mark.parametrize(
    ("figure", "end"),
    [
        (FIRE, 18),
        (MANAGED, 100),
        (REDUCED, 36),
        (SPBE, Decimal("4.992")),
    ],
)
def test_bullet_leaves_room_beyond_the_limit(figure, end):
    assert bullet_end(figure) == end


@pytest.mark.parametrize(
    ("figure", "marks"),
    [(FIRE, ["bar", "bar", "tick"]), (SPBE, ["bar", "bar"]), (replace(FIRE, value=None), ["bar", "tick"])],
)
def test_bullet_without_value_has_no_bar_of_zero(figure, marks):
    assert mark_types(build_bullet_chart(figure, WALL)) == marks


def test_gaps_stay_gaps_and_a_change_of_scheme_is_not_joined():
    frame = series_frame(SERIES)
    assert list(frame["run"]) == [0, 1, 2, 2]
    assert frame["value"].isna().tolist() == [False, True, False, False]
    assert list(series_frame(SERIES, [SeriesBreak(date(2023, 1, 1), "skema baru")])["run"]) == [0, 1, 2, 3]


def test_the_scheme_break_is_a_dashed_rule_with_words_after_the_last_year():
    layers = build_trend_chart(SERIES, TrendFrame(2, breaks=(PEMDI,)), WALL).to_dict()
    rule, words = layers["layer"][-2:]
    assert rule["mark"]["type"] == "rule"
    assert rule["mark"]["strokeDash"]
    rows = layers["datasets"][words["data"]["name"]]
    assert rows == [{"position": 3.5, "note": "Pemdi 2026:\nbelum ada hasil"}]


def test_trend_shows_its_target():
    spec = build_trend_chart(SERIES, TrendFrame(2, Decimal("3.5"), "target 3,50"), WALL).to_dict()
    assert any(rows[0].get("words") == "target 3,50" for rows in spec["datasets"].values())


def test_a_long_series_names_its_last_highest_and_lowest_value_only():
    many = tuple(TrendPoint(date(2026, 1, 1) + timedelta(days=day), str(day), Decimal(day % 40)) for day in range(90))
    spec = build_trend_chart(many, TrendFrame(0), PAGE).to_dict()
    rows = next(rows for rows in spec["datasets"].values() if "run" in rows[0])
    assert [row["words"] for row in rows if row["words"]] == ["0", "39", "9"]


def test_hours_not_delivered_are_missing():
    frame = hourly_frame(alarm_view().calls)
    assert len(frame) == 24
    assert frame["today"].notna().sum() == 16
    bandless = replace(alarm_view().calls, usual_low=(), usual_high=())
    assert hourly_frame(bandless)["high"].isna().all()


@pytest.mark.parametrize(
    ("changes", "hour"), [({}, 10), ({"today": (1, 1)}, None), ({"usual_high": (), "usual_low": ()}, None)]
)
def test_the_peak_above_the_band_is_found(changes, hour):
    assert peak_above_band(replace(alarm_view().calls, **changes)) == hour


@pytest.mark.parametrize(
    ("severity", "shape"), [("kritis", "diamond"), ("perlu tindakan", "triangle-up"), (None, "circle")]
)
def test_a_flag_has_the_shape_of_its_state(severity, shape):
    spec = build_usual_band_chart(alarm_view().calls, WALL, HourFlag(10, "x", severity)).to_dict()
    shapes = [layer["mark"].get("shape") for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert shapes[-1] == shape


def test_map_marks_shares_above_the_limit_that_rest_on_enough_events():
    plan = MapPlan("35.16", Decimal(20))
    marked = [area.name for area in alarm_view().late_arrivals if is_marked(area, plan)]
    assert marked == ["Pungging", "Ngoro", "Trawas"]
    few = replace(alarm_view().late_arrivals[0], late_count=20, total_count=29)
    assert not is_marked(few, plan)
    assert not is_marked(alarm_view().late_arrivals[-1], MapPlan("35.16"))


def test_neighbours_are_outlines_without_a_number():
    frame = tile_frame(share_tiles(alarm_view().late_arrivals, MapPlan("35.16", Decimal(20))), WALL)
    kota = frame[frame["name"] == "Kota Mojokerto"].iloc[0]
    assert (kota["number"], kota["words"], bool(kota["is_home"])) == ("", "Kota", False)
    assert frame[frame["is_home"]]["number"].str.contains("/").all()
    city = share_tiles(city_view().late_arrivals, MapPlan("35.76"))
    assert list(tile_frame(city, WALL)["number"]) == ["3/42", "9/38", "2/51"]


VALUES = (
    AreaValue("35.16.01", "Jatirejo", 0, 0, Decimal("0")),
    AreaValue("35.16.02", "Gondang", 1, 0, Decimal("1234.5")),
    AreaValue("35.16.03", "Pacet", 2, 0, None),
    AreaValue("35.76", "Kota Mojokerto", 3, 0, Decimal(9)),
    AreaValue("35.16.04", "Trawas", 4, 0, Decimal("600")),
)


def test_a_map_of_numbers_is_shaded_by_thirds_and_a_missing_one_is_no_zero():
    tiles = value_tiles(VALUES, ValuePlan("35.16", 1), "id_ID")
    assert [tile.numbers[:1] for tile in tiles] == [("0,0",), ("1.234,5",), ("–",), (), ("600,0",)]
    assert [tile.step for tile in tiles] == [0, 2, None, 0, 1]
    assert value_tiles(VALUES[:1], ValuePlan("35.16", 0, "%"), "id_ID")[0].numbers[0] == "0 %"


def test_a_number_too_long_for_its_tile_is_written_shorter():
    tiles = value_tiles(VALUES, ValuePlan("35.16", 1), "id_ID")
    assert list(tile_frame(tiles, replace(WALL, width=500))["number"])[1] == "1,23 rb"
    assert list(tile_frame(tiles, replace(WALL, width=300))["number"])[1] == ""
    assert list(tile_frame(tiles, PAGE)["number"])[1] == "1.234,5"


@pytest.mark.parametrize(("width", "name"), [(400, "Dawarblandong"), (125, "Dawarbl."), (60, "")])
def test_names_are_shortened_by_measure(width, name):
    assert short_name("Dawarblandong", width, 28) == name


def test_map_says_when_it_cannot_be_read():
    areas = alarm_view().late_arrivals
    assert map_fits(areas, MapPlan("35.16"), WALL)
    assert not map_fits(areas, MapPlan("35.16"), Look(GELAP, 1000, 250, 28))
    assert not map_fits(areas, MapPlan("35.16"), Look(GELAP, 500, 500, 28))
