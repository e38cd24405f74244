"""Keys of wall screens: made and revoked by an admin, shown once, opened by a browser that has nothing else.

Refuses to keep a key, and to tell anybody whether one was right before it was revoked.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal import attempts
from journal.failures import JournalError
from journal.history import write_entry
from journal.model import Kind, ScreenPass
from journal.sessions import digest
from journal.store import Journal, get_for_edit
from warehouse.nearest import nearest_hint
from warehouse.scope import Action, Scope, machine_scope

TOKEN = re.compile(r"ly_[A-Za-z0-9_-]{43}", re.ASCII)
SCREEN_ID = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
LONGEST_LABEL = 80
FREE = 10  # wrong keys from one address within BURST; afterwards its wrong ones are not even written down
BURST = timedelta(minutes=1)
SILENT = timedelta(minutes=5)
TOUCHED = timedelta(minutes=1)  # how fresh "last used" is kept


class ScreenError(JournalError):
    """What was asked about a screen cannot be done; the message says why and what to do."""


@dataclass(frozen=True)
class PassLine:
    """A key as administrators see it: never the key."""

    id: int
    version: int
    label: str
    screen_id: str
    created_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True)
class NewPass:
    """A key that was just made; nobody can read the token again."""

    line: PassLine
    token: str


def list_passes(journal: Journal, scope: Scope) -> list[PassLine]:
    """Valid ones first, then revoked ones, each by label."""
    scope.require(Action.MANAGE_SCREENS)
    with journal.reading() as session:
        lines = [_line(kept) for kept in session.scalars(sa.select(ScreenPass))]
    return sorted(lines, key=lambda line: (line.revoked_at is not None, line.label.casefold(), line.id))


def create_pass(  # noqa: PLR0913, PLR0917 - who acts, when, on what, among which screens
    journal: Journal, scope: Scope, at: datetime, label: str, screen_id: str, known: Collection[str] | None = None
) -> NewPass:
    """`known`: the screens in force. Raises ScreenError, NotPermittedError."""
    scope.require(Action.MANAGE_SCREENS)
    name = " ".join(label.split())
    if not name or len(name) > LONGEST_LABEL or not name.isprintable():
        words = _("Nama kunci wajib diisi, paling banyak {count} karakter, misalnya: Mini PC ruang rapat.")
        raise ScreenError(words.format(count=LONGEST_LABEL))
    if not SCREEN_ID.fullmatch(screen_id) or (known is not None and screen_id not in known):
        hint = nearest_hint(screen_id[:60], known or ())
        words = _("Layar {screen} tidak diatur{hint}")
        raise ScreenError(words.format(screen=screen_id[:60], hint=hint or "."))
    token = "ly_" + secrets.token_urlsafe(32)
    with journal.writing(scope, at) as session:
        same = sa.select(ScreenPass.id).where(ScreenPass.label == name, ScreenPass.revoked_at.is_(None))
        if session.scalar(same.limit(1)) is not None:
            words = _("Kunci {label} sudah ada dan masih berlaku. Cabut dahulu, atau beri nama lain.")
            raise ScreenError(words.format(label=name))
        kept = ScreenPass(label=name, screen_id=screen_id, key_digest=digest(token), created_at=at)
        session.add(kept)
        session.flush()
        return NewPass(_line(kept), token)


def revoke_pass(  # noqa: PLR0913, PLR0917 - who acts, when and why, on what as it was read
    journal: Journal, scope: Scope, at: datetime, pass_id: int, version: int, why: str = ""
) -> PassLine:
    """Raises ScreenError, StaleEditError, NotPermittedError."""
    scope.require(Action.MANAGE_SCREENS)
    with journal.writing(scope, at, why) as session:
        kept = get_for_edit(session, ScreenPass, pass_id, version)
        if kept.revoked_at is not None:
            raise ScreenError(_("Kunci {label} sudah dicabut.").format(label=kept.label))
        kept.revoked_at = at
        session.flush()
        return _line(kept)


def open_screen(journal: Journal, at: datetime, token: str, address: str) -> str | None:
    """The screen this key opens; None for every other text, whose address is slowed and told once a burst."""
    counted = attempts.of_address(address, "layar")
    with journal.reading() as session:
        found = _find(session, token)
        tried = attempts.times(session, counted, at - SILENT)
    if found is not None:
        _touch(journal, at, found)
        return found.screen_id
    if not _is_burst(tried):
        with journal.writing(machine_scope("", address=address), at) as session:
            attempts.prune(session, at)
            attempts.count_try(session, at, counted)
            tried = attempts.times(session, counted, at - SILENT)
            if len(tried) >= FREE and _is_burst(tried) and not _is_burst(tried[:-1]):
                after = {"percobaan": FREE, "diam_menit": SILENT.seconds // 60}
                write_entry(session, Kind.WRONG_SIGN_IN, "layar", "token tidak dikenal", after=after)
    return None


def check_screen(journal: Journal, at: datetime, token: str) -> str | None:
    """The screen this key still opens: for heartbeats and cookies that were opened before."""
    with journal.reading() as session:
        found = _find(session, token)
    if found is not None:
        _touch(journal, at, found)
    return found.screen_id if found else None


_PASS = ScreenPass.__table__.c
_VALID = sa.select(_PASS.id, _PASS.screen_id, _PASS.used_at).where(
    _PASS.key_digest == sa.bindparam("digest"), _PASS.revoked_at.is_(None)
)


@dataclass(frozen=True)
class _Valid:
    id: int
    screen_id: str
    used_at: datetime | None


def _find(session: Session, token: str) -> _Valid | None:
    """One look-up by digest, whatever the text is."""
    found = session.connection().execute(_VALID, {"digest": digest(token[:200])}).first()
    return _Valid(*found) if found and TOKEN.fullmatch(token) else None


def _touch(journal: Journal, at: datetime, found: _Valid) -> None:
    if found.used_at is not None and timedelta() <= at - found.used_at < TOUCHED:
        return
    with journal.writing(machine_scope(""), at) as session:
        session.execute(sa.update(ScreenPass).where(ScreenPass.id == found.id).values(used_at=at))


def _is_burst(tried: list[datetime]) -> bool:
    return len(tried) >= FREE and tried[-1] - tried[-FREE] <= BURST


def _line(kept: ScreenPass) -> PassLine:
    names = ("id", "version", "label", "screen_id", "created_at", "revoked_at", "used_at")
    return PassLine(**{name: getattr(kept, name) for name in names})
