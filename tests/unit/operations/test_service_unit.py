"""The resident process run as its unit runs it: ready is said, it ends in the time the unit allows, no child is left.

What systemd does itself (starting again, the sandbox) was tried under systemd: docs/measurements.md.
"""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from operations.service_manager import READY
from warehouse.settings import PROJECT_DIR

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such manager on Windows")]
UNIT = dict(
    line.split("=", maxsplit=1)
    for line in (PROJECT_DIR / "docs" / "server" / "pendopo-operasi.service").read_text("utf-8").splitlines()
    if "=" in line and not line.startswith("#")
)
LONGEST_S = 120  # of TimeoutStartSec, on a busy machine too
STOP_WITHIN_S = int(UNIT["TimeoutStopSec"])


@pytest.fixture
def started(tmp_path: Path) -> Iterator[psutil.Process]:
    """ExecStart with the settings of a server, until it said that it is ready."""
    program, *arguments = shlex.split(UNIT["ExecStart"])
    assert program.endswith("/.venv/bin/python")
    config = (PROJECT_DIR / "pendopo.toml").read_text("utf-8")
    lines = [f'data_dir = "{tmp_path}/data"' if line.startswith("data_dir") else line for line in config.splitlines()]
    (tmp_path / "pendopo.toml").write_text("\n".join(lines), "utf-8")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(LONGEST_S)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONUNBUFFERED": "1",
            "PENDOPO_CONFIG": str(tmp_path / "pendopo.toml"),
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
        }
        with subprocess.Popen([sys.executable, *arguments], cwd=PROJECT_DIR, env=environment) as process:
            assert READY in manager.recv(4096).decode()
            yield psutil.Process(process.pid)
            process.kill()


def is_build(child: psutil.Process) -> bool:
    try:
        return "pipelines" in child.cmdline()
    except psutil.NoSuchProcess:  # ended meanwhile
        return False


def building(process: psutil.Process) -> list[psutil.Process]:
    """Its children, once the first build runs."""
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        children = process.children(recursive=True)
        if any(is_build(child) for child in children):
            return children
        time.sleep(0.05)
    raise AssertionError("belum ada pembangunan")


def test_sigterm_ends_it_and_its_build_in_time(started: psutil.Process) -> None:
    children = building(started)
    started.terminate()
    assert started.wait(STOP_WITHIN_S) == 0
    _gone, alive = psutil.wait_procs(children, timeout=0.5)
    assert alive == []


def test_a_killed_build_leaves_it_running_and_is_tried_again(started: psutil.Process) -> None:
    first = next(filter(is_build, building(started)))
    first.kill()
    psutil.wait_procs([first], timeout=10)
    again = next(filter(is_build, building(started)))
    assert again.pid != first.pid
    started.terminate()
    assert started.wait(STOP_WITHIN_S) == 0
