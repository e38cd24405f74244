"""Measures the rollups and all indicators over years of data, and what one changed file of a source costs of that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from benchmarks.building import CALLS, LARGE_AS_OF, build
from benchmarks.processes import run_python
from benchmarks.table import Line, seconds
from pipelines.building.drafting import Draft, no_progress, opened_draft
from pipelines.building.increment import Increment, read_foundation
from pipelines.contracts.contract import load_usable_contracts
from warehouse.releases import ReleaseInfo, current_release
from warehouse.schema import mart_indicator_value
from warehouse.settings import load_settings

ROUNDS = 5
CHANGED = (CALLS, "bpbd_kejadian_112", "dlh_ispu", "dinkes_dbd", "opd_progres_program",
           "dlh_capaian_sampah")  # fmt: skip


def measure_indicators(data_dir: Path, calls: int, years: float) -> Iterator[Line]:
    """Over a copy of one large release: the same calculation a build does, whole and on top of the release."""
    scale = ["--calls", str(calls), "--years", str(years), "--as-of", LARGE_AS_OF.isoformat(), "--seed", "1"]
    run_python(["benchmarks/generate.py", *scale, "--out", str(data_dir)], data_dir)
    build(data_dir, datetime.combine(LARGE_AS_OF, datetime.max.time()).isoformat(timespec="minutes"))
    settings = load_settings(data_dir=data_dir)
    release = current_release(settings.state_dir)
    if release is None:
        raise RuntimeError("the build published nothing")
    contracts, _refused = load_usable_contracts()
    draft = Draft(settings, contracts, no_progress)
    with opened_draft(settings.state_dir / "ukur.duckdb", settings.state_dir, release.path) as (connection, _scratch):
        stored = connection.execute(sa.select(sa.func.count()).select_from(mart_indicator_value)).scalar_one()
        whole = _took(lambda: draft.calculate(connection))
        yield Line(f"Rollups and all indicators, {years:g} years", seconds(whole), f"{stored:,} values; {_rounds()}")
        for source_id in CHANGED:
            yield _after_one_file(draft, connection, release, source_id, whole)


def _after_one_file(
    draft: Draft, connection: sa.Connection, release: ReleaseInfo, source_id: str, whole: float
) -> Line:
    """What a build calculates when one file of a source has come: that source alone is changed."""
    foundation = read_foundation(release)
    if foundation is None:
        raise RuntimeError("nothing can be built on top of the release")
    changed = Increment(release, foundation, frozenset({source_id}), {})
    again: list[str] = []
    took = _took(lambda: again.append(draft.calculate(connection, changed).get(mart_indicator_value.name, "")))
    count = again[-1].count("'") // 2
    note = f"{count} indicators, ratio to all {took / whole:.2f}; {_rounds()}"
    return Line(f"Indicators after one changed file, {source_id}", seconds(took), note)


def _rounds() -> str:
    return f"median of {ROUNDS}"


def _took(work: Callable[[], object]) -> float:
    found = []
    for _round in range(ROUNDS):
        before = time.perf_counter()
        work()
        found.append(time.perf_counter() - before)
    return median(found)
