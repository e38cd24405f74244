"""What a service manager hears of the resident process: that it is ready, that it lives, that it stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from operations.service_manager import ALIVE, READY, STOPPING, tell_manager
from warehouse.settings import PROJECT_DIR

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there is no such manager on Windows")
LONGEST = 60  # seconds, on a busy machine too


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    heard.bind(str(tmp_path / "notify"))
    heard.settimeout(LONGEST)
    yield heard
    heard.close()


def test_without_a_manager_nobody_is_told(tmp_path: Path) -> None:
    tell_manager(READY, environ={})
    tell_manager(READY, environ={"NOTIFY_SOCKET": str(tmp_path / "gone")})


@pytest.mark.slow
def test_it_says_that_it_is_ready_lives_and_stops(manager: socket.socket, tmp_path: Path) -> None:
    environment = os.environ | {
        "PENDOPO_DATA_DIR": str(tmp_path / "data"),
        "PENDOPO_CONTOH": "false",
        "NOTIFY_SOCKET": str(manager.getsockname()),
    }
    with subprocess.Popen([sys.executable, "-m", "operations"], cwd=PROJECT_DIR, env=environment) as process:
        heard = [manager.recv(4096).decode() for _time in range(3)]
        assert heard == [f"{READY}\n{ALIVE}", ALIVE, ALIVE]
        process.send_signal(signal.SIGSTOP)  # hangs: the manager hears nothing more and starts it anew
        manager.settimeout(3)
        with pytest.raises(TimeoutError):
            while manager.recv(4096):
                pass
        process.send_signal(signal.SIGCONT)
        manager.settimeout(LONGEST)
        assert manager.recv(4096).decode() == ALIVE
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONGEST) == 0
    manager.settimeout(1)
    last = ""
    while last != STOPPING:
        last = manager.recv(4096).decode()
