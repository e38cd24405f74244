"""The resident process for real: what lies in the inbox is published, and stopping leaves no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import datetime

import psutil
import pytest

from operations.__main__ import BUSY, DONE, WRONG_USE, main
from pipelines.building.building_lock import one_watcher
from tests.integration.test_build import GENERATION, SIPSN_HEADER, deliver, rows
from tests.ports import own_port
from warehouse.operations_status import read_status
from warehouse.releases import current_release, list_release_ids, serving_release
from warehouse.settings import PROJECT_DIR

LONGEST = 180  # seconds; on a busy machine too
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows sends no signal to another process; the same loop runs there"),
]


def wait_for(what, process):
    """Poll until it is true, while the process lives."""
    until = time.monotonic() + LONGEST
    while not what():
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < until, "too late"
        time.sleep(0.05)


def serving_dashboards(process):
    """Those that listen; a build beside them may end while it is looked at."""
    found = []
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "operations.dashboard" in child.cmdline() and child.net_connections("tcp"):
                found.append(child)
    return found


@pytest.fixture
def start(bare_settings):
    """Start a module on the data folder of the test; what it started is gone at the end, whatever happens."""
    started = []

    def start_module(*arguments):
        command = [sys.executable, "-m", *arguments]
        environment = os.environ | {
            "PENDOPO_DATA_DIR": str(bare_settings.data_dir),
            "PENDOPO_CONTOH": "false",
            "STREAMLIT_SERVER_PORT": str(own_port()),
            "BROWSER": "true",
        }
        started.append(
            subprocess.Popen(
                command, cwd=PROJECT_DIR, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
        )
        return started[-1]

    yield start_module
    for process in started:
        if process.poll() is None:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize(("module", "sent"), [(("operations",), "SIGTERM"), (("pipelines", "watch"), "SIGINT")])
def test_a_file_in_the_inbox_is_published_by_itself(bare_settings, start, module, sent):
    process = start(*module)
    wait_for(lambda: current_release(bare_settings.state_dir), process)
    line = "2024,Jawa Timur,Kab. Mojokerto,450.00,\n"
    deliver(bare_settings, "dlh_timbulan_sampah", "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER + line)
    wait_for(lambda: len(list_release_ids(bare_settings.state_dir)) == 2, process)
    wait_for(lambda: serving_release(bare_settings.state_dir).release.release_id.endswith(".02"), process)
    assert [str(row[0]) for row in rows(bare_settings, GENERATION)] == ["450.00"]
    process.send_signal(getattr(signal, sent))
    assert process.wait(LONGEST) == DONE
    assert "membangun: kiriman masuk" in process.stdout.read()


def test_a_stop_in_the_middle_of_a_build_ends_that_too(bare_settings, start):
    process = start("operations")
    wait_for(lambda: psutil.Process(process.pid).children(), process)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGTERM)
    assert process.wait(LONGEST) == DONE
    assert [child for child in children if child.is_running()] == []
    status = read_status(bare_settings.state_dir)
    assert not status.is_running(datetime.now())
    assert (status.pid, status.stopped_at is None) == (process.pid, False)
    assert status.build.exit_code == -signal.SIGTERM


def test_the_dashboard_is_started_and_stopped_beside_it(bare_settings, start):
    process = start("operations", "--with-dashboard")

    wait_for(lambda: serving_dashboards(process), process)
    below = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    assert process.wait(LONGEST) == DONE
    assert [child for child in below if child.is_running()] == []


def test_the_dashboard_does_not_outlive_a_killed_keeper(bare_settings, start):
    process = start("operations", "--with-dashboard")

    wait_for(lambda: serving_dashboards(process), process)
    (child,) = serving_dashboards(process)
    process.kill()
    assert child.wait(LONGEST) in (0, None)


def test_a_dashboard_that_refuses_to_start_ends_both(start, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    process = start("operations", "--with-dashboard")
    assert process.wait(LONGEST) == WRONG_USE
    assert "Mode lokal hanya melayani komputer ini" in process.stdout.read()


def test_one_watcher_is_enough(bare_settings, monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(bare_settings.data_dir))
    monkeypatch.setattr("operations.__main__.stop_on_signals", lambda stop: None)  # these are pytest's
    with one_watcher(bare_settings.state_dir, datetime(2026, 11, 21, 16, 8)):
        assert main([]) == BUSY
    assert "sudah diawasi oleh proses" in capsys.readouterr().err
