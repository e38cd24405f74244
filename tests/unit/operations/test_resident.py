"""The status file of the resident process: written at news, otherwise rarely, and never the end of it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest

from operations.resident import WRITE_EVERY, StatusKeeper
from pipelines.building.watching import Watcher
from warehouse.operations_status import FILE_NAME, SILENT_AFTER, BuildRun, read_status
from warehouse.settings import load_settings

AT = datetime(2026, 11, 21, 16, 8)
SECOND = timedelta(seconds=1)


@pytest.fixture
def watcher(tmp_path):
    settings = load_settings(data_dir=tmp_path)
    settings.state_dir.mkdir()
    return Watcher(settings, AT)


@pytest.fixture
def keeper(watcher):
    return StatusKeeper(watcher.settings.state_dir, AT)


def test_nothing_is_known_before_the_first_look_or_from_a_damaged_file(tmp_path):
    assert read_status(tmp_path) is None
    (tmp_path / FILE_NAME).write_text('{"pid": 1', "utf-8")
    assert read_status(tmp_path) is None


def test_what_is_written_is_read_again(keeper, watcher):
    watcher.build = BuildRun("kiriman masuk", AT, AT + SECOND, 3, "Rilis 2026-11-21.01 diterbitkan")
    keeper.looked(watcher, AT + SECOND, has_news=True)
    status = read_status(watcher.settings.state_dir)
    assert status == keeper.status
    assert (status.pid, status.build, status.looked_at) == (os.getpid(), watcher.build, AT + SECOND)
    assert status.build.is_done


def test_news_is_written_at_once_and_a_sign_of_life_rarely(keeper, watcher):
    for seconds in range(31):
        keeper.looked(watcher, AT + seconds * SECOND, has_news=seconds == 7)
        written = 7 if seconds >= 7 else 0
        assert read_status(watcher.settings.state_dir).looked_at == AT + written * SECOND
    keeper.looked(watcher, AT + 7 * SECOND + WRITE_EVERY, has_news=False)
    assert read_status(watcher.settings.state_dir).looked_at == AT + 7 * SECOND + WRITE_EVERY


def test_who_is_silent_or_stopped_does_not_run(keeper, watcher):
    keeper.looked(watcher, AT, has_news=True)
    assert keeper.status.is_running(AT + SILENT_AFTER)
    assert not keeper.status.is_running(AT + SILENT_AFTER + SECOND)
    keeper.stopped(AT + SECOND)
    assert not read_status(watcher.settings.state_dir).is_running(AT + SECOND)


def test_a_full_disk_ends_nothing_and_the_next_look_writes(keeper, watcher, monkeypatch, capsys):
    def fail(*arguments):
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("operations.resident.write_status", fail)
        keeper.looked(watcher, AT, has_news=True)
    assert "Periksa sisa ruang cakram" in capsys.readouterr().err
    keeper.looked(watcher, AT + SECOND, has_news=False)
    assert read_status(watcher.settings.state_dir).looked_at == AT + SECOND
