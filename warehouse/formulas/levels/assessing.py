"""The level of a place on a day: the worst class of each group, the pair in the matrix, then gates.

An indicator without a value leaves its group, and so the level, unknown; it never counts as good. States no cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from warehouse.formulas.levels.grading import Grade, grade
from warehouse.rules.level_packs import Cell, Gate, Group, LevelPack


@dataclass(frozen=True)
class Inputs:
    """What is known of a place on a day; a value of None was not given."""

    day: date
    values: Mapping[str, Decimal | None]
    declared: Mapping[str, str] = field(default_factory=dict)  # classes of groups that people declared
    area: str = ""
    with_extra: bool = False


@dataclass(frozen=True)
class GateCheck:
    """A gate that applies; `is_met` None when its value is missing."""

    gate: Gate
    value: Decimal | None

    @property
    def is_met(self) -> bool | None:
        return None if self.value is None else self.value >= self.gate.below


@dataclass(frozen=True)
class Assessment:
    """Every intermediate of a level."""

    pack: LevelPack
    inputs: Inputs
    grades: Mapping[str, Grade]
    missing: tuple[str, ...]  # titles of indicators and gates without a value
    classes: Mapping[str, str | None]  # of the groups
    situation: Cell | None
    gates: tuple[GateCheck, ...]
    known_level: int | None  # with the gates whose values are known
    level: int | None  # with every gate

    def binding(self, group: Group) -> tuple[Grade, ...]:
        """The indicators at the class of their group."""
        return tuple(
            one
            for one in self.grades.values()
            if one.indicator.group == group.name and one.name == self.classes[group.name]
        )


def assess(pack: LevelPack, inputs: Inputs) -> Assessment:
    """Judge one place on one day."""
    judged = {
        name: one
        for name, one in pack.indicators.items()
        if (inputs.with_extra or not one.is_extra) and one.group not in inputs.declared
    }
    given = {name: value for name in judged if (value := inputs.values.get(name)) is not None}
    grades = {name: grade(judged[name], value) for name, value in given.items()}
    checks = tuple(
        GateCheck(gate, inputs.values.get(gate.indicator))
        for gate in pack.gates
        if gate.holds_on(inputs.day) and gate.area in ("", inputs.area)
    )
    incomplete = {one.group for name, one in judged.items() if name not in given}
    classes = {
        group.name: None if group.name in incomplete else group_class(group, grades, inputs.declared)
        for group in pack.groups
    }
    first, second = (classes[group.name] for group in pack.groups)
    situation = None if first is None or second is None else pack.matrix[first, second]
    missing = [one.title for name, one in judged.items() if name not in given]
    missing += [check.gate.title for check in checks if check.is_met is None]
    failed = [check.gate for check in checks if check.is_met is False]
    known = None if situation is None else after_gates(pack, situation.level, failed)
    level = known if all(check.is_met is not None for check in checks) else None
    return Assessment(pack, inputs, grades, tuple(dict.fromkeys(missing)), classes, situation, checks, known, level)


def group_class(group: Group, grades: Mapping[str, Grade], declared: Mapping[str, str]) -> str | None:
    """What people declared, else the worst of the indicators."""
    if group.name in declared:
        return declared[group.name]
    held = [one.name for one in grades.values() if one.indicator.group == group.name]
    return group.worst(held) if held else None


def after_gates(pack: LevelPack, level: int, failed: list[Gate]) -> int:
    """A level after the gates that are not met; never above the highest of the matrix."""
    floors = [gate.level_at_least for gate in failed if gate.level_at_least is not None]
    raised = max([level, *floors]) + sum(gate.raises for gate in failed)
    return min(raised, max(cell.level for cell in pack.matrix.values()))
