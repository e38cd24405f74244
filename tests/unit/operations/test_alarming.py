"""Alarms are judged every minute and after a build, one child at a time; late data are not told while builds fail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from operations.alarming import EVERY, LOCK_FILE, AlarmChild, run_alarms
from warehouse.settings import load_settings

NOW = datetime(2026, 11, 21, 16, 8)
SECOND = timedelta(seconds=1)


class Child:
    """A process that ends when it is told."""

    def __init__(self) -> None:
        self.code: int | None = None

    def poll(self) -> int | None:
        return self.code


@pytest.mark.parametrize(
    ("looks", "starts"),  # seconds, whether there is news, whether the child before has ended
    [
        ([(0, False, True), (1, False, True), (59, False, True), (60, False, True)], 2),
        ([(0, False, True), (3, True, True), (6, False, True), (7, False, True)], 2),
        ([(0, False, False), (60, True, False), (120, False, False)], 1),
        ([(0, False, False), (60, True, False), (61, False, True), (62, False, True)], 2),
    ],
)
def test_every_minute_and_after_a_build_one_at_a_time(looks, starts, tmp_path, monkeypatch):
    started = []

    def start(command):
        assert command[-1] == "alarms"
        started.append(Child())
        return started[-1]

    monkeypatch.setattr("operations.alarming.start_process", start)
    child = AlarmChild(load_settings(data_dir=tmp_path))
    for seconds, has_news, has_ended in looks:
        if started and has_ended:
            started[-1].code = 0
        child.look(NOW + seconds * SECOND, has_news)
    assert len(started) == starts
    assert EVERY == 60 * SECOND


def test_without_a_release_it_says_what_to_do(tmp_path, capsys):
    settings = load_settings(data_dir=tmp_path)
    settings.state_dir.mkdir()
    assert run_alarms(settings, NOW) == 2
    assert "python -m pipelines run" in capsys.readouterr().err
    assert not (settings.state_dir / "peringatan.json").exists()
    assert (settings.state_dir / LOCK_FILE).exists()
