"""An unanswered critical alarm in a real browser: it takes every screen within a heartbeat, until somebody answers."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.alarmed import watch_over
from tests.browser.driver import PATIENCE_S, Server, open_wall, poll, stay_loaded, wall_state

TOLD_WITHIN_S = 10  # a heartbeat and a drawing


# Counts the tones a wall asks for, and when.
LISTEN = """() => {
  window.tones_ = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    window.tones_.push(this.frequency.value);
    return start.call(this, at);
  };
}"""


def test_a_critical_alarm_takes_the_screen_until_it_is_answered(page: Page, own_server: Server) -> None:
    """And makes no sound: this screen has none."""
    page.add_init_script(f"({LISTEN})()")
    with watch_over(own_server.data_dir) as watch:
        watch.look()
        open_wall(page, own_server, "?adegan=smart_living")
        stay_loaded(page)
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
        assert page.evaluate("window.tones_") == []
        watch.answer(low)


def test_a_takeover_sounds_where_the_screen_has_sound(page: Page, stopped_server: Server) -> None:
    """Three tones, once in half a minute, until somebody answers."""
    stopped_server.environment |= {"PENDOPO_SCREENS__UTAMA__SUARA": "true"}
    stopped_server.start()
    page.add_init_script(f"({LISTEN})()")
    with watch_over(stopped_server.data_dir) as watch:
        watch.look()
        open_wall(page, stopped_server)
        page.keyboard.press(" ")  # a touched page may sound
        page.wait_for_timeout(1000)
        assert page.evaluate("window.tones_") == []
        alarm = watch.raise_alarm()
        poll(lambda: wall_state(page)["scene"] == "peringatan", PATIENCE_S, "peringatan kritis belum tampil")
        page.wait_for_timeout(5000)  # a heartbeat more: not again at each
        assert page.evaluate("window.tones_") == [880, 880, 880]
        assert "suara ditahan" not in wall_state(page)["notice"]
        watch.answer(alarm)
        poll(lambda: wall_state(page)["urgent"] == "", TOLD_WITHIN_S, "jawaban belum terlihat")
