"""What binds a value and what would change it, on values small enough to do by hand; no sentence states a cause."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports.desk import Desk
from reports.indicator_explanation import LATE, METHOD
from reports.opening import asking
from reports.pages import indikator
from tests.unit.warehouse.programme_warehouse import (
    AIR,
    PROGRAMMES,
    TARGETS,
    air_row,
    programme_row,
    programme_warehouse,
    progress_row,
    report,
    target_row,
)
from tests.unit.warehouse.small_warehouse import (
    CALLS,
    INCIDENTS,
    LEVELS,
    at,
    call_row,
    deliver,
    incident_row,
    level_rows,
    owe_levels,
)
from warehouse.catalogue import INDICATORS, calculate_all
from warehouse.filters import Filters
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.scope import Role, Scope, machine_scope
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
SETTINGS = load_settings(profile="kabupaten_mojokerto")
CAUSES = ("karena", "sebab", "akibat", "disebabkan", "dipicu")


@contextmanager
def desk_on(connection, instant="2026-11-21 16:08", scope: Scope | None = None):
    reader = scope or machine_scope("")
    build_rollups(connection, RULES)
    calculate_all(connection, SETTINGS.region.region_code, RULES)
    view = read_wall_view(connection, SETTINGS, RULES, at(instant))
    yield Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, reader), reader)


def explained(desk: Desk, indicator_id: str, row: str = "") -> list[str]:
    content = indikator.build(desk, Filters(indikator=indicator_id, baris=row))
    (section,) = [one for one in content.sections if one.title == "Penjelasan"]
    assert not section.is_failed
    return [block.text for block in section.blocks]


def deliver_air(connection, values: list[int], until: str) -> None:
    """PM2.5 of one station, a day each, the last on the day before `until`."""
    last = at(until).date() - timedelta(days=1)
    days = [last - timedelta(days=len(values) - 1 - place) for place in range(len(values))]
    rows = [air_row(str(day), pm25=str(value)) for day, value in zip(days, values, strict=True)]
    deliver(connection, AIR, rows, opd="DLH", until=at(until))


def test_air_names_station_pollutant_and_what_must_fall():
    with programme_warehouse() as connection:
        rows = [
            air_row("2026-11-20", "Mojosari", pm25="62", pm10="55"),
            air_row("2026-11-20", "Jetis", pm25="51", o3="50"),
        ]
        deliver(connection, AIR, rows, opd="DLH", until=at("2026-11-21 00:00"))
        with desk_on(connection) as desk:
            said = explained(desk, "smart_environment.ispu")
        leader = Scope(Role.LEADER, "pimpinan", is_verified=True)
        with desk_on(connection, scope=leader) as desk:
            to_leader = explained(desk, "smart_environment.ispu")
    assert said[0].startswith("ISPU 62 termasuk Sedang: 11 di atas batas 51 dengan Baik, 39 di bawah batas 101")
    assert said[1:5] == [
        "38 di bawah batas 100, terpenuhi.",
        "Polutan kritis: PM2,5.",
        "Stasiun tertinggi yang menentukan; urutannya: Mojosari 62, Jetis 51.",
        "Kelas Baik tercapai bila setiap sub-indeks kurang dari 50,50; yang belum: PM2,5 Mojosari 62, "
        "PM10 Mojosari 55, PM2,5 Jetis 51.",
    ]
    assert not any("sub-indeks" in one for one in to_leader)  # who may not see rows


@pytest.mark.parametrize(
    ("values", "instant", "outlook"),
    [
        ([50 + 2 * day for day in range(20)], "2026-11-21 16:08", "batas tercapai sekitar 6 hari lagi, selang 95 % 6"),
        ([90 - 2 * day for day in range(20)], "2026-11-21 16:08", "tren menjauh dari batas"),
        ([60, 62, 64, 66, 68, 70, 72], "2026-11-21 16:08", "belum cukup data untuk tren"),
        ([100] * 20, "2026-11-21 16:08", ""),  # exactly on the limit: no way is left to it
        ([50 + 2 * day for day in range(20)], "2026-12-24 16:08", LATE),
    ],
)
def test_days_until_the_limit(values, instant, outlook):
    with programme_warehouse() as connection:
        deliver_air(connection, values, "2026-11-21 00:00")
        with desk_on(connection, instant) as desk:
            said = explained(desk, "smart_environment.ispu")
    trend = [one for one in said if "tren" in one.casefold() and one != METHOD]
    assert (len(trend) == 1 and outlook in trend[0]) if outlook else trend == []
    assert (METHOD in said) == (bool(outlook) and outlook != LATE)


def test_an_older_value_has_no_days_left():
    with programme_warehouse() as connection:
        deliver_air(connection, [50 + 2 * day for day in range(20)], "2026-11-21 00:00")
        with desk_on(connection) as desk:
            said = explained(desk, "smart_environment.ispu", f"{date(2026, 11, 10)}_region_35.16")
    assert METHOD not in said


def test_achievement_names_the_programme_and_the_fewest_that_lift_the_mean():
    with programme_warehouse() as connection:
        codes = ("P-1", "P-2", "P-3", "P-4")
        deliver(connection, PROGRAMMES, [programme_row(code) for code in codes], opd="BAPPEDA")
        deliver(connection, TARGETS, [target_row(code, 2026, "100") for code in codes], opd="BAPPEDA")
        achieved = zip(codes, ("90", "80", "60", "130"), strict=True)
        rows = [progress_row(code, "2026-10", "70/60", achieved_value=Decimal(value)) for code, value in achieved]
        report(connection, "DLH", "2026-10", *rows, received="2026-11-05 08:00")
        with desk_on(connection) as desk:
            said = explained(desk, "masterplan.capaian")
    assert said == [
        "Capaian target program 82,5 % termasuk Tinggi: 6,5 poin di atas batas 76 % dengan Sedang, 8,5 poin di bawah "
        "batas 91 % dengan Sangat Tinggi.",
        "Yang paling menahan: program P-3 Program P-3 dengan 60 % dari 4 program yang dirata-rata.",
        "Jalan terpendek ke Sangat Tinggi: 1 program mencapai targetnya (program P-3 Program P-3); rata-rata "
        "menjadi 92,50 %.",
        "Tren: belum cukup data, belum ada periode yang lengkap.",
    ]


def test_deviation_names_the_agency_whose_part_is_largest():
    with programme_warehouse() as connection:
        rows = [programme_row("P-DLH"), programme_row("P-DPUPR", lead="DPUPR")]
        deliver(connection, PROGRAMMES, rows, opd="BAPPEDA")
        for opd, figures, budget in (("DLH", "70/60", "100"), ("DPUPR", "80/76", "300")):
            row = progress_row(f"P-{opd}", "2026-10", figures, "60/50", budget)
            report(connection, opd, "2026-10", row, received="2026-11-05 08:00")
        with desk_on(connection) as desk:
            said = explained(desk, "masterplan.deviasi_fisik")
            plan = explained(desk, "masterplan.realisasi_fisik")
    behind = "Yang paling menahan: OPD DPUPR, -3 dari -5,50 poin daerah; OPD itu sendiri -4 poin dari rencananya."
    assert said == [behind]
    assert plan == ["Rencana bulan itu 77,50 %: realisasi 5,50 poin di bawah rencana.", behind]


def test_shared_programmes_name_the_dimensions_at_both_ends():
    with programme_warehouse() as connection:
        shared = programme_row("P-1", contributor_opd_codes="DPUPR")
        rows = [shared, programme_row("P-2"), programme_row("P-3", lead="DPUPR")]
        deliver(connection, PROGRAMMES, rows, opd="BAPPEDA", until=at("2026-11-21 00:00"))
        with desk_on(connection) as desk:
            said = explained(desk, "masterplan.keroyokan")
    assert said == [
        "Bagian terbesar yang dipikul bersama: dimensi Smart Environment 1 dari 2 program; terkecil: dimensi Smart "
        "Governance 0 dari 1 program."
    ]


def test_fires_calls_and_tickets_name_event_hour_and_ticket():
    with programme_warehouse() as connection:
        fires = [
            incident_row("T-1", "2026-11-20 10:00", minutes=10, closed="2026-11-20 12:00"),
            incident_row("T-2", "2026-11-20 11:00", minutes=22, closed="2026-11-20 12:00"),
            incident_row("T-3", "2026-11-20 13:00", minutes=None),
        ]
        deliver(connection, INCIDENTS, fires, opd="SATPOLPP", until=at("2026-11-21 12:00"))
        calls = [call_row(at(f"2026-11-20 {hour:02d}:{minute:02d}")) for hour in (8, 9) for minute in range(10)]
        calls += [call_row(at(f"2026-11-20 09:{minute}"), wait=40, kind="putus") for minute in (20, 30)]
        deliver(connection, CALLS, calls, since=at("2026-11-20 00:00"), until=at("2026-11-21 00:00"))
        with desk_on(connection) as desk:
            fire = explained(desk, "smart_living.respons_kebakaran")
            dropped = explained(desk, "smart_living.panggilan_putus")
            tickets = explained(desk, "smart_living.tiket_terbuka")
    assert fire[:3] == [
        "1 menit di atas SPM 15, belum terpenuhi.",
        "Kejadian berikutnya boleh sampai 13 menit agar rata-rata tetap dalam batas.",
        "1 dari 2 kejadian lebih dari 15 menit; yang terlama 22 menit, tanpanya 10 menit.",
    ]
    assert "Jam terberat 09.00-10.00: 2 dari 12 panggilan putus sebelum dijawab." in dropped
    assert "Pada penyebut yang sama, panggilan yang putus perlu berkurang paling sedikit 1." in dropped
    assert tickets[0].startswith("Tertua: T-3, 23 jam")
    assert tickets[1].startswith("Berikutnya T-3 melewati 24 jam dalam 1 jam")


def test_levels_name_the_indicator_and_the_steps():
    with programme_warehouse() as connection:
        owe_levels(connection)
        rows = level_rows(2026, 20, "3")
        deliver(connection, LEVELS, rows, opd="DISKOMINFO")
        with desk_on(connection) as desk:
            said = explained(desk, "spbe.mandiri")
    assert said[0].startswith("Indeks Pemdi 3 (Baik): 0,5 di atas batas bawah 2,5, 0,5 di bawah batas Sangat Baik 3,5")
    assert said[1].startswith("Yang paling menahan: indikator ")
    assert said[2].startswith("Jalan terpendek ke Sangat Baik: ")
    assert all(not any(cause in one.casefold() for cause in CAUSES) for one in said)


@pytest.mark.slow
def test_every_indicator_is_explained_or_says_it_has_no_limit():
    with programme_warehouse() as connection, desk_on(connection) as desk:
        assert all(explained(desk, one.id) for one in INDICATORS)
