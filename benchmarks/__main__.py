"""`python -m benchmarks`: intake, builds, indicators, peers, guarding, pages, wall, screens, filters, paper."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.building import measure_large, measure_sample, morning_of
from benchmarks.guarding import measure_guarding
from benchmarks.indicators import measure_indicators
from benchmarks.intake import measure_intake
from benchmarks.table import Line, append, as_markdown, load
from benchmarks.workbook import measure_workbook

PARTS = (
    "sample",
    "large",
    "pages",
    "wall",
    "screens",
    "filters",
    "paper",
    "guarding",
    "intake",
    "workbook",
    "indicators",
)


def main() -> int:
    options = _options()
    busy = load()
    lines = []
    for line in _measure(options):
        print(f"{line.what}: {line.result}  {line.note}", flush=True)
        lines.append(line)
    text = as_markdown(lines, (busy, load()))
    print("\n" + text)
    if options.write:
        append(text)
    return 0


def _measure(options: argparse.Namespace) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="pendopo-bench-", ignore_cleanup_errors=True) as folder:
        small, large = Path(folder, "sample"), Path(folder, "large")
        on_sample = {"pages", "wall", "screens", "paper", "guarding"} & set(options.only)
        yesterday = date.today() - timedelta(days=1)
        if "sample" in options.only or on_sample:
            yield from measure_sample(small, yesterday)
        if "guarding" in options.only:
            yield from measure_guarding(small, morning_of(yesterday))
        if "pages" in options.only:
            from benchmarks.pages import measure_pages  # noqa: PLC0415  Streamlit is loaded only when it is measured

            yield from measure_pages(small)
        if "paper" in options.only:
            from benchmarks.paper import measure_paper  # noqa: PLC0415  so are the browser and the reader of papers

            yield from measure_paper(small, morning_of(yesterday))
        if "wall" in options.only:
            from benchmarks.wall import measure_wall  # noqa: PLC0415  so is the browser

            yield from measure_wall(small)
        if "screens" in options.only:
            from benchmarks.screens import measure_screens  # noqa: PLC0415  so are the messages of Streamlit

            yield from measure_screens(small, options.screens, morning_of(yesterday) + timedelta(hours=3))
        if "filters" in options.only:
            from benchmarks.filters import measure_filters  # noqa: PLC0415

            yield from measure_filters(Path(folder, "filters"), options.calls, options.years)
        if "intake" in options.only:
            yield from measure_intake(Path(folder, "intake"), options.rows)
        if "workbook" in options.only:
            yield from measure_workbook(Path(folder, "workbook"))
        if "indicators" in options.only:
            yield from measure_indicators(Path(folder, "indicators"), options.calls, options.years)
        if "large" in options.only:
            yield from measure_large(large, options.calls, options.years)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures builds, pages, the wall and filters."
    )
    parser.add_argument("--calls", type=int, default=1_800_000, help="calls in the large build, about")
    parser.add_argument("--rows", type=int, default=10_000_000, help="readings that go through the intake")
    parser.add_argument("--years", type=float, default=10, help="years the large build spans")
    parser.add_argument("--screens", type=int, default=100, help="screens one process is asked to carry")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts to measure")
    parser.add_argument("--write", action="store_true", help="append the table to docs/measurements.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
