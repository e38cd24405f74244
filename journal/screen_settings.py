"""Wall screens as people set them on `kelola`: kept over those of `pendopo.toml`, which stay the base.

Refuses what the settings would refuse, and an edit of something somebody else changed meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

import sqlalchemy as sa
from pydantic import ValidationError

from journal.failures import JournalError, StaleEditError
from journal.history import explain_stale
from journal.screen_model import ScreenSetting
from journal.screens import SCREEN_ID, ScreenError
from journal.store import Journal, get_for_edit
from warehouse.scope import Action, Scope
from warehouse.screen_settings import Screen

log = logging.getLogger("pendopo.journal")
LONGEST_REASON = 500


@dataclass(frozen=True)
class KeptScreen:
    """What is kept of one screen; `screen` None: taken back, so that `pendopo.toml` holds again."""

    screen_id: str
    screen: Screen | None
    version: int


@dataclass(frozen=True)
class ScreenEdit:
    """What somebody wants of a screen (None: take back what was set), and the version they read; 0: none was kept."""

    screen_id: str
    screen: Screen | None
    version: int = 0


def kept_screens(journal: Journal) -> dict[str, KeptScreen]:
    """By id. Raises JournalError."""
    with journal.reading() as session:
        rows = session.scalars(sa.select(ScreenSetting).order_by(ScreenSetting.id)).all()
    return {row.screen_id: KeptScreen(row.screen_id, _screen(row), row.version) for row in rows}


def screens_in_force(base: Mapping[str, Screen], kept: Mapping[str, KeptScreen]) -> dict[str, Screen]:
    """Those of the settings, with what people set in their place and beside them."""
    return {**base, **{one.screen_id: one.screen for one in kept.values() if one.screen is not None}}


def save_screen(journal: Journal, scope: Scope, at: datetime, edit: ScreenEdit, why: str) -> None:
    """Raises ScreenError, StaleEditError, NotPermittedError."""
    scope.require(Action.MANAGE_SCREENS)
    reason = " ".join(why.split())
    if not scope.actor.strip() or not reason:
        raise ScreenError(_("Perubahan layar wajib menyebut alasan, misalnya: layar ruang rapat diganti 65 inci."))
    if len(reason) > LONGEST_REASON:
        raise ScreenError(_("Alasan paling panjang {count} huruf.").format(count=LONGEST_REASON))
    if not SCREEN_ID.fullmatch(edit.screen_id):
        raise ScreenError(_("Nama layar harus memuat huruf atau angka."))
    with journal.writing(scope, at, reason) as session:
        of_screen = sa.select(ScreenSetting).where(ScreenSetting.screen_id == edit.screen_id)
        found = session.scalars(of_screen).first()
        if found is None:
            if edit.screen is None:
                raise JournalError(_("Layar ini tidak diubah dari pendopo.toml."))
            session.add(ScreenSetting(screen_id=edit.screen_id, is_active=True, **_columns(edit.screen)))
            return
        if edit.version == 0:
            raise StaleEditError(explain_stale(session, found, 0))
        row = get_for_edit(session, ScreenSetting, found.id, edit.version)
        row.is_active = edit.screen is not None
        for name, value in (_columns(edit.screen) if edit.screen else {}).items():
            setattr(row, name, value)


def _columns(screen: Screen) -> dict[str, object]:
    return screen.model_dump(mode="json")


def _screen(row: ScreenSetting) -> Screen | None:
    """What a later version of the program refuses does not hold, and is told in the log."""
    if not row.is_active:
        return None
    try:
        return Screen.model_validate({name: getattr(row, name) for name in Screen.model_fields})
    except ValidationError as error:
        log.error("screen %s as it was set is not valid any more: %s", row.screen_id, error)
        return None
