"""Measures a build: the sample of a first run, ten years of calls, and the same calls by a plain pandas script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.processes import REFUSED, Run, run_python
from benchmarks.table import Line, mebibytes, seconds

INCIDENTS = "bpbd_kejadian_112"
CALLS = "bpbd_panggilan_112"
LARGE_AS_OF = date(2026, 11, 21)  # fixed: the large sample is the same at every run


@dataclass(frozen=True)
class Built:
    """One build seen from outside."""

    run: Run
    release_bytes: int


def build(data_dir: Path, now: str) -> Built:
    run = run_python(["-m", "pipelines", "--now", now, "run", "--quiet"], data_dir, (0, REFUSED))
    current = next(data_dir.glob("*/CURRENT"))
    manifest = current.parent / "releases" / f"{current.read_text('utf-8')}.json"
    return Built(run, json.loads(manifest.read_text("utf-8"))["byte_count"])


def measure_sample(data_dir: Path, as_of: date) -> Iterator[Line]:
    """What a first `make run` does, as of the morning of `as_of`; leaves its release in `data_dir`."""
    now = f"{as_of.isoformat()}T06:30"
    written = run_python(["-m", "pipelines", "sample", "--as-of", as_of.isoformat()], data_dir)
    yield Line("DATA CONTOH written", seconds(written.seconds), _counts(written.output))
    built = build(data_dir, now)
    yield _line("Sample build", built, _report(built.run.output))
    again = build(data_dir, now)
    yield Line("Sample build again, nothing new", seconds(again.run.seconds), "no new release")


def measure_large(data_dir: Path, calls: int, years: float) -> Iterator[Line]:
    """Ten years of calls and incidents, then the calls alone by us and by the peer."""
    scale = ["--calls", str(calls), "--years", str(years), "--as-of", LARGE_AS_OF.isoformat(), "--seed", "1"]
    written = run_python(["benchmarks/generate.py", *scale, "--out", str(data_dir)], data_dir)
    yield Line("Large sample written", seconds(written.seconds), _counts(written.output))
    now = f"{LARGE_AS_OF.isoformat()}T23:50"
    built = build(data_dir, now)
    yield _line("Large build: calls and incidents", built, _report(built.run.output))
    run_python(["-m", "pipelines", "sample", "--remove", INCIDENTS], data_dir)
    ours = build(data_dir, now)
    yield _line("Large build: calls only", ours, _report(ours.run.output))
    yield from compare_with_pandas(data_dir, ours.run, now)


def compare_with_pandas(data_dir: Path, ours: Run, now: str) -> Iterator[Line]:
    folder = next(data_dir.glob(f"*/contoh/{CALLS}"))
    target = data_dir / "peer.duckdb"
    theirs = run_python(["-m", "benchmarks.peers.pandas_calls", str(folder), str(target), "--now", now], data_dir)
    note = f"{theirs.output}; peak {mebibytes(theirs.peak_bytes)}; file {mebibytes(target.stat().st_size)}"
    yield Line("Same call files by plain pandas", seconds(theirs.seconds), note)
    yield Line(
        "Ratio pandas / Pendopo",
        f"time {theirs.seconds / ours.seconds:.1f}, memory {theirs.peak_bytes / ours.peak_bytes:.1f}",
        "Pendopo also writes lineage, marts, digest and checksum; the script does not",
    )


def _line(what: str, built: Built, note: str) -> Line:
    facts = f"peak {mebibytes(built.run.peak_bytes)}, release {mebibytes(built.release_bytes)}"
    return Line(what, f"{seconds(built.run.seconds)}, {facts}", note)


def _report(output: str) -> str:
    """Counts of `Rilis ... diterbitkan: 96 kiriman, 119819 baris diterima, 610 dikarantina.`"""
    files, accepted, rejected = map(int, re.findall(r"(\d+) (?:kiriman|baris|dikarantina)", output))
    return f"{files} files, {accepted:,} rows accepted, {rejected:,} quarantined"


def _counts(output: str) -> str:
    """Counts of `... 119 berkas, 107.735 panggilan, 12.140 kejadian.`"""
    files, calls, incidents = (
        int(text.replace(".", "")) for text in re.findall(r"([\d.]+) (?:berkas|panggilan|kejadian)", output)[-3:]
    )
    return f"{files} files, {calls:,} calls, {incidents:,} incidents"
