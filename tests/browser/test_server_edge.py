"""The server's edge in a real server and a real browser: nothing is blocked that pages need, everything else is."""

from __future__ import annotations

import http.client

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.driver import PROJECT, Server, open_wall

PAGES = sorted(file.stem for file in (PROJECT / "pages").glob("*.py") if file.stem != "__init__")


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """One request as given: nothing is normalised on the way."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in named)
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


def blocked_by_policy(page: Page) -> list[str]:
    """Fills up while the page is used."""
    told: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            told.append(message.text)

    page.on("console", hear)
    return told


@pytest.mark.parametrize("name", [one for one in PAGES if one != "dinding"])
def test_no_page_needs_what_the_policy_forbids(page: Page, server: Server, name: str) -> None:
    told = blocked_by_policy(page)
    page.goto(f"{server.url}/{name}")
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_timeout(2000)
    assert told == []


def test_the_wall_needs_nothing_the_policy_forbids(page: Page, server: Server) -> None:
    told = blocked_by_policy(page)
    open_wall(page, server)
    page.wait_for_timeout(5000)
    assert told == []


def test_the_policy_does_forbid(page: Page, server: Server) -> None:
    told = blocked_by_policy(page)
    page.goto(f"{server.url}/ringkasan")
    page.wait_for_selector("h1", timeout=30_000)
    page.evaluate(
        """() => { const one = document.createElement('script'); one.textContent = 'window.ran_ = true';
        document.body.append(one); const two = document.createElement('img'); two.src = 'http://192.0.2.1/a.png';
        document.body.append(two); return fetch('http://192.0.2.1/').catch(() => null); }"""
    )
    assert page.evaluate("window.ran_") is None
    assert len(told) >= 3


def test_a_page_that_is_not_there_is_said_in_words(page: Page, server: Server) -> None:
    answer = page.goto(f"{server.url}/tidak_ada")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "Halaman ini tidak ada"
