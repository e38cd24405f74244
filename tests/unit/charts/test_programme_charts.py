"""S-curve, plan bars and air days: gaps, words and shapes, through the data they draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import vl_convert

from charts.air_days import AirPlot, air_frame, band_frame, build_air_days, is_marked, missing_words, worst_day
from charts.lettering import without_shared_words
from charts.look import Look
from charts.plan_bars import PlanBar, build_plan_bars, plan_frame
from charts.roadmap import build_roadmap, roadmap_frame, shown_years
from charts.s_curve import build_s_curve, curve_frame, deviation_words, last_reported
from charts.theme import GELAP, KERTAS
from tests.unit.charts.wall_examples import ROADMAP
from warehouse.figures import AirBand, AirReading, CurvePoint

WALL, PAPER, PAGE = Look(GELAP, 900, 450, 44), Look(KERTAS, 420, 240, 12), Look()
PLAN = (3, 8, 15, 24, 34, 45, 56, 66, 75, 84, 93, 100)
BANDS = (
    AirBand("Baik", Decimal(50), False),
    AirBand("Sedang", Decimal(100), False),
    AirBand("Tidak Sehat", Decimal(200), True),
    AirBand("Sangat Tidak Sehat", Decimal(300), True),
    AirBand("Berbahaya", None, True),
)


def curve(*actual):
    known = [None if value is None else Decimal(str(value)) for value in actual] + [None] * 12
    return tuple(CurvePoint(date(2026, m + 1, 1), "", Decimal(p), known[m]) for m, p in enumerate(PLAN))


def air(*indices):
    return tuple(
        AirReading("", date(2026, 10, 22) + timedelta(days=n), None if i is None else Decimal(i), "", "PM2,5", False)
        for n, i in enumerate(indices)
    )


def written(chart):
    """Every word of the drawing."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    return [part.split("<")[0] for part in svg.split(">") if part.split("<")[0].strip()]


PLANS = (PlanBar("Smart Governance", Decimal("61.24"), Decimal("65.5")), PlanBar("Smart Living", None, Decimal(60)))


@pytest.mark.parametrize("look", [WALL, PAPER, PAGE])
@pytest.mark.parametrize(
    "build",
    [
        lambda look: build_s_curve(curve(2, None, 12), look),
        lambda look: build_s_curve((), look),
        lambda look: build_plan_bars(PLANS, look),
        lambda look: build_plan_bars((), look),
        lambda look: build_roadmap(ROADMAP, 2026, look),
        lambda look: build_air_days(air(*range(40, 70)), BANDS, True, look),
        lambda look: build_air_days(air(None), (), True, look),
        lambda look: build_air_days((), (), True, look),
    ],
)
def test_every_chart_draws_in_words_people_read(build, look):
    words = written(build(look))
    assert not {"null", "NaN", "undefined", "NaN %"} & set(words)


def test_months_not_reported_are_gaps_and_later_months_are_not_drawn():
    frame = curve_frame(curve(2, 6, None, 20), "id_ID")
    assert frame["actual"].isna().tolist() == [False, False, True] + [False] + [True] * 8
    assert list(frame["run"])[:4] == [0, 0, 1, 2]
    assert list(frame["plan"]) == list(PLAN)
    assert list(frame["label"])[:5] == ["Jan", "Feb", "Mar", "Apr", "Mei"]


@pytest.mark.parametrize(
    ("points", "last", "words"),
    [
        (curve(2, 6, None, 19.7), 3, "realisasi 19,7 %, tertinggal 4,3 poin"),
        (curve(3), 0, "realisasi 3,0 %, sesuai rencana"),
        (curve(5), 0, "realisasi 5,0 %, mendahului 2,0 poin"),
        ((CurvePoint(date(2026, 1, 1), "", None, Decimal(5)),), 0, "realisasi 5,0 %"),
        (curve(), None, None),
    ],
)
def test_the_deviation_of_the_last_month_is_in_words(points, last, words):
    assert last_reported(points) == last
    assert (deviation_words(points, "id_ID") or (None,))[0] == words
    assert words is None or words in written(build_s_curve(points, replace(PAPER, width=600)))


@pytest.mark.parametrize("count", range(1, 13))
def test_the_words_on_a_wall_stay_off_the_name_of_the_plan(count):
    """Wherever the last month is, the deviation is told beside "rencana", never over it."""
    points = curve(*(value * 0.9 for value in PLAN[:count]))
    spec = build_s_curve(points, WALL).to_dict()
    spots = [rows[0] for rows in spec["datasets"].values() if rows and "height" in rows[0]]
    deviation, *plan = spots
    assert "poin" in deviation["words"]
    assert bool(plan) == (count < 10)  # towards the end of the year the words take its place
    for name in plan:
        assert abs(deviation["height"] - name["height"]) > 10 or deviation["position"] < name["position"] - 1


