"""The nightly reload: nobody in the room sees it, and it hides nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route

from tests.browser.alarmed import watch_over
from tests.browser.driver import PATIENCE_S, Server, in_line, open_wall, poll, stay_loaded, stood_since, wall_state
from tests.browser.network import ADMIN, PERSON_COOKIE, SCREEN_COOKIE, NetworkServer
from tests.browser.screencast import filmed
from warehouse.settings import load_settings

HIDDEN_AT_MOST_S = 15
CLOCK_AND_DOTS = 0.002  # of the points: a minute may pass, the picture may not change otherwise
BORN = "performance.timeOrigin"
# A busy machine may bring the page so late that the picture says that it is an old one, as it should.
SAYS_SO_AFTER_MS = 10_000
NOTE_LATE = """
window.late_ = 0;
new MutationObserver(() => {
  if (document.getElementById('pendopo-wall')?.dataset.state === 'lost') window.late_ ||= performance.now();
}).observe(document, {subtree: true, childList: true, attributeFilter: ['data-state']});
"""
# When the scene gave way to another: asking costs time on a busy machine.
NOTE_CHANGE = """shown => {
  const root = document.querySelector('#pendopo-wall');
  const look = () => { if (root.dataset.scene !== shown) window.changed_ ??= Date.now(); };
  new MutationObserver(look).observe(root, {attributeFilter: ['data-scene']});
  look();
}"""
DRAWN = "() => document.querySelector('#pendopo-wall')?.dataset.state === 'live'"


def two_hours_ago() -> dict[str, str]:
    """Settings by which a reload is due now, whatever the hour."""
    hour = (datetime.now(load_settings().region.zone) - timedelta(hours=2)).hour
    return {f"PENDOPO_SCREENS__{name}__RELOAD_HOUR": str(hour) for name in ("UTAMA", "PAPAN_2X2")}


@pytest.fixture(scope="module")
def night_server(built_data_dir: Path) -> Iterator[Server]:
    running = Server(built_data_dir)
    running.environment |= two_hours_ago()
    running.start()
    yield running
    running.kill()


def fall(page: Page) -> None:
    """The night comes: this browser was not renewed in it."""
    page.evaluate("sessionStorage.removeItem('pendopo-malam')")


def is_renewed(page: Page, born: float) -> bool:
    try:
        return bool(page.evaluate(BORN) != born and page.evaluate(DRAWN))
    except Error:  # between two pages
        return False


def look(page: Page, seconds: float) -> None:
    """Let the browser work; frames are only received while Playwright waits."""
    page.wait_for_timeout(seconds * 1000)


def wait_renewed(page: Page, born: float) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_renewed(page, born):
        assert time.monotonic() < deadline, "belum dimuat ulang"
        look(page, 0.1)


def test_no_frame_shows_anything_but_the_picture_and_the_rotation_goes_on(page: Page, night_server: Server) -> None:
    page.add_init_script("window.kept_ = sessionStorage.getItem('pendopo-gambar')")
    page.add_init_script(NOTE_LATE)
    open_wall(page, night_server)
    page.route("**/SourceSans*", lambda _route: None)  # letters that never come must not be missed
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    look(page, 1)
    before, born = wall_state(page), page.evaluate(BORN)
    with filmed(page) as frames:
        look(page, 0.5)
        picture = frames.taken[-1]
        fall(page)
        wait_renewed(page, born)
        poll(
            lambda: look(page, 0.1) or wall_state(page)["mountId"] != before["mountId"],
            PATIENCE_S,
            "dinding tidak mengambil alih",
        )
        look(page, 1)
    after, furthest = wall_state(page), frames.furthest_from(picture)
    print(f"{len(frames.taken)} gambar, paling jauh {furthest:.4f}")
    assert len(frames.taken) >= 3
    assert furthest <= CLOCK_AND_DOTS or page.evaluate("window.late_") > SAYS_SO_AFTER_MS
    assert (after["scene"], after["release"]) == (before["scene"], before["release"])
    until = page.evaluate("JSON.parse(window.kept_).until") / 1000
    page.evaluate(NOTE_CHANGE, before["scene"])
    stood = in_line()
    changed = poll(lambda: look(page, 0.1) or page.evaluate("window.changed_"), PATIENCE_S, "adegan tidak berganti")
    assert abs(page.evaluate("window.changed_") / 1000 - until) < 2 + min(stood_since(stood), changed)


def test_a_night_renews_once_and_leaves_a_paused_wall_paused(page: Page, night_server: Server) -> None:
    open_wall(page, night_server)
    stay_loaded(page)
    page.keyboard.press(" ")
    born = page.evaluate(BORN)
    fall(page)
    wait_renewed(page, born)
    assert (wall_state(page)["paused"], wall_state(page)["notice"]) == ("true", "rotasi dijeda")
    born = page.evaluate(BORN)
    look(page, 9)  # two heartbeats
    assert page.evaluate(BORN) == born
    page.keyboard.press(" ")
    assert wall_state(page)["notice"] == ""


def test_a_critical_alarm_delays_it(page: Page, stopped_server: Server) -> None:
    stopped_server.environment |= two_hours_ago()
    stopped_server.start()
    with watch_over(stopped_server.data_dir) as watch:
        watch.look()
        alarm = watch.raise_alarm()
        open_wall(page, stopped_server)
        stay_loaded(page)
        born = page.evaluate(BORN)
        fall(page)
        look(page, 9)
        assert page.evaluate(BORN) == born
        watch.answer(alarm)
        wait_renewed(page, born)


def test_a_server_that_dies_meanwhile_is_said_and_comes_back(page: Page, night_server: Server) -> None:
    """The page came, the program of the page did not any more."""
    open_wall(page, night_server)
    shown = wall_state(page)["rilis"]

    died: list[bool] = []

    def die(route: Route) -> None:
        if route.request.resource_type != "document" or died:
            return route.continue_()
        died.append(True)
        answer = route.fetch()
        night_server.kill()
        return route.fulfill(response=answer)

    page.route(f"{night_server.url}/dinding", die)
    fall(page)
    poll(lambda: look(page, 0.1) or night_server.process is None, PATIENCE_S, "belum dimuat ulang")
    started = time.monotonic()
    poll(
        lambda: look(page, 0.1) or "terputus sejak" in (wall_state(page)["notice"] or ""),
        HIDDEN_AT_MOST_S,
        "tidak dikatakan",
    )
    state = wall_state(page)
    assert (state["state"], state["rilis"]) == ("lost", shown)
    said = time.monotonic() - started
    night_server.start()
    back = poll(lambda: look(page, 0.1) or is_renewed(page, 0), PATIENCE_S, "belum kembali")
    print(f"dikatakan setelah {said:.1f} detik, kembali setelah {back:.1f} detik")
    poll(lambda: wall_state(page)["notice"] == "", PATIENCE_S, "masih ada yang dikatakan")


@pytest.fixture(scope="module")
def night_office(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkServer]:
    running = NetworkServer(built_data_dir, tmp_path_factory.mktemp("malam"))
    running.environment |= two_hours_ago()
    running.add(ADMIN)
    running.start()
    yield running
    running.kill()


@pytest.mark.parametrize(
    ("cookie", "instead", "words"),
    [(PERSON_COOKIE, "", "Belum punya akun"), (SCREEN_COOKIE, "ly_" + "a" * 43, "Layar ini tidak lagi berhak tampil")],
)
def test_who_may_not_see_it_any_more_is_told_so_at_once(
    page: Page, night_office: NetworkServer, cookie: str, instead: str, words: str
) -> None:
    """The old picture never lies on a sign-in form."""
    screen = night_office.create_pass(f"Contoh {words[:9]}", "utama")
    key = night_office.key_for("admin") if cookie == PERSON_COOKIE else screen.token
    night_office.bring(page.context, cookie, key)
    open_wall(page, night_office, "?layar=utama")
    page.context.clear_cookies()
    if instead:
        night_office.bring(page.context, cookie, instead)
    born = page.evaluate(BORN)
    with page.expect_event("domcontentloaded"):
        fall(page)
    took = poll(
        lambda: page.get_by_text(words).is_visible() and page.locator("#pendopo-wall").count() == 0,
        HIDDEN_AT_MOST_S,
        "tidak dikatakan",
    )
    print(f"tertutup {took:.1f} detik")
    assert page.evaluate(BORN) != born
    page.get_by_text(words).click(trial=True)  # nothing lies on it
