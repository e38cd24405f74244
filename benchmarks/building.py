"""Measures a build: the sample of a first run, ten years of calls, and the same calls by a plain pandas script."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from benchmarks.processes import REFUSED, Run, run_python
from benchmarks.table import Line, mebibytes, seconds

INCIDENTS = "bpbd_kejadian_112"
CALLS = "bpbd_panggilan_112"
ROUNDS = 3
LARGE_AS_OF = date(2026, 11, 21)  # fixed: the large sample is the same at every run


@dataclass(frozen=True)
class Built:
    """One build seen from outside."""

    run: Run
    file_bytes: int


def build(data_dir: Path, now: str) -> Built:
    run = run_python(["-m", "pipelines", "--now", now, "run", "--quiet"], data_dir, (0, REFUSED))
    current = next(data_dir.glob("*/CURRENT"))
    manifest = current.parent / "releases" / f"{current.read_text('utf-8')}.json"
    return Built(run, json.loads(manifest.read_text("utf-8"))["byte_count"])


def morning_of(day: date) -> datetime:
    """When the sample release is built."""
    return datetime.combine(day, time(6, 30))


def measure_sample(data_dir: Path, as_of: date) -> Iterator[Line]:
    """What a first `make run` does, as of the morning of `as_of`; leaves its release in `data_dir`."""
    now = morning_of(as_of).isoformat()
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
    yield from compare_with_pandas(data_dir, now)


def compare_with_pandas(data_dir: Path, now: str) -> Iterator[Line]:
    """Calls only, by us and by the peer in turns; the best of each, as other work on the machine only slows down."""
    rounds = [(build_first(data_dir, now), build_by_pandas(data_dir, now)) for _ in range(ROUNDS)]
    ours = min((mine for mine, _theirs in rounds), key=lambda built: built.run.seconds)
    theirs = min((peer for _mine, peer in rounds), key=lambda built: built.run.seconds)
    best = f"best of {ROUNDS}; "
    yield _line("Large build: calls only", ours, best + _report(ours.run.output))
    yield _line("Same call files by plain pandas", theirs, best + theirs.run.output)
    yield Line(
        "Ratio pandas / Pendopo",
        f"time {theirs.run.seconds / ours.run.seconds:.1f}, memory {theirs.run.peak_bytes / ours.run.peak_bytes:.1f}",
        "Pendopo also writes lineage, cells of errors, marts, digest and checksum; the script does not",
    )


def build_first(data_dir: Path, now: str) -> Built:
    """A build into an empty releases folder, so that each round does the whole work."""
    for state_dir in (path.parent for path in data_dir.glob("*/CURRENT")):
        shutil.rmtree(state_dir / "releases")
        (state_dir / "CURRENT").unlink()
    return build(data_dir, now)


def build_by_pandas(data_dir: Path, now: str) -> Built:
    folder = next(data_dir.glob(f"*/contoh/{CALLS}"))
    target = data_dir / "peer.duckdb"
    target.unlink(missing_ok=True)
    run = run_python(["-m", "benchmarks.peers.pandas_calls", str(folder), str(target), "--now", now], data_dir)
    return Built(run, target.stat().st_size)


def _line(what: str, built: Built, note: str) -> Line:
    facts = f"peak {mebibytes(built.run.peak_bytes)}, file {mebibytes(built.file_bytes)}"
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
