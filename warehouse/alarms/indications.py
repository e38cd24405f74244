"""What rules point at that are no alarms, because they do not say what to look for, who acts and how soon.

Nothing of it is kept, told or answered: it holds for the moment it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import sqlalchemy as sa

from warehouse.alarms.judging import Judged, alarm_rules, judge
from warehouse.alarms.signals import READERS, Sight
from warehouse.figures import WallView
from warehouse.rules import RuleBook
from warehouse.rules.alarm_packs import AlarmRule


@dataclass(frozen=True)
class Indicated:
    """One place beyond the limit of a rule that is no alarm."""

    rule_id: str
    place_name: str
    owner: str
    value: Decimal
    limit: Decimal
    unit: str
    is_sample: bool


def indication_rules(rules: RuleBook, view: WallView) -> tuple[AlarmRule, ...]:
    return tuple(rule for rule in alarm_rules(rules, view.instant).values() if not rule.is_alarm)


def read_indicated(connection: sa.Connection, view: WallView, rules: RuleBook) -> tuple[Indicated, ...]:
    """Places beyond a limit now, by rule; delays and deadbands are for alarms."""
    wanted = {rule.signal for rule in indication_rules(rules, view)}
    signals = {name: READERS[name](Sight(connection, view, rules)) for name in wanted}
    only = replace(rules, further_packs=indication_rules(rules, view))
    return tuple(_indicated(one) for one in judge(only, signals, view.instant).judged if one.is_beyond(False))


def _indicated(one: Judged) -> Indicated:
    value, reading = one.value or Decimal(0), one.reading
    unit = reading.unit
    return Indicated(one.rule.pack_id, reading.place_name, one.owner, value, one.bounds.limit, unit, reading.is_sample)