def test_plan_bars_write_both_numbers_where_there_is_room():
    wide, narrow = plan_frame(PLANS, replace(PAGE, width=800)), plan_frame(PLANS, WALL)
    assert list(wide["words"]) == ["61,2 %, rencana 65,5 %", "tidak ada data"]
    assert list(narrow["words"]) == ["61,2 %", "tidak ada data"]
    assert wide["actual"].isna().tolist() == [False, True]


def test_a_shared_first_word_goes_before_a_name_is_cut():
    assert list(plan_frame(PLANS, replace(WALL, width=600))["label"]) == ["Governance", "Living"]
    assert list(plan_frame(PLANS, PAPER)["label"]) == ["Smart Governance", "Smart Living"]


@pytest.mark.parametrize(("index", "marked"), [("100.4", False), ("100.5", True), ("350", True), (None, False)])
def test_only_an_unhealthy_day_has_a_status_colour(index, marked):
    day = air(None)[0] if index is None else replace(air(50)[0], index=Decimal(index))
    assert is_marked(day, BANDS) is marked
    assert not is_marked(day, ())
    days = (*air(40), replace(day, day=date(2026, 11, 1)))
    svg = vl_convert.vegalite_to_svg(build_air_days(days, BANDS, True, replace(PAPER, width=600)).to_dict())
    assert (">▲ " in svg, KERTAS.perlu_tindakan in svg) == (marked, marked)


def test_a_day_without_data_is_a_ring_and_counted_in_words():
    days = air(40, None, 62, None)
    assert missing_words(days) == "lingkaran: 2 hari tanpa data"
    assert missing_words(air(40)) == ""
    assert air_frame(days, BANDS, "id_ID")["index"].isna().tolist() == [False, True, False, True]
    assert worst_day(days) == 2
    assert worst_day(air(None)) is None


def test_the_worst_day_is_named_with_its_pollutant():
    assert "62 · PM2,5, 24 Okt" in written(build_air_days(air(40, 50, 62), BANDS, True, replace(PAPER, width=600)))


@pytest.mark.parametrize(
    ("indices", "names", "borders"),
    [
        ((40, 45), ["Baik", ""], [50]),
        ((62, 45), ["Baik", "Sedang"], [50]),
        ((150, 45), ["Baik", "Sedang", "Tidak Sehat"], [50, 100]),
        ((), ["Baik", ""], [50]),
    ],
)
def test_the_categories_reached_are_named_between_their_borders(indices, names, borders):
    frame = band_frame(AirPlot(air(*indices), BANDS, PAGE))
    assert list(frame["name"])[: len(names)] == names
    assert list(frame["border"].dropna())[: len(borders)] == borders


@pytest.mark.parametrize("reported", range(1, 11))
def test_a_plan_told_only_so_far_is_named_at_its_end(reported):
    points = tuple(replace(point, plan=point.plan if n < reported else None) for n, point in enumerate(curve(*PLAN)))
    points = tuple(replace(point, actual=point.plan and point.plan - 2) for point in points)
    spec = build_s_curve(points, replace(PAPER, width=600)).to_dict()
    plan = next(rows[0] for rows in spec["datasets"].values() if rows and rows[0].get("words") == "rencana")
    assert abs(plan["height"] - PLAN[reported - 1]) < 14
    assert reported - 1 <= plan["position"] <= reported - 1 + 0.6


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("Stasiun contoh Jetis", "Stasiun contoh Ngoro"), ("Jetis", "Ngoro")),
        (("Smart City", "Smart City"), ("City", "City")),
        (("Jetis", "Jetis Kidul"), ("Jetis", "Jetis Kidul")),
        (("Stasiun Jetis",), ("Stasiun Jetis",)),
        ((), ()),
    ],
)
def test_shared_first_words_are_dropped_but_never_a_whole_name(names, short):
    assert without_shared_words(names) == short


def test_a_roadmap_has_a_cell_for_each_year_in_which_programmes_run():
    data = roadmap_frame(ROADMAP, WALL)
    assert len(data) == 5 + 6 + 9 + 10  # quick wins end with 2027, long ones never
    assert data["count"].max() == 24
    shades = dict(zip(data["count"], data["fill"], strict=True))
    assert (shades[2], shades[9], shades[24]) == GELAP.steps
    said = written(build_roadmap(ROADMAP, 2026, Look(GELAP, 1600, 450, 28)))
    assert {"Quick win", "Jangka panjang", "2023", "2032", "24"} <= set(said)


@pytest.mark.parametrize(("width", "years"), [(1600, 10), (900, 5), (500, 4)])
def test_the_running_year_is_always_among_those_that_are_written(width, years):
    shown = shown_years(range(2023, 2033), 2026, ROADMAP, Look(GELAP, width, 450, 28))
    assert 2026 in shown and len(shown) == years
