"""Identities, people and times that the tests of the journal share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from journal.model import Person
from warehouse.scope import Role, Scope

AT = datetime(2026, 11, 21, 16, 8)
ADMIN = Scope(Role.ADMIN, "admin@mojokertokab.go.id", is_verified=True, address="10.20.30.4")


def person(login: str = "budi@mojokertokab.go.id", **values: Any) -> Person:
    return Person(**{"login": login, "name": "Budi", "role": "analis", "created_at": AT} | values)
