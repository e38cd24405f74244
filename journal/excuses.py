"""Late deliveries that were excused: once for a source, an agency and a period, with a reason, read by the next build.

Refuses to judge whether a delivery is late at all: who asks knows that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

import sqlalchemy as sa

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
    """One excuse as it was given."""

    delay: Delay
    reason: str
    excused_by: str
    excused_at: datetime


def excuse_delay(journal: Journal, scope: Scope, at: datetime, delay: Delay, reason: str) -> Excused:
    """Raises ExcuseError, NotPermittedError."""
    scope.require(Action.CONFIRM)
    why = " ".join(reason.split())
    if not scope.actor.strip() or not why:
        raise ExcuseError(_("Pemakluman wajib menyebut siapa dan mengapa. Contoh alasan: server OPD sedang dipindah."))
    if len(why) > LONGEST_REASON:
        raise ExcuseError(_("Alasan paling panjang {count} huruf.").format(count=LONGEST_REASON))
    with journal.writing(scope, at, why) as session:
        said = sa.select(Excuse).where(
            Excuse.source_id == delay.source_id,
            Excuse.opd_code == delay.opd_code,
            Excuse.period_end == delay.period_end,
        )
        before = session.scalars(said).first()
        if before is not None:
            raise ExcuseError(_("Sudah dimaklumi oleh {name}: {why}").format(name=before.excused_by, why=before.reason))
        kept = Excuse(
            source_id=delay.source_id,
            opd_code=delay.opd_code,
            period_end=delay.period_end,
            reason=covered(session, why),
            excused_by=scope.actor.strip(),
            excused_at=at,
        )
        session.add(kept)
        session.flush()
        return _excused(kept)


def excuses(journal: Journal, until: datetime) -> tuple[Excused, ...]:
    """Every excuse given up to `until`, in the order they were given."""
    select = sa.select(Excuse).where(Excuse.excused_at <= until).order_by(Excuse.id)
    with journal.reading() as session:
        return tuple(_excused(kept) for kept in session.scalars(select))


def _excused(kept: Excuse) -> Excused:
    delay = Delay(kept.source_id, kept.opd_code, kept.period_end)
    return Excused(delay, kept.reason, kept.excused_by, kept.excused_at)
