"""Which warnings hold at an instant is decided by what they say, never by when they came."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.unit.warehouse.small_warehouse import KAB, KOTA, at, empty_warehouse
from warehouse.schema import core_weather_warning
from warehouse.weather_queries import active_warnings

SENT, EXPIRES = at("2026-02-16 22:50"), at("2026-02-17 02:00")
DURING = at("2026-02-16 23:30")


def warning(code="1.1", **more):
    row = {column.name: None for column in core_weather_warning.c} | {
        "region_code": KAB,
        "alert_code": code,
        "language_code": "id",
        "area_name": "Jawa Timur",
        "alert_status": "Actual",
        "message_kind": "Alert",
        "event_name": "Hujan Lebat dan Petir",
        "severity": "Moderate",
        "sent_at": SENT,
        "effective_at": at("2026-02-16 23:00"),
        "expires_at": EXPIRES,
        "submission_id": "k",
        "row_no": 2,
        "is_sample": False,
    }
    return row | more


def replacing(*codes, kind="Update", sent="2026-02-16 23:10", code="2.1"):
    named = " ".join(f"cuaca@bmkg.go.id,{one},2026-02-16T22:50:00+07:00" for one in codes)
    return warning(code, message_kind=kind, sent_at=at(sent), replaced_alerts=named)


def active(rows, now=DURING):
    engine = empty_warehouse()
    with engine.begin() as connection:
        connection.execute(core_weather_warning.insert(), rows)
        found = active_warnings(connection, KAB, now)
    engine.dispose()
    return found


@pytest.mark.parametrize(
    ("now", "holds"),
    [
        ("2026-02-16 22:49", False),
        ("2026-02-16 22:50", True),  # out already, effective in ten minutes
        ("2026-02-16 23:30", True),
        ("2026-02-17 01:59", True),
        ("2026-02-17 02:00", False),
        ("2026-11-21 16:00", False),
    ],
)
def test_a_warning_holds_from_when_it_is_sent_until_it_expires(now, holds):
    assert len(active([warning()], datetime.fromisoformat(now))) == holds


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([warning(alert_status="Exercise")], []),
        ([warning(alert_status="Test")], []),
        ([warning(message_kind="Ack")], []),
        ([warning(region_code=KOTA)], []),
        ([warning(language_code="en-US")], []),
        ([warning(language_code="id-ID")], ["1.1"]),
        ([warning(language_code=None)], ["1.1"]),
        ([warning(), replacing("1.1")], ["2.1"]),
        ([warning(), replacing("1.1", kind="Cancel")], []),
        ([warning(), replacing("1.1", kind="Cancel", sent="2026-02-16 23:31")], ["1.1"]),
        ([warning(), replacing("1.10", kind="Cancel")], ["1.1"]),
        ([warning(), warning("1.2"), replacing("1.3", "1.2")], ["1.1", "2.1"]),
        ([warning(), replacing("1.1") | {"alert_status": "Exercise"}], ["1.1"]),
        ([warning(), replacing("1.1", kind="Cancel") | {"area_name": None, "expires_at": None}], []),
    ],
)
def test_what_is_not_meant_or_no_longer_meant_does_not_hold(rows, codes):
    assert [one.alert_code for one in active(rows)] == codes


def test_the_gravest_come_first():
    rows = [
        warning("d", severity=None),
        warning("c", severity="Minor"),
        warning("b", severity="Moderate", expires_at=at("2026-02-17 03:00")),
        warning("a", severity="Moderate", effective_at=None),
        warning("e", severity="Extreme"),
    ]
    found = active(rows)
    assert [one.alert_code for one in found] == ["e", "a", "b", "c", "d"]
    assert found[1].effective_at == SENT
