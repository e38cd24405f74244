"""Sign-in with a real OIDC provider on this machine: the journal says who and how far, the token how long."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Cookie, Page, expect

from journal.people import NewPerson
from tests.browser.driver import PATIENCE_S, poll
from tests.browser.network import ADMIN, NetworkServer, next_step
from tests.ports import own_port

STEWARD = NewPerson("rini@mojokertokab.go.id", "Rini Wulandari", "walidata")
SENDER = NewPerson("budi@mojokertokab.go.id", "Budi Santoso", "opd", opd_code="DLH")
SHORT_SECONDS = (20, 45, 300)  # in the first a busy machine may not come as far as the page
CLAIMS: tuple[dict[str, Any], ...] = (
    {"sub": "rini", "email": STEWARD.login, "email_verified": True},
    {"sub": "budi", "email": SENDER.login.upper(), "email_verified": True, "role": "admin", "opd": "semua"},
    {"sub": "orang-lain", "email": "orang.lain@mojokertokab.go.id", "email_verified": True},
    {"sub": "palsu", "email": STEWARD.login, "email_verified": False},
    {"sub": "tanpa-email"},
)


class Provider:
    """`oidc-provider-mock` as a process of its own; tokens end after `seconds`."""

    def __init__(self, folder: Path, seconds: int) -> None:
        self.log = folder / f"provider-{seconds}.log"
        self.seconds = seconds
        self.port = own_port()

    @property
    def metadata_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/.well-known/openid-configuration"

    def start(self) -> None:
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port)]
        command += ["--token-max-age", str(self.seconds)]
        for claims in CLAIMS:
            command += ["--user-claims", json.dumps(claims)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        poll(self._answers, PATIENCE_S, "penyedia tidak menjawab")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.metadata_url, timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE_S)


@contextmanager
def office_with(provider: Provider, data_dir: Path, folder: Path, **access: Any) -> Iterator[NetworkServer]:
    """An office that trusts this provider. Its secrets are in a file outside the project."""
    provider.start()
    running = NetworkServer(data_dir, folder, sign_in=["oidc"], **access)
    running.add(ADMIN, STEWARD, SENDER)
    auth = {
        "redirect_uri": f"{running.url}/oauth2callback",
        "cookie_secret": secrets.token_urlsafe(48),
        "client_id": "pendopo",
        "client_secret": secrets.token_urlsafe(24),
        "server_metadata_url": provider.metadata_url,
    }
    file = folder / "secrets.toml"
    file.write_text("[auth]\n" + "\n".join(f'{name} = "{value}"' for name, value in auth.items()), "utf-8")
    running.environment |= {"STREAMLIT_SECRETS_FILES": str(file), "AUTHLIB_INSECURE_TRANSPORT": "1"}
    try:
        running.start()
        yield running
    finally:
        running.kill()
        provider.kill()


@pytest.fixture(scope="module")
def office(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkServer]:
    folder = tmp_path_factory.mktemp("oidc")
    with office_with(Provider(folder, 3600), built_data_dir, folder) as running:
        yield running


def authorize(page: Page, office: NetworkServer, sub: str, path: str = "/masterplan") -> None:
    page.goto(office.url + path)
    page.get_by_role("button", name="Masuk dengan akun kantor").click()
    page.get_by_role("button", name=sub, exact=True).click()


def expect_form(page: Page, words: str = "") -> None:
    expect(page.get_by_role("button", name="Masuk dengan akun kantor")).to_be_visible()
    expect(page.get_by_text("Realisasi fisik")).to_have_count(0)
    if words:
        expect(page.get_by_text(words)).to_be_visible()


def provider_cookies(page: Page) -> list[Cookie]:
    return [cookie for cookie in page.context.cookies() if cookie["name"].startswith("_streamlit_user")]


def replay(browser: Browser, office: NetworkServer, cookies: list[Cookie], path: str = "/masterplan") -> Page:
    """Another browser that was given copies of these cookies."""
    context = browser.new_context()
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(office.url + path)
    return page


def test_role_and_reach_come_from_the_journal_whatever_the_provider_claims(page: Page, office: NetworkServer) -> None:
    authorize(page, office, "budi", "/masterplan?tahun=2026")
    expect(page.get_by_text("Budi Santoso · opd · hanya Dinas Lingkungan Hidup")).to_be_visible()
    page.wait_for_url(f"{office.url}/masterplan?tahun=2026")  # what was asked for before
    page.goto(f"{office.url}/kelola")
    expect(page.get_by_text("tidak berhak")).to_be_visible()
    assert all(cookie["httpOnly"] for cookie in provider_cookies(page))


def test_signing_out_ends_it_and_a_copy_of_the_old_cookie_opens_nothing(
    page: Page, browser: Browser, office: NetworkServer
) -> None:
    authorize(page, office, "rini")
    expect(page.get_by_text("Rini Wulandari · walidata · seluruh daerah")).to_be_visible()
    page.wait_for_url(f"{office.url}/masterplan")
    old = provider_cookies(page)
    copy = replay(browser, office, old)
    expect(copy.get_by_text("Rini Wulandari")).to_be_visible()  # the cookie alone was good until now
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.get_by_role("button", name="End session").click()
    expect_form(page)
    assert provider_cookies(page) == []
    copy.reload()
    expect_form(copy, "Masa masuk Anda berakhir")
    copy.context.close()
    again = replay(browser, office, old)
    expect_form(again, "Masa masuk Anda berakhir")
    again.context.close()
    assert ("keluar", STEWARD.login, STEWARD.login) in office.entries()


def test_signing_out_everywhere_ends_every_token_of_that_person(
    page: Page, browser: Browser, office: NetworkServer
) -> None:
    authorize(page, office, "rini")
    expect(page.get_by_text("Rini Wulandari")).to_be_visible()
    elsewhere = replay(browser, office, provider_cookies(page))
    expect(elsewhere.get_by_text("Rini Wulandari")).to_be_visible()
    page.get_by_text("Akun saya").click()
    page.get_by_role("button", name="Keluar dari semua perangkat").click()
    page.get_by_role("button", name="End session").wait_for()
    elsewhere.reload()
    expect_form(elsewhere, "Masa masuk Anda berakhir")
    elsewhere.context.close()


@pytest.mark.parametrize(
    ("sub", "words"),
    [
        ("orang-lain", "belum terdaftar atau tidak aktif di Pendopo"),
        ("palsu", "belum diverifikasi di penyedia masuk"),
        ("tanpa-email", "Penyedia masuk tidak menyebut email Anda"),
    ],
)
def test_whom_the_journal_does_not_know_is_told_so(page: Page, office: NetworkServer, sub: str, words: str) -> None:
    authorize(page, office, sub)
    expect(page.get_by_text(words)).to_be_visible()
    expect_form(page)


def test_a_cookie_with_another_signature_is_nobody(page: Page, browser: Browser, office: NetworkServer) -> None:
    authorize(page, office, "rini")
    expect(page.get_by_text("Rini Wulandari")).to_be_visible()
    good = provider_cookies(page)
    for change in (lambda value: value[:-4] + "0000", lambda value: value[: len(value) // 2], lambda value: "x"):
        forged = replay(browser, office, [cookie | {"value": change(cookie["value"])} for cookie in good])  # type: ignore[misc]
        expect_form(forged)
        forged.context.close()


def test_who_declines_at_the_provider_is_back_at_the_form(page: Page, office: NetworkServer) -> None:
    page.goto(f"{office.url}/masterplan")
    page.get_by_role("button", name="Masuk dengan akun kantor").click()
    page.get_by_role("button", name="Deny").click()
    expect_form(page)


def test_a_sign_in_ends_with_its_token(page: Page, browser: Browser, built_data_dir: Path, tmp_path: Path) -> None:
    """The cookie lives for 30 days; the token in it says when the sign-in is over."""
    signed_in, ended = page.get_by_text("Rini Wulandari"), page.get_by_text("Masa masuk Anda berakhir")
    for seconds in SHORT_SECONDS:
        folder = tmp_path / str(seconds)
        folder.mkdir()
        page.context.clear_cookies()  # else the words of the sign-in before are seen first
        with office_with(Provider(folder, seconds), built_data_dir, folder) as office:
            authorize(page, office, "rini", "/spbe")
            expect(signed_in.or_(ended).first).to_be_visible()
            if not signed_in.is_visible():
                continue
            cookies = provider_cookies(page)
            assert all(cookie["expires"] > time.time() + 29 * 24 * 3600 for cookie in cookies)
            time.sleep(seconds)
            if not ended.is_visible():  # the page may have asked by itself meanwhile
                next_step(page, "Ringkasan")
            expect_form(page, "Masa masuk Anda berakhir")
            late = replay(browser, office, cookies)
            expect_form(late, "Masa masuk Anda berakhir")
            late.context.close()
            return
    pytest.fail("masuk tidak selesai sebelum tokennya berakhir")
