"""Who reads and acts, and how far: one frozen value that every query, cache key, export and act is given.

Refuses to widen: a role is a ceiling, and what a person is limited to only takes away from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _


class Role(StrEnum):
    """Six roles of people, a wall screen, and whoever sits at the machine itself."""

    OPERATOR = "operator"
    ANALYST = "analis"
    OPD = "opd"
    STEWARD = "walidata"
    LEADER = "pimpinan"
    ADMIN = "admin"
    SCREEN = "layar"
    LOCAL = "lokal"


class Action(StrEnum):
    """What can be allowed or refused, in the words a refusal is told with."""

    SEE_WALL = "melihat dinding"
    SEE_PAGES = "melihat halaman kerja"
    SEE_ROWS = "melihat baris yang dikirim"
    EXPLORE = "menjelajah data"
    EXPORT = "mengunduh halaman"
    EXPORT_ROWS = "mengunduh baris"
    SEE_DELIVERIES = "melihat kiriman OPD"
    SEE_QUARANTINE = "melihat dan mengunduh karantina"
    SEE_RESTRICTED = "melihat kolom terbatas"
    DELIVER = "menyetor data"
    CONFIRM = "mengonfirmasi kiriman"
    PLAN = "menyimpan biaya dan kelayakan indikator"
    ANSWER = "menanggapi peringatan"
    MANAGE_PEOPLE = "mengelola orang"
    MANAGE_SCREENS = "mengelola layar"
    READ_AUDIT = "membaca jejak"


PEOPLE_ROLES = (Role.OPERATOR, Role.ANALYST, Role.OPD, Role.STEWARD, Role.LEADER, Role.ADMIN)
_READING = frozenset({Action.SEE_PAGES, Action.SEE_DELIVERIES, Action.EXPORT})
_DIGGING = _READING | {Action.SEE_ROWS, Action.EXPLORE, Action.EXPORT_ROWS}

# The ceiling of each role. SEE_RESTRICTED also needs a grant by name (`has_restricted`).
ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OPERATOR: _READING | {Action.SEE_WALL, Action.SEE_ROWS, Action.SEE_RESTRICTED, Action.ANSWER},
    Role.ANALYST: _DIGGING | {Action.SEE_WALL, Action.SEE_RESTRICTED, Action.PLAN},
    Role.OPD: _DIGGING | {Action.SEE_QUARANTINE, Action.DELIVER},
    Role.STEWARD: _DIGGING
    | {Action.SEE_WALL, Action.SEE_QUARANTINE, Action.SEE_RESTRICTED, Action.DELIVER, Action.CONFIRM, Action.PLAN}
    | {Action.ANSWER},
    Role.LEADER: _READING | {Action.SEE_WALL, Action.EXPLORE},
    Role.ADMIN: frozenset(
        {Action.SEE_WALL, Action.SEE_PAGES, Action.MANAGE_PEOPLE, Action.MANAGE_SCREENS, Action.READ_AUDIT}
    ),
    Role.SCREEN: frozenset({Action.SEE_WALL}),
    Role.LOCAL: frozenset(Action) - {Action.SEE_RESTRICTED},
}
# The wall, the way to a predikat and alarms are of the whole region: who is limited to a part does not act on them.
WHOLE_ONLY = frozenset(
    {Action.SEE_WALL, Action.PLAN, Action.ANSWER, Action.MANAGE_PEOPLE, Action.MANAGE_SCREENS, Action.READ_AUDIT}
)


class NotPermittedError(Exception):
    """An act that this scope does not allow; the message says what and for whom, without any data."""


@dataclass(frozen=True)
class Reach:
    """What of the data can be read at all: equal reaches may share a connection and a remembered answer."""

    opd_codes: tuple[str, ...] = ()  # empty: all agencies
    kecamatan_codes: tuple[str, ...] = ()  # empty: all
    has_restricted: bool = False

    @property
    def is_whole(self) -> bool:
        """The whole region, though perhaps without restricted columns."""
        return not self.opd_codes and not self.kecamatan_codes


WHOLE = Reach()


@dataclass(frozen=True)
class Scope:
    """One identity with what it may do, made once per session."""

    role: Role
    actor: str  # how the journal names who acts; "" while someone at the machine has not said
    is_verified: bool
    opd_codes: tuple[str, ...] = ()
    kecamatan_codes: tuple[str, ...] = ()
    granted_restricted: bool = False
    screens: tuple[str, ...] = ()  # ids of the screens a wall may show; empty for people: all
    address: str = ""  # network address, for the journal

    def __post_init__(self) -> None:
        if self.role is Role.OPD and not self.opd_codes:
            raise ValueError(_("Peran opd harus terikat pada satu OPD."))

    def may(self, action: Action) -> bool:
        if action not in ALLOWED[self.role]:
            return False
        if action is Action.SEE_RESTRICTED and not (self.granted_restricted and self.is_verified):
            return False
        return not (action in WHOLE_ONLY and (self.opd_codes or self.kecamatan_codes))

    def require(self, action: Action) -> None:
        """Raises NotPermittedError."""
        if not self.may(action):
            raise NotPermittedError(
                _("Peran {role} tidak berhak {action}. Mintalah kepada admin bila tugas Anda memerlukannya.").format(
                    role=self.role.value, action=action.value
                )
            )

    def require_delivery(self, opd_code: str) -> None:
        """Who is bound to an agency delivers for that one only. Raises NotPermittedError."""
        self.require(Action.DELIVER)
        if self.kecamatan_codes or (self.opd_codes and opd_code not in self.opd_codes):
            raise NotPermittedError(_("Anda tidak berhak menyetor data atas nama {opd}.").format(opd=opd_code or "-"))

    def require_screen(self, screen_id: str) -> None:
        """A wall shows the screens its key is bound to; people who see the wall see every screen.
        Raises NotPermittedError."""
        self.require(Action.SEE_WALL)
        if self.role is Role.SCREEN and screen_id not in self.screens:
            raise NotPermittedError(_("Layar ini tidak lagi berhak tampil di sini."))

    @property
    def reach(self) -> Reach:
        return Reach(self.opd_codes, self.kecamatan_codes, self.may(Action.SEE_RESTRICTED))


def machine_scope(actor: str, *, address: str = "") -> Scope:
    """Whoever sits at the machine or its command line: the name is what they say it is."""
    return Scope(Role.LOCAL, actor, is_verified=False, address=address)
