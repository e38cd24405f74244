"""Entries about what happened: written by hand for acts, and by itself for every change of a remembered row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal.model import Entry, Kind, Remembered
from warehouse.scope import Scope


def write_entry(session: Session, kind: Kind, subject_kind: str, subject: str, **changes: Any) -> Entry:
    """Add one entry by the actor of this writing session. `changes`: before, after, why."""
    scope: Scope = session.info["scope"]
    entry = Entry(
        at=session.info["at"],
        kind=kind.value,
        actor=scope.actor,
        is_verified=scope.is_verified,
        address=scope.address,
        subject_kind=subject_kind,
        subject=subject,
        before=changes.get("before"),
        after=changes.get("after"),
        why=changes.get("why", session.info["why"]),
    )
    session.add(entry)
    return entry


def record_changes(session: Session, _context: Any, _instances: Any) -> None:
    """One entry for each remembered row that is new or changed, with the values of the changed columns."""
    for row in _remembered(session.new):
        write_entry(session, Kind.ADDED, row.SUBJECT_KIND, row.subject, after=_values(row, _columns(row)))
    for row in _remembered(session.dirty):
        changed = [name for name in _columns(row) if sa.inspect(row).attrs[name].history.has_changes()]
        if changed:
            before = {name: _plain(row, name, _old(row, name)) for name in changed}
            write_entry(
                session, Kind.CHANGED, row.SUBJECT_KIND, row.subject, before=before, after=_values(row, changed)
            )


def _remembered(rows: Iterable[Any]) -> list[Remembered]:
    return [row for row in rows if isinstance(row, Remembered)]


def _columns(row: Remembered) -> list[str]:
    return [column.key for column in sa.inspect(type(row)).column_attrs if column.key not in ("id", "version")]


def _old(row: Remembered, name: str) -> Any:
    deleted = sa.inspect(row).attrs[name].history.deleted
    return deleted[0] if deleted else None


def _values(row: Remembered, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(row, name, getattr(row, name)) for name in names}


def _plain(row: Remembered, name: str, value: Any) -> Any:
    """What JSON can hold; a secret only says that it is set."""
    if name in row.SECRET:
        return None if value is None else "***"
    return value.isoformat() if isinstance(value, date | datetime) else value
