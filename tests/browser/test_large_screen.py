"""Work pages on a screen of 3840 pixels that scales nothing: letters in charts grow as those around them do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from pages.shared.large_screen import FROM_PX, SCALE
from pages.shared.sign_in import STYLE as SIGN_IN_STYLE
from tests.browser.driver import PATIENCE_S, Server, poll
from tests.browser.test_filters import settled

CHARTS = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] canvas')]
  .map(one => one.getBoundingClientRect()).map(box => [Math.round(box.width), Math.round(box.height)])"""
OVERFLOW = """() => { const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollWidth - main.clientWidth; }"""


def open_page(browser: Browser, server: Server, size: tuple[int, int], page: str) -> Page:
    shown = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    shown.goto(f"{server.url}/{page}")
    shown.locator("[data-testid=stVegaLiteChart] canvas").first.wait_for()
    shown.get_by_role("button", name="Unduh PDF").or_(shown.get_by_text("Sumber data")).first.wait_for()
    settled(shown)
    return shown


@pytest.mark.parametrize("name", ["smart_living", "masterplan"])
def test_charts_are_as_much_larger_as_the_letters(browser: Browser, server: Server, name: str) -> None:
    ordinary = open_page(browser, server, (1920, 1080), name)
    large = open_page(browser, server, (3840, 2160), name)
    try:
        usual = ordinary.evaluate(CHARTS)
        wanted = [round(height * SCALE) for _width, height in usual]

        def is_larger() -> bool:
            found = large.evaluate(CHARTS)
            return len(found) == len(wanted) and all(
                abs(height - want) <= 2 for (_width, height), want in zip(found, wanted, strict=True)
            )

        poll(is_larger, PATIENCE_S, "grafik belum sebesar hurufnya")
        assert large.evaluate(OVERFLOW) <= 0
        assert ordinary.evaluate(OVERFLOW) <= 0
    finally:
        ordinary.context.close()
        large.context.close()


def test_style_sheets_and_charts_agree_on_what_is_large() -> None:
    rule = f"@media (min-width: {FROM_PX}px) {{ html {{ font-size: {16 * SCALE:.0f}px; }} }}"
    for sheet in (SIGN_IN_STYLE.with_name("work.css"), SIGN_IN_STYLE):
        assert rule in sheet.read_text("utf-8")
