"""Drives the wall for the browser tests: a real server over a data folder, and what the browser shows of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Error, Page

from tests.ports import own_port

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120  # for what must come, where nobody promised how soon: a busy machine takes long

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Debian's Chromium; a missing one is a failure that names its package, never a skip."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("Uji browser memerlukan paket Debian `chromium`: sudo apt install chromium", pytrace=False)
    return path


class Server:
    """`streamlit run app.py` on a free local port; `module` may stand for Streamlit."""

    def __init__(self, data_dir: Path, script: Path | None = None, module: str = "streamlit") -> None:
        self.data_dir, self.module = data_dir, module
        self.script = str(script or "app.py")
        self.environment = os.environ | {"PENDOPO_DATA_DIR": str(data_dir)}
        self.log = data_dir / "server.log"
        self.port = own_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", self.module, "run", self.script, "--server.port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log)
        poll(self.is_healthy, PATIENCE_S, "server tidak menjawab")

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(PATIENCE_S)
            self.process = None

    @property
    def release_id(self) -> str:
        return next(self.data_dir.glob("*/CURRENT")).read_text("utf-8")

    def build_next(self) -> subprocess.Popen[bytes]:
        """Start a real build three hours after the current release, when more sample deliveries have arrived."""
        manifest = next(self.data_dir.glob(f"*/releases/{self.release_id}.json"))
        moment = datetime.fromisoformat(json.loads(manifest.read_text("utf-8"))["built_at"]) + timedelta(hours=3)
        command = [sys.executable, "-m", "pipelines", "--now", moment.isoformat(), "run", "--quiet"]
        return subprocess.Popen(
            command, cwd=PROJECT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def poll(condition: Callable[[], object], seconds: float, message: str) -> float:
    """Wait until the condition holds and return how long it took. `seconds` are those of server and browser: the time
    in which others had the machine and these stood in line for it is not theirs."""
    start, before = time.monotonic(), in_line()
    while not _holds(condition):
        took = time.monotonic() - start
        if took > seconds and took - min(stood_since(before), PATIENCE_S) > seconds:
            pytest.fail(f"{message} dalam {seconds} detik")
        time.sleep(0.05)
    return time.monotonic() - start


def _holds(condition: Callable[[], object]) -> bool:
    try:
        return bool(condition())
    except Error:  # between two pages
        return False


def in_line() -> dict[str, float]:
    """How long each thread of the processes below this one was ready to run and had no core, as Linux counts it."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        for told in Path(f"/proc/{process.pid}/task").glob("*/schedstat"):
            with suppress(OSError):  # it ended meanwhile
                found[str(told)] = int(told.read_text("utf-8").split()[1]) / 1e9
    return found


def stood_since(before: dict[str, float]) -> float:
    """Seconds for which they stood in line since then, all together."""
    return sum(seconds - before.get(thread, 0) for thread, seconds in in_line().items())


def open_wall(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/dinding{query}")
    page.wait_for_selector("#pendopo-wall .stage > svg")


def stay_loaded(page: Page) -> None:
    """A wall that a busy server leaves without answer for long would load itself anew: not this one."""
    page.evaluate("() => sessionStorage.setItem('pendopo-reload', String(Date.now() * 2))")


def wall_state(page: Page) -> dict[str, str]:
    """Data attributes of the wall's root and the text of its notice."""
    return page.evaluate(
        """() => {
          const root = document.querySelector('#pendopo-wall');
          return {...root?.dataset, notice: root?.querySelector('.notice').textContent,
                  rilis: root?.querySelector('.stage > svg')?.dataset.rilis};
        }"""
    )
