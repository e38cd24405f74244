"""People and a wall who sit before Pendopo in `jaringan`: kept in a journal, signed in for real, and known to the pages
by the cookie of their browser alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from argon2 import PasswordHasher
from streamlit.runtime.context import StreamlitCookies
from streamlit.testing.v1 import AppTest

from journal.migrating import open_journal
from journal.model import Person
from journal.passwords import Hashing
from journal.people import NewPerson, Rules, add_person
from journal.screens import create_pass
from journal.sessions import Limits, SignedIn
from journal.signing import sign_in
from journal.store import Journal, server_scope
from pages.shared import data
from pages.shared.identity import PERSON_COOKIE, SCREEN_COOKIE, Brought, Visit, cookie_name, find_visit
from pages.shared.opened_journal import journal as open_the_journal
from reports.desk import Desk
from tests.access.planted import NOW
from tests.pages.reading import words_of
from warehouse.scope import Scope
from warehouse.settings import Access, Settings, load_settings

APP = str(Path(__file__).resolve().parents[2] / "pages" / "shared" / "navigation.py")
CHEAP = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), login_rounds=2)
PASSWORD = "lumbung kerbau jingga melompat"
WALL = "layar"
PUBLIC = Access(mode="jaringan", public_url="https://dasbor.contoh.go.id")


@dataclass
class Office:
    """Pages over one release and one journal. `cookies` are those of whichever browser asks next."""

    settings: Settings
    journal: Journal
    cookies: dict[str, str] = field(default_factory=dict)
    brought: dict[str, dict[str, str]] = field(default_factory=dict)  # cookies by who has them
    shown: dict[tuple[str, str, str], AppTest] = field(default_factory=dict)

    def add(self, login: str, role: str, **values: Any) -> None:
        """A person who has signed in with a password."""
        new = NewPerson(login, f"Contoh {login}", role, password=PASSWORD, **values)
        add_person(self.journal, server_scope(), NOW, new, rules=Rules(hashing=CHEAP))
        self.sign_in(login)

    def sign_in(self, login: str) -> None:
        opened = sign_in(self.journal, NOW, login, PASSWORD, "", Limits(60, 12, hashing=CHEAP))
        assert isinstance(opened, SignedIn)
        self.brought[login] = {cookie_name(PERSON_COOKIE, PUBLIC.public_url): opened.key}

    def add_wall(self, login: str = WALL, screen_id: str = "utama") -> None:
        made = create_pass(self.journal, server_scope(), NOW, f"Mini PC {login}", screen_id)
        self.brought[login] = {cookie_name(SCREEN_COOKIE, PUBLIC.public_url): made.token}

    def force(self, login: str, **values: Any) -> None:
        """Change a person past every rule, as a hand in the database would."""
        with self.journal.writing(server_scope(), NOW, "diubah di basis data") as session:
            person = session.query(Person).filter(Person.login == login).one()
            for name, value in values.items():
                setattr(person, name, value)

    def scope(self, login: str) -> Scope:
        """Who the journal says this browser is."""
        found = find_visit(Brought(self.brought[login]), self.journal, self.settings, NOW, touch=False)
        assert isinstance(found, Visit)
        return found.scope

    def open(self, login: str, page: str, **query: str) -> AppTest:
        """One page in a new session of this browser, through the navigation."""
        self.cookies = self.brought[login]
        shown = AppTest.from_file(APP, default_timeout=120).switch_page(f"../{page}.py")
        for name, value in query.items():
            shown.query_params[name] = value
        shown.run()
        assert [error.value for error in (*shown.exception, *shown.error)] == [], (login, page)
        return shown

    def look(self, login: str, page: str, query: str = "") -> AppTest:
        """The same page for the same browser, opened once in a module."""
        if (login, page, query) not in self.shown:
            pairs = dict(pair.split("=", 1) for pair in query.split("&") if pair)
            self.shown[login, page, query] = self.open(login, page, **pairs)
        return self.shown[login, page, query]

    def desk(self, scope: Scope) -> Desk:
        """What a page of this reader is built on, out of the caches that all readers share."""
        release_id = data.current().release.release_id
        view = data.view_of(release_id, data.this_minute(), scope)
        return Desk(view, self.settings.region, release_id, data.rules(), ask_of(release_id, scope), scope)


def ask_of(release_id: str, scope: Scope) -> Callable[..., Any]:
    return partial(data.ask, release_id, scope)


@contextmanager
def opened_office(folder: Path, at: Path) -> Iterator[Office]:
    """An office over a data folder with a journal of its own in `at`; nothing is remembered before or after."""
    url = f"sqlite:///{(at / 'journal.db').as_posix()}"
    settings = load_settings(data_dir=folder, access=PUBLIC, journal_url=url)
    with pytest.MonkeyPatch.context() as patch:
        st.cache_resource.clear()
        st.cache_data.clear()
        open_journal(url).close()
        patch.setattr(data, "settings", lambda: settings)
        patch.setattr(data, "local_now", lambda: NOW)
        office = Office(settings, open_the_journal())
        patch.setattr(type(st.context), "cookies", property(lambda _self: StreamlitCookies(office.cookies)))
        patch.setattr(type(st.context), "ip_address", property(lambda _self: None))
        yield office
    st.cache_resource.clear()
    st.cache_data.clear()


def everything_sent(shown: AppTest) -> str:
    """All that reaches the browser, tables decoded."""
    sent = "\n".join(str(element.proto) for element in (*shown.main, *shown.sidebar))
    return re.sub(r"\\(.)", r"\1", sent) + words_of(shown)
