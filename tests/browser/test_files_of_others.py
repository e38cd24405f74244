"""The address of a file, as it stands in a browser's history or a proxy's log, opens it to nobody else."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from journal.people import NewPerson
from tests.browser.network import ADMIN, ANALYST, PASSWORD, SENDER, NetworkServer, sign_in

OTHER = NewPerson("wati", "Wati Lestari", "opd", opd_code="DPUPR", password=PASSWORD)


@pytest.fixture(scope="module")
def office(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkServer]:
    running = NetworkServer(built_data_dir, tmp_path_factory.mktemp("kantor"))
    running.add(ADMIN, ANALYST, SENDER, OTHER)
    running.start()
    yield running
    running.kill()


def fetch(office: NetworkServer, address: str, context: BrowserContext | None) -> tuple[int, bytes]:
    cookies = [] if context is None else [f"{cookie['name']}={cookie['value']}" for cookie in context.cookies()]
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=60)
    connection.request("GET", address.removeprefix(office.url), headers={"Cookie": "; ".join(cookies)})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def test_a_file_is_fetched_by_whom_it_was_made_for(browser: Browser, office: NetworkServer) -> None:
    people = {login: browser.new_context() for login in ("wati", "budi", "siti", "admin")}
    for login, context in people.items():
        sign_in(context.new_page(), office, "/kelola" if login == "admin" else "/spbe", login)
    page = people["wati"].new_page()
    page.goto(f"{office.url}/masterplan")
    for label in ("Unduh PDF", "Unduh PNG", "Unduh XLSX", "Unduh CSV"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label, exact=True).click()
        assert waiting.value.path().stat().st_size > 500
        address = waiting.value.url
        assert fetch(office, address, people["wati"])[0] == 200
        for login in ("budi", "siti", "admin"):
            assert fetch(office, address, people[login])[0] == 403
        assert fetch(office, address, None)[0] == 403
    trail = people["admin"].new_page()
    trail.goto(f"{office.url}/kelola?bagian=jejak")
    with trail.expect_download() as waiting:
        trail.get_by_role("button", name="Unduh CSV", exact=True).click()
    assert b"wati" in waiting.value.path().read_bytes()
    assert fetch(office, waiting.value.url, people["siti"])[0] == 403
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(page.get_by_label("Login", exact=True)).to_be_visible()
    assert fetch(office, address, people["wati"])[0] == 403
    for context in people.values():
        context.close()
