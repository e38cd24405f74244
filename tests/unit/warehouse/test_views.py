"""The wall view: figures with clocks, actions in order, the enclave on the map, and silence about overdue figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.unit.warehouse.small_warehouse import (
    CALLS,
    GENERATION,
    GENERATION_ROWS,
    INCIDENTS,
    SENDERS,
    SPBE,
    SPBE_ROWS,
    WASTE,
    WASTE_ROWS,
    at,
    calls_on,
    deliver,
    fresh_warehouse,
    incident_row,
)
from warehouse.call_figures import HourlyCalls
from warehouse.catalogue import calculate_all
from warehouse.clock import read_clocks
from warehouse.figures import ClockState, ValueStatus
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.schema import mart_call_hourly
from warehouse.settings import load_settings
from warehouse.views import nearest_to_limit, read_wall_view
from warehouse.wall_actions import write_delay

RULES = load_rules({})
DAY, NOW = date(2026, 11, 21), at("2026-11-21 16:08")
PER_HOUR = (2, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 6, 5, 5, 5, 20)


@pytest.fixture
def connection():
    with fresh_warehouse() as opened:
        yield opened


def view(connection, instant=NOW, profile="kabupaten_mojokerto", rules=RULES):
    settings = load_settings(profile=profile)
    calculate_all(connection, settings.region.region_code, rules)
    return read_wall_view(connection, settings, rules, instant)


def deliver_calls(connection, weeks=8, until="2026-11-21 16:00", per_hour=PER_HOUR):
    """Today's calls, and Saturdays of past weeks with week number + 1 calls in every hour."""
    deliver(connection, CALLS, calls_on(DAY, per_hour), until=at(until), is_sample=True)
    build_rollups(connection, RULES)
    names = [column.name for column in mart_call_hourly.columns]
    past = [
        dict.fromkeys(names, 0)
        | {
            "region_code": "35.16",
            "call_date": DAY - timedelta(weeks=week),
            "call_hour": hour,
            "offered_count": week + 1,
            "answered_count": week + 1,
            "is_sample": True,
        }
        for week in range(1, weeks + 1)
        for hour in range(24)
    ]
    if past:
        connection.execute(sa.insert(mart_call_hourly), past)


def deliver_incidents(connection, rows, until="2026-11-21 07:00", late=None):
    for sender in SENDERS:
        own = [row for row in rows if row["opd_code"] == sender]
        deliver(connection, INCIDENTS, own, opd=sender, until=at("2026-11-09 07:00" if sender == late else until))


OLD_TICKETS = (
    incident_row("T-1", "2026-11-20 00:00", kind="pohon_tumbang", opd="DPUPR", status="menunggu_alat"),
    incident_row("T-2", "2026-11-20 03:00", kind="sampah_liar", opd="DLH", kecamatan="35.16.05"),
    incident_row("T-3", "2026-11-20 05:00", kind="lampu_jalan", opd="DPUPR"),
    incident_row("T-4", "2026-11-20 12:00", kind="lampu_jalan", opd="DPUPR"),
)
SLOW_FIRES = (
    incident_row("T-8", "2026-11-02 10:00", minutes=18, closed="2026-11-02 12:00"),
    incident_row("T-9", "2026-11-03 10:00", minutes=17, closed="2026-11-03 12:00", kecamatan="35.16.05"),
)


def test_nothing_delivered_shows_reasons_and_who_owes_it(connection):
    wall = view(connection)
    stored = [figure for figure in wall.figures.values() if figure.indicator_id != "data.ketepatan_waktu"]
    assert {figure.status for figure in stored} == {ValueStatus.NO_DATA}
    assert {figure.clock.state for figure in stored} == {ClockState.NEVER}
    assert all(figure.reason.startswith("Belum pernah ada kiriman") for figure in stored)
    assert not any(";" in figure.reason for figure in stored)
    assert (wall.calls, wall.open_tickets) == (None, ())
    told = [(item.severity, item.title, item.owner, item.detail) for item in wall.actions]
    never = "belum pernah disampaikan"
    assert told == [
        ("data", "Data kejadian 112 belum masuk", ", ".join(sorted(SENDERS)), never),
        ("data", "Data panggilan 112 belum masuk", "BPBD", never),
    ]
    assert (wall.opd_on_time_count, wall.opd_count) == (0, 5)
    assert (wall.sample_source_count, wall.source_count) == (0, 6)


