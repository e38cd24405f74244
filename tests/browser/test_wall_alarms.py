"""An unanswered critical alarm in a real browser: it takes every screen within a heartbeat, until somebody answers."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.alarmed import watch_over
from tests.browser.driver import Server, open_wall, poll, wall_state

TOLD_WITHIN_S = 10  # a heartbeat and a drawing, on a busy machine


def test_a_critical_alarm_takes_the_screen_until_it_is_answered(page: Page, own_server: Server) -> None:
    with watch_over(own_server.data_dir) as watch:
        watch.look()
        open_wall(page, own_server, "?adegan=smart_living")
        mounted = wall_state(page)["mountId"]
        assert wall_state(page)["scene"] == "smart_living"
        low = watch.raise_alarm("tinggi")
        alarm = watch.raise_alarm()
        poll(lambda: wall_state(page)["scene"] == "peringatan", TOLD_WITHIN_S, "peringatan kritis belum tampil")
        picture = page.locator("#pendopo-wall .stage").inner_text()
        assert "Peringatan kritis" in picture and "BPBD" in picture and "Lakukan: Tanyakan ruang 112" in picture
        page.keyboard.press("PageDown")  # an operator may look at another scene meanwhile
        assert wall_state(page)["scene"] != "peringatan"
        watch.answer(alarm)
        poll(lambda: wall_state(page)["urgent"] == "", TOLD_WITHIN_S, "jawaban belum terlihat")
        after = wall_state(page)
        assert (after["scene"], after["mountId"]) == ("smart_living", mounted)
        watch.answer(low)
