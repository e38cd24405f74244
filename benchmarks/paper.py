"""Measures a paper: drawn by reports, the same content printed by Chromium, and a page printed from a running app.

Each is a child process watched with all it starts. Refuses to compare papers that do not say the same values.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from benchmarks.processes import Run, run_python
from benchmarks.table import Line, mebibytes, seconds
from tests.browser.driver import Server
from tests.unit.reports.reading import said

ROUNDS = 3
LEAST_PAGES = 10
PAGE = "masterplan"


@dataclass(frozen=True)
class Printed:
    """A paper and what making it took."""

    run: Run
    pdf: bytes
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return len(PdfReader(io.BytesIO(self.pdf)).pages)

    @property
    def result(self) -> str:
        once = (
            f" ({mebibytes(self.run.shared_once_bytes)} with shared pages once)" if self.run.shared_once_bytes else ""
        )
        return f"{seconds(self.run.seconds)}, peak {mebibytes(self.run.peak_bytes)}{once}, {self.pages} pages"


def measure_paper(data_dir: Path, now: datetime) -> Iterator[Line]:
    """`data_dir` holds a release as of `now`."""
    yield from _same_content(data_dir, now)
    yield from _one_page(data_dir, now)


def _same_content(data_dir: Path, now: datetime) -> Iterator[Line]:
    """In turns; the best of each, as other work on the machine only slows down."""
    rounds = [(_draw("reports", data_dir, now), _draw("chromium", data_dir, now)) for _ in range(ROUNDS)]
    ours = min((mine for mine, _theirs in rounds), key=_took)
    theirs = min((other for _mine, other in rounds), key=_took)
    if ours.pages < LEAST_PAGES:
        raise RuntimeError(f"the paper has only {ours.pages} pages, not {LEAST_PAGES}")
    for printed in (ours, theirs):
        _refuse_incomplete(printed)
    best = f"best of {ROUNDS}; a process that opens the release, builds 5 pages of content and "
    content = f"{ours.told['rows']} table rows, {ours.told['charts']} charts; layout alone "
    yield Line("Paper by reports", ours.result, f"{best}draws it: {content}{seconds(ours.told['layout_s'])}")
    layout = seconds(theirs.told["layout_s"])
    yield Line(
        "Same content as plain HTML, printed by Chromium", theirs.result,
        f"{best}has `chromium --headless --print-to-pdf` print it: same rows and SVG charts, no running heads and "
        f"feet; layout alone {layout}; every value found in both papers",
    )  # fmt: skip
    yield Line("Ratio Chromium / Pendopo, same content", _ratio(theirs, ours), "above 1: Pendopo takes less")


def _took(printed: Printed) -> float:
    return printed.run.seconds


def _draw(way: str, data_dir: Path, now: datetime) -> Printed:
    result = data_dir / f"{way}.pdf"
    arguments = ["-m", "benchmarks.peers.printed", way, str(result), "--now", now.isoformat()]
    run = run_python(arguments, data_dir, family=True)
    return Printed(run, result.read_bytes(), json.loads(run.output.splitlines()[-1]))


def _refuse_incomplete(printed: Printed) -> None:
    text = said(printed.pdf)
    lacking = [words for words in printed.told["said"] if "".join(words.split()) not in text]
    if lacking:
        raise RuntimeError(f"{len(lacking)} values are not in the paper, among them {lacking[:3]}")


def _ratio(theirs: Printed, ours: Printed) -> str:
    parts = [
        f"time {theirs.run.seconds / ours.run.seconds:.1f}",
        f"memory {theirs.run.peak_bytes / ours.run.peak_bytes:.1f}",
    ]
    if ours.run.shared_once_bytes and theirs.run.shared_once_bytes:
        once = theirs.run.shared_once_bytes / ours.run.shared_once_bytes
        parts.append(f"memory with shared pages once {once:.1f}")
    if "layout_s" in ours.told:
        parts.append(f"layout time alone {theirs.told['layout_s'] / ours.told['layout_s']:.1f}")
    return ", ".join(parts)


def _one_page(data_dir: Path, now: datetime) -> Iterator[Line]:
    """The command everybody has, against a browser that prints the page of a server that is already warm."""
    ours = min((_snapshot(data_dir, now) for _ in range(ROUNDS)), key=_took)
    yield Line(f"Page {PAGE} by `python -m reports snapshot`", ours.result, f"best of {ROUNDS}; whole command")
    server = Server(data_dir)
    server.start()
    try:
        _print_screen(server, data_dir)  # the first visitor fills the memory of the server
        screens = [_print_screen(server, data_dir) for _ in range(ROUNDS)]
    finally:
        server.kill()
    theirs = min(screens, key=_took)
    rows, whole, found = _codes(data_dir, now), said(ours.pdf), said(theirs.pdf)
    if not all(row in whole for row in rows):
        raise RuntimeError(f"the paper of {PAGE} lacks programmes")
    held = sum(row in found for row in rows)
    yield Line(
        f"Page {PAGE} of a running Streamlit, printed by Chromium", theirs.result,
        f"best of {ROUNDS}; browser by Playwright, opened, waited until the page is whole, printed; the warm server is "
        f"not counted; the print has {held} of the {len(rows)} programme codes as text (a long "
        f"table is a picture there); printing alone "
        f"{seconds(theirs.told['layout_s'])}",
    )  # fmt: skip
    yield Line(f"Ratio Streamlit print / Pendopo, page {PAGE}", _ratio(theirs, ours), "above 1: Pendopo takes less")


def _snapshot(data_dir: Path, now: datetime) -> Printed:
    path, run = _command(data_dir, now, "pdf")
    return Printed(run, path.read_bytes())


def _command(data_dir: Path, now: datetime, kind: str) -> tuple[Path, Run]:
    folder = data_dir / "snapshot"
    shutil.rmtree(folder, ignore_errors=True)
    command = ["-m", "reports", "snapshot", "--page", PAGE, "--now", now.isoformat(), "--format", kind]
    run = run_python([*command, "--out", str(folder)], data_dir, family=True)
    return next(folder.iterdir()), run


def _codes(data_dir: Path, now: datetime) -> list[str]:
    """What names the rows of the page's own table."""
    path, _run = _command(data_dir, now, "csv")
    _header, *lines = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    return [line[0] for line in lines]


def _print_screen(server: Server, data_dir: Path) -> Printed:
    result = data_dir / "screen.pdf"
    run = run_python(
        ["-m", "benchmarks.peers.printed_screen", f"{server.url}/{PAGE}", str(result)], data_dir, family=True
    )
    return Printed(run, result.read_bytes(), json.loads(run.output.splitlines()[-1]))
