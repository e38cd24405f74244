"""Every page with its title, its place in the navigation, and the rights that open it."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from warehouse.scope import Action, Scope

PAGES_DIR = Path(__file__).resolve().parents[1]
WALL = "dinding.py"
MANAGING = (Action.MANAGE_PEOPLE, Action.MANAGE_SCREENS, Action.READ_AUDIT)


@dataclass(frozen=True)
class Entry:
    """One page of the navigation; any one of these rights opens it."""

    file: str
    title: str
    rights: tuple[Action, ...] = (Action.SEE_PAGES,)
    is_listed: bool = True


NAVIGATION = {
    _("Dinding"): (Entry(WALL, _("Dinding"), (Action.SEE_WALL,)),),
    _("Kerja"): (
        Entry("ringkasan.py", _("Ringkasan")),
        Entry("peringatan.py", _("Peringatan")),
        Entry("spbe.py", "SPBE"),
        Entry("smart_environment.py", "Smart Environment"),
        Entry("smart_living.py", "Smart Living"),
        Entry("masterplan.py", _("Masterplan")),
        Entry("jelajah.py", _("Jelajah"), (Action.EXPLORE,)),
        Entry("indikator.py", _("Indikator")),
    ),
    _("Data"): (
        Entry("setor_data.py", _("Setor data"), (Action.DELIVER,)),
        Entry("disiplin_data.py", _("Disiplin data"), (Action.SEE_DELIVERIES,)),
    ),
    _("Tata kelola"): (Entry("kelola.py", _("Kelola"), MANAGING),),
    "": (Entry("masuk.py", _("Masuk"), tuple(Action), is_listed=False),),
}
ENTRIES = tuple(entry for entries in NAVIGATION.values() for entry in entries)
HOMES = ("ringkasan.py", WALL)  # the first one a visitor may open


def opens(entry: Entry, scope: Scope) -> bool:
    return any(scope.may(right) for right in entry.rights)
