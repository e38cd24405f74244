"""An office in `jaringan` without a server: its settings, its journal, and a browser whose cookies a test sets."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from journal.migrating import open_journal
from journal.model import Entry, Kind, Person, ScreenPass, SignIn
from journal.screens import NewPass, create_pass, revoke_pass
from journal.sessions import ACCOUNT, digest
from journal.store import Journal, server_scope
from pages.shared.identity import Brought, cookie_name
from warehouse.settings import Access, load_settings

NOW = datetime(2026, 11, 21, 16, 8)
CLAIMS = {
    "sub": "7", "email": "rini@mojokertokab.go.id", "email_verified": True, "iat": 1795252000, "exp": 1795260000,
}  # fmt: skip  # from shortly before NOW until 18.20


class Office:
    """What stands behind the pages of a test."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, **access: Any) -> None:
        self.url = f"sqlite:///{(folder / 'journal.db').as_posix()}"
        chosen = Access(**{"mode": "jaringan", "public_url": "https://dasbor.daerah.go.id"} | access)
        self.settings = load_settings(access=chosen, journal_url=self.url)
        self.now = NOW
        self.brought = Brought()
        self.journal: Journal = open_journal(self.url)
        st.cache_resource.clear()
        monkeypatch.setattr("pages.shared.data.settings", lambda: self.settings)
        monkeypatch.setattr("pages.shared.data.local_now", lambda: self.now)
        monkeypatch.setattr("pages.shared.access._brought", lambda: self.brought)

    def close(self) -> None:
        self.journal.close()
        st.cache_resource.clear()

    def add(self, login: str = "siti", role: str = "analis", **values: Any) -> Person:
        person = Person(**{"login": login, "name": login.title(), "role": role, "created_at": NOW} | values)
        with self.journal.writing(server_scope(), NOW) as session:
            session.add(person)
        return person

    def open_for(self, person: Person, key: str = "k" * 43) -> str:
        """A key of this person, as if a password had been right."""
        with self.journal.writing(server_scope(), self.now) as session:
            opened = {"opened_at": self.now, "seen_at": self.now, "ends_at": self.now + timedelta(hours=12)}
            session.add(SignIn(person_id=person.id, key_digest=digest(key), way=ACCOUNT, address="", **opened))
        return key

    def bring(self, **values: Any) -> None:
        """What the browser brings from now on; cookies by `sesi` and `layar`."""
        url = self.settings.access.public_url
        given = {name: str(values.pop(name)) for name in ("sesi", "layar") if name in values}
        self.brought = Brought({cookie_name(f"pendopo_{name}", url): value for name, value in given.items()}, **values)

    def make_pass(self, screen_id: str = "utama", label: str = "Mini PC") -> NewPass:
        return create_pass(self.journal, server_scope(), self.now, label, screen_id)

    def revoke(self, made: NewPass) -> None:
        with self.journal.reading() as session:
            version = session.get_one(ScreenPass, made.line.id).version
        revoke_pass(self.journal, server_scope(), self.now, made.line.id, version)

    def told(self, kind: Kind) -> list[tuple[str, bool, str]]:
        """Entries of a kind: actor, whether verified, subject."""
        with self.journal.reading() as session:
            rows = session.query(Entry).filter(Entry.kind == kind.value).order_by(Entry.id)
            return [(row.actor, row.is_verified, row.subject) for row in rows]
