"""Each fault at the wall: what the screen says within 15 s, that the last picture stays, that it is back within 60 s.

At full scale each happens three times, and the longest times go into docs/measurements.md.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page

from benchmarks.table import MEASUREMENTS, commit
from tests.browser.driver import PATIENCE_S, Server, poll, wall_state
from tests.browser.faulty import Faults, cause
from tests.browser.wire import Wire
from tests.conftest import copied

SAID_WITHIN_S, BACK_WITHIN_S = 15, 60
HEADING = "## Faults at the wall"
FULL_TIMES = 3


@dataclass
class Told:
    """What a fault showed, by name: words, and the longest times until they stood there and were gone again."""

    rows: dict[str, tuple[str, float, float]] = field(default_factory=dict)

    def add(self, fault: str, words: str, said: float, back: float) -> None:
        _words, longest_said, longest_back = self.rows.get(fault, ("", 0.0, 0.0))
        self.rows[fault] = (words, max(said, longest_said), max(back, longest_back))
        print(f"{fault}: '{words}' setelah {said:.1f} detik, kembali setelah {back:.1f} detik")

    def as_table(self, times: int) -> str:
        head = (
            f"{HEADING}\n\nChromium on the same machine, each fault {times} times, the longest times "
            f"({date.today().isoformat()}, {commit()}). Written by "
            "`pytest -m browser tests/browser/test_wall_faults.py --full-scale`.\n\n"
            "| Fault | What the screen said | Said after | Back after the cause was gone |\n|---|---|---|---|\n"
        )
        return head + "".join(
            f"| {fault} | {words} | {said:.1f} s | {back:.1f} s |\n" for fault, (words, said, back) in self.rows.items()
        )


@pytest.fixture(scope="module")
def told(full_scale: bool) -> Iterator[Told]:
    kept = Told()
    yield kept
    if full_scale:
        before, _old, after = MEASUREMENTS.read_text("utf-8").partition(HEADING)
        rest = after[after.index("\n## ") + 1 :] if "\n## " in after else ""
        MEASUREMENTS.write_text(f"{before.rstrip()}\n\n{kept.as_table(FULL_TIMES)}\n{rest}".rstrip() + "\n", "utf-8")


@pytest.fixture(scope="module")
def times(full_scale: bool) -> int:
    return FULL_TIMES if full_scale else 1


@pytest.fixture(scope="module")
def faulty_server(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("gangguan")
    copied(built_data_dir, folder / "data")
    running = Server(folder / "data", module="tests.browser.faulty")
    running.start()
    yield running
    running.kill()


@pytest.fixture
def wire(faulty_server: Server) -> Iterator[Wire]:
    laid = Wire(faulty_server.port)
    yield laid
    laid.close()


@pytest.fixture
def wall(page: Page, wire: Wire) -> Page:
    page.goto(f"{wire.url}/dinding")
    page.wait_for_selector("#pendopo-wall .stage > svg")
    return page


def is_well(wall: Page) -> bool:
    try:
        state = wall_state(wall)
    except Error:  # between two pages
        return False
    return (state.get("state"), state.get("notice")) == ("live", "")


@dataclass(frozen=True)
class Fault:
    """How it begins and ends, and the words by which it is known."""

    name: str
    begin: Callable[[], object]
    end: Callable[[], object]
    words: str = "terputus"


def suffer(wall: Page, told: Told, fault: Fault) -> str:
    """Begin a fault, wait for the words, see the last picture still there, end it, wait until the wall is back."""
    before = wall_state(wall)
    started = time.monotonic()
    fault.begin()
    poll(lambda: fault.words in wall_state(wall)["notice"], SAID_WITHIN_S, f"{fault.name}: tidak dikatakan")
    said, notice = time.monotonic() - started, wall_state(wall)["notice"]
    assert wall_state(wall)["rilis"] == before["rilis"]
    if fault.words == "terputus":
        stage = wall.locator("#pendopo-wall .stage")
        dimmed = "node => Number(getComputedStyle(node).opacity) < 0.6"
        poll(lambda: stage.evaluate(dimmed), PATIENCE_S, f"{fault.name}: tidak meredup")
        assert wall.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#pendopo-wall')")
    fault.end()
    back = poll(lambda: is_well(wall), BACK_WITHIN_S, f"{fault.name}: belum kembali")
    told.add(fault.name, notice, said, back)
    return notice


def test_network_cut(wall: Page, wire: Wire, told: Told, times: int) -> None:
    for _time in range(times):
        suffer(wall, told, Fault("network cut", wire.cut, wire.mend))


def test_query_hangs(wall: Page, faulty_server: Server, told: Told, times: int) -> None:
    def end() -> None:
        cause(faulty_server.data_dir, Faults())

    for number in range(times):
        stuck = Faults(hangs=True, ahead_minutes=2 * (number + 1))  # the next minute is asked for at once
        begin = partial(cause, faulty_server.data_dir, stuck)
        notice = suffer(wall, told, Fault("query that hangs", begin, end, "data terbaru belum terbaca"))
        assert notice.startswith("gambar pukul ")


def test_laptop_sleeps(wall: Page, wire: Wire, told: Told, times: int) -> None:
    """Its clock has gone on, its timers have not, and its connections are dead."""
    for _time in range(times):
        wire.cut()

        def wake() -> None:
            wall.evaluate("() => { const real = Date.now; Date.now = () => real() + 2 * 3600 * 1000; }")

        suffer(wall, told, Fault("laptop slept for two hours", wake, wire.mend))


def test_browser_is_reloaded(wall: Page, told: Told, times: int) -> None:
    for _time in range(times):
        started = time.monotonic()
        wall.reload()
        wall.wait_for_selector("#pendopo-wall .stage > svg", timeout=BACK_WITHIN_S * 1000)
        told.add("browser reloaded", "", 0.0, time.monotonic() - started)
        poll(lambda: is_well(wall), PATIENCE_S, "masih ada yang dikatakan")


def test_source_stops(wall: Page, faulty_server: Server, told: Told) -> None:
    """Nothing comes for three days: the foot names who is late; the clock goes back, and it is as before."""

    def late() -> str:
        drawn = wall.locator("#pendopo-wall .stage > svg").text_content() or ""
        found = re.search(r"terlambat: .*? lain", drawn)
        return found[0] if found else ""

    before = late()
    started = time.monotonic()
    cause(faulty_server.data_dir, Faults(ahead_minutes=3 * 24 * 60))
    poll(lambda: late() not in (before, ""), SAID_WITHIN_S, "sumber yang berhenti tidak disebut")
    said, words = time.monotonic() - started, late()
    cause(faulty_server.data_dir, Faults())
    told.add("source that stops", words, said, poll(lambda: late() == before, BACK_WITHIN_S, "belum seperti semula"))


def test_damaged_release(wall: Page, faulty_server: Server, told: Told) -> None:
    before = wall_state(wall)["release"]
    assert faulty_server.build_next().wait(PATIENCE_S) == 0
    poll(lambda: wall_state(wall)["release"] != before, PATIENCE_S, "rilis baru belum tampil")
    newest = wall_state(wall)["release"]
    file = next(faulty_server.data_dir.glob(f"*/releases/{newest}.duckdb"))
    content = file.read_bytes()

    def damage(whole: bytes) -> None:
        file.unlink()
        file.write_bytes(whole)

    started = time.monotonic()
    damage(content[: len(content) // 2])
    poll(lambda: wall_state(wall)["release"] == before, SAID_WITHIN_S, "rilis sebelumnya belum tampil")
    said, notice = time.monotonic() - started, wall_state(wall)["notice"]
    assert notice == f"rilis {newest} rusak · tampil rilis {before}"
    damage(content)
    back = poll(lambda: wall_state(wall)["release"] == newest, BACK_WITHIN_S, "rilis baru belum kembali")
    poll(lambda: is_well(wall), PATIENCE_S, "masih ada yang dikatakan")
    told.add("release damaged", notice, said, back)


def test_server_killed(wall: Page, faulty_server: Server, told: Told, times: int) -> None:
    for _time in range(times):
        suffer(wall, told, Fault("server killed and restarted", faulty_server.kill, faulty_server.start))
