"""What people do about alarms: answer, put off, take back. Each act is kept with a name and a note, none is lost.

An answer that comes second is kept as a note beside the first. What would undo another's decision, to put off or to
take back, is refused when the alarm changed since it was seen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from gettext import gettext as _

from sqlalchemy.orm import Session

from journal.alarm_model import AlarmActRow, AlarmRow
from journal.alarms import acts_of, alarm_of, episode_of, put_episode
from journal.failures import JournalError
from journal.history import covered
from journal.store import Journal, get_for_edit
from warehouse.alarms.machine import State, answer, shelve, unshelve
from warehouse.alarms.standing import ANSWERED, NOTED, SHELVED, TAKEN_BACK, Alarm
from warehouse.scope import Action, Scope

LONGEST_NOTE = 500
LONGEST_SHELF = timedelta(days=7)


class AlarmError(JournalError):
    """An act that cannot be kept; the message says why."""


def answer_alarm(journal: Journal, scope: Scope, at: datetime, alarm_id: int, note: str) -> Alarm:
    """Raises AlarmError, NotPermittedError."""
    why = _why(scope, note)
    with journal.writing(scope, at, why) as session:
        row = session.get(AlarmRow, alarm_id, with_for_update=True)
        if row is None:
            raise AlarmError(_("Peringatan itu tidak ada di jurnal. Muat ulang halaman."))
        after = answer(episode_of(row), at)
        is_moved = after.state.value != row.state
        put_episode(row, after)
        return _acted(session, row, ANSWERED if is_moved else NOTED, scope, at)


def shelve_alarm(journal: Journal, scope: Scope, at: datetime, seen: Alarm, until: datetime, reason: str) -> Alarm:  # noqa: PLR0913, PLR0917
    """Raises AlarmError, StaleEditError, NotPermittedError."""
    why = _why(scope, reason)
    if not at < until <= at + LONGEST_SHELF:
        raise AlarmError(
            _("Tunda sampai kapan: sesudah sekarang, paling lama {days} hari.").format(days=LONGEST_SHELF.days)
        )
    with journal.writing(scope, at, why) as session:
        row = get_for_edit(session, AlarmRow, seen.alarm_id, seen.version)
        if row.state not in (State.NEW, State.ANSWERED):
            raise AlarmError(_("Peringatan yang {state} tidak dapat ditunda.").format(state=row.state))
        put_episode(row, shelve(episode_of(row), until, at))
        return _acted(session, row, SHELVED, scope, at)


def unshelve_alarm(journal: Journal, scope: Scope, at: datetime, seen: Alarm, reason: str) -> Alarm:
    """Raises AlarmError, StaleEditError, NotPermittedError."""
    why = _why(scope, reason)
    with journal.writing(scope, at, why) as session:
        row = get_for_edit(session, AlarmRow, seen.alarm_id, seen.version)
        if row.state != State.SHELVED:
            raise AlarmError(_("Peringatan ini tidak sedang ditunda."))
        put_episode(row, unshelve(episode_of(row), at))
        return _acted(session, row, TAKEN_BACK, scope, at)


def _why(scope: Scope, note: str) -> str:
    scope.require(Action.ANSWER)
    why = " ".join(note.split())
    if not scope.actor.strip() or not why:
        raise AlarmError(_("Tanggapan wajib menyebut siapa dan apa yang dilakukan. Contoh: BPBD sudah dihubungi."))
    if len(why) > LONGEST_NOTE:
        raise AlarmError(_("Catatan paling panjang {count} huruf.").format(count=LONGEST_NOTE))
    return why


def _acted(session: Session, row: AlarmRow, kind: str, scope: Scope, at: datetime) -> Alarm:
    session.add(
        AlarmActRow(
            alarm_id=row.id,
            kind=kind,
            acted_by=scope.actor.strip(),
            acted_at=at,
            note=covered(session, session.info["why"]),
            until=row.shelved_until if kind == SHELVED else None,
        )
    )
    session.flush()
    return alarm_of(row, acts_of(session, [row.id])[row.id])
