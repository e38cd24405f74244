"""A real server in `jaringan` with a journal of its own, and what tests do to that journal behind its back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page

from journal import signing
from journal.migrating import open_journal
from journal.model import Entry, SignIn
from journal.people import NewPerson, add_person
from journal.screens import NewPass, create_pass, revoke_pass
from journal.signing import Limits, SignedIn
from journal.store import Journal, server_scope
from tests.browser.driver import Server
from warehouse.settings import load_settings

PASSWORD = "kembang-sore-tujuh-42"
ADMIN = NewPerson("admin", "Ayu Lestari", "admin", password=PASSWORD)
ANALYST = NewPerson("siti", "Siti Rahma", "analis", password=PASSWORD)
SENDER = NewPerson("budi", "Budi Santoso", "opd", opd_code="DLH", password=PASSWORD)
PERSON_COOKIE, SCREEN_COOKIE = "pendopo_sesi", "pendopo_layar"
ONE_EMPTY_PASSWORD = """() => {
  const found = [...document.querySelectorAll("input[type=password]")].map((one) => one.value);
  return found.length === 1 && found[0] === "";
}"""


class NetworkServer(Server):
    """`streamlit run app.py` as an office runs it, on plain http because only this machine reaches it."""

    def __init__(self, data_dir: Path, folder: Path, **access: Any) -> None:
        super().__init__(data_dir)
        self.folder, self.log = folder, folder / "server.log"
        self.journal_url = f"sqlite:///{(folder / 'journal.db').as_posix()}"
        given = {"mode": "jaringan", "public_url": self.url, **access}
        self.environment |= {"PENDOPO_ACCESS": json.dumps(given), "PENDOPO_JOURNAL_URL": self.journal_url}
        self.journal: Journal = open_journal(self.journal_url)
        self.zone = load_settings().region.zone

    def now(self) -> datetime:
        return datetime.now(self.zone).replace(tzinfo=None)

    def add(self, *people: NewPerson) -> None:
        for person in people:
            add_person(self.journal, server_scope(), self.now(), person)

    def create_pass(self, label: str, screen_id: str) -> NewPass:
        return create_pass(self.journal, server_scope(), self.now(), label, screen_id)

    def revoke(self, made: NewPass) -> None:
        with self.journal.reading() as session:
            version = session.execute(sa.text("select version from screen_pass where id = :id"), {"id": made.line.id})
            number = version.scalar_one()
        revoke_pass(self.journal, server_scope(), self.now(), made.line.id, number)

    def shift_sign_ins(self, column: str, by: timedelta) -> None:
        """Move a time of all sign-ins that are open, as if a clock had gone on."""
        with self.journal.writing(server_scope(), self.now()) as session:
            for row in session.scalars(sa.select(SignIn).where(SignIn.ended_at.is_(None))):
                setattr(row, column, getattr(row, column) + by)

    def key_for(self, login: str = "siti") -> str:
        """A key as the sign-in page gives it, without the page."""
        limits = Limits(idle_minutes=60, session_hours=12, zone=self.zone)
        opened = signing.sign_in(self.journal, self.now(), login, PASSWORD, "", limits)
        assert isinstance(opened, SignedIn), opened
        return opened.key

    def bring(self, context: BrowserContext, name: str, value: str) -> None:
        """Give a browser this cookie, whoever it was made for."""
        context.add_cookies([{"name": name, "value": value, "url": self.url}])

    def entries(self) -> list[tuple[str, str, str]]:
        with self.journal.reading() as session:
            return [(row.kind, row.actor, row.subject) for row in session.scalars(sa.select(Entry).order_by(Entry.id))]


def type_in(page: Page, login: str, password: str) -> None:
    """Fill the form that is shown and send it. After a wrong try the form of before may stay for a moment: what is
    typed there is lost."""
    page.wait_for_function(ONE_EMPTY_PASSWORD)
    page.get_by_label("Login", exact=True).fill(login)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def sign_in(page: Page, server: Server, path: str = "/ringkasan", login: str = "siti") -> None:
    page.goto(server.url + path)
    page.get_by_label("Login", exact=True).wait_for()
    type_in(page, login, PASSWORD)
    page.get_by_role("button", name="Keluar", exact=True).wait_for()


def next_step(page: Page, name: str) -> None:
    """Open another page from the navigation; a page still at work may have noticed by itself and hidden it."""
    page.get_by_role("link", name=name, include_hidden=True).dispatch_event("click")


def words_on(page: Page) -> str:
    return page.locator("body").inner_text()
