"""Wall screens without people: what a link opens, what it never opens, and how soon a revoked one is dark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from journal.screens import NewPass
from tests.browser.driver import PATIENCE_S, poll, stay_loaded, wall_state
from tests.browser.network import ADMIN, ANALYST, PERSON_COOKIE, SCREEN_COOKIE, SENDER, NetworkServer

DARK_WITHIN_SECONDS = 15
WALL = "#pendopo-wall .stage > svg"
WORK_PAGES = (
    "ringkasan", "spbe", "smart_environment", "smart_living", "masterplan", "jelajah", "indikator", "disiplin_data",
    "peringatan", "kelola",
)  # fmt: skip


@pytest.fixture(scope="module")
def office(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkServer]:
    networks = {"10.20.30.0/24": ["papan_2x2"]}
    running = NetworkServer(built_data_dir, tmp_path_factory.mktemp("dinding"), wall_subnets=networks)
    running.add(ADMIN, ANALYST, SENDER)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def made(office: NetworkServer) -> NewPass:
    return office.create_pass("Mini PC ruang rapat", "utama")


def open_by_link(page: Page, office: NetworkServer, made: NewPass) -> None:
    page.goto(f"{office.url}/layar/{made.token}")
    page.wait_for_selector(WALL)


def test_a_link_opens_its_screen_and_leaves_no_token_behind(page: Page, office: NetworkServer, made: NewPass) -> None:
    open_by_link(page, office, made)
    assert page.url == f"{office.url}/dinding?layar=utama"
    assert made.token not in page.content() + page.evaluate("document.cookie + document.referrer")
    (cookie,) = (one for one in page.context.cookies() if one["name"] == SCREEN_COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    page.reload()
    page.wait_for_selector(WALL)


def test_another_screen_is_refused_in_words_and_its_own_is_shown(
    page: Page, office: NetworkServer, made: NewPass
) -> None:
    office.bring(page.context, SCREEN_COOKIE, made.token)
    page.goto(f"{office.url}/dinding?layar=papan_2x2")
    page.wait_for_selector(WALL)
    words = "layar papan_2x2 bukan untuk mesin ini · tampil utama"
    poll(lambda: wall_state(page)["notice"] == words, PATIENCE_S, "tidak dikatakan")


def test_no_other_page_opens_for_a_screen(page: Page, office: NetworkServer, made: NewPass) -> None:
    office.bring(page.context, SCREEN_COOKIE, made.token)
    for name in WORK_PAGES:
        page.goto(f"{office.url}/{name}")
        expect(page.get_by_role("alert").get_by_text("tidak berhak")).to_be_visible()
        expect(page.get_by_text("Rilis")).to_have_count(0)
        expect(page.locator("table, [data-testid=stDataFrame], [data-testid=stVegaLiteChart]")).to_have_count(0)
        expect(page.get_by_test_id("stSidebar")).not_to_be_visible()
    page.goto(office.url)
    page.wait_for_selector(WALL)
    assert page.url == f"{office.url}/dinding"


def test_clicks_and_keys_lead_nowhere_from_a_screen(page: Page, office: NetworkServer, made: NewPass) -> None:
    open_by_link(page, office, made)
    page.locator("#pendopo-wall [data-indikator]").first.click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(1000)
    assert page.url == f"{office.url}/dinding?layar=utama"
    expect(page.locator(WALL)).to_be_visible()


def test_a_revoked_link_turns_the_wall_to_words(page: Page, office: NetworkServer) -> None:
    own = office.create_pass("Laptop pinjaman", "utama")
    open_by_link(page, office, own)
    stay_loaded(page)
    loaded = page.evaluate("performance.timeOrigin")
    office.revoke(own)
    seconds = poll(lambda: wall_state(page)["state"] == "withdrawn", DARK_WITHIN_SECONDS, "dinding belum gelap")
    print(f"the wall was dark after {seconds:.1f} s")
    expect(page.get_by_text("Layar ini tidak lagi berhak tampil")).to_be_visible()
    assert page.locator("#pendopo-wall svg").count() == 0
    assert page.evaluate("performance.timeOrigin") == loaded  # without a reload
    page.reload()
    expect(page.get_by_text("Layar ini tidak lagi berhak tampil")).to_be_visible()
    assert page.locator("svg[data-rilis]").count() == 0
    page.goto(f"{office.url}/layar/{own.token}")
    expect(page.get_by_text("Anda tidak berhak membuka ini")).to_be_visible()


def test_made_up_links_and_cookies_open_nothing(page: Page, office: NetworkServer, made: NewPass) -> None:
    for token in (made.token[:-1], "ly_" + "a" * 43, "utama", "..%2f..%2fdinding"):
        page.goto(f"{office.url}/layar/{token}")
        assert page.locator("h1").inner_text() in ("Anda tidak berhak membuka ini", "Halaman ini tidak ada")
        assert page.context.cookies() == []
    office.bring(page.context, SCREEN_COOKIE, made.token[:-1])
    page.goto(f"{office.url}/dinding")
    expect(page.get_by_text("Layar ini tidak lagi berhak tampil")).to_be_visible()
    office.bring(page.context, SCREEN_COOKIE, office.key_for())  # a person's key is no screen's
    page.reload()
    expect(page.get_by_text("Layar ini tidak lagi berhak tampil")).to_be_visible()


def test_a_restart_loses_no_screen(page: Page, office: NetworkServer, made: NewPass) -> None:
    open_by_link(page, office, made)
    office.kill()
    poll(lambda: wall_state(page)["state"] == "lost", PATIENCE_S, "dinding tidak tahu server hilang")
    office.start()
    poll(lambda: wall_state(page).get("state") == "live", PATIENCE_S, "dinding tidak kembali")
    assert page.url == f"{office.url}/dinding?layar=utama"


def from_address(browser: Browser, address: str) -> BrowserContext:
    """A browser as a proxy on the server's own machine passes it on."""
    return browser.new_context(extra_http_headers={"X-Forwarded-For": address})


