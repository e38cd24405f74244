"""Pendopo itself in `jaringan` mode behind the shipped nginx configuration, in Chromium and from other addresses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Response

from journal.migrating import open_journal
from journal.model import WrongTry
from journal.people import NewPerson, add_person
from journal.screens import create_pass
from journal.store import Journal
from tests.browser.driver import FLAGS, PATIENCE_S, chromium_path
from tests.conftest import copied
from tests.ports import own_port
from tests.server.nginx_server import NAME, PROJECT, Nginx, make_certificate, wait_until_open
from warehouse.scope import machine_scope
from warehouse.settings import load_settings

LOGIN, PASSWORD = "uji.admin", "kuda-laut-menari-17"
pytestmark = pytest.mark.server
NOW = datetime(2026, 11, 21, 8)
SECURITY = ("Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options")


@dataclass
class Pendopo:
    """`streamlit run app.py` as the shipped unit starts it, over a data folder with one admin and one wall's key."""

    folder: Path
    public_url: str
    port: int
    process: subprocess.Popen[bytes] | None = None
    token: str = ""

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "PENDOPO_DATA_DIR": str(self.folder),
            "PENDOPO_ACCESS__MODE": "jaringan",
            "PENDOPO_ACCESS__PUBLIC_URL": self.public_url,
            "PENDOPO_ACCESS__WALL_SUBNETS": '{"127.0.6.0/24": ["utama"]}',
        }
        return os.environ | own

    def prepare(self) -> None:
        journal, scope = self.journal(), machine_scope("uji")
        add_person(journal, scope, NOW, NewPerson(LOGIN, "Uji Admin", "admin", password=PASSWORD))
        self.token = create_pass(journal, scope, NOW, "Mini PC uji", "utama").token
        journal.close()

    def journal(self) -> Journal:
        file = load_settings(data_dir=self.folder).state_dir / "journal.db"
        return open_journal(f"sqlite:///{file.as_posix()}")

    def start(self) -> None:
        unit = (PROJECT / "docs" / "server" / "pendopo.service").read_text("utf-8")
        (line,) = (line for line in unit.splitlines() if line.startswith("ExecStart="))
        arguments = line.split(" -m ", 1)[1].replace("8501", str(self.port)).split()
        with (self.folder / "server.log").open("ab") as log:
            command = [sys.executable, "-m", *arguments]
            self.process = subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log)
        wait_until_open(self.port)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(PATIENCE_S)
            self.process = None


@dataclass(frozen=True)
class Site:
    """Both of them, running."""

    nginx: Nginx
    pendopo: Pendopo


@pytest.fixture(scope="module")
def site(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    port = own_port()
    certificate = make_certificate(tmp_path_factory.mktemp("certificate"))
    nginx = Nginx(tmp_path_factory.mktemp("nginx"), certificate, port)
    data = copied(built_data_dir, tmp_path_factory.mktemp("own") / "data")
    pendopo = Pendopo(data, nginx.url.rstrip("/"), port)
    pendopo.prepare()
    pendopo.start()
    nginx.start()
    yield Site(nginx, pendopo)
    nginx.stop()
    pendopo.stop()


@pytest.fixture(scope="module")
def office_browser(browser: Browser) -> Iterator[Browser]:
    """The name leads to this machine, as the office's DNS or hosts file would have it."""
    flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    instance = browser.browser_type.launch(executable_path=chromium_path(), args=flags)
    instance.on("context", lambda context: context.set_default_timeout(PATIENCE_S * 1000))
    yield instance
    instance.close()


@pytest.fixture
def context(office_browser: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nobody. Its store of authorities is not ours to fill; `Nginx.ask` checks the certificate."""
    opened = office_browser.new_context(viewport={"width": 1920, "height": 1080}, ignore_https_errors=True)
    yield opened
    opened.close()


def test_people_sign_in_and_work_under_the_sub_path(site, context):
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.extend(refusals(answer)))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{site.nginx.url}spbe")
    page.locator("input[autocomplete=username]").fill(LOGIN)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("heading", name="SPBE").first.wait_for()
    assert page.url == f"{site.nginx.url}spbe"
    page.goto(f"{site.nginx.url}kelola")
    page.get_by_text(LOGIN).first.wait_for(state="attached")
    (cookie,) = (one for one in context.cookies() if one["name"] == "__Secure-pendopo_sesi")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Lax")
    assert cookie["path"].rstrip("/") == "/pendopo"
    assert failed == []
    assert "spbe" in site.nginx.log("access.log")


def refusals(answer: Response) -> list[str]:
    """Streamlit looks for its server below the page's own address first, and not finding it there is no failure."""
    is_search = answer.status == 404 and re.search(r"/pendopo/\w+/_stcore/(health|host-config)$", answer.url)
    return [f"{answer.status} {answer.url}"] if answer.status >= 400 and not is_search else []


def test_a_wall_opens_with_its_key_and_comes_back_after_a_restart(site, context):
    page = context.new_page()
    page.goto(f"{site.nginx.url}layar/{site.pendopo.token}")
    page.wait_for_selector("#pendopo-wall .stage > svg")
    assert page.url.startswith(f"{site.nginx.url}dinding?layar=utama")
    site.pendopo.stop()
    page.wait_for_selector("#pendopo-wall[data-state=lost]")
    late = context.new_page()  # a machine that wakes before the server does
    late.goto(f"{site.nginx.url}layar/{site.pendopo.token}")
    assert late.get_by_role("heading").inner_text() == "Pendopo sedang tidak menjawab"
    site.pendopo.start()
    page.wait_for_selector("#pendopo-wall[data-state=live]")
    late.wait_for_selector("#pendopo-wall .stage > svg")
    for name in ("access.log", "error.log", "main_access.log", "main_error.log"):
        assert site.pendopo.token not in site.nginx.log(name), name


def test_the_journal_knows_the_real_address_whatever_a_client_claims(site):
    forged = {"X-Forwarded-For": "127.0.6.9", "X-Real-IP": "127.0.6.9", "Forwarded": "for=127.0.6.9"}
    answer = site.nginx.ask(f"/pendopo/layar/ly_{'x' * 43}", headers=forged, source="127.0.7.7")
    assert answer.status == 403
    journal = site.pendopo.journal()
    with journal.reading() as session:
        counted = set(session.scalars(sa.select(WrongTry.of)))
    journal.close()
    assert "layar:127.0.7.7" in counted
    assert "layar:127.0.6.9" not in counted


@pytest.mark.parametrize("path", ["", "ringkasan", "static/favicon.png", "tidak_ada", "layar/salah"])
def test_security_headers_of_pendopo_arrive_once(site, path):
    answer = site.nginx.ask(f"/pendopo/{path}", source="127.0.8.1")
    assert {name: len(answer.values(name)) for name in SECURITY} == dict.fromkeys(SECURITY, 1)
    assert answer.values("Server") == ["nginx"]


def test_a_page_of_another_site_opens_no_socket(site):
    """The handshake of a page elsewhere, brought by a browser that is signed in here."""
    head = f"GET /pendopo/_stcore/stream HTTP/1.1\r\nHost: {NAME}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    keys = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    with site.nginx.connect() as sock:
        sock.sendall(f"{head}{keys}Origin: https://jahat.contoh.id\r\n\r\n".encode())
        assert sock.recv(4096).startswith(b"HTTP/1.1 403 ")
