"""Identities, people and times that the tests of the journal share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from journal.model import Base, Person
from journal.store import open_engine
from warehouse.scope import Role, Scope

AT = datetime(2026, 11, 21, 16, 8)
ADMIN = Scope(Role.ADMIN, "admin@mojokertokab.go.id", is_verified=True, address="10.20.30.4")


def person(login: str = "budi@mojokertokab.go.id", **values: Any) -> Person:
    return Person(**{"login": login, "name": "Budi", "role": "analis", "created_at": AT} | values)


def content_of(url: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, by number; nothing for a journal without tables."""
    engine = open_engine(url)
    with engine.connect() as connection:
        there = sa.inspect(connection).get_table_names()
        found = {
            table.name: [
                dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Base.metadata.sorted_tables
            if table.name in there
        }
    engine.dispose()
    return found