def test_a_listed_subnet_opens_its_screens_without_a_link(browser: Browser, office: NetworkServer) -> None:
    inside, outside = from_address(browser, "10.20.30.7"), from_address(browser, "10.20.31.7")
    wall, page = inside.new_page(), outside.new_page()
    wall.goto(f"{office.url}/dinding?layar=utama")
    wall.wait_for_selector(WALL)
    poll(lambda: "tampil papan_2x2" in wall_state(wall)["notice"], PATIENCE_S, "tidak dikatakan")
    wall.goto(f"{office.url}/masterplan")
    expect(wall.get_by_role("alert").get_by_text("tidak berhak")).to_be_visible()
    wall.goto(f"{office.url}/masuk")
    expect(wall.get_by_label("Login", exact=True)).to_be_visible()
    page.goto(f"{office.url}/dinding")
    expect(page.get_by_label("Login", exact=True)).to_be_visible()
    for context in (inside, outside):
        context.close()


@pytest.mark.parametrize(("login", "sees"), [("admin", True), ("budi", False)])
def test_people_see_the_wall_by_their_right(page: Page, office: NetworkServer, login: str, sees: bool) -> None:
    office.bring(page.context, PERSON_COOKIE, office.key_for(login))
    page.goto(f"{office.url}/dinding?layar=papan_2x2")
    if sees:
        page.wait_for_selector(WALL)
        poll(lambda: wall_state(page)["notice"] == "", PATIENCE_S, "ada yang dikatakan")
    else:
        expect(page.get_by_role("alert").get_by_text("tidak berhak melihat dinding")).to_be_visible()
        assert page.locator("#pendopo-wall").count() == 0


def test_a_wall_somebody_signed_in_to_ends_with_their_sign_in(page: Page, office: NetworkServer) -> None:
    """A wall asks by itself, which keeps nobody signed in."""
    office.bring(page.context, PERSON_COOKIE, office.key_for("siti"))
    page.goto(f"{office.url}/dinding")
    page.wait_for_selector(WALL)
    office.shift_sign_ins("seen_at", timedelta(minutes=-61))
    poll(lambda: wall_state(page)["state"] == "withdrawn", DARK_WITHIN_SECONDS, "dinding belum gelap")
    expect(page.get_by_text("Masa masuk Anda berakhir. Silakan masuk lagi. Klik layar ini")).to_be_visible()
    page.locator("#pendopo-wall").click()
    expect(page.get_by_label("Login", exact=True)).to_be_visible()
