"""Measures the wall as a viewer meets it: a real server, Chromium, and new releases built while it shows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.table import Line, seconds, spread
from tests.browser.driver import FLAGS, Server, chromium_path, open_wall, poll, wall_state

OPENINGS = 5
RELEASES = 3
VIEW = {"width": 1920, "height": 1080}


def measure_wall(data_dir: Path) -> Iterator[Line]:
    """`data_dir` holds a release of yesterday morning, so that later sample deliveries can still arrive."""
    server = Server(data_dir)
    started = time.perf_counter()
    server.start()
    yield Line("Server start to healthy", seconds(time.perf_counter() - started))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            yield Line("Wall, navigation to first scene, cold server", seconds(_open(browser, server)))
            yield Line(
                "Wall, navigation to first scene, warm", spread([_open(browser, server) for _ in range(OPENINGS)])
            )
            waits = list(_new_releases(browser, server))
            yield Line("Wall, pointer moved to new figures visible", spread(waits), "heartbeat every 3 to 4 s")
    finally:
        server.kill()


def _open(browser: Browser, server: Server) -> float:
    page = browser.new_page(viewport=VIEW)
    started = time.perf_counter()
    open_wall(page, server)
    took = time.perf_counter() - started
    page.close()
    return took


def _new_releases(browser: Browser, server: Server) -> Iterator[float]:
    page = browser.new_page(viewport=VIEW)
    open_wall(page, server)
    for _ in range(RELEASES):
        before = server.release_id
        building = server.build_next()
        poll(lambda before=before: server.release_id != before, 300, "no new release")
        published = server.release_id
        yield poll(lambda published=published: wall_state(page)["release"] == published, 60, "not shown")
        building.wait(60)
    page.close()
