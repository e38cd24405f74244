"""A small region to explore: calls of five weeks, incidents of three kecamatan, published years of several regions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from tests.unit.warehouse.programme_warehouse import (
    AIR,
    LRA,
    PROGRAMMES,
    air_row,
    lra_row,
    programme_row,
    progress_row,
    report,
)
from tests.unit.warehouse.small_warehouse import (
    CALLS,
    GENERATION,
    GENERATION_ROWS,
    INCIDENTS,
    KAB,
    KOTA,
    MORE_SOURCES,
    SPBE,
    SPBE_ROWS,
    WASTE,
    WASTE_ROWS,
    at,
    call_row,
    deliver,
    empty_warehouse,
    incident_row,
    owe,
)
from tests.unit.warehouse.test_dengue import AREAS as DENGUE_AREAS
from tests.unit.warehouse.test_dengue import DENGUE, week
from tests.unit.warehouse.test_waste_areas import SOURCE as WASTE_AREAS
from tests.unit.warehouse.test_waste_areas import month_row
from warehouse.catalogue import calculate_all
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules

RULES = load_rules({})
TODAY = date(2026, 11, 21)
FIRST_DAY = TODAY - timedelta(days=34)
NGORO, PUNGGING = "35.16.07", "35.16.06"


def calls_of(day: date) -> list[dict[str, object]]:
    """A call in each of hours 0 to 3, one at noon, as many more at 8 as the day of the month; one waits too long."""
    moments = [time(hour) for hour in (0, 1, 2, 3, 12)] + [time(8, minute) for minute in range(day.day)]
    if day == TODAY:
        moments = [moment for moment in moments if moment < time(9)]
    rows = [call_row(datetime.combine(day, moment)) for moment in moments]
    rows.append(call_row(datetime.combine(day, time(4)), wait=40))
    if day.day % 3 == 0:
        rows.append(call_row(datetime.combine(day, time(5)), kind="putus", wait=30))
    return rows


INCIDENT_ROWS = (
    incident_row("T-1", "2026-11-03 08:00", minutes=9, kecamatan=NGORO),
    incident_row("T-2", "2026-11-04 08:00", minutes=21, kecamatan=NGORO, opd="BPBD"),
    incident_row("T-3", "2026-11-05 08:00", minutes=12, kecamatan=PUNGGING),
    incident_row("T-4", "2026-11-06 08:00", minutes=30, kecamatan=PUNGGING, kind="kecelakaan", opd="DINKES"),
    incident_row("T-5", "2026-11-07 08:00", minutes=None, kecamatan=PUNGGING),
    incident_row("T-6", "2026-10-08 08:00", minutes=18, kecamatan=PUNGGING),
    incident_row("T-7", "2026-11-09 08:00", minutes=6, kecamatan=NGORO) | {"kecamatan_code": None},
)

PROGRAMME_ROWS = (
    programme_row("P-1", "DLH", kecamatan_code=NGORO),
    programme_row("P-2", "DPUPR", contributor_opd_codes="DISKOMINFO, DLH"),
    programme_row("P-3", "DISKOMINFO"),
)
REPORTS = (  # agency, month, programme, physical, financial, budget in million rupiah; P-3 owes October
    ("DLH", "2026-09", "P-1", "60/50", "50/40", "100"),
    ("DPUPR", "2026-09", "P-2", "50/52", "40/45", "300"),
    ("DISKOMINFO", "2026-09", "P-3", "40/30", "40/20", "200"),
    ("DLH", "2026-10", "P-1", "80/70", "70/60", "100"),
    ("DPUPR", "2026-10", "P-2", "70/71", "60/63", "300"),
)
LRA_ROWS = (
    ("DLH", "2026-09-30", "1000", "500"),
    ("DPUPR", "2026-09-30", "3000", "900"),
    ("DLH", "2026-10-31", "1000", "600"),
    ("DPUPR", "2026-10-31", "3000", "1500"),
)
AIR_ROWS = (
    air_row("2026-11-19", "Mojosari", pm25="80", pm10="40"),
    air_row("2026-11-19", "Ngoro", pm25="60", pm10="95"),
    air_row("2026-11-20", "Mojosari", pm25="51"),
    air_row("2026-11-20", "Ngoro", pm25="49"),
)
DENGUE_ROWS = [  # every kecamatan reports three weeks; two of them have cases
    row
    for end, cases in (("2026-10-31", (7, 2)), ("2026-11-07", (5, 0)), ("2026-11-14", (9, 12)))
    for row in week(date.fromisoformat(end), dict(zip(DENGUE_AREAS, cases, strict=False)))
]
WASTE_AREA_ROWS = (
    month_row(NGORO, "310", "620", month="2026-10-01"),
    month_row(PUNGGING, "310", persons=300_000, month="2026-10-01"),
    month_row(NGORO, "300", month="2026-09-01"),
    month_row(PUNGGING, "300", None, month="2026-09-01"),
)


def _deliver_plans(connection: sa.Connection) -> None:
    owe(connection, MORE_SOURCES)
    received = at("2026-11-20 10:00")
    deliver(connection, PROGRAMMES, PROGRAMME_ROWS, opd="BAPPEDA", received=received, is_sample=True)
    for agency, month, code, physical, financial, budget in REPORTS:
        row = progress_row(code, month, physical, financial, budget)
        report(connection, agency, month, row, received="2026-11-20 10:00")
    for agency, end, budget, realised in LRA_ROWS:
        rows = [lra_row(agency, end, "5.1", budget, realised)]
        deliver(connection, LRA, rows, opd=agency, until=at(f"{end} 23:59"), received=received)
    deliver(connection, AIR, AIR_ROWS, opd="DLH", until=at("2026-11-21 00:00"))
    deliver(connection, DENGUE, DENGUE_ROWS, opd="DINKES", until=at("2026-11-15 00:00"))
    deliver(connection, WASTE_AREAS, WASTE_AREA_ROWS, opd="DLH", until=at("2026-11-01 00:00"))


@contextmanager
def explored_region() -> Iterator[sa.Connection]:
    """Read only: tests share it."""
    with empty_warehouse().connect() as connection:
        days = [FIRST_DAY + timedelta(days=count) for count in range(35)]
        for day in days:
            until = at("2026-11-21 09:00") if day == TODAY else datetime.combine(day + timedelta(days=1), time())
            deliver(connection, CALLS, calls_of(day), since=datetime.combine(day, time()), until=until, is_sample=True)
        deliver(connection, INCIDENTS, INCIDENT_ROWS, opd="SATPOLPP", until=at("2026-11-21 12:00"), is_sample=True)
        deliver(connection, SPBE, SPBE_ROWS, opd="DISKOMINFO")
        deliver(connection, WASTE, WASTE_ROWS, opd="DLH")
        deliver(connection, GENERATION, GENERATION_ROWS, opd="DLH")
        _deliver_plans(connection)
        build_rollups(connection, RULES)
        calculate_all(connection, KAB, RULES)
        yield connection


__all__ = ["KAB", "KOTA", "NGORO", "PUNGGING", "RULES", "TODAY", "calls_of", "explored_region"]