def test_published_figures_of_the_kabupaten(connection):
    deliver(connection, SPBE, SPBE_ROWS, opd="DISKOMINFO")
    deliver(connection, WASTE, WASTE_ROWS, opd="DLH")
    deliver(connection, GENERATION, GENERATION_ROWS, opd="DLH")
    figures = view(connection).figures
    spbe = figures["spbe.indeks"]
    assert (spbe.value, spbe.predikat, spbe.period_label) == (Decimal("4.16"), "Sangat Baik", "2024")
    assert [(point.label, point.value) for point in spbe.trend] == [
        ("2023", Decimal("3.52")),
        ("2024", Decimal("4.16")),
    ]
    assert spbe.clock.state is ClockState.UNKNOWN
    managed = figures["smart_environment.sampah_terkelola"]
    assert (managed.value, managed.target, managed.target_label) == (Decimal("50.41"), 100, "target 2025: 100 %")
    assert managed.misses_target
    assert figures["smart_environment.timbulan_sampah"].value == Decimal("449.64")


def test_the_last_spbe_result_beside_the_others_of_the_province(connection):
    deliver(connection, SPBE, SPBE_ROWS)
    card = view(connection).spbe
    assert (card.year, card.next_name, card.missing) == (2024, "Memuaskan", Decimal("0.04"))
    assert (card.peer_names, card.peer_mean, card.national_best) == (
        ("Pemerintah Kota Mojokerto",), Decimal("4.32"), None
    )  # fmt: skip
    assert [domain.peers for domain in card.domains] == [Decimal(one) for one in ("5.00", "3.80", "3.00", "4.88")]
    first = card.nearest[0]
    assert first.needed - first.value < card.nearest[-1].needed - card.nearest[-1].value


def test_without_a_result_there_is_no_card(connection):
    assert view(connection).spbe is None


def test_the_kota_is_absent_from_sipsn_and_that_is_said(connection):
    deliver(connection, SPBE, SPBE_ROWS, opd="DISKOMINFO")
    deliver(connection, WASTE, WASTE_ROWS, opd="DLH")
    wall = view(connection, profile="kota_mojokerto")
    assert wall.figures["spbe.indeks"].value == Decimal("4.32")
    managed = wall.figures["smart_environment.sampah_terkelola"]
    assert (managed.value, managed.status) == (None, ValueStatus.NO_DATA)
    assert managed.reason == "Kota Mojokerto tidak tercantum dalam data SIPSN 2024"


def test_calls_of_today_against_the_same_weekday(connection):
    deliver_calls(connection)
    wall = view(connection)
    assert wall.calls == HourlyCalls(DAY, 16, PER_HOUR, (2,) * 24, (9,) * 24, 8)
    calls = wall.figures["smart_living.panggilan_112"]
    assert calls.value == sum(PER_HOUR)
    assert calls.usual == (2 * 16, 9 * 16)
    assert calls.reason == "s.d. 16.00"
    assert calls.is_sample
    assert calls.clock.state is ClockState.FRESH
    assert len(calls.trend) == 24
    assert calls.trend[-1].label == "14 Nov"  # today is not whole yet
    assert [point.value for point in calls.trend].count(None) == 20
    assert wall.sample_source_count == 1
    assert wall.figures["smart_living.panggilan_dijawab"].title == "Dijawab ≤ 10 detik"
    assert wall.figures["smart_living.panggilan_dijawab"].target_label == "target 90 %"


def test_no_usual_band_with_fewer_weeks_than_agreed(connection):
    deliver_calls(connection, weeks=7)
    wall = view(connection)
    assert (wall.calls.usual_low, wall.calls.usual_high) == ((), ())
    assert wall.figures["smart_living.panggilan_112"].usual is None
    assert {item.severity for item in wall.actions} == {"data"}  # only the incidents that never came


