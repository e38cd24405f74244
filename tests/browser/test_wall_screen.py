"""The wall in a real browser: it fits, moves, ticks and answers keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.driver import PATIENCE_S, Server, open_wall, poll, stay_loaded, wall_state

SIZES = [(1366, 768), (1920, 1080), (3840, 2160), (5760, 1080)]


BOX = """() => {
  const svg = document.querySelector('#pendopo-wall .stage > svg').getBoundingClientRect();
  const page = document.documentElement;
  return [page.scrollHeight - innerHeight, page.scrollWidth - innerWidth,
          svg.width - innerWidth, svg.height - innerHeight];
}"""
COVERED = """() => [[5, 5], [innerWidth - 5, 5], [innerWidth / 2, innerHeight / 2], [5, innerHeight - 5]]
  .every(([x, y]) => document.elementFromPoint(x, y).closest('#pendopo-wall'))"""


@pytest.mark.parametrize("screen", ["utama", "papan_2x2"])
def test_the_wall_fits_any_size_without_scroll_bars_and_lies_on_top(page: Page, server: Server, screen: str) -> None:
    open_wall(page, server, f"?layar={screen}")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        box = page.evaluate(BOX)
        assert max(box) <= 0, width
        assert box[2:] == [0, 0], width
        assert page.evaluate(COVERED), width


def test_keys_move_pause_and_leave(page: Page, server: Server) -> None:
    open_wall(page, server)
    first = wall_state(page)["scene"]
    page.keyboard.press("ArrowRight")
    assert wall_state(page)["scene"] != first
    page.keyboard.press("ArrowLeft")
    assert wall_state(page)["scene"] == first
    page.keyboard.press(" ")
    assert wall_state(page)["paused"] == "true"
    assert wall_state(page)["notice"] == "rotasi dijeda"
    page.keyboard.press(" ")
    assert wall_state(page)["notice"] == ""
    with page.expect_navigation(url="**/ringkasan"):
        page.keyboard.press("Escape")


def test_a_figure_leads_to_its_definition(page: Page, server: Server) -> None:
    open_wall(page, server)
    tile = page.locator("#pendopo-wall [data-indikator]").first
    indicator = tile.get_attribute("data-indikator")
    tile.click()
    page.wait_for_url(f"**/indikator?id={indicator}")
    rows = page.get_by_role("tab", name="Berkas dan baris sumber")
    rows.wait_for()
    assert rows.get_attribute("aria-selected") == "true"  # the rows are on screen: one click from the wall


# The server corrects the clock within a moment of the jump, so all that was shown is recorded.
RECORD = """() => {
  const root = document.querySelector('#pendopo-wall');
  const seen = window.seen_ = {jam: [], tanggal: [], scene: []};
  const look = () => {
    const now = {jam: root.querySelector('#jam')?.textContent, tanggal: root.querySelector('#tanggal')?.textContent,
                 scene: root.dataset.scene};
    for (const [name, value] of Object.entries(now)) if (seen[name].at(-1) !== value) seen[name].push(value);
  };
  look();
  new MutationObserver(look).observe(root, {subtree: true, childList: true, characterData: true, attributes: true});
}"""


def test_rotation_moves_and_clock_ticks_over_midnight(page: Page, server: Server) -> None:
    page.clock.install()
    open_wall(page, server)
    stay_loaded(page)
    page.evaluate(RECORD)
    page.clock.fast_forward(90_000)
    seen = page.evaluate("window.seen_")
    assert all(re.fullmatch(r"\d\d\.\d\d WIB", time) for time in seen["jam"])
    assert len(seen["jam"]) > 1
    assert len(seen["scene"]) > 1
    poll(lambda: wall_state(page)["state"] == "live", PATIENCE_S, "server tidak menjawab lagi")
    page.clock.fast_forward(24 * 3600 * 1000)
    assert len(page.evaluate("window.seen_")["tanggal"]) > 1


def test_pinned_scene_does_not_rotate(page: Page, server: Server) -> None:
    page.clock.install()
    open_wall(page, server, "?adegan=smart_living")
    page.clock.fast_forward(300_000)
    assert wall_state(page)["scene"] == "smart_living"
    assert page.locator("#posisi circle").count() == 0


def test_unknown_screen_is_said(page: Page, server: Server) -> None:
    open_wall(page, server, "?layar=tidak_ada")
    words = "layar tidak_ada tidak ada · tampil utama"
    poll(lambda: wall_state(page)["notice"] == words, PATIENCE_S, "tidak dikatakan")


def test_first_visitor_is_routed_by_app(page: Page, fresh_server: Server) -> None:
    """A kiosk that connects first after a start must not run its page past app.py."""
    open_wall(page, fresh_server)
    assert page.title() == "Dinding · Pendopo"  # only app.py sets it
