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
FAMILY_EVERY_S = 0.1  # looking for children takes longer
REFUSED = 3  # exit code of a run that published but refused some delivery


@dataclass(frozen=True)
class Run:
    """What a child process took."""

    seconds: float
    peak_bytes: int  # resident memory, looked at every 20 ms
    output: str
    shared_once_bytes: int = 0  # of a family: memory its processes share counted once; 0 where the system cannot tell


def run_python(
    arguments: Sequence[str], data_dir: Path, allowed: Sequence[int] = (0,), family: bool = False, **settings: str
) -> Run:
    """`python ARGUMENTS` over a data folder, if asked with all it starts. Raises RuntimeError with the output."""
    return run_program(None, arguments, data_dir, allowed, family, **settings)


def run_program(
    python: Path | None,
    arguments: Sequence[str],
    data_dir: Path,
    allowed: Sequence[int] = (0,),
    family: bool = False,
    **settings: str,
) -> Run:
    """The same by another interpreter; None: by this one."""
    environment = os.environ | {"PENDOPO_DATA_DIR": str(data_dir)} | settings
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # who works with Pendopo does not compile it at every start
    command = [str(python or sys.executable), *arguments]
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        peak, shared_once = _watch_family(process) if family else (_watch(process), 0)
        took = time.perf_counter() - started
        log.seek(0)
        output = log.read().decode("utf-8", "replace").strip()
    if process.returncode not in allowed:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(arguments)}\n{output}")
    return Run(took, peak, output, shared_once)


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


def _watch_family(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Peaks of the sum over the process and its children: resident memory, and with shared pages counted once."""
    resident, shared_once, watched = 0, 0, psutil.Process(process.pid)
    while process.poll() is None:
        try:
            now = memory_of_family(watched)
        except psutil.NoSuchProcess:
            break
        resident, shared_once = max(resident, now[0]), max(shared_once, now[1])
        time.sleep(FAMILY_EVERY_S)
    process.wait()
    return resident, shared_once


def memory_of_family(process: psutil.Process) -> tuple[int, int]:
    """Resident bytes of a process and all it started, and with shared pages counted once. Raises NoSuchProcess."""
    seen = [_memory(member) for member in (process, *process.children(recursive=True))]
    return sum(rss for rss, _pss in seen), sum(pss for _rss, pss in seen)


def _memory(member: psutil.Process) -> tuple[int, int]:
    """Resident and proportional memory; nothing of a process that has just ended."""
    try:
        told = member.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0, 0
    return told.rss, getattr(told, "pss", 0)
