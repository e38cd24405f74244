"""When a build is due: files that stand still, the clock, and never a storm of failing builds."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest

from pipelines.building.watching import (
    EVERY,
    FIRST_RETRY,
    LAST_RETRY,
    NOT_STARTED,
    STAND_STILL,
    Schedule,
    Watcher,
    list_arrivals,
)
from warehouse.settings import load_settings

AT = datetime(2026, 11, 21, 16, 8)
SECOND = timedelta(seconds=1)
NOTHING = frozenset()
HALF, WHOLE, OTHER = (frozenset({("dlh_ispu/a.csv", size, 1)}) for size in (10, 20, 30))


def idle(at: datetime = AT) -> Schedule:
    """As after a build that left nothing."""
    return Schedule(due_at=at).ended(NOTHING, at, is_done=True)


def test_it_builds_at_the_start():
    assert Schedule(due_at=AT).why(AT) == "mulai"


def test_a_file_is_built_when_it_has_stood_still():
    growing = idle().saw(HALF, AT + SECOND).saw(WHOLE, AT + 3 * SECOND)
    assert growing.why(AT + SECOND + STAND_STILL) == ""  # it changed meanwhile
    assert growing.why(AT + 3 * SECOND + STAND_STILL) == "kiriman masuk"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (WHOLE, NOTHING, ""),  # taken
        (WHOLE, WHOLE, ""),  # nobody's folder, or locked: not built over and over
        (WHOLE, OTHER, "kiriman masuk"),  # changed while it was built
        (NOTHING, WHOLE, "kiriman masuk"),  # arrived while it was built
    ],
)
def test_what_a_build_leaves_lying_starts_no_other(before, after, reason):
    started = idle().saw(before, AT)
    ended = started.saw(after, AT + 5 * SECOND).ended(before, AT + 5 * SECOND, is_done=True)
    assert ended.why(AT + 5 * SECOND + STAND_STILL) == reason


@pytest.mark.parametrize(
    ("at", "due", "reason"),
    [
        ("2026-11-21T16:08", "2026-11-21T16:18", "berkala"),
        ("2026-11-21T23:55", "2026-11-22T00:01", "lewat tengah malam"),
        ("2026-11-22T00:01", "2026-11-22T00:11", "berkala"),
        ("2026-11-22T00:00", "2026-11-22T00:01", "lewat tengah malam"),
    ],
)
def test_the_clock_has_it_build_too(at, due, reason):
    schedule = idle(datetime.fromisoformat(at))
    assert (schedule.due_at, schedule.reason) == (datetime.fromisoformat(due), reason)
    assert schedule.why(schedule.due_at - SECOND) == ""
    assert schedule.why(schedule.due_at) == reason


def test_failures_are_tried_again_more_and_more_rarely_whatever_arrives():
    schedule, pauses = idle(), []
    for _ in range(7):
        schedule = schedule.ended(NOTHING, AT, is_done=False)
        pauses.append(schedule.due_at - AT)
    assert pauses == [FIRST_RETRY * 2**n for n in range(5)] + [LAST_RETRY] * 2
    assert schedule.saw(WHOLE, AT).why(AT + STAND_STILL) == ""
    again = schedule.ended(NOTHING, AT, is_done=True)
    assert (again.failures, again.due_at) == (0, AT + EVERY)


def test_a_clock_that_is_set_back_stops_nothing():
    assert idle().why(AT - timedelta(days=1)) == "berkala"


@pytest.fixture
def settings(tmp_path):
    settings = load_settings(data_dir=tmp_path)
    (settings.state_dir / "inbox" / "dlh_ispu").mkdir(parents=True)
    return settings


def test_what_an_editor_keeps_beside_a_file_is_not_seen(settings):
    for name in ("a.csv", "~$a.xlsx", ".a.csv.part"):
        (settings.state_dir / "inbox" / "dlh_ispu" / name).write_bytes(b"isi")
    os.utime(settings.state_dir / "inbox" / "dlh_ispu" / "a.csv", ns=(5, 5))
    assert list_arrivals(settings.state_dir) == {("inbox/dlh_ispu/a.csv", 3, 5)}


def test_what_is_handed_over_in_person_is_seen(settings):
    before = list_arrivals(settings.state_dir)
    (settings.state_dir / "archive" / "dlh_ispu" / "kunci").mkdir(parents=True)
    assert {name for name, *_rest in list_arrivals(settings.state_dir) - before} == {"archive/dlh_ispu"}


class _Ended:
    """A process that has ended well."""

    returncode = 0

    def poll(self):
        return 0


def test_sources_are_fetched_by_the_clock_and_not_for_every_arrival(settings, monkeypatch, tmp_path):
    (tmp_path / "terhubung").mkdir()
    started = []

    def start(command, _output=None):
        started.append(command[5])
        return _Ended()

    monkeypatch.setattr("pipelines.building.watching.start_process", start)
    monkeypatch.setattr("pipelines.building.watching.SOURCES_DIR", tmp_path)
    watcher = Watcher(settings, AT)
    watcher.look(AT)
    assert started == ["run"]  # nothing is connected
    (tmp_path / "terhubung" / "connection.yml").touch()
    watcher.look(AT + SECOND)  # ended
    (settings.state_dir / "inbox" / "dlh_ispu" / "a.csv").write_bytes(b"isi")
    for second in range(2, 8):
        watcher.look(AT + second * SECOND)
    assert started == ["run", "run"]
    watcher.look(AT + EVERY + 10 * SECOND)
    assert started == ["run", "run", "run", "fetch"]


def test_a_build_that_cannot_start_is_a_failed_one(settings, monkeypatch):
    def fail(*arguments):
        raise OSError("tidak ada ruang")

    monkeypatch.setattr("pipelines.building.watching.start_process", fail)
    watcher = Watcher(settings, AT)
    assert watcher.look(AT)
    assert (watcher.build.exit_code, watcher.build.is_done) == (NOT_STARTED, False)
    assert watcher.schedule.due_at == AT + FIRST_RETRY
    assert not watcher.look(AT + SECOND)
