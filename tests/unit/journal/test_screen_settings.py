"""Screens as people set them: over the settings, with their history, never over somebody else's edit."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa

from journal.failures import JournalError, StaleEditError
from journal.model import Entry
from journal.screen_settings import ScreenEdit, kept_screens, save_screen, screens_in_force
from journal.screens import ScreenError
from journal.store import Journal
from warehouse.scope import NotPermittedError, Role, Scope
from warehouse.screen_settings import Screen

NOW = datetime(2026, 11, 21, 16, 8)
ADMIN = Scope(Role.ADMIN, "contoh.admin", is_verified=True)
BASE = {"utama": Screen(title="Layar utama"), "lobi": Screen(title="Lobi")}
WIDER = Screen(title="Layar utama", width_mm=1430, scenes=("peringatan", "ringkasan"), dwell_seconds=25)
WHY = "layar diganti 65 inci"


def test_what_was_set_stands_over_the_settings_and_beside_them(journal: Journal) -> None:
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER), WHY)
    save_screen(journal, ADMIN, NOW, ScreenEdit("rapat", Screen(title="Rapat")), "layar baru")
    in_force = screens_in_force(BASE, kept_screens(journal))
    assert in_force == {"utama": WIDER, "lobi": BASE["lobi"], "rapat": Screen(title="Rapat")}


def test_taken_back_the_settings_hold_again(journal: Journal) -> None:
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER), WHY)
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", None, 1), "kembali seperti semula")
    assert screens_in_force(BASE, kept_screens(journal)) == BASE
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER, 2), WHY)
    assert screens_in_force(BASE, kept_screens(journal))["utama"] == WIDER


def test_an_entry_tells_who_when_before_after_and_why(journal: Journal) -> None:
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER), WHY)
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER.model_copy(update={"theme": "terang"}), 1), "silau")
    with journal.reading() as session:
        entry = session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert (entry.at, entry.actor, entry.subject_kind, entry.subject) == (NOW, ADMIN.actor, "pengaturan layar", "utama")
    assert (entry.before, entry.after, entry.why) == ({"theme": "gelap"}, {"theme": "terang"}, "silau")


@pytest.mark.parametrize("read", [0, 1])
def test_an_edit_of_something_older_is_refused_with_what_changed(journal: Journal, read: int) -> None:
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER), WHY)
    save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER.model_copy(update={"theme": "terang"}), 1), "silau")
    with pytest.raises(StaleEditError, match=r"tema: gelap → terang"):
        save_screen(journal, ADMIN, NOW, ScreenEdit("utama", WIDER, read), WHY)


@pytest.mark.parametrize(
    ("screen_id", "screen", "why", "said"),
    [
        ("utama", WIDER, "  ", "wajib menyebut alasan"),
        ("utama", WIDER, "x" * 501, "paling panjang 500 huruf"),
        ("", WIDER, WHY, "harus memuat huruf"),
        ("utama", None, WHY, "tidak diubah dari pendopo.toml"),
    ],
)
def test_a_useless_edit_is_refused(journal: Journal, screen_id: str, screen: Screen, why: str, said: str) -> None:
    with pytest.raises((ScreenError, JournalError), match=said):
        save_screen(journal, ADMIN, NOW, ScreenEdit(screen_id, screen), why)
    assert kept_screens(journal) == {}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.LOCAL)])
def test_who_does_not_manage_screens_sets_none(journal: Journal, role: Role) -> None:
    scope = Scope(role, "contoh", is_verified=True, opd_codes=("DLH",) if role is Role.OPD else ())
    with pytest.raises(NotPermittedError):
        save_screen(journal, scope, NOW, ScreenEdit("utama", WIDER), WHY)
