"""A screen set on `kelola` while it hangs: the wall takes it with its next heartbeat, without being loaded anew."""

from __future__ import annotations

from playwright.sync_api import Page

from journal.screen_settings import ScreenEdit, save_screen
from tests.browser.alarmed import watch_over
from tests.browser.driver import Server, open_wall, poll, stay_loaded, wall_state
from warehouse.scope import machine_scope
from warehouse.settings import load_settings

TAKEN_WITHIN_S = 10  # a heartbeat and the drawings


def test_a_wall_takes_what_was_set_within_a_heartbeat(page: Page, own_server: Server) -> None:
    screen = load_settings().screens["utama"]
    with watch_over(own_server.data_dir) as watch:
        open_wall(page, own_server, "?layar=utama")
        stay_loaded(page)
        before = wall_state(page)
        changed = screen.model_copy(update={"scenes": ("masterplan", "spbe"), "theme": "terang"})
        save_screen(watch.journal, machine_scope("uji"), watch.now(), ScreenEdit("utama", changed), "silau")
        poll(lambda: wall_state(page)["scene"] == "masterplan", TAKEN_WITHIN_S, "setelan baru belum tampil")
        shown = page.locator("#pendopo-wall").evaluate("node => getComputedStyle(node).backgroundColor")
        assert shown != "rgb(16, 22, 29)"
        assert page.locator("#posisi circle").count() == 2
        save_screen(watch.journal, machine_scope("uji"), watch.now(), ScreenEdit("utama", None, 1), "kembali")
        poll(lambda: page.locator("#posisi circle").count() == 5, TAKEN_WITHIN_S, "setelan semula belum kembali")
        assert wall_state(page)["mountId"] == before["mountId"]
