"""Starts and ends processes of our own, and hears when this one is to stop: the same on Linux, macOS and Windows.

Whoever starts a process ends it, with everything it started; a Ctrl-C at the terminal reaches none of them by itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from threading import Event
from typing import IO

import psutil

from warehouse.settings import PROJECT_DIR

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # those the system has
END_SECONDS = 10  # what a process gets to end by itself


def start_process(command: Sequence[str], output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """In the project's folder, without input; its output goes to `output`, or where ours goes."""
    return subprocess.Popen(  # noqa: S603 - our own words
        command,
        cwd=PROJECT_DIR,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env={**os.environ, "PYTHONUTF8": "1"},
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def end_process(child: subprocess.Popen[bytes], seconds: float = END_SECONDS) -> None:
    """Ask it to end, then make it; what it started too."""
    try:
        below = psutil.Process(child.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        below = []
    child.terminate()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for process in below:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(below, seconds)


def stop_on_signals(stop: Event) -> None:
    """Set `stop` when the terminal, the system or a service manager ends this process."""
    for name in STOPPING:
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda _number, _frame: stop.set())
