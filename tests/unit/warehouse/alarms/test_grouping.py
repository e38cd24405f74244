"""Many alarms, few groups: by cause and place, never more than five on a wall, and none of them lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from warehouse.alarms.grouping import group_alarms, wall_groups
from warehouse.alarms.machine import Episode, State
from warehouse.alarms.standing import Alarm

START = datetime(2026, 11, 21, 8)


def alarm(number: int, signal: str, place: str, priority: str = "sedang") -> Alarm:
    at = START + timedelta(seconds=number * 2)
    return Alarm(
        number, 1, f"{signal}_{priority}", "x@1", signal, f"Judul {signal}", "operator", priority, f"{place}/{number}",
        place, "DLH", "", Decimal(1), Decimal(0), "jam", False, Episode(State.NEW, at, at),
    )  # fmt: skip


def flood(signals: int, places: int, count: int = 50) -> list[Alarm]:
    """So many within two minutes."""
    return [alarm(number, f"s{number % signals}", f"p{number // signals % places}") for number in range(count)]


@pytest.mark.parametrize(
    ("signals", "places", "groups", "last"),
    [
        (1, 1, 1, ""),
        (1, 5, 5, ""),
        (1, 50, 1, ""),  # one cause in fifty places
        (5, 10, 5, ""),
        (8, 6, 5, "Peringatan lainnya"),
        (50, 1, 5, "Peringatan lainnya"),
    ],
)
def test_fifty_alarms_in_two_minutes(signals, places, groups, last):
    alarms = flood(signals, places)
    assert (alarms[-1].raised_at - alarms[0].raised_at) < timedelta(minutes=2)
    found = wall_groups(alarms)
    assert len(found) == groups
    assert sorted(one.alarm_id for group in found for one in group.alarms) == list(range(50))
    assert (found[-1].title == last) if last else all(group.title.startswith("Judul") for group in found)


def test_two_rules_about_one_place_are_one_group_led_by_the_more_urgent():
    alarms = [alarm(1, "ispu", "Sooko", "tinggi"), alarm(2, "ispu", "Sooko", "kritis"), alarm(3, "ispu", "Mojosari")]
    first, second = group_alarms(alarms)
    assert (first.place_name, first.priority, [one.alarm_id for one in first.alarms]) == ("Sooko", "kritis", [2, 1])
    assert second.place_name == "Mojosari"


def test_the_most_urgent_is_never_among_the_rest():
    alarms = [*flood(20, 1), alarm(99, "s_kritis", "Sooko", "kritis")]
    assert wall_groups(alarms)[0].priority == "kritis"


def test_nothing_makes_no_group():
    assert wall_groups([]) == ()
