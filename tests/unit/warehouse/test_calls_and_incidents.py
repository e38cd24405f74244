"""112: each figure from rows in a small warehouse, with its numerator, denominator and words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.unit.warehouse.small_warehouse import (
    CALLS,
    INCIDENTS,
    KAB,
    SPBE,
    SPBE_ROWS,
    at,
    call_row,
    calls_on,
    deliver,
    fresh_warehouse,
    incident_row,
)
from warehouse.call_queries import call_funnel
from warehouse.catalogue import BY_ID, INDICATORS, calculate_all, calculate_indicator
from warehouse.figures import ValueStatus
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.schema import mart_indicator_value as mart
from warehouse.wall_calls import read_calls

RULES = load_rules({})
DAY = date(2026, 11, 21)


@pytest.fixture
def connection():
    with fresh_warehouse() as opened:
        yield opened


def values(connection, name, rules=RULES):
    build_rollups(connection, rules)
    return calculate_indicator(connection, BY_ID[f"smart_living.{name}"], KAB, rules)


def test_calls_of_whole_days_and_of_the_part_delivered_today(connection):
    deliver(connection, CALLS, calls_on(DAY - timedelta(days=1), (2,) * 24), until=at("2026-11-21 00:00"))
    deliver(connection, CALLS, calls_on(DAY, (3,) * 17), until=at("2026-11-21 16:00"))
    yesterday, today = values(connection, "panggilan_112")
    assert (yesterday.value, yesterday.reason) == (48, "")
    assert (today.value, today.reason) == (48, "s.d. 16.00")  # the hour after the watermark is not counted
    assert today.numerator == 48
    assert today.denominator == 1
    assert today.opd_code == "BPBD"


def test_a_past_day_delivered_in_part_says_so_and_a_day_not_delivered_has_no_row(connection):
    deliver(connection, CALLS, calls_on(DAY - timedelta(days=3), (1,) * 18), until=at("2026-11-18 18:00"))
    deliver(connection, CALLS, calls_on(DAY, (1,)), until=at("2026-11-21 01:00"))
    found = values(connection, "panggilan_112")
    assert [value.period_start for value in found] == [DAY - timedelta(days=3), DAY]
    assert found[0].reason == "baru 18 jam yang dikirim"


@pytest.mark.parametrize(
    ("rules", "answered", "abandoned"),
    [
        ({}, ("3", "5", "60"), ("1", "5", "20")),
        ({"layanan_112.answer_within_seconds": "15"}, ("4", "5", "80"), ("1", "5", "20")),
        ({"layanan_112.short_call_seconds": "3"}, ("3", "4", "75"), ("0", "4", "0")),
    ],
)
def test_answered_and_abandoned_share_one_denominator(connection, rules, answered, abandoned):
    rows = [call_row(at(f"2026-11-21 08:0{n}"), wait=wait) for n, wait in enumerate((4, 10, 10, 11))]
    rows.append(call_row(at("2026-11-21 08:30"), wait=2, kind="putus"))
    deliver(connection, CALLS, rows, until=at("2026-11-21 16:00"))
    book = load_rules(rules)
    for name, expected in (("panggilan_dijawab", answered), ("panggilan_putus", abandoned)):
        (found,) = values(connection, name, book)
        assert (found.numerator, found.denominator, found.value) == tuple(Decimal(text) for text in expected)


def test_no_call_is_not_applicable_for_shares_and_zero_for_the_count(connection):
    deliver(connection, CALLS, calls_on(DAY - timedelta(days=1), (1,) * 24), until=at("2026-11-21 00:00"))
    deliver(connection, CALLS, [], until=at("2026-11-21 02:00"))
    assert values(connection, "panggilan_112")[-1].value == 0
    share = values(connection, "panggilan_dijawab")[-1]
    assert (share.value, share.status) == (None, ValueStatus.NOT_APPLICABLE)


FIRES = (
    incident_row("T-1", "2026-11-02 10:00", minutes=12, closed="2026-11-02 11:00"),
    incident_row("T-2", "2026-11-09 10:00", minutes=15, closed="2026-11-09 11:00", kecamatan="35.16.05"),
    incident_row("T-3", "2026-11-10 10:00"),
    incident_row("T-4", "2026-11-11 10:00", kind="kecelakaan", minutes=40, closed="2026-11-11 12:00", opd="DINKES"),
    incident_row("T-5", "2026-10-11 10:00", kind="kecelakaan", minutes=16, closed="2026-10-11 12:00", opd="DINKES"),
    incident_row("T-6", "2026-09-11 10:00"),
)


def test_fire_response_is_a_mean_per_month(connection):
    deliver(connection, INCIDENTS, FIRES, opd="SATPOLPP", until=at("2026-11-21 07:00"))
    september, october, november = values(connection, "respons_kebakaran")
    assert (november.value, november.numerator, november.denominator) == (Decimal("13.5"), 27, 2)
    assert november.reason == "n = 2; 1 tanpa waktu tiba; s.d. 21 November 2026"
    assert november.period_end == date(2026, 11, 30)
    assert (october.value, october.status) == (None, ValueStatus.NOT_APPLICABLE)
    assert (september.value, september.status) == (None, ValueStatus.INCOMPLETE)


def test_fires_that_were_only_prank_calls_do_not_count(connection):
    calls = [
        call_row(at("2026-11-02 10:00"), kind="prank", ticket="T-1"),
        call_row(at("2026-11-09 10:00"), kind="prank", ticket="T-2"),
        call_row(at("2026-11-09 10:01"), kind="normal", ticket="T-2"),
    ]
    deliver(connection, CALLS, calls, until=at("2026-11-21 07:00"))
    deliver(connection, INCIDENTS, FIRES[:3], opd="SATPOLPP", until=at("2026-11-21 07:00"))
    (november,) = values(connection, "respons_kebakaran")
    assert (november.value, november.denominator) == (15, 1)
    assert november.reason.startswith("n = 1; 1 tanpa waktu tiba; 1 bukan kejadian darurat")


def test_a_sample_call_says_nothing_about_a_real_ticket_of_the_same_number(connection):
    prank = call_row(at("2026-11-02 10:00"), kind="prank", ticket="T-1")
    emergency = call_row(at("2026-11-02 10:01"), kind="normal", ticket="T-2")
    deliver(connection, CALLS, [prank, emergency], until=at("2026-11-21 07:00"), is_sample=True)
    deliver(connection, INCIDENTS, FIRES[:2], opd="SATPOLPP", until=at("2026-11-21 07:00"))
    (november,) = values(connection, "respons_kebakaran")
    assert (november.denominator, november.is_sample) == (2, False)
    funnel = {step.code: step.count for step in call_funnel(connection, KAB, date(2026, 11, 1), DAY)}
    assert (funnel["genuine"], funnel["arrived"]) == (1, 0)


def test_arrivals_within_the_limit_for_the_region_and_each_kecamatan(connection):
    deliver(connection, INCIDENTS, FIRES, opd="SATPOLPP", until=at("2026-11-21 07:00"))
    found = {value.entity_code: value for value in values(connection, "tiba_15_menit")}
    assert len(found) == 1 + 18
    region = found[KAB]
    assert (region.numerator, region.denominator, region.value) == (2, 4, 50)
    assert region.reason == "2 kejadian tanpa waktu tiba tidak dihitung"
    assert (region.period_start, region.period_end) == (date(2026, 8, 24), DAY)
    assert (found["35.16.05"].numerator, found["35.16.05"].denominator) == (1, 1)
    assert (found["35.16.01"].value, found["35.16.01"].status) == (None, ValueStatus.NOT_APPLICABLE)


def test_window_leaves_out_older_incidents(connection):
    rows = [
        incident_row("T-1", "2026-08-23 23:59", minutes=90, closed="2026-08-24 05:00"),
        incident_row("T-2", "2026-08-24 00:00", minutes=5, closed="2026-08-24 05:00"),
    ]
    deliver(connection, INCIDENTS, rows, until=at("2026-11-21 07:00"))
    region = next(value for value in values(connection, "tiba_15_menit") if value.entity_code == KAB)
    assert (region.numerator, region.denominator) == (1, 1)


OPEN = (
    incident_row("T-1", "2026-11-20 00:00", kind="pohon_tumbang", opd="DPUPR"),
    incident_row("T-2", "2026-11-20 07:00", kind="lampu_jalan", opd="DPUPR"),
    incident_row("T-3", "2026-11-20 06:59", kind="sampah_liar", opd="DLH"),
    incident_row("T-4", "2026-11-01 00:00", minutes=9, closed="2026-11-01 02:00"),
    incident_row("T-5", "2026-11-01 00:00", status="selesai"),
)


@pytest.mark.parametrize(("hours", "older"), [("24", 2), ("31", 0), ("30", 1), ("0", 3)])
def test_open_tickets_older_than_the_limit(connection, hours, older):
    deliver(connection, INCIDENTS, OPEN, until=at("2026-11-21 07:00"))
    (found,) = values(connection, "tiket_terbuka", load_rules({"layanan_112.open_ticket_hours": hours}))
    assert (found.numerator, found.denominator, found.value) == (older, 3, older)
    assert found.reason == "tertua 31 jam"


def test_a_ticket_ages_only_to_its_senders_own_last_delivery(connection):
    deliver(connection, INCIDENTS, OPEN[:1], opd="DPUPR", until=at("2026-11-20 07:00"))
    deliver(connection, INCIDENTS, [], opd="BPBD", until=at("2026-11-21 07:00"))
    (found,) = values(connection, "tiket_terbuka")
    assert (found.numerator, found.denominator, found.reason) == (0, 1, "tertua 7 jam")


def test_no_open_ticket_is_a_real_zero(connection):
    deliver(connection, INCIDENTS, OPEN[3:], until=at("2026-11-21 07:00"))
    (found,) = values(connection, "tiket_terbuka")
    assert (found.value, found.status) == (0, ValueStatus.CALCULATED)


def test_one_sample_row_makes_the_value_sample(connection):
    deliver(connection, INCIDENTS, FIRES[:1], until=at("2026-11-21 07:00"))
    deliver(connection, INCIDENTS, FIRES[1:2], until=at("2026-11-21 07:00"), is_sample=True)
    assert values(connection, "respons_kebakaran")[-1].is_sample


def test_calculate_all_fills_the_mart_and_says_whose_data_is_missing(connection):
    deliver(connection, SPBE, SPBE_ROWS, opd="DISKOMINFO")
    calculated = calculate_all(connection, KAB, RULES)
    first = connection.execute(sa.select(mart)).all()
    assert calculate_all(connection, KAB, RULES) == calculated
    rows = connection.execute(sa.select(mart)).all()
    assert sorted(map(repr, rows)) == sorted(map(repr, first))
    stored = {indicator.id for indicator in INDICATORS if indicator.inputs is not None}
    assert {row.indicator_id for row in rows} == stored
    spbe = [row for row in rows if row.indicator_id == "spbe.indeks"]
    assert [(row.period_start.year, row.value, row.predikat) for row in spbe] == [
        (2023, Decimal("3.52"), "Sangat Baik"),
        (2024, Decimal("4.16"), "Sangat Baik"),
    ]
    missing = next(row for row in rows if row.indicator_id == "smart_living.panggilan_112")
    assert missing.status == "tidak ada data"
    assert missing.reason == "Belum pernah ada kiriman Panggilan 112 dari BPBD"
    assert missing.value is None


def test_every_indicator_explains_itself():
    for indicator in INDICATORS:
        assert len(indicator.definition.strip().splitlines()) >= 3
        assert indicator.formula
        assert indicator.legal_basis
        if indicator.target_key:
            assert RULES.value(indicator.target_key) >= 0


def test_the_last_day_ends_at_the_first_hour_nobody_delivered(connection):
    for hour in (0, 1, 3):
        span = {"since": at(f"2026-11-21 0{hour}:00"), "until": at(f"2026-11-21 0{hour + 1}:00")}
        deliver(connection, CALLS, calls_on(DAY, (0,) * hour + (5,)), **span)
    (today,) = values(connection, "panggilan_112")
    assert (today.value, today.reason) == (10, "s.d. 02.00")
    calls = read_calls(connection, KAB, RULES, at("2026-11-21 04:00"))
    assert (calls.hourly.today, calls.hourly.until_hour) == ((5, 5), 2)


def test_the_same_hours_of_past_weeks_stand_before_those_of_the_day_and_a_part_of_a_day_among_them_is_a_gap(connection):
    """The usual band is made of the same totals, and is none while one of them is missing."""
    weeks = RULES.count("layanan_112.usual_weeks")
    for week in range(1, weeks + 1):
        day = DAY - timedelta(weeks=week)
        hours = (2 + week % 2,) * (12 if week == 3 else 24)
        since = at(f"{day} 00:00")
        deliver(connection, CALLS, calls_on(day, hours), since=since, until=since + timedelta(hours=len(hours)))
    deliver(connection, CALLS, calls_on(DAY, (5,) * 16), since=at(f"{DAY} 00:00"), until=at(f"{DAY} 16:00"))
    build_rollups(connection, RULES)
    calls = read_calls(connection, KAB, RULES, at("2026-11-21 16:00"))
    expected = [None if week == 3 else 16 * (2 + week % 2) for week in range(weeks, 0, -1)]
    assert [point.value for point in calls.so_far] == [*expected, 80]
    assert [point.period_start for point in calls.so_far][-2:] == [DAY - timedelta(weeks=1), DAY]
    assert calls.usual_total is None
    assert read_calls(connection, KAB, RULES, at("2026-11-21 00:00")).so_far == ()  # nobody delivered the day before
