"""The doors beside the pages: who gets a cookie, with which attributes, and who is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette
from streamlit import config

from journal.migrating import open_journal
from journal.screens import create_pass, revoke_pass
from journal.store import server_scope
from pages.server.doors import routes
from pages.server.tickets import TICKETS
from warehouse.settings import Access, load_settings

NOW = datetime(2026, 11, 22, 8, 0)
URL = "https://dasbor.daerah.go.id"


class Office:
    """The doors of a server, at a time, over a journal of its own."""

    def __init__(self, folder: Path, access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
        url = f"sqlite:///{(folder / 'journal.db').as_posix()}"
        settings = load_settings(access=access, journal_url=url, data_dir=folder)
        monkeypatch.setattr("pages.shared.data.settings", lambda: settings)
        monkeypatch.setattr("pages.shared.data.local_now", lambda: NOW)
        self.journal = open_journal(url)
        self.transport = ASGITransport(Starlette(routes=routes()))

    def create_pass(self, label: str = "Mini PC", screen_id: str = "utama"):
        return create_pass(self.journal, server_scope(), NOW, label, screen_id)

    def ask(self, method: str, path: str, **named: Any) -> Response:
        async def send() -> Response:
            async with AsyncClient(transport=self.transport, base_url=URL) as client:
                return await client.request(method, path, **named)

        return asyncio.run(send())

    def enter(self, ticket: str, **headers: str) -> Response:
        return self.ask("POST", "/sesi", headers={"origin": URL, "x-pendopo-tiket": ticket} | headers)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    yield from opened(tmp_path, monkeypatch, Access(mode="jaringan", public_url=URL))


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, access: Access) -> Iterator[Office]:
    made = Office(folder, access, monkeypatch)
    yield made
    made.journal.close()
    st.cache_resource.clear()


@pytest.fixture
def below_a_path() -> Iterator[None]:
    config.set_option("server.baseUrlPath", "pendopo")
    yield
    config.set_option("server.baseUrlPath", "")


def cookie_of(response: Response, name: str) -> dict[str, str]:
    jar = SimpleCookie(response.headers["set-cookie"])
    return {"value": jar[name].value} | {key: str(value) for key, value in jar[name].items() if value}


def test_a_ticket_becomes_a_cookie_no_script_can_read(office):
    response = office.enter(TICKETS.issue("kunci-siti"))
    assert response.status_code == 204
    assert response.content == b""
    assert cookie_of(response, "__Host-pendopo_sesi") == {
        "value": "kunci-siti", "httponly": "True", "samesite": "lax", "secure": "True", "path": "/",
    }  # fmt: skip
    assert response.headers["cache-control"] == "no-store"


def test_a_ticket_opens_once(office):
    ticket = TICKETS.issue("kunci")
    assert [office.enter(ticket).status_code for _ in range(2)] == [204, 403]


@pytest.mark.parametrize("ticket", ["", "x", "kunci", "A" * 43])
def test_a_forged_ticket_opens_nothing(office, ticket):
    response = office.enter(ticket)
    assert (response.status_code, "set-cookie" in response.headers) == (403, False)


@pytest.mark.parametrize(
    "origin",
    ["https://jahat.example", "http://dasbor.daerah.go.id", f"{URL}:8443", f"{URL}.jahat.example", "null", ""],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_another_site_is_refused_and_the_ticket_stays_good(office, origin, method):
    ticket = TICKETS.issue("kunci")
    headers = {"origin": origin, "x-pendopo-tiket": ticket}
    assert office.ask(method, "/sesi", headers=headers).status_code == 403
    assert office.enter(ticket).status_code == 204


def test_without_an_origin_nothing_is_given(office):
    assert office.ask("POST", "/sesi", headers={"x-pendopo-tiket": TICKETS.issue("kunci")}).status_code == 403


def test_a_ticket_in_an_address_or_a_form_is_not_looked_at(office):
    ticket = TICKETS.issue("kunci")
    assert office.ask("GET", "/sesi", params={"tiket": ticket}).status_code == 405
    sent = office.ask("POST", "/sesi", data={"x-pendopo-tiket": ticket}, headers={"origin": URL})
    assert sent.status_code == 403


def test_leaving_deletes_the_cookie_where_it_was_set(office):
    response = office.ask("DELETE", "/sesi", headers={"origin": URL})
    assert response.status_code == 204
    cookie = cookie_of(response, "__Host-pendopo_sesi")
    assert (cookie["value"], cookie["max-age"], cookie["path"], cookie["secure"]) == ("", "0", "/", "True")


def test_below_a_path_cookies_stay_below_it(below_a_path, tmp_path, monkeypatch):
    access = Access(mode="jaringan", public_url=f"{URL}/pendopo")
    for office in opened(tmp_path, monkeypatch, access):
        cookies_stay_below(office)


def cookies_stay_below(office: Office) -> None:
    response = office.ask("POST", "/pendopo/sesi", headers={"origin": URL, "x-pendopo-tiket": TICKETS.issue("kunci")})
    assert cookie_of(response, "__Secure-pendopo_sesi")["path"] == "/pendopo"
    opened_wall = office.ask("GET", f"/pendopo/layar/{office.create_pass().token}")
    assert opened_wall.headers["location"] == "/pendopo/dinding?layar=utama"
    assert cookie_of(opened_wall, "__Secure-pendopo_layar")["path"] == "/pendopo"


def test_a_wall_link_leads_to_its_screen_with_a_cookie(office):
    made = office.create_pass(screen_id="papan_2x2")
    response = office.ask("GET", f"/layar/{made.token}")
    assert (response.status_code, response.headers["location"]) == (303, "/dinding?layar=papan_2x2")
    cookie = cookie_of(response, "__Host-pendopo_layar")
    assert (cookie["value"], cookie["httponly"], cookie["secure"], cookie["samesite"]) == (
        made.token, "True", "True", "lax",
    )  # fmt: skip
    assert int(cookie["max-age"]) > 300 * 24 * 3600
    assert response.headers["referrer-policy"] == "no-referrer"
    assert made.token not in response.headers["location"]


def test_a_revoked_and_an_unknown_link_are_refused_alike(office):
    made = office.create_pass()
    revoke_pass(office.journal, server_scope(), NOW, made.line.id, made.line.version)
    answers = [office.ask("GET", f"/layar/{token}") for token in (made.token, "ly_" + "a" * 43, "x", made.token[:-1])]
    assert {(one.status_code, one.text, "set-cookie" in one.headers) for one in answers} == {(403, "Forbidden", False)}


def test_without_tls_on_this_machine_cookies_are_not_secure_but_still_closed(tmp_path, monkeypatch):
    access = Access(mode="jaringan", public_url="http://127.0.0.1:8501")
    for office in opened(tmp_path, monkeypatch, access):
        response = office.enter(TICKETS.issue("kunci"), origin="http://127.0.0.1:8501")
        cookie = cookie_of(response, "pendopo_sesi")
        assert ("secure" in cookie, cookie["httponly"]) == (False, "True")


def test_where_nobody_signs_in_there_are_no_doors(tmp_path, monkeypatch):
    for office in opened(tmp_path, monkeypatch, Access()):
        assert office.enter(TICKETS.issue("kunci")).status_code == 404
        assert office.ask("GET", "/layar/ly_x").status_code == 404


def test_a_journal_that_does_not_answer_opens_nothing(office, tmp_path, monkeypatch):
    damaged = tmp_path / "rusak.db"
    damaged.write_bytes(b"bukan basis data" * 100)
    monkeypatch.setattr("pages.server.doors.journal", lambda: open_journal(f"sqlite:///{damaged}"))
    assert office.ask("GET", "/layar/ly_x").status_code == 503
