"""What a wall tells of alarms: a table of states, groups in words, and a silent watch that never looks calm."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.unit.charts.wall_examples import ACTIONS, INSTANT, clock, empty_view
from warehouse.alarms.machine import Episode, State
from warehouse.alarms.on_wall import with_alarms
from warehouse.alarms.standing import ANSWERED, Act, Alarm, AlarmLog
from warehouse.figures import ClockState
from warehouse.rules import load_rules

RULES = load_rules({})
NOW = INSTANT  # 21 November 2026 16.08


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def alarm(number: int = 1, state: State = State.NEW, **changes: object) -> Alarm:
    at = NOW - minutes(6)
    made = Alarm(
        number, 1, "panggilan_112_melonjak", "x@1", "panggilan_112", "Panggilan 112 melonjak", "operator", "kritis",
        "daerah", "Kabupaten Mojokerto", "BPBD", "19 panggilan jam 10, biasa 5–15", Decimal(3), Decimal(2), "kali",
        False, Episode(state, at, at),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def late(number: int, opd: str = "DLH") -> Alarm:
    return alarm(
        number, rule_id="data_terlambat", signal="data_terlambat", title="Data terlambat", priority="rendah",
        place=f"dlh_ispu/{opd}", place_name=f"{opd}, Kualitas udara", owner=opd, detail="",
    )  # fmt: skip


def told(*alarms: Alarm, looked_at: datetime | None = NOW, at: datetime = NOW):
    view = replace(empty_view(), instant=at, clocks=(clock("dlh_ispu", "DLH", state=ClockState.OVERDUE, overdue=4400),))
    return with_alarms(view, AlarmLog(alarms, looked_at), RULES)


@pytest.mark.parametrize(
    ("state", "changes", "line", "severity", "is_pressing"),
    [
        (State.NEW, {}, "belum ditanggapi 6 menit", "kritis", True),
        (State.NEW, {"priority": "tinggi"}, "belum ditanggapi 6 menit", "perlu tindakan", True),
        (
            State.ANSWERED,
            {"acts": (Act(ANSWERED, "operator.satu", datetime(2026, 11, 21, 16, 5), "tim berangkat"),)},
            "ditanggapi 16.05",
            "kritis",
            False,
        ),
        (
            State.NEW,
            {"within_since": NOW - minutes(2)},
            "belum ditanggapi 6 menit, di dalam batas sejak 16.06",
            "kritis",
            True,
        ),
        (
            State.ANSWERED,
            {"acts": (Act(ANSWERED, "operator.satu", datetime(2026, 11, 20, 8, 12), "tim berangkat"),)},
            "ditanggapi 20/11 08.12",
            "kritis",
            False,
        ),
    ],
)
def test_what_still_holds_stands_among_the_actions(state, changes, line, severity, is_pressing):
    view = told(alarm(state=state, **changes))
    (action,) = view.actions
    assert (action.severity, action.is_pressing) == (severity, is_pressing)
    assert action.title == "Panggilan 112 melonjak"  # the place is the region: it goes without saying
    assert action.detail == f"19 panggilan jam 10, biasa 5–15 · {line}"
    assert "operator.satu" not in repr(view.alarms)
    assert view.alarms.takes_screen is (state is State.NEW and severity == "kritis")


@pytest.mark.parametrize(
    ("state", "changes", "line"),
    [
        (State.RECOVERED, {"recovered_at": datetime(2026, 11, 21, 15, 40)}, "pulih 15.40, belum dilihat"),
        (State.SHELVED, {}, "ditunda sampai 18.00"),
    ],
)
def test_what_rests_is_told_on_its_own_scene_only(state, changes, line):
    resting = alarm(state=state, **changes)
    until = datetime(2026, 11, 21, 18) if state is State.SHELVED else None
    view = told(replace(resting, episode=replace(resting.episode, shelved_until=until)))
    assert view.actions == ()
    assert [one.told for one in view.alarms.resting] == [line]
    assert not view.alarms.takes_screen


@pytest.mark.parametrize(
    ("log", "title"),
    [
        (None, "Peringatan tidak terbaca dari jurnal"),
        (AlarmLog(), "Peringatan belum pernah dinilai"),
        (AlarmLog((), NOW - minutes(11)), "Peringatan tidak dinilai sejak 15.57"),
        (AlarmLog((), NOW - minutes(10)), None),
        (AlarmLog((), NOW - timedelta(days=1)), "Peringatan tidak dinilai sejak 20/11 16.08"),
    ],
)
def test_a_silent_watch_needs_action(log, title):
    view = with_alarms(replace(empty_view(), instant=NOW), log, RULES)
    assert [action.title for action in view.actions] == ([title] if title else [])


def test_late_data_tells_its_delay_by_now_and_many_are_one_line():
    (one,) = told(late(1)).actions
    assert (one.title, one.owner, one.severity) == ("Data terlambat: Kualitas udara", "DLH", "data")
    assert one.detail == "terlambat 3 hari · belum ditanggapi 6 menit"
    many = told(*(late(number, f"OPD{number}") for number in range(1, 8)))
    assert [action.title for action in many.actions] == ["Data terlambat: 7 kiriman"]
    assert many.actions[0].owner == "OPD1, OPD2, OPD3 dan 4 lainnya"


def test_the_unanswered_one_comes_first_and_a_flood_is_five_lines():
    answered = alarm(2, State.ANSWERED)
    board = told(answered, alarm(1, place_name="Mojosari")).alarms
    assert [line.state for line in board.lines] == ["baru", "ditanggapi"]
    flood = told(*(alarm(number, signal=f"s{number % 9}", title=f"Judul {number % 9}") for number in range(50))).alarms
    assert (len(flood.lines), sum(line.count for line in flood.lines), flood.unanswered_count) == (5, 50, 50)


def test_a_critical_alarm_that_was_answered_lets_go_of_the_screen_though_another_of_its_group_waits():
    view = told(alarm(1, State.ANSWERED), alarm(2, priority="tinggi"))
    assert [(line.severity, line.state) for line in view.alarms.lines] == [("perlu tindakan", "baru")]
    assert not view.alarms.takes_screen
    assert told(alarm(1, State.ANSWERED), alarm(2)).alarms.takes_screen


def test_a_follow_up_is_not_an_operators():
    view = told(alarm(audience="tindak_lanjut"))
    assert (view.actions, view.alarms.open_count) == ((), 0)


def test_a_source_that_never_came_is_told_beside_the_alarms():
    never = replace(ACTIONS[2], is_never_delivered=True)
    view = with_alarms(replace(empty_view(), instant=NOW, actions=(*ACTIONS, never)), AlarmLog((), NOW), RULES)
    assert view.actions == (never,)


def test_the_words_change_with_the_minute_and_the_rest_does_not():
    first, same, later = (told(alarm(), at=NOW + shift).alarms for shift in (minutes(0), minutes(0), minutes(1)))
    assert first == same != later


@pytest.mark.parametrize(("seconds", "is_told"), [(-60, True), (59, True), (60, False)])
def test_an_alarm_does_not_wait_for_the_next_minute_of_a_view(seconds: int, is_told: bool) -> None:
    """Later ones are told when an older release is looked at as of that minute: they were not there yet."""
    at = NOW + timedelta(seconds=seconds)
    board = told(alarm(episode=Episode(State.NEW, at, at)))
    assert bool(getattr(board, "alarms", board).lines) is is_told
