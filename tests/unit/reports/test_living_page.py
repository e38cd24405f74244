"""Page Smart Living: the day so far against its usual part, a rolling funnel, lists cut by kecamatan and agency."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest

from charts.area_map import build_area_map
from charts.tile_map import build_tile_map
from reports.content import Chart, Figures, Missing, PageContent, Section, Table, Words
from reports.desk import Desk
from reports.living_incidents import home_areas
from reports.opening import asking
from reports.pages import smart_living
from tests.unit.warehouse.small_warehouse import (
    CALLS,
    INCIDENTS,
    at,
    call_row,
    calls_on,
    deliver,
    fresh_warehouse,
    incident_row,
)
from warehouse.catalogue import calculate_all
from warehouse.filters import FilterError, Filters
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.schema import ref_boundary
from warehouse.scope import machine_scope
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
READER = machine_scope("")
SETTINGS = load_settings(profile="kabupaten_mojokerto")
TODAY = date(2026, 11, 21)
PART_OF_DAY = [5] * 16


@contextmanager
def desk_on(connection, instant="2026-11-21 16:08"):
    build_rollups(connection, RULES)
    calculate_all(connection, SETTINGS.region.region_code, RULES)
    view = read_wall_view(connection, SETTINGS, RULES, at(instant))
    yield Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)


def deliver_calls(connection, with_past=True):
    """Eight Saturdays with 4 to 11 calls an hour, yesterday with one answered call, today five an hour until 16.00."""
    for week in range(1, 9) if with_past else ():
        day = TODAY - timedelta(weeks=week)
        until = at(f"{day + timedelta(days=1)} 00:00")
        deliver(connection, CALLS, calls_on(day, [3 + week] * 24), since=at(f"{day} 00:00"), until=until)
    yesterday = [call_row(at("2026-11-20 10:00"), ticket="T-1", kind="normal")]
    deliver(connection, CALLS, yesterday, since=at("2026-11-20 00:00"), until=at("2026-11-21 00:00"))
    today = calls_on(TODAY, PART_OF_DAY)
    deliver(connection, CALLS, today, since=at("2026-11-21 00:00"), until=at("2026-11-21 16:00"))


def deliver_incidents(connection):
    """Two fires at Mojosari, one late; three open tickets, one of them older than a day; only SATPOLPP and DLH sent."""
    fires = [
        incident_row("T-1", "2026-11-20 10:00", minutes=10, closed="2026-11-20 12:00"),
        incident_row("T-2", "2026-11-19 10:00", minutes=20, closed="2026-11-19 12:00"),
        incident_row("T-3", "2026-11-19 06:00", kecamatan="35.16.04"),
        incident_row("T-4", "2026-11-21 05:00"),
    ]
    deliver(connection, INCIDENTS, fires, opd="SATPOLPP", until=at("2026-11-21 12:00"))
    waste = [incident_row("T-5", "2026-11-21 09:00", kind="sampah_liar", opd="DLH")]
    deliver(connection, INCIDENTS, waste, opd="DLH", until=at("2026-11-21 12:00"))


# Before the fixture below: the shared warehouse holds one transaction at a time.
def test_nothing_delivered_is_missing_with_its_owner_and_never_zero():
    with fresh_warehouse() as connection, desk_on(connection) as empty:
        content = smart_living.build(empty, Filters())
    assert content.message == "Panggilan 112: data belum disampaikan"
    missing = [block for one in content.sections for block in one.blocks if isinstance(block, Missing)]
    assert {(block.title, block.owners) for block in missing} == {
        ("Panggilan 112", ("BPBD",)),
        ("Kejadian 112", ("BPBD", "DINKES", "DLH", "DPUPR", "SATPOLPP")),
        ("dinkes_dbd", ()),
    }
    assert [row[1] for row in table(content, "Dari panggilan sampai selesai").rows] == [None] * 6


def test_arrivals_are_drawn_by_real_boundaries_where_all_are_known():
    with fresh_warehouse() as connection:
        deliver_incidents(connection)
        ring = "[[112.0, -7.2], [112.1, -7.0], [112.2, -7.2], [112.0, -7.2]]"
        outline = f'{{"type": "MultiPolygon", "coordinates": [[{ring}]]}}'
        place = {"outline_json": outline, "label_longitude": 112.1, "label_latitude": -7.1}
        with desk_on(connection) as desk:
            rows = [{"code": area.region_code} | place for area in home_areas(desk)]
        drawn = []
        for known in (rows[:-1], rows[-1:]):
            connection.execute(ref_boundary.insert(), known)
            with desk_on(connection) as desk:
                content = smart_living.build(desk, Filters())
            drawn.append(section(content, "Tiba dalam batas, per kecamatan").blocks[0].build)
    assert drawn == [build_tile_map, build_area_map]


def test_without_enough_past_days_there_is_no_usual_band():
    with fresh_warehouse() as connection:
        deliver_calls(connection, with_past=False)
        with desk_on(connection) as desk:
            content = smart_living.build(desk, Filters())
    assert content.message.startswith("Hari ini 80 panggilan 112 sampai pukul 16.00")
    assert "biasa" not in content.message
    words = [block.text for block in section(content, "Panggilan 112").blocks if isinstance(block, Words)]
    assert "Rentang biasa belum ada" in words[0]


@pytest.fixture(scope="module")
def desk():
    with fresh_warehouse() as connection:
        deliver_calls(connection)
        deliver_incidents(connection)
        with desk_on(connection) as opened:
            yield opened


def section(content: PageContent, title: str) -> Section:
    return next(one for one in content.sections if one.title == title)


def table(content: PageContent, title: str) -> Table:
    return next(block for block in section(content, title).blocks if isinstance(block, Table))


def test_message_compares_the_day_with_the_same_part_of_usual_days(desk):
    content = smart_living.build(desk, Filters())
    # 16 hours of 4 to 11 calls
    assert content.message == (
        "Hari ini 80 panggilan 112 sampai pukul 16.00, biasa 64–176; 1 dari 3 tiket terbuka lebih dari 24 jam"
    )


def test_hours_stand_beside_their_usual_band_and_are_never_zero_when_absent(desk):
    hours = table(smart_living.build(desk, Filters()), "Panggilan 112")
    assert hours.is_folded
    assert hours.rows[15] == ("15.00–16.00", 5, 4, 11)
    assert hours.rows[16] == ("16.00–17.00", None, 4, 11)


@pytest.mark.parametrize(
    ("filters", "period", "counts"),
    [
        (Filters(), "15–21 November 2026 pukul 16.00", [81, 81, 81, 1, 1, 1]),
        (Filters(periode="1h"), "21 November 2026 pukul 16.00", [80, 80, 80, 0, 0, 0]),
        (Filters(periode="2026-11-20..2026-11-20"), "20 November 2026", [1, 1, 1, 1, 1, 1]),
        (Filters(periode="7h", per="2026-11-20"), "14–20 November 2026", [97, 97, 97, 1, 1, 1]),
        (Filters(periode="semua"), "sampai 21 November 2026 pukul 16.00", [1521, 1521, 1521, 1, 1, 1]),
    ],
)
def test_the_funnel_rolls_with_the_period(desk, filters, period, counts):
    content = smart_living.build(desk, filters)
    assert content.period == period
    assert section(content, "Dari panggilan sampai selesai").note.startswith(period)
    assert [row[1] for row in table(content, "Dari panggilan sampai selesai").rows] == counts


def test_fires_by_month_say_how_many_they_rest_on(desk):
    (month,) = table(smart_living.build(desk, Filters()), "Respons kebakaran per bulan").rows
    assert month[:3] == ("November 2026", Decimal(15), 2)


def test_arrivals_are_counted_for_every_kecamatan(desk):
    content = smart_living.build(desk, Filters())
    chart, _note, arrivals = section(content, "Tiba dalam batas, per kecamatan").blocks
    assert isinstance(chart, Chart)
    assert isinstance(arrivals, Table)
    assert ("Mojosari", "1 dari 2", Decimal(50)) in [row[:3] for row in arrivals.rows]


@pytest.mark.parametrize(
    ("filters", "tickets", "words"),
    [
        (Filters(), ["T-3", "T-4", "T-5"], "1 dari 3 tiket terbuka lebih dari 24 jam"),
        (Filters(opd=("DLH",)), ["T-5"], "0 dari 1 tiket terbuka lebih dari 24 jam"),
        (Filters(kecamatan=("35.16.08",)), ["T-4", "T-5"], "0 dari 2 tiket terbuka lebih dari 24 jam"),
        (Filters(kecamatan=("35.16.08",), opd=("SATPOLPP",)), ["T-4"], "0 dari 1 tiket terbuka lebih dari 24 jam"),
    ],
)
def test_open_tickets_of_the_cut(desk, filters, tickets, words):
    content = smart_living.build(desk, filters)
    listed = table(content, "Tiket terbuka menurut umur")
    assert [row[0] for row in listed.rows] == tickets
    assert content.message.endswith(words)


def test_old_tickets_are_told_by_shape_and_word(desk):
    listed = table(smart_living.build(desk, Filters()), "Tiket terbuka menurut umur")
    assert [row[2] for row in listed.rows] == ["▲ perlu tindakan", "", ""]


def test_a_cut_without_tickets_says_so(desk):
    content = smart_living.build(desk, Filters(kecamatan=("35.16.04",), opd=("DLH",)))
    assert content.message.endswith("; tidak ada tiket terbuka")
    assert section(content, "Tiket terbuka menurut umur").blocks == (
        Words("Tidak ada tiket terbuka pada kiriman terakhir."),
    )


def test_sections_that_are_not_cut_say_so(desk):
    content = smart_living.build(desk, Filters(opd=("DLH",)))
    notes = {one.title: one.note for one in content.sections}
    assert notes["Panggilan 112"] == "Seluruh daerah, semua OPD."
    assert notes["Tiba dalam batas, per kecamatan"] == "Semua OPD."
    assert not notes["Tiket terbuka menurut umur"].startswith(("Seluruh", "Semua"))
    assert {one.note for one in smart_living.build(desk, Filters()).sections[:2]} == {""}


def test_senders_that_are_missing_are_named(desk):
    words = [block.text for block in section(smart_living.build(desk, Filters()), "Penanganan kejadian").blocks
             if isinstance(block, Words)]  # fmt: skip
    assert words == [
        "◌ sebagian OPD belum masuk: BPBD belum pernah menyampaikan; DINKES belum pernah menyampaikan; "
        "DPUPR belum pernah menyampaikan."
    ]


def test_figures_are_the_stored_ones(desk):
    figures = [block for one in smart_living.build(desk, Filters()).sections for block in one.blocks
               if isinstance(block, Figures)]  # fmt: skip
    values = {figure.indicator_id: figure.value for block in figures for figure in block.figures}
    assert values["smart_living.panggilan_112"] == 80
    assert values["smart_living.tiket_terbuka"] == 1


@pytest.mark.parametrize(
    ("filters", "word"),
    [(Filters(kecamatan=("35.16.99",)), "kecamatan=35.16.99"), (Filters(opd=("DHL",)), "DLH")],
)
def test_a_filter_that_names_nothing_says_what_there_is(desk, filters, word):
    with pytest.raises(FilterError, match=word):
        smart_living.build(desk, filters)


def test_the_address_makes_the_same_page_again(desk):
    filters = Filters(periode="30h", kecamatan=("35.16.08",))
    assert smart_living.build(desk, filters).address == (("kecamatan", "35.16.08"), ("periode", "30h"))
