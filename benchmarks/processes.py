"""Runs a command in a child process and watches it from outside: seconds, peak memory, exit code, output."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.table import PROJECT

SAMPLE_EVERY_S = 0.02
REFUSED = 3  # exit code of a run that published but refused some delivery


@dataclass(frozen=True)
class Run:
    """What a child process took."""

    seconds: float
    peak_bytes: int  # resident memory, looked at every 20 ms
    output: str


def run_python(arguments: Sequence[str], data_dir: Path, allowed: Sequence[int] = (0,)) -> Run:
    """`python ARGUMENTS` over a data folder. Raises RuntimeError with the output when it fails."""
    environment = os.environ | {"PENDOPO_DATA_DIR": str(data_dir)}
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], cwd=PROJECT, env=environment, stdout=log, stderr=log)
        peak = _watch(process)
        took = time.perf_counter() - started
        log.seek(0)
        output = log.read().decode("utf-8", "replace").strip()
    if process.returncode not in allowed:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(arguments)}\n{output}")
    return Run(took, peak, output)


def _watch(process: subprocess.Popen[bytes]) -> int:
    peak, watched = 0, psutil.Process(process.pid)
    while process.poll() is None:
        try:
            peak = max(peak, watched.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(SAMPLE_EVERY_S)
    process.wait()
    return peak
