"""Measures a filter change on ten years of calls: at the server, and in a browser from the click to the new figures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Page, sync_playwright

from benchmarks.building import LARGE_AS_OF, build
from benchmarks.processes import run_python
from benchmarks.table import Line, spread
from tests.browser.driver import FLAGS, Server, chromium_path
from warehouse.engine import open_release
from warehouse.exploration import Question
from warehouse.explore import explore
from warehouse.filters import Filters
from warehouse.rules import RuleBook, load_rules

RUNS = 20
CALLS, ARRIVALS = "smart_living.panggilan_112", "smart_living.tiba_15_menit"
CHANGES = (  # what is changed, measure, filters
    ("30 days by day, compared", CALLS, Filters(periode="30h", banding="sebelumnya")),
    ("10 years by month or year, compared", CALLS, Filters(periode="10t", banding="tahun_lalu")),
    ("10 years of arrivals by kecamatan", ARRIVALS, Filters(periode="10t", menurut="kecamatan")),
    ("10 years of arrivals of one kecamatan by time", ARRIVALS, Filters(periode="10t", menurut="waktu",
                                                                      kecamatan=("35.16.08",))),
)  # fmt: skip
PERIODS = (("10 tahun terakhir", "10t"), ("5 tahun terakhir", "5t"))
RUNNING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
VIEW = {"width": 1366, "height": 768}


def measure_filters(data_dir: Path, calls: int, years: float) -> Iterator[Line]:
    """Builds the large release in `data_dir` unless one is there."""
    if not any(data_dir.glob("*/CURRENT")):
        scale = ["--calls", str(calls), "--years", str(years), "--as-of", LARGE_AS_OF.isoformat(), "--seed", "1"]
        run_python(["benchmarks/generate.py", *scale, "--out", str(data_dir)], data_dir)
        build(data_dir, f"{LARGE_AS_OF.isoformat()}T23:50")
    yield from _at_the_server(data_dir)
    yield from _in_the_browser(data_dir)


def _at_the_server(data_dir: Path) -> Iterator[Line]:
    release = max(data_dir.glob("*/releases/*.duckdb"))
    engine, rules = open_release(release), load_rules({})
    with engine.connect() as connection:
        for words, measure_id, filters in CHANGES:
            question = Question(measure_id, filters)
            explore(connection, question, rules)
            taken = [_timed(connection, question, rules) for _ in range(RUNS)]
            yield Line(f"Filter change at the server, {words}", spread(taken), "one grouped query, nothing remembered")
    engine.dispose()


def _timed(connection: sa.Connection, question: Question, rules: RuleBook) -> float:
    started = time.perf_counter()
    explore(connection, question, rules)
    return time.perf_counter() - started


def _in_the_browser(data_dir: Path) -> Iterator[Line]:
    """Each cut is new to the server the first time; later ones are remembered."""
    server = Server(data_dir)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            page = browser.new_page(viewport=VIEW)
            page.goto(f"{server.url}/jelajah")
            page.get_by_role("button", name="Unduh CSV").wait_for(timeout=120_000)
            first = [_choose(page, words, code) for words, code in PERIODS]
            again = [_choose(page, *PERIODS[run % 2]) for run in range(RUNS)]
            yield Line("Filter change in the browser, click to new figures, first time", spread(first))
            yield Line("Filter change in the browser, click to new figures, asked before", spread(again))
            browser.close()
    finally:
        server.kill()


def _choose(page: Page, words: str, code: str) -> float:
    """From the click on an option until the address holds it and the script has ended."""
    page.get_by_role("combobox", name="Periode", exact=True).click()
    option = page.get_by_role("option", name=words, exact=True)
    option.wait_for()
    before = page.locator("h4").first.inner_text()
    started = time.perf_counter()
    option.click()
    page.wait_for_function(
        "([code, before]) => location.search.includes(`periode=${code}`)"
        " && document.querySelector('h4')?.innerText !== before",
        arg=[code, before],
        timeout=60_000,
    )
    page.wait_for_selector(RUNNING, timeout=60_000)
    return time.perf_counter() - started
