"""Taking data away: confirmed and written to the journal before any byte is handed out.

A file is made on a click, in a thread of the server that belongs to no session: who may take it is settled when its
button is drawn, and asked of the journal again when it is made.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

from charts.formats import format_number
from journal.history import write_entry
from journal.model import Kind
from journal.sessions import find_identity, limits_of, scope_of
from journal.store import JournalError
from pages.shared import access, data
from warehouse.pins import pin
from warehouse.scope import Action, NotPermittedError, Scope

log = logging.getLogger("pendopo.pages")


class TakingError(Exception):
    """A file that is not handed out; the message says why."""


@dataclass(frozen=True)
class Taker:
    """Whoever the button was drawn for; `key` names their sign-in, "" where nobody signs in."""

    scope: Scope
    key: str

    def confirm(self) -> None:
        """Raises TakingError when the sign-in ended or is another one by now."""
        if not self.key:
            return
        settings = data.settings()
        found = find_identity(access.journal(), self.key, data.local_now(), limits_of(settings), touch=True)
        if found is None or scope_of(found, self.scope.address) != self.scope:
            raise TakingError(_("Masa masuk Anda berakhir, jadi berkas tidak dibuat. Silakan masuk lagi."))

    def record(self, kind: Kind, subject_kind: str, subject: str, after: Mapping[str, Any]) -> None:
        """Raises JournalError."""
        named = self.scope if self.scope.actor else replace(self.scope, actor=access.NO_NAME)
        with access.journal().writing(named, data.local_now()) as writing:
            write_entry(writing, kind, subject_kind, subject, after=dict(after))


@dataclass(frozen=True)
class Taking:
    """One file somebody may click for: what it is, for the journal, and which right it needs."""

    page: str
    subject: str  # code or file name
    right: Action
    row_count: int
    after: Mapping[str, Any]


def current_taker(scope: Scope) -> Taker:
    return Taker(scope, "" if access.is_local() else access.current_visit().key)


def too_many(row_count: int) -> str:
    """Why a file of so many rows is not made; "" when it is."""
    most = data.settings().access.export_rows
    if row_count <= most:
        return ""
    locale = data.settings().region.locale
    words = _("Unduhan ini {count} baris, lebih dari {most} yang boleh sekaligus. Persempit potongannya.")
    return words.format(count=format_number(row_count, 0, locale), most=format_number(most, 0, locale))


def guarded(taker: Taker, taking: Taking, make: Callable[[], bytes], told: dict[str, str]) -> Callable[[], bytes]:
    """`make`, once it is certain who takes it and the journal says so. Why it was not made is left in `told`, for the
    next run of the page."""

    def hand_out() -> bytes:
        told.pop(taking.subject, None)
        try:
            return _hand_out(taker, taking, make)
        except (TakingError, NotPermittedError, JournalError) as error:
            told[taking.subject] = str(error)
            log.warning("a file was not handed out: %s", type(error).__name__)
            raise
        except Exception:
            told[taking.subject] = _("Berkas tidak dapat dibuat karena kesalahan program; kirim catatan log.")
            log.exception("a file could not be made")
            raise

    return hand_out


def _hand_out(taker: Taker, taking: Taking, make: Callable[[], bytes]) -> bytes:
    taker.scope.require(taking.right)
    words = too_many(taking.row_count)
    if words:
        raise TakingError(words)
    taker.confirm()
    taker.record(Kind.EXPORTED, taking.page, taking.subject, taking.after)
    if "release" in taking.after:  # what was handed out can be made again
        pin(data.settings().state_dir, taking.after["release"], taking.subject)
    return make()
