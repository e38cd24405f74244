"""What holds for the tables of any journal, whatever the database: used here for SQLite and for a real PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from journal.migrating import VERSION_TABLE, revision_of, upgrade
from journal.model import Base
from journal.store import open_engine


def differences(url: str) -> list[object]:
    """Between the tables that the migrations made and the classes."""
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        found = list(compare_metadata(context, Base.metadata))
    engine.dispose()
    return found


def make_previous(url: str, revision: str = "0001") -> None:
    """A journal as the previous version of the program left it, with one person and one entry."""
    engine = open_engine(url)
    with engine.execution_options(writes=True).begin() as connection:
        upgrade(connection, revision)
        connection.execute(
            sa.text(
                "INSERT INTO person (login, name, role, has_restricted, is_active, created_at, version)"
                " VALUES ('budi', 'Budi', 'analis', false, true, '2026-01-02 03:04:05', 1)"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO entry (at, kind, actor, is_verified, address, subject_kind, subject, after, why)"
                " VALUES ('2026-01-02 03:04:05', 'tambah', 'admin', true, '', 'orang', 'budi', '{\"a\": 1}', '')"
            )
        )
    engine.dispose()


def stored_revision(url: str) -> str | None:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = revision_of(connection)
    engine.dispose()
    return found
