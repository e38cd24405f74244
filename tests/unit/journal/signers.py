"""Cheap hashing and people who sign in, for the tests of sign-ins, people and screens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher

from journal.model import Entry, Kind, Person, WrongTry
from journal.passwords import Hashing, hash_password
from journal.sessions import Limits, SignedIn
from journal.signing import sign_in
from journal.store import Journal
from tests.unit.journal.examples import ADMIN, AT, person

CHEAP = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), login_rounds=2)
LIMITS = Limits(idle_minutes=60, session_hours=12, hashing=CHEAP)
PASSWORD = "lumbung kerbau jingga melompat"
LOGIN = "budi@mojokertokab.go.id"
ADDRESS = "10.20.30.40"
KEPT = hash_password(PASSWORD, CHEAP)


def add(journal: Journal, login: str = LOGIN, **values: Any) -> Person:
    """A person with the password of these tests."""
    added = person(login, **{"password_hash": KEPT} | values)
    with journal.writing(ADMIN, AT) as session:
        session.add(added)
    return added


def open_one(journal: Journal, at: datetime = AT, login: str = LOGIN) -> SignedIn:
    opened = sign_in(journal, at, login, PASSWORD, ADDRESS, LIMITS)
    assert isinstance(opened, SignedIn), opened
    return opened


def entries(journal: Journal, *kinds: Kind) -> list[Entry]:
    with journal.reading() as session:
        found = session.scalars(sa.select(Entry).order_by(Entry.id))
        return [entry for entry in found if not kinds or entry.kind in kinds]


def tries(journal: Journal) -> list[WrongTry]:
    with journal.reading() as session:
        return list(session.scalars(sa.select(WrongTry).order_by(WrongTry.id)))


def later(**parts: float) -> datetime:
    return AT + timedelta(**parts)