def test_overdue_feeds_lose_their_status(connection):
    deliver_calls(connection)
    deliver_incidents(connection, OLD_TICKETS + SLOW_FIRES)
    wall = view(connection, at("2026-11-22 18:00"))
    assert wall.actions == ()  # lateness is told by the alarms of the journal
    assert wall.figures["smart_living.tiket_terbuka"].clock.state is ClockState.OVERDUE
    assert wall.figures["smart_living.tiket_terbuka"].value == 3
    assert wall.opd_on_time_count == 0


def test_one_late_sender_is_named_and_the_others_still_count(connection):
    deliver_calls(connection, weeks=0)  # else BPBD would not be on time either
    deliver_incidents(connection, OLD_TICKETS + SLOW_FIRES, late="DLH")
    wall = view(connection)
    tickets = wall.figures["smart_living.tiket_terbuka"]
    assert tickets.clock.state is ClockState.FRESH  # part of the agencies is missing: said, but the figure stands
    assert "DLH belum menyampaikan sejak 9 November 2026" in tickets.reason
    assert tickets.value == 2
    assert (wall.opd_on_time_count, wall.opd_count) == (4, 5)


def test_only_the_agencies_behind_a_figure_can_be_missing_from_it(connection):
    deliver_incidents(connection, OLD_TICKETS + SLOW_FIRES, late="DLH")
    assert "DLH" not in view(connection).figures["smart_living.respons_kebakaran"].reason


def test_open_tickets_are_listed_oldest_first(connection):
    deliver_incidents(connection, OLD_TICKETS)
    first, *_others, last = view(connection).open_tickets
    assert (first.ticket_no, first.incident_type, first.kecamatan) == ("T-1", "Pohon tumbang", "Mojosari")
    assert (first.opd_code, first.status_name, first.age_hours) == ("DPUPR", "Menunggu alat berat", 31)
    assert last.ticket_no == "T-4"


def test_late_arrivals_by_kecamatan_with_the_enclosed_city(connection):
    deliver_incidents(connection, SLOW_FIRES)
    areas = {area.region_code: area for area in view(connection).late_arrivals}
    assert len(areas) == 19
    assert (areas["35.16.05"].late_count, areas["35.16.05"].total_count) == (1, 1)
    assert (areas["35.16.01"].late_count, areas["35.16.01"].total_count) == (0, 0)
    city = areas["35.76"]
    assert (city.name, city.tile_column, city.tile_row, city.total_count) == ("Kota Mojokerto", 2, 1, 0)


def test_the_city_itself_has_no_enclave(connection):
    row = SLOW_FIRES[0] | {"region_code": "35.76", "kecamatan_code": "35.76.01"}
    deliver(connection, INCIDENTS, [row], opd="SATPOLPP", until=at("2026-11-21 07:00"))
    areas = view(connection, profile="kota_mojokerto").late_arrivals
    assert {area.region_code for area in areas} == {"35.76.01", "35.76.02", "35.76.03"}


def test_nearest_to_limit_comes_first_on_either_side(connection):
    deliver_calls(connection)
    figures = view(connection).figures
    base = figures["smart_living.panggilan_dijawab"]
    far, near, over = (
        replace(base, indicator_id=name, value=Decimal(value)) for name, value in (("a", 50), ("b", 93), ("c", 89))
    )
    unknown = replace(base, indicator_id="d", value=None)
    assert [one.indicator_id for one in nearest_to_limit((far, near, over, unknown))] == ["c", "b", "a"]


def test_overrides_reach_the_view(connection):
    deliver_incidents(connection, OLD_TICKETS)
    wall = view(connection, rules=load_rules({"layanan_112.open_ticket_hours": "30"}))
    assert wall.open_ticket_hours == 30
    assert wall.figures["smart_living.tiket_terbuka"].title == "Tiket terbuka lebih dari 30 jam"
    assert wall.figures["smart_living.tiket_terbuka"].rule_version == "acuan_layanan_112@1+daerah"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 menit"), (59, "59 menit"), (60, "1 jam"), (1439, "23 jam"), (1440, "1 hari")]
)
def test_delays_in_words(minutes, words):
    assert write_delay(minutes) == words


def test_clocks_are_those_of_the_release(connection):
    assert view(connection).clocks == read_clocks(connection, NOW)
