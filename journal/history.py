"""Entries about what happened: written by hand for acts, and by itself for every change of a remembered row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, Session

from journal.field_words import field_words
from journal.model import Entry, Kind, Person, Remembered
from warehouse.indicators.periods import write_day
from warehouse.personal import cover
from warehouse.scope import Scope

SET = "***"  # a secret value only says that it is set
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")  # as entries hold one
WHEN_CHANGED = "changed_at"  # the entry itself says when
LOGIN_LIKE = re.compile(r"[\w.%+-]+@[\w.-]*\w")


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
        subject_id=changes.get("subject_id"),
        subject_version=changes.get("subject_version"),
        before=changes.get("before"),
        after=changes.get("after"),
        why=covered(session, str(changes.get("why", session.info["why"]))),
    )
    session.add(entry)
    return entry


def record_changes(session: Session, _context: Any) -> None:
    """One entry for each remembered row that is new or changed, with the values of the changed columns."""
    for row in _remembered(session.new):
        _record(session, Kind.ADDED, row, {}, _values(row, _columns(row)))
    for row in _remembered(session.dirty):
        changed = [name for name in _columns(row) if sa.inspect(row).attrs[name].history.has_changes()]
        if changed:
            before = {name: _plain(row, name, _old(row, name)) for name in changed}
            _record(session, Kind.CHANGED, row, before, _values(row, changed))


def refuse_unremembered(state: ORMExecuteState) -> None:
    """A statement would change a remembered row without leaving an entry: only columns of use may be set so."""
    mapper = state.bind_mapper
    if mapper is None or not issubclass(mapper.class_, Remembered) or not (state.is_update or state.is_delete):
        return
    given = state.parameters or {}
    rows = [given] if isinstance(given, dict) else list(given)
    names = {name for row in rows for name in row}
    names |= {getattr(column, "key", column) for column in getattr(state.statement, "_values", None) or ()}
    if state.is_delete or not names <= mapper.class_.QUIET:
        raise TypeError(f"{mapper.class_.__name__} is remembered: change the row itself, so that an entry is written")


def refuse_deleting(session: Session, _context: Any, _instances: Any) -> None:
    """Remembered rows end (a date, a flag); entries must not lose what they are about."""
    for row in _remembered(session.deleted):
        raise TypeError(f"{type(row).__name__} is remembered: end it instead of deleting it")


def explain_stale(session: Session, row: Remembered, read_version: int) -> str:
    """Who changed `row` since that version was read, when, and what: `peran: analis → walidata`."""
    since = (
        sa.select(Entry)
        .where(Entry.subject_kind == row.SUBJECT_KIND, Entry.subject_id == row.id)
        .where(Entry.subject_version > read_version)
        .order_by(Entry.id)
    )
    with session.no_autoflush:
        lines = [_change_words(entry) for entry in session.scalars(since)]
    told = " ".join(lines) or _("Perubahannya tidak tercatat.")
    head = _("Data {subject} sudah diubah sejak Anda membukanya, jadi perubahan Anda tidak disimpan.")
    return f"{head.format(subject=row.subject)} {told} {_('Muat ulang, lalu ulangi bila masih perlu.')}"


def field_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """`peran: analis → walidata; kata sandi diganti`, for one entry of any kind."""
    words, old, new = field_words(), before or {}, after or {}
    parts = []
    for name in dict.fromkeys([*old, *new]):
        label = words.get(name, name)
        if SET in (old.get(name), new.get(name)):
            parts.append(_secret_words(label, name in old and old[name] is not None, new.get(name) is not None))
        elif name in old:
            parts.append(f"{label}: {_value_words(old[name])} → {_value_words(new.get(name))}")
        else:
            parts.append(f"{label}: {_value_words(new[name])}")
    return "; ".join(parts)


def _change_words(entry: Entry) -> str:
    who = entry.actor if entry.is_verified else _("{actor} (tidak terverifikasi)").format(actor=entry.actor or "-")
    when = f"{write_day(entry.at.date())} {entry.at:%H.%M}"
    before, after = ({name: value for name, value in (one or {}).items() if name != WHEN_CHANGED}
                     for one in (entry.before, entry.after))  # fmt: skip
    return _("{who}, {when}: {what}.").format(who=who, when=when, what=field_changes(before, after))


def _secret_words(label: str, was_set: bool, is_set: bool) -> str:
    if was_set and is_set:
        return _("{field} diganti").format(field=label)
    return (_("{field} diisi") if is_set else _("{field} dihapus")).format(field=label)


def _value_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, str) and INSTANT.fullmatch(value):
        at = datetime.fromisoformat(value)
        return f"{write_day(at.date())} {at:%H.%M}"
    return _("(kosong)") if value is None else str(value)


def covered(session: Session, why: str) -> str:
    """What somebody typed, without telephone numbers and the like; logins stay, they are how people are named here."""
    typed = {match.lower() for match in LOGIN_LIKE.findall(why)}
    if not typed:
        return cover(why)
    with session.no_autoflush:
        logins = set(session.scalars(sa.select(Person.login).where(Person.login.in_(typed))))
    kept = [match for match in LOGIN_LIKE.finditer(why) if match.group().lower() in logins]
    starts = [0, *(match.end() for match in kept)]
    ends = [*(match.start() for match in kept), len(why)]
    parts = [cover(why[start:end]) for start, end in zip(starts, ends, strict=True)]
    return "".join(part + name for part, name in zip(parts, [*(match.group() for match in kept), ""], strict=True))


def _record(session: Session, kind: Kind, row: Remembered, before: dict[str, Any], after: dict[str, Any]) -> None:
    if set(after) <= row.QUIET:
        return
    write_entry(
        session,
        kind,
        row.SUBJECT_KIND,
        row.subject,
        subject_id=row.id,
        subject_version=row.version,
        before=before or None,
        after=after,
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
        return None if value is None else SET
    return value.isoformat() if isinstance(value, date | datetime) else value
