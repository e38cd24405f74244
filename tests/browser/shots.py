"""Pictures of every page and wall screen as a browser shows them: `make shots` writes them under var/shots/.

Every scene of the wall in every state goes into docs/gambar.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import wall_shots
from tests.browser.administered import ADMIN, PASSWORD, fill_journal
from tests.browser.driver import FLAGS, PROJECT, Server, chromium_path, open_wall
from tests.browser.network import NetworkServer, type_in
from warehouse.settings import Settings, load_settings

WALL_SIZES = ((1366, 768), (1920, 1080), (3840, 2160), (5760, 1080))
PAGE_SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
GUARDED = ("masuk", "kelola")  # as in an office: with sign-in, over a journal of examples
KELOLA_PLACES = ("bagian=orang", "bagian=orang&orang=5", "bagian=orang&orang=baru", "bagian=layar", "bagian=jejak")


def shoot_wall(browser: Browser, server: Server, settings: Settings, target: Path) -> None:
    """Each scene of each screen at its own size, and the first screen at all sizes."""
    for screen_id, screen in settings.screens.items():
        sizes = WALL_SIZES if screen_id == next(iter(settings.screens)) else (screen.pixels,)
        for scene_id in screen.scenes:
            for theme in ("gelap", "terang"):
                for width, height in sizes:
                    page = browser.new_page(viewport={"width": width, "height": height})
                    open_wall(page, server, f"?layar={screen_id}&adegan={scene_id}&tema={theme}")
                    page.screenshot(path=target / f"dinding-{screen_id}-{scene_id}-{theme}-{width}x{height}.png")
                    page.close()


def shoot_pages(browser: Browser, server: Server, target: Path) -> None:
    for file in sorted((PROJECT / "pages").glob("*.py")):
        if file.stem in ("__init__", "dinding", *GUARDED):
            continue
        for width, height in PAGE_SIZES:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{server.url}/{file.stem}")
            page.wait_for_selector("h1", timeout=60_000)
            page.wait_for_timeout(2500)
            page.screenshot(path=target / f"{file.stem}-{width}x{height}.png")
            page.close()


def shoot_guarded(browser: Browser, server: NetworkServer, target: Path) -> None:
    """The sign-in, and each place of `kelola` as an admin sees it the first time."""
    for width, height in PAGE_SIZES:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(f"{server.url}/masuk")
        page.get_by_label("Login", exact=True).wait_for(timeout=60_000)
        page.wait_for_timeout(1000)
        page.screenshot(path=target / f"masuk-{width}x{height}.png")
        type_in(page, ADMIN.actor, PASSWORD)
        page.get_by_role("button", name="Keluar", exact=True).wait_for(timeout=60_000)
        for place in KELOLA_PLACES:
            open_place(page, server, place)
            name = re.sub(r"[&=]", "-", place.replace("bagian=", ""))
            page.screenshot(path=target / f"kelola-{name}-{width}x{height}.png")
        page.close()


def open_place(page: Page, server: Server, place: str) -> None:
    page.goto(f"{server.url}/kelola?{place}")
    page.wait_for_selector("[role=tabpanel]", timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(1500)


def main() -> int:
    settings = load_settings()
    target = PROJECT / "var" / "shots"
    target.mkdir(parents=True, exist_ok=True)
    server = Server(settings.state_dir.parent)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            shoot_wall(browser, server, settings, target)
            wall_shots.shoot(wall_shots.EVERY)
            shoot_pages(browser, server, target)
            with TemporaryDirectory() as folder:
                guarded = NetworkServer(settings.state_dir.parent, Path(folder))
                try:
                    fill_journal(guarded.journal, guarded.now())
                    guarded.start()
                    shoot_guarded(browser, guarded, target)
                finally:
                    guarded.kill()
                    guarded.journal.close()
    finally:
        server.kill()
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
