"""Measures what guarding costs: a connection narrowed to a reader's reach, and writing a release anew after a build."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.table import MIB, Line, seconds, spread
from pipelines.building.build import run
from pipelines.building.fresh_file import export_values, write_fresh
from warehouse.engine import open_release
from warehouse.exploration import Question
from warehouse.explore import explore
from warehouse.filters import Filters
from warehouse.rules import load_rules
from warehouse.scope import WHOLE, Reach
from warehouse.settings import load_settings

RUNS = 20
REACHES = (
    ("whole region", WHOLE),
    ("one agency", Reach(opd_codes=("DLH",))),
    ("one kecamatan", Reach(kecamatan_codes=("35.16.08",))),
)
MEASURE = "masterplan.serapan"
STEPS = ("inbox archived", "draft opened", "sources loaded", "indicators", "digest and fresh file", "seal", "pointer")


@dataclass(frozen=True)
class Took:
    """Seconds by the wall, and of the processor alone: what other work on the machine does not lengthen."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{seconds(self.wall)} (processor {seconds(self.processor)})"


def measure_guarding(data_dir: Path, now: datetime) -> Iterator[Line]:
    """Over the sample release that stands in `data_dir`; `now`: when it was built."""
    release = max(data_dir.glob("*/releases/*.duckdb"))
    yield from _connections(release)
    yield from _fresh_file(release)
    yield _steps(data_dir, now)


def _connections(release: Path) -> Iterator[Line]:
    """The file stays open meanwhile, as in a server that has readers."""
    rules, question = load_rules({}), Question(MEASURE, Filters())
    held = open_release(release)
    with held.connect():
        for words, reach in REACHES:
            engine = open_release(release, reach)
            opening: list[Took] = []
            asking: list[Took] = []
            for _run in range(RUNS):
                engine.dispose()
                opening.append(_timed(lambda engine=engine: engine.connect().close()))
                with engine.connect() as connection:
                    asking.append(_timed(lambda connection=connection: explore(connection, question, rules)))
            engine.dispose()
            yield _line(f"New connection to a release, {words}", opening, "file open already")
            yield _line(f"One exploration of {MEASURE}, {words}", asking, "nothing remembered")
    held.dispose()


def _fresh_file(release: Path) -> Iterator[Line]:
    with TemporaryDirectory() as folder:
        values, target = Path(folder, "salinan"), Path(folder, "rilis.duckdb")
        engine = open_release(release)
        with engine.connect() as connection:
            handing = _timed(lambda: export_values(connection, values))
        engine.dispose()
        writing = _timed(lambda: write_fresh(values, target))
        parts = f"values handed over {handing}, written by the other process {writing}"
        yield Line("Release written anew", parts, f"{target.stat().st_size / MIB:.0f} MiB")


def _steps(data_dir: Path, now: datetime) -> Line:
    """A first build of the same sample, in this process, by its steps."""
    with TemporaryDirectory() as folder:
        sample, empty = load_settings(data_dir=data_dir), load_settings(data_dir=Path(folder))
        shutil.copytree(sample.state_dir / "contoh", empty.state_dir / "contoh")
        marks = [_clocks()]
        run(empty, now, after_step=lambda _step: marks.append(_clocks()))
    parts = [f"{name} {_between(mark, later)}" for name, mark, later in zip(STEPS, marks, marks[1:], strict=False)]
    return Line("Sample build by steps", str(_between(marks[0], marks[-1])), "; ".join(parts))


def _line(what: str, taken: Sequence[Took], note: str) -> Line:
    processor = seconds(median(one.processor for one in taken))
    return Line(what, spread([one.wall for one in taken]), f"processor {processor}; {note}")


def _timed(act: Callable[[], object]) -> Took:
    before = _clocks()
    act()
    return _between(before, _clocks())


def _clocks() -> tuple[float, float]:
    """Of the wall, and of the processor: of this process and of those it has waited for."""
    return time.perf_counter(), sum(os.times()[:4])


def _between(before: tuple[float, float], after: tuple[float, float]) -> Took:
    return Took(after[0] - before[0], after[1] - before[1])
