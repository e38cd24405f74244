"""Late deliveries that were excused, for a source, an agency and a period, until that is revoked; each with a reason.

The next build reads them. Refuses to judge whether a delivery is late at all: who asks knows that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from gettext import gettext as _

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal.failures import JournalError
from journal.history import covered
from journal.model import Excuse
from journal.store import Journal
from warehouse.scope import Action, Scope

LONGEST_REASON = 500


class ExcuseError(JournalError):
    """An excuse that cannot be kept; the message says why."""


@dataclass(frozen=True)
class Delay:
    """What is excused: the delivery of one agency for one source and one period."""

    source_id: str
    opd_code: str
    period_end: datetime


@dataclass(frozen=True)
class Excused:
    """One excuse as it was given, and how it ended."""

    delay: Delay
    reason: str
    excused_by: str
    excused_at: datetime
    revoke_reason: str | None = None
    revoked_by: str | None = None
    revoked_at: datetime | None = None

    @property
    def stands(self) -> bool:
        return self.revoked_at is None


def excuse_delay(journal: Journal, scope: Scope, at: datetime, delay: Delay, reason: str) -> Excused:
    """Raises ExcuseError, NotPermittedError."""
    why = _reason(scope, reason, _("Pemakluman wajib menyebut siapa dan mengapa. Contoh alasan: server OPD dipindah."))
    with journal.writing(scope, at, why) as session:
        before = _standing(session, delay)
        if before is not None:
            raise ExcuseError(_("Sudah dimaklumi oleh {name}: {why}").format(name=before.excused_by, why=before.reason))
        kept = Excuse(**vars(delay), reason=covered(session, why), excused_by=scope.actor.strip(), excused_at=at)
        session.add(kept)
        session.flush()
        return _excused(kept)


def revoke_excuse(journal: Journal, scope: Scope, at: datetime, delay: Delay, reason: str) -> Excused:
    """The delay counts again, and may be excused anew. Raises ExcuseError, NotPermittedError."""
    why = _reason(scope, reason, _("Pencabutan wajib menyebut siapa dan mengapa. Contoh alasan: salah pilih masa."))
    with journal.writing(scope, at, why) as session:
        kept = _standing(session, delay)
        if kept is None:
            raise ExcuseError(_("Keterlambatan itu tidak sedang dimaklumi; mungkin orang lain sudah mencabutnya."))
        kept.revoke_reason, kept.revoked_by, kept.revoked_at = covered(session, why), scope.actor.strip(), at
        session.flush()
        return _excused(kept)


def excuses(journal: Journal, until: datetime) -> tuple[Excused, ...]:
    """Every excuse given up to `until`, in the order they were given, as each stood then."""
    select = sa.select(Excuse).where(Excuse.excused_at <= until).order_by(Excuse.id)
    with journal.reading() as session:
        found = [_excused(kept) for kept in session.scalars(select)]
    return tuple(one if one.revoked_at is None or one.revoked_at <= until else _before_its_end(one) for one in found)


def _reason(scope: Scope, reason: str, missing: str) -> str:
    scope.require(Action.CONFIRM)
    why = " ".join(reason.split())
    if not scope.actor.strip() or not why:
        raise ExcuseError(missing)
    if len(why) > LONGEST_REASON:
        raise ExcuseError(_("Alasan paling panjang {count} huruf.").format(count=LONGEST_REASON))
    return why


def _standing(session: Session, delay: Delay) -> Excuse | None:
    of_delay = [getattr(Excuse, name) == value for name, value in vars(delay).items()]
    return session.scalars(sa.select(Excuse).where(*of_delay, Excuse.revoked_at.is_(None))).first()


def _before_its_end(one: Excused) -> Excused:
    return replace(one, revoke_reason=None, revoked_by=None, revoked_at=None)


def _excused(kept: Excuse) -> Excused:
    delay = Delay(kept.source_id, kept.opd_code, kept.period_end)
    ended = (kept.revoke_reason, kept.revoked_by, kept.revoked_at)
    return Excused(delay, kept.reason, kept.excused_by, kept.excused_at, *ended)
