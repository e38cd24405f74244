"""Three days of a wall in a hurry: what the browser and the server hold in memory must not grow with the refreshes.

Each refresh stands for thirty seconds of the region's clock, so three midnights pass and every clock state changes.
The nightly reload is left out: it would hide what a page collects.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.driver import Server, open_wall, poll, stay_loaded, wall_state
from tests.browser.faulty import Faults, cause
from tests.conftest import copied

REFRESH_STANDS_FOR_S, HEARTBEAT_S = 30, 0.1
WARM_UP, FULL, REDUCED = 0.25, 8640, 40  # 8,640 refreshes of 30 s are 72 hours
BROWSER_MAY_GROW, SERVER_MAY_GROW = 1.20, 1.10
MEGABYTE = 1024 * 1024
STEPS, LONGEST_S = 10, 3600  # so often it is told how far it is; so long one step may take
# Each heartbeat writes the state.
COUNT = """() => {
  window.beats_ = 0;
  new MutationObserver(all => { window.beats_ += all.length; })
    .observe(document.querySelector('#pendopo-wall'), {attributeFilter: ['data-state']});
}"""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Held:
    """Megabytes in use, after the rubbish was collected."""

    heap: float
    browser: float
    server: float

    def __str__(self) -> str:
        return f"timbunan {self.heap:.1f} MB, peramban {self.browser:.0f} MB, server {self.server:.0f} MB"


@pytest.fixture
def hasty_server(built_data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    copied(built_data_dir, tmp_path / "data")
    running = Server(tmp_path / "data", module="tests.browser.faulty")
    hurry = Faults(
        since=time.time(), speed=REFRESH_STANDS_FOR_S / HEARTBEAT_S, heartbeat=(HEARTBEAT_S,) * 2, has_nights=False
    )
    cause(running.data_dir, hurry)
    running.start()
    yield running
    running.kill()


def browser_megabytes() -> float:
    """Of all processes of Chromium below this one, pages they share counted once."""
    of_browser = [one for one in psutil.Process().children(recursive=True) if "chrom" in one.name()]
    assert of_browser
    return sum(one.memory_full_info().uss for one in of_browser) / MEGABYTE


def held(devtools: CDPSession, server: Server) -> Held:
    assert server.process is not None
    for _again in range(3):  # what one collection frees may be what keeps the next alive
        devtools.send("HeapProfiler.collectGarbage")
    heap = devtools.send("Runtime.getHeapUsage")["usedSize"] / MEGABYTE
    return Held(heap, browser_megabytes(), psutil.Process(server.process.pid).memory_info().rss / MEGABYTE)


def test_memory_does_not_grow_over_three_days(browser: Browser, hasty_server: Server, full_scale: bool) -> None:
    wanted = FULL if full_scale else REDUCED
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    open_wall(page, hasty_server)
    mounted, devtools = wall_state(page)["mountId"], page.context.new_cdp_session(page)
    stay_loaded(page)  # a page loaded anew would hide what it collects
    page.evaluate(COUNT)
    started, told = time.monotonic(), 0
    wait_for(page, int(wanted * WARM_UP))
    before = held(devtools, hasty_server)
    for step in range(1, STEPS + 1):
        told = wait_for(page, int(wanted * (WARM_UP + (1 - WARM_UP) * step / STEPS)))
        after = held(devtools, hasty_server)
        hours, took = told * REFRESH_STANDS_FOR_S / 3600, time.monotonic() - started
        words = f"{told} penyegaran ({hours:.1f} jam) dalam {took:.0f} detik"
        print(f"{words}. Sesudah pemanasan {before}; sekarang {after}", flush=True)
    assert wall_state(page)["mountId"] == mounted
    assert wall_state(page)["state"] == "live"
    page.close()
    assert after.heap < before.heap * BROWSER_MAY_GROW
    assert after.browser < before.browser * BROWSER_MAY_GROW
    assert after.server < before.server * SERVER_MAY_GROW


def wait_for(page: Page, times: int) -> int:
    """Until so many heartbeats have reached the wall; how many did."""
    poll(lambda: page.evaluate("window.beats_") >= times, LONGEST_S, f"{times} penyegaran belum sampai")
    return int(page.evaluate("window.beats_"))
