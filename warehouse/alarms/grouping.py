"""Alarms told together: by cause and place, and on a wall never more than five groups however many there are.

Refuses to drop any: the groups of a flood add up to all of its alarms.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from warehouse.alarms.standing import Alarm
from warehouse.rules.alarm_packs import PRIORITIES

MOST_GROUPS = 5


@dataclass(frozen=True)
class Group:
    """Alarms with one cause, the most urgent and the newest first."""

    title: str
    place_name: str  # "" when they lie in several places
    alarms: tuple[Alarm, ...]

    @property
    def priority(self) -> str:
        return self.alarms[0].priority


def group_alarms(alarms: Iterable[Alarm]) -> tuple[Group, ...]:
    """One group for each signal and place, the most urgent first."""
    return _grouped(alarms, lambda one: (one.signal, one.place_name))


def wall_groups(alarms: Sequence[Alarm], most: int = MOST_GROUPS) -> tuple[Group, ...]:
    """By cause and place while those fit, then by cause alone; what is still too many is told as one last group."""
    groups = group_alarms(alarms)
    if len(groups) > most:
        groups = _grouped(alarms, lambda one: one.signal)
    if len(groups) <= most:
        return groups
    rest = [alarm for group in groups[most - 1 :] for alarm in group.alarms]
    return (*groups[: most - 1], Group(_("Peringatan lainnya"), "", tuple(sorted(rest, key=_urgent_first))))


def _grouped(alarms: Iterable[Alarm], key: Callable[[Alarm], Hashable]) -> tuple[Group, ...]:
    found: dict[Hashable, list[Alarm]] = {}
    for alarm in sorted(alarms, key=_urgent_first):
        found.setdefault(key(alarm), []).append(alarm)
    groups = [_group(several) for several in found.values()]
    return tuple(sorted(groups, key=lambda group: (_urgent_first(group.alarms[0])[0], -len(group.alarms))))


def _group(several: list[Alarm]) -> Group:
    places = {alarm.place_name for alarm in several}
    return Group(several[0].title, places.pop() if len(places) == 1 else "", tuple(several))


def _urgent_first(alarm: Alarm) -> tuple[int, float, int]:
    return PRIORITIES.index(alarm.priority), -alarm.raised_at.timestamp(), alarm.alarm_id
