"""One measured line, the machine it was measured on, and how both are written down."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

PROJECT = Path(__file__).resolve().parent.parent
MEASUREMENTS = PROJECT / "docs" / "measurements.md"
GIB = 1 << 30
MIB = 1 << 20
FEW = 20  # runs below which a percentile would only name the longest


@dataclass(frozen=True)
class Line:
    """What was measured, the result with its unit, and what the reader must know about it."""

    what: str
    result: str
    note: str = ""


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def mebibytes(count: float) -> str:
    return f"{count / MIB:.0f} MiB"


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile (nearest rank) of several runs; the longest instead when they are few."""
    ordered = sorted(values)
    rank = -(-len(ordered) * 95 // 100) - 1
    upper = f"p95 {seconds(ordered[rank])}" if len(ordered) >= FEW else f"longest {seconds(ordered[-1])}"
    return f"{seconds(median(ordered))} ({upper}, n = {len(ordered)})"


def machine() -> str:
    """Cores, memory, system and versions: no name, no folder."""
    memory = psutil.virtual_memory().total / GIB
    tools = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pandas", "streamlit"))
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GiB memory, {platform.system()}, "
        f"Python {platform.python_version()}, {tools}"
    )


def load() -> str:
    """How busy the machine was with other work before a measurement."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def commit() -> str:
    """Short commit id; "+" when tracked files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    found = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "not in git"


def as_markdown(lines: Sequence[Line], loads: tuple[str, str]) -> str:
    rows = [f"| {line.what} | {line.result} | {line.note} |" for line in lines]
    return "\n".join(
        [
            f"## {date.today().isoformat()}, commit {commit()}",
            "",
            f"{machine()}. Load average before the first measurement {loads[0]}, after the last {loads[1]}.",
            "",
            "| Measured | Result | Note |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def append(text: str) -> None:
    with MEASUREMENTS.open("a", encoding="utf-8") as stream:
        stream.write("\n" + text)
