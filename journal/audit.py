"""Searching the entries: who did what to whom, when, from where and why. Reading them needs the right to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from journal.history import covered, field_changes, write_entry
from journal.model import Entry, Kind
from journal.store import Journal
from warehouse.csv_cells import neutralise
from warehouse.scope import Action, Scope

CSV_BATCH = 2_000


@dataclass(frozen=True)
class AuditQuery:
    """What is looked for; an empty part limits nothing. Both days count in full."""

    text: str = ""  # in actor, subject, reason, or what was before and after
    kinds: tuple[str, ...] = ()  # values of Kind
    actor: str = ""  # or a part of the name
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class EntryLine:
    """One entry as people read it."""

    id: int
    at: datetime
    kind: str
    actor: str
    is_verified: bool
    address: str
    subject_kind: str
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str

    @property
    def changes(self) -> str:
        """`peran: analis → walidata`"""
        return field_changes(self.before, self.after)


@dataclass(frozen=True)
class Found:
    entries: tuple[EntryLine, ...]
    total: int  # of all that fit, not only those here


def audit_kinds() -> tuple[str, ...]:
    """Kinds to choose from, in the words they are shown with."""
    return tuple(kind.value for kind in Kind)


def find_entries(journal: Journal, scope: Scope, query: AuditQuery, limit: int = 200, offset: int = 0) -> Found:
    """Newest first. Raises NotPermittedError."""
    scope.require(Action.READ_AUDIT)
    fits = _conditions(query)
    page = sa.select(Entry).where(*fits).order_by(Entry.at.desc(), Entry.id.desc()).limit(limit).offset(offset)
    with journal.reading() as session:
        total = session.scalar(sa.select(sa.func.count()).select_from(Entry).where(*fits))
        return Found(tuple(_line(entry) for entry in session.scalars(page)), total or 0)


def entries_csv(journal: Journal, scope: Scope, at: datetime, query: AuditQuery) -> bytes:
    """All that fit, newest first, as UTF-8 with a mark so that spreadsheets know it; itself an entry afterwards.

    Raises NotPermittedError.
    """
    scope.require(Action.READ_AUDIT)
    text, rows = io.StringIO(newline=""), 0
    writer = csv.writer(text)
    writer.writerow(_header())
    for line in _all_lines(journal, query):
        writer.writerow([neutralise(cell) for cell in _cells(line)])
        rows += 1
    with journal.writing(scope, at) as session:
        filters = {"cari": covered(session, query.text.strip()), **_limits(query)}
        after = {"rows": rows, "format": "csv", "filters": {name: value for name, value in filters.items() if value}}
        write_entry(session, Kind.EXPORTED, "kelola", "jejak", after=after)
    return text.getvalue().encode("utf-8-sig")


def _limits(query: AuditQuery) -> dict[str, Any]:
    return {
        "jenis": list(query.kinds),
        "siapa": query.actor.strip(),
        "dari": query.since and query.since.isoformat(),
        "sampai": query.until and query.until.isoformat(),
    }


def _header() -> list[str]:
    return [
        _("nomor"),
        _("waktu"),
        _("jenis"),
        _("pelaku"),
        _("terverifikasi"),
        _("alamat jaringan"),
        _("hal"),
        _("subjek"),
        _("perubahan"),
        _("alasan"),
    ]


def _cells(line: EntryLine) -> list[Any]:
    return [
        line.id,
        line.at.isoformat(sep=" ", timespec="seconds"),
        line.kind,
        line.actor,
        _("ya") if line.is_verified else _("tidak"),
        line.address,
        line.subject_kind,
        line.subject,
        line.changes,
        line.why,
    ]


def _all_lines(journal: Journal, query: AuditQuery) -> Iterator[EntryLine]:
    every = sa.select(Entry).where(*_conditions(query)).order_by(Entry.at.desc(), Entry.id.desc())
    with journal.reading() as session:
        for entry in session.scalars(every, execution_options={"yield_per": CSV_BATCH}):
            yield _line(entry)


def _conditions(query: AuditQuery) -> list[sa.ColumnElement[bool]]:
    fits: list[sa.ColumnElement[bool]] = []
    if query.text.strip():
        fits.append(_contains(query.text.strip()))
    if query.kinds:
        fits.append(Entry.kind.in_(query.kinds))
    if query.actor.strip():
        fits.append(Entry.actor.icontains(query.actor.strip(), autoescape=True))
    if query.since is not None:
        fits.append(Entry.at >= datetime.combine(query.since, time.min))
    if query.until is not None:
        fits.append(Entry.at < datetime.combine(query.until, time.min) + timedelta(days=1))
    return fits


def _contains(text: str) -> sa.ColumnElement[bool]:
    """In any part people can read; capitals do not matter, and % and _ mean themselves."""
    typed = [column.icontains(text, autoescape=True) for column in (Entry.actor, Entry.subject, Entry.why)]
    stored = json.dumps(text, ensure_ascii=False)[1:-1]  # a quotation mark stands with a backslash in JSON
    values = [sa.cast(column, sa.Text).icontains(stored, autoescape=True) for column in (Entry.before, Entry.after)]
    return sa.or_(*typed, *values)


def _line(entry: Entry) -> EntryLine:
    return EntryLine(
        id=entry.id,
        at=entry.at,
        kind=entry.kind,
        actor=entry.actor,
        is_verified=entry.is_verified,
        address=entry.address,
        subject_kind=entry.subject_kind,
        subject=entry.subject,
        before=entry.before,
        after=entry.after,
        why=entry.why,
    )
