"""Local accounts in a real browser: who gets in, for how long, and what a stolen or made-up cookie is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.network import (
    ADMIN,
    ANALYST,
    ONE_EMPTY_PASSWORD,
    PASSWORD,
    PERSON_COOKIE,
    SENDER,
    NetworkServer,
    next_step,
    sign_in,
    type_in,
)


@pytest.fixture(scope="module")
def office(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkServer]:
    running = NetworkServer(built_data_dir, tmp_path_factory.mktemp("kantor"))
    running.add(ADMIN, ANALYST, SENDER)
    running.start()
    yield running
    running.kill()


def key_of(context: BrowserContext) -> str:
    return next((cookie["value"] for cookie in context.cookies() if cookie["name"] == PERSON_COOKIE), "")


def be(page: Page, office: NetworkServer, login: str = "siti") -> None:
    """Somebody who signed in before, on a page with data."""
    office.bring(page.context, PERSON_COOKIE, office.key_for(login))
    page.goto(f"{office.url}/masterplan")
    expect(page.get_by_text("Realisasi fisik").first).to_be_visible()


def expect_form(page: Page, words: str = "") -> None:
    expect(page.get_by_label("Login", exact=True)).to_be_visible()
    expect(page.get_by_text("Realisasi fisik")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).not_to_be_visible()
    if words:
        expect(page.get_by_text(words)).to_be_visible()


def test_signing_in_opens_what_was_asked_for_and_lasts(page: Page, office: NetworkServer) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    sign_in(page, office, "/masterplan?opd=DLH")
    assert page.url == f"{office.url}/masterplan?opd=DLH"
    expect(page.get_by_text("Siti Rahma · analis · seluruh daerah")).to_be_visible()
    key = key_of(page.context)
    (cookie,) = (one for one in page.context.cookies() if one["name"] == PERSON_COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert PERSON_COOKIE not in page.evaluate("document.cookie")
    seen = page.content() + page.evaluate("JSON.stringify([localStorage, sessionStorage])") + " ".join(sent)
    assert key not in seen
    assert PASSWORD not in seen
    page.reload()
    expect(page.get_by_text("Siti Rahma")).to_be_visible()
    second = page.context.new_page()
    second.goto(f"{office.url}/spbe")
    expect(second.get_by_text("Siti Rahma")).to_be_visible()


def test_from_its_own_address_it_leads_to_the_front_page(page: Page, office: NetworkServer) -> None:
    page.goto(f"{office.url}/masuk?ke=https://jahat.example")
    expect_form(page)
    type_in(page, "siti", PASSWORD)
    page.wait_for_url(f"{office.url}/ringkasan")
    page.goto(f"{office.url}/masuk")
    page.wait_for_url(f"{office.url}/ringkasan")


def test_wrong_passwords_are_words_and_then_a_wait(page: Page, office: NetworkServer) -> None:
    page.goto(f"{office.url}/ringkasan")
    expect_form(page)
    answer = page.get_by_role("alert")

    def try_wrongly() -> str:
        type_in(page, "tidak.ada", "salah sama sekali")
        page.wait_for_function(ONE_EMPTY_PASSWORD)  # the one of before may stay for a moment
        return answer.inner_text()

    for words in ("tidak cocok.", "tidak cocok.", "tidak cocok. Tunggu 2 detik"):
        try_wrongly()
        expect(answer.get_by_text(words)).to_be_visible()
    # Each wait is twice the one before: on a slow machine the first may be over when the next try arrives.
    assert any("Terlalu banyak percobaan. Tunggu" in try_wrongly() for _ in range(6))
    assert key_of(page.context) == ""
    expect_form(page)


def test_signing_out_ends_it_here_and_for_whoever_copied_the_cookie(page: Page, office: NetworkServer) -> None:
    be(page, office)
    key = key_of(page.context)
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect_form(page)
    assert key_of(page.context) == ""
    page.goto(f"{office.url}/masterplan")
    expect_form(page)
    office.bring(page.context, PERSON_COOKIE, key)
    page.reload()
    expect_form(page, "Masa masuk Anda berakhir")
    assert ("keluar", "siti", "siti") in office.entries()


def test_signing_out_everywhere_ends_the_other_browser_at_its_next_step(
    page: Page, browser: Browser, office: NetworkServer
) -> None:
    be(page, office)
    other = browser.new_context()
    elsewhere = other.new_page()
    be(elsewhere, office)
    page.get_by_text("Akun saya").click()
    page.get_by_role("button", name="Keluar dari semua perangkat").click()
    expect_form(page)
    next_step(elsewhere, "SPBE")
    expect_form(elsewhere, "Masa masuk Anda berakhir")
    other.close()


@pytest.mark.parametrize(
    ("column", "by"), [("ends_at", timedelta(hours=-13)), ("seen_at", timedelta(hours=-1))], ids=["12 jam", "diam"]
)
def test_a_sign_in_ends_by_itself(page: Page, office: NetworkServer, column: str, by: timedelta) -> None:
    be(page, office)
    office.shift_sign_ins(column, by)
    next_step(page, "SPBE")
    expect_form(page, "Masa masuk Anda berakhir")
    page.reload()
    expect_form(page, "Masa masuk Anda berakhir")


def test_made_up_and_cut_cookies_are_nobody(page: Page, office: NetworkServer) -> None:
    key = office.key_for()
    for made_up in (key[:-1], key[:-1] + ("A" if key[-1] != "A" else "B"), "x" * 43, "../../etc"):
        office.bring(page.context, PERSON_COOKIE, made_up)
        page.goto(f"{office.url}/masterplan")
        expect_form(page)


def test_the_own_password_is_changed_and_the_old_one_is_over(page: Page, office: NetworkServer) -> None:
    be(page, office, "budi")
    expect(page.get_by_text(re.compile("Budi Santoso · opd · hanya Dinas Lingkungan Hidup"))).to_be_visible()
    page.get_by_text("Akun saya").click()
    fresh = "rembulan tebu kapal sunyi"
    page.get_by_label("Kata sandi lama").fill(PASSWORD)
    page.get_by_label("Kata sandi baru", exact=True).fill(fresh)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(fresh)
    page.get_by_role("button", name="Ganti kata sandi").click()
    expect_form(page)
    expect(page.get_by_text("Kata sandi sudah diganti")).to_be_visible()
    page.goto(f"{office.url}/ringkasan")
    expect_form(page)
    type_in(page, "budi", PASSWORD)
    expect(page.get_by_text("tidak cocok")).to_be_visible()
    type_in(page, "budi", fresh)
    expect(page.get_by_text("Budi Santoso")).to_be_visible()


def test_the_log_holds_no_password_and_no_key(page: Page, office: NetworkServer) -> None:
    be(page, office)
    log = office.log.read_text("utf-8")
    assert PASSWORD not in log
    assert key_of(page.context) not in log
    assert "Traceback" not in log
