"""Work pages on a screen of 3840 pixels that scales nothing: charts and grids grow as the letters around them do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from charts.look import PAGE_TEXT
from pages.shared.large_screen import FROM_PX, SCALE
from pages.shared.sign_in import STYLE as SIGN_IN_STYLE
from tests.browser.driver import PATIENCE_S, Server, poll
from tests.browser.test_filters import settled

HEIGHTS = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg.marks')]
  .map(one => Math.round(one.getBoundingClientRect().height))"""
LETTERS = """() => Math.min(...[...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg text')]
  .filter(one => one.textContent.trim()).map(one => parseFloat(getComputedStyle(one).fontSize)))"""
GRIDS = """() => [...document.querySelectorAll('[data-testid="stDataFrame"]')].filter(one => one.checkVisibility())
  .map(one => {
    const style = getComputedStyle(one.querySelector('[style*="--gdg-base-font-style"]'));
    return {rows: one.querySelectorAll('[role="row"]').length,
            letters: parseFloat(style.getPropertyValue('--gdg-base-font-style').split(' ')[1])}; })"""
OVERFLOW = """() => { const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollWidth - main.clientWidth; }"""


def open_page(browser: Browser, server: Server, size: tuple[int, int], page: str) -> Page:
    shown = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    shown.goto(f"{server.url}/{page}")
    shown.locator("[data-testid=stVegaLiteChart] svg.marks").first.wait_for()
    settled(shown)
    return shown


@pytest.mark.parametrize("name", ["smart_living", "masterplan", "spbe"])
def test_charts_and_grids_are_as_much_larger_as_the_letters(browser: Browser, server: Server, name: str) -> None:
    ordinary = open_page(browser, server, (1920, 1080), name)
    large = open_page(browser, server, (3840, 2160), name)
    try:

        def is_larger() -> bool:
            wanted = [round(height * SCALE) for height in ordinary.evaluate(HEIGHTS)]
            found = large.evaluate(HEIGHTS)
            return len(found) == len(wanted) and all(
                abs(height - want) <= 2 for height, want in zip(found, wanted, strict=True)
            )

        poll(is_larger, PATIENCE_S, "grafik belum sebesar hurufnya")
        assert (ordinary.evaluate(LETTERS), large.evaluate(LETTERS)) == (PAGE_TEXT, PAGE_TEXT * SCALE)
        for shown in (ordinary, large):
            poll(
                lambda shown=shown: all(grid["rows"] for grid in shown.evaluate(GRIDS)),
                PATIENCE_S,
                "tabel belum tergambar",
            )
        wanted = [grid | {"letters": grid["letters"] * SCALE} for grid in ordinary.evaluate(GRIDS)]
        assert large.evaluate(GRIDS) == wanted
        assert wanted or name == "smart_living"
        assert large.evaluate(OVERFLOW) <= 0
        assert ordinary.evaluate(OVERFLOW) <= 0
        large.set_viewport_size({"width": 1920, "height": 1080})  # a window moved to an ordinary screen
        poll(lambda: large.evaluate(HEIGHTS) == ordinary.evaluate(HEIGHTS), PATIENCE_S, "grafik tetap besar")
    finally:
        ordinary.context.close()
        large.context.close()


def test_style_sheets_and_charts_agree_on_what_is_large() -> None:
    rule = f"@media (min-width: {FROM_PX}px) {{ html {{ font-size: {16 * SCALE:.0f}px; }} }}"
    for sheet in (SIGN_IN_STYLE.with_name("work.css"), SIGN_IN_STYLE):
        assert rule in sheet.read_text("utf-8")
