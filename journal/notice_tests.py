"""Tests of the addresses alarms are told to: asked for on `kelola`, done by the resident process, which holds them.

Refuses to keep an address: only the name of its variable, what kind of service it is, and why it failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _

import sqlalchemy as sa

from journal.alarm_model import NoticeTest
from journal.failures import JournalError
from journal.store import Journal, get_for_edit
from warehouse.scope import Action, Scope

HOLDS = timedelta(minutes=10)  # nobody is sent a message that was asked for longer ago


@dataclass(frozen=True)
class AskedTest:
    """One test as it stands; `results` by variable: kind of service and problem, "" when it went out."""

    id: int
    version: int
    asked_at: datetime
    asked_by: str
    done_at: datetime | None
    results: Mapping[str, tuple[str, str]]

    def waits(self, now: datetime) -> bool:
        return self.done_at is None and now - self.asked_at <= HOLDS


def ask_test(journal: Journal, scope: Scope, at: datetime) -> None:
    """Raises JournalError while another one waits, NotPermittedError."""
    scope.require(Action.MANAGE_PEOPLE)
    with journal.writing(scope, at) as session:
        newest = session.scalars(_NEWEST).first()
        if newest is not None and _asked(newest).waits(at):
            raise JournalError(_("Uji sebelumnya belum selesai. Tunggu hasilnya, paling lama satu menit."))
        session.add(NoticeTest(asked_at=at, asked_by=scope.actor))


def last_test(journal: Journal) -> AskedTest | None:
    with journal.reading() as session:
        newest = session.scalars(_NEWEST).first()
    return _asked(newest) if newest is not None else None


def waiting_test(journal: Journal, now: datetime) -> AskedTest | None:
    """The one to be done now."""
    newest = last_test(journal)
    return newest if newest is not None and newest.waits(now) else None


def finish_test(
    journal: Journal, scope: Scope, at: datetime, asked: AskedTest, results: Mapping[str, tuple[str, str]]
) -> None:
    with journal.writing(scope, at) as session:
        row = get_for_edit(session, NoticeTest, asked.id, asked.version)
        row.done_at, row.results = at, {name: list(said) for name, said in results.items()}


_NEWEST = sa.select(NoticeTest).order_by(NoticeTest.id.desc()).limit(1)


def _asked(row: NoticeTest) -> AskedTest:
    results = {name: (said[0], said[1]) for name, said in (row.results or {}).items()}
    return AskedTest(row.id, row.version, row.asked_at, row.asked_by, row.done_at, results)
