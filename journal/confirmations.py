"""Held deliveries and who said that they are right: written once with a reason, read by the next build.

Refuses to judge whether a delivery is held at all: who asks knows that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

import sqlalchemy as sa

from journal.failures import JournalError
from journal.history import covered
from journal.model import Confirmation
from journal.store import Journal
from warehouse.scope import Action, Scope

LONGEST_REASON = 500


class ConfirmationError(JournalError):
    """A word on a delivery that cannot be kept; the message says why."""


@dataclass(frozen=True)
class Confirmed:
    """One word on one delivery."""

    submission_id: str
    rules: tuple[str, ...]
    shown: str
    reason: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True)
class HeldDelivery:
    """What somebody looks at when they confirm: the delivery, the rules it breaks, the words that were shown."""

    source_id: str
    submission_id: str
    rules: tuple[str, ...]
    shown: str


def confirm_delivery(journal: Journal, scope: Scope, at: datetime, held: HeldDelivery, reason: str) -> Confirmed:
    """Raises ConfirmationError, NotPermittedError."""
    scope.require(Action.CONFIRM)
    why = " ".join(reason.split())
    if not scope.actor.strip() or not why:
        raise ConfirmationError(_("Konfirmasi wajib menyebut siapa dan mengapa. Contoh alasan: DPPA menyusul."))
    if len(why) > LONGEST_REASON:
        raise ConfirmationError(_("Alasan paling panjang {count} huruf.").format(count=LONGEST_REASON))
    with journal.writing(scope, at, why) as session:
        kept = Confirmation(
            source_id=held.source_id,
            submission_id=held.submission_id,
            rules=sorted(held.rules),
            shown=held.shown,
            reason=covered(session, why),
            confirmed_by=scope.actor.strip(),
            confirmed_at=at,
        )
        session.add(kept)
        session.flush()
        return _confirmed(kept)


def confirmations(journal: Journal, until: datetime) -> dict[str, Confirmed]:
    """The latest word on each delivery given up to `until`, by submission id."""
    select = sa.select(Confirmation).where(Confirmation.confirmed_at <= until).order_by(Confirmation.id)
    with journal.reading() as session:
        return {kept.submission_id: _confirmed(kept) for kept in session.scalars(select)}


def _confirmed(kept: Confirmation) -> Confirmed:
    facts = (kept.submission_id, tuple(kept.rules), kept.shown, kept.reason, kept.confirmed_by, kept.confirmed_at)
    return Confirmed(*facts)
