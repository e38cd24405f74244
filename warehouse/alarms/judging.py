"""Every rule held against its signal: what is beyond its limit, what is not, and what cannot be said now.

Refuses to judge a reading in another unit than its rule's, and a place without the threshold the rule names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from warehouse.alarms.machine import Bounds
from warehouse.alarms.signals import Reading, Signal
from warehouse.rules import RuleBook
from warehouse.rules.alarm_packs import OWN, AlarmRule

ANY_UNIT = "menurut pos"
SCHEME = "peringatan"


@dataclass(frozen=True)
class Judged:
    """One rule at one place: `value` is what was held against the limit, None when that cannot be said."""

    rule: AlarmRule
    reading: Reading
    bounds: Bounds
    value: Decimal | None

    @property
    def key(self) -> tuple[str, str]:
        return self.rule.pack_id, self.reading.place

    @property
    def owner(self) -> str:
        return self.reading.owner if self.rule.owner in (OWN, "") else self.rule.owner

    def is_beyond(self, is_over: bool) -> bool | None:
        return None if self.value is None else self.bounds.is_beyond(self.value, is_over)


@dataclass(frozen=True)
class Judgement:
    """All of one look: what was judged, and the rules whose other places are normal."""

    at: datetime
    judged: tuple[Judged, ...]
    rules: Mapping[str, AlarmRule]  # in force, alarms and indications
    known: frozenset[str]  # rules of signals whose absence says that all is normal


def alarm_rules(rules: RuleBook, at: datetime) -> dict[str, AlarmRule]:
    """Rules in force on a day, by id."""
    every = (pack for pack in rules.further_packs if isinstance(pack, AlarmRule) and pack.covers(at.date()))
    return {rule.pack_id: rule for rule in every}


def judge(rules: RuleBook, signals: Mapping[str, Signal], at: datetime) -> Judgement:
    own = alarm_rules(rules, at)
    judged = tuple(one for rule in own.values() for one in _of_rule(rule, rules, signals[rule.signal], at))
    known = frozenset(name for name, rule in own.items() if signals[rule.signal].is_known)
    return Judgement(at, judged, own, known)


def limit_of(rule: AlarmRule, rules: RuleBook, thresholds: Mapping[str, Decimal]) -> Decimal | None:
    """The number a rule begins at; None at a place without any of its levels."""
    if rule.limit is not None:
        return rule.limit
    if rule.limit_key:
        return rules.value(rule.limit_key)
    return next((thresholds[level] for level in rule.levels if level in thresholds), None)


def _of_rule(rule: AlarmRule, rules: RuleBook, signal: Signal, at: datetime) -> Iterator[Judged]:
    for reading in signal.readings:
        limit = limit_of(rule, rules, reading.thresholds)
        if limit is None or rule.unit not in (reading.unit, ANY_UNIT):
            continue
        bounds = Bounds(limit, rule.direction, rule.deadband, rule.on_delay, rule.off_delay)
        is_old = rule.max_age is not None and at - reading.at > rule.max_age
        yield Judged(rule, reading, bounds, None if is_old else _watched_value(rule, reading))


def _watched_value(rule: AlarmRule, reading: Reading) -> Decimal | None:
    if rule.watches == "nilai" or reading.value is None:
        return reading.value
    return None if reading.before is None else reading.value - reading.before
