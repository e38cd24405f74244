"""One alarm as the journal keeps it, with everything a list, a wall or a message may say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from warehouse.alarms.machine import Episode, State

ANSWERED, SHELVED, TAKEN_BACK, NOTED = "ditanggapi", "ditunda", "diangkat", "catatan"  # kinds of acts


@dataclass(frozen=True)
class Act:
    """One thing somebody did about an alarm, and said."""

    kind: str
    acted_by: str
    acted_at: datetime
    note: str
    until: datetime | None = None


@dataclass(frozen=True)
class Alarm:
    """One episode. Words and limits are those of the rule when it was raised."""

    alarm_id: int
    version: int
    rule_id: str
    rule_version: str
    signal: str
    title: str
    audience: str
    priority: str
    place: str
    place_name: str
    owner: str
    detail: str
    value: Decimal  # as it was raised, or raised again
    limit: Decimal
    unit: str
    is_sample: bool
    episode: Episode
    recovered_at: datetime | None = None
    ended_at: datetime | None = None
    within_since: datetime | None = None  # back within its limit, and the delay before that counts is not over
    acts: tuple[Act, ...] = ()  # oldest first

    @property
    def state(self) -> State:
        return self.episode.state

    @property
    def raised_at(self) -> datetime:
        return self.episode.raised_at

    @property
    def owners(self) -> frozenset[str]:
        """Agencies that answer for it."""
        return frozenset(code.strip() for code in self.owner.split(",") if code.strip())

    @property
    def answer(self) -> Act | None:
        """The first answer; none yet is None."""
        return next((act for act in self.acts if act.kind == ANSWERED), None)


@dataclass(frozen=True)
class AlarmLog:
    """Alarms of the last days, newest first, and when the rules were last held against the data; None: never here."""

    alarms: tuple[Alarm, ...] = ()
    looked_at: datetime | None = None


def no_alarms() -> AlarmLog:
    """Where nobody keeps a journal."""
    return AlarmLog()
