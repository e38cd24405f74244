"""Measures the whole intake of readings against other tools: judged, kept aside, traced, replaced, published.

The same files go through every tool in one run. What each does not do is said beside its number.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.environments import NotInstalled, python_of
from benchmarks.processes import REFUSED, Run, run_program, run_python
from benchmarks.table import PROJECT, Line, mebibytes, seconds
from warehouse.engine import open_release
from warehouse.releases import point_to, serving_release

SOURCE, STATE = "dpupr_pos_air", "kabupaten_mojokerto"
A_FILE = 1_000_000  # rows: about 35 MB, a file may have 50
PEERS = (
    ("dlt_arrow", "dlt, Arrow tables", "checks no value, keeps no row aside, replaces no earlier row"),
    ("pandas_pandera", "pandas with pandera", "checks and keeps aside; no lineage, no earlier row replaced"),
)
SLOW_PEER = ("pandas_to_sql", "pandas to_sql", "checks nothing, traces nothing")  # goes with the first file alone
LINES = """SELECT strftime(TIMESTAMP '2007-01-01' + to_minutes((i // 10)::BIGINT), '%Y-%m-%d %H:%M:%S') AS waktu,
  'PA-' || lpad((i % 10)::VARCHAR, 2, '0') AS pos,
  CASE WHEN i % 250000 = 3 THEN 'tinggi' ELSE 'tma_m' END AS parameter,
  CASE WHEN i % 1000 = 7 THEN '999999' ELSE printf('%.2f', (hash(i + {seed}) % 900) / 100) END AS nilai
  FROM range({first}, {last}) AS line(i)"""


@dataclass(frozen=True)
class Load:
    run: Run
    rows: int


def write_readings(folder: Path, first: int, last: int, seed: int = 0) -> list[Path]:
    """Minutes of ten gauges, one reading in a thousand out of range; files of a million lines."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with duckdb.connect() as connection:
        for start in range(first, last, A_FILE):
            files.append(folder / f"pos_air_{seed}_{start // A_FILE:03d}.csv")
            lines = LINES.format(seed=seed, first=start, last=min(start + A_FILE, last))
            connection.execute(f"COPY ({lines}) TO '{files[-1].as_posix()}' (HEADER, DELIMITER ',')")
    return files


def measure_intake(folder: Path, rows: int) -> Iterator[Line]:
    files = write_readings(folder / "berkas", 0, rows)
    floor = _peer("duckdb_table", None, folder, files)
    yield _line(f"{rows:,} readings, bare DuckDB CREATE TABLE AS SELECT", floor, "the floor: typed, nothing else")
    data_dir = folder / "pendopo"
    first = _ours(data_dir, files, "2026-11-21T06:00")
    told = "judged, kept aside with reasons, traced to file and row, twins and earlier rows settled, published"
    yield _line(f"{rows:,} readings, whole intake of Pendopo", first, f"{told}; {_times(first, floor)} the floor")
    for peer in PEERS:
        yield _against(peer, first, folder, files)
    more = write_readings(folder / "susulan", rows, rows + rows // 200, 1)
    more += write_readings(folder / "koreksi", rows // 2, rows // 2 + rows // 200, 2)
    second = _ours(data_dir, more, "2026-11-21T07:00")
    share = 100 * second.run.seconds / first.run.seconds
    yield _line("A second delivery, 1 % new rows, half of them corrections", second, f"{share:.1f} % of the first")
    yield from _publishing(data_dir)
    alone = _ours(folder / "satu", files[:1], "2026-11-21T06:00")
    yield _line("The first file alone, whole intake of Pendopo", alone, told)
    yield _against(SLOW_PEER, alone, folder, files[:1])


def _against(peer: tuple[str, str, str], ours: Load, folder: Path, files: list[Path]) -> Line:
    name, title, note = peer
    what = f"The same {len(files)} file{'s' if len(files) > 1 else ''}, {title}"
    try:
        done = _peer(name, python_of(name), folder, files)
    except NotInstalled as told_by_pip:
        return Line(what, "not measured", f"would not install: {told_by_pip}")
    return _line(what, done, f"{note}; {_times(done, ours)} Pendopo")


def _ours(data_dir: Path, files: list[Path], now: str) -> Load:
    inbox = data_dir / STATE / "inbox" / SOURCE
    inbox.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, inbox / file.name)
    run = run_python(
        ["-m", "pipelines", "--now", now, "run", "--quiet"], data_dir, (0, REFUSED), family=True, PENDOPO_CONTOH="false"
    )
    engine = open_release(serving_release(data_dir / STATE).release.path)
    with engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM core_sensor_reading").scalar_one()
    engine.dispose()
    return Load(run, int(count))


def _peer(name: str, python: Path | None, folder: Path, files: list[Path]) -> Load:
    target = folder / f"{name}.duckdb"
    target.unlink(missing_ok=True)
    arguments = [str(PROJECT / "benchmarks" / "peers" / f"{name}.py"), str(target), *map(str, files)]
    run = run_program(python, arguments, folder, family=True)
    target.unlink(missing_ok=True)
    return Load(run, int(run.output.splitlines()[-1]))


def _publishing(data_dir: Path) -> Iterator[Line]:
    """What a reader waits for once a release is built: the pointer, and the new file opened."""
    state = data_dir / STATE
    release = serving_release(state).release
    started = time.perf_counter()
    point_to(state, release.release_id)
    pointed = time.perf_counter() - started
    started = time.perf_counter()
    engine = open_release(release.path)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT release_id FROM meta_release").scalar_one()
    opened = time.perf_counter() - started
    engine.dispose()
    yield Line(
        f"A release of {mebibytes(release.byte_count)} published",
        seconds(pointed),
        f"the pointer, forced to disk; a reader opens the new file in {seconds(opened)}",
    )


def _line(what: str, load: Load, note: str) -> Line:
    result = f"{seconds(load.run.seconds)}, peak {mebibytes(load.run.peak_bytes)}"
    return Line(what, result, f"{load.rows:,} rows; {note}")


def _times(one: Load, other: Load) -> str:
    return f"{one.run.seconds / other.run.seconds:.1f} times"
