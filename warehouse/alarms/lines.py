"""What a wall is told of alarms: groups in words, and whether anybody watches; nothing to answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["kritis", "perlu tindakan", "data"]


@dataclass(frozen=True)
class AlarmLine:
    """One group of alarms in words that hold for the minute they were written."""

    priority: str
    severity: Severity
    state: str  # of its most pressing alarm: baru, ditanggapi, pulih, ditunda
    title: str  # "Panggilan 112 melonjak", "Data terlambat: 7 kiriman"
    owner: str
    detail: str  # what is beyond its limit; "" when the title says it
    told: str  # "belum ditanggapi 6 menit", "ditanggapi 08.12"
    response: str  # what the rule says is to be done
    indicator_id: str
    is_sample: bool
    count: int = 1  # alarms in it

    @property
    def is_pressing(self) -> bool:
        """Nobody answered yet."""
        return self.state == "baru"

    @property
    def takes_screen(self) -> bool:
        return self.is_pressing and self.priority == "kritis"


@dataclass(frozen=True)
class AlarmBoard:
    """All that is open, the most urgent first: what still holds, then what recovered or was put off."""

    lines: tuple[AlarmLine, ...] = ()
    resting: tuple[AlarmLine, ...] = ()
    open_count: int = 0
    unanswered_count: int = 0
    day_count: int = 0  # raised within 24 hours
    old_count: int = 0  # open for more than 24 hours
    chattering_count: int = 0
    unwatched: str = ""  # why nobody may trust an empty list; "" while the rules are held against the data

    @property
    def takes_screen(self) -> bool:
        return any(line.takes_screen for line in self.lines)
