"""How a level is kept, and the fewest steps to a better one: which limit would raise it, and what would lower it.

Every answer is found by judging the changed classes anew. Says nothing about how likely a change is, or why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from warehouse.formulas.levels.assessing import Assessment, GateCheck, after_gates
from warehouse.formulas.levels.grading import Edge, Grade, edge_above, edge_below
from warehouse.rules.level_packs import Gate


@dataclass(frozen=True)
class Margin:
    """How far one indicator or gate is from raising the level by itself."""

    name: str
    title: str
    unit: str
    value: Decimal
    edge: Edge
    upwards: bool  # whether the value would have to rise
    new_level: int


@dataclass(frozen=True)
class Move:
    """One change on the way to a better level: to the other side of a limit, over so many classes."""

    title: str
    unit: str
    value: Decimal
    edge: Edge
    upwards: bool
    steps: int


def margins(assessment: Assessment) -> tuple[Margin, ...]:
    """Of each indicator and gate that can raise the level alone, the smallest share of its limit first.

    Gates without a value are left out, as in `known_level`.
    """
    if assessment.known_level is None:
        return ()
    found = [one for name, held in assessment.grades.items() if (one := _margin(assessment, name, held)) is not None]
    found += _gate_margins(assessment)
    nearest = {one.name: one for one in sorted(found, key=lambda one: one.edge.share, reverse=True)}
    return tuple(sorted(nearest.values(), key=lambda one: one.edge.share))


def _margin(assessment: Assessment, name: str, held: Grade) -> Margin | None:
    for upwards in (True, False):
        for edge, other, _steps in _beyond(assessment, held, upwards, worse=True):
            level = _level(assessment, {name: other}, ())
            if level > (assessment.known_level or 0):
                return Margin(name, held.indicator.title, held.indicator.unit, held.value, edge, upwards, level)
    return None


def _gate_margins(assessment: Assessment) -> list[Margin]:
    found = []
    for check in assessment.gates:
        if check.is_met and check.value is not None:
            level = _level(assessment, {}, (check.gate,))
            if level > (assessment.known_level or 0):
                edge = Edge(check.gate.below, check.value - check.gate.below, "tidak terpenuhi", False)
                found.append(Margin(check.gate.indicator, check.gate.title, "%", check.value, edge, False, level))
    return found


def way_to(assessment: Assessment, target: int) -> tuple[Move, ...] | None:
    """The fewest class steps that reach a level, then the smallest change as a share of the limits; None: no way.

    A group holds the class of its worst, so each pair of the matrix asks of every indicator its own nearest limit.
    """
    if assessment.known_level is None:
        return None
    failed = [check for check in assessment.gates if check.is_met is False]
    plans = []
    for pair, cell in assessment.pack.matrix.items():
        moves = _moves_to(assessment, pair)
        if moves is None:
            continue
        for kept in product((False, True), repeat=len(failed)):
            still = [check.gate for check, stays in zip(failed, kept, strict=True) if stays]
            if after_gates(assessment.pack, cell.level, still) <= target:
                met = [_gate_move(check) for check, stays in zip(failed, kept, strict=True) if not stays]
                plans.append((*moves, *met))
    return min(plans, key=_cost, default=None)


def _moves_to(assessment: Assessment, pair: tuple[str, str]) -> list[Move] | None:
    """What brings both groups to a pair of classes or better."""
    moves = []
    for group, wanted in zip(assessment.pack.groups, pair, strict=True):
        highest = group.classes.index(wanted)
        if group.name in assessment.inputs.declared:
            if group.classes.index(assessment.inputs.declared[group.name]) > highest:
                return None
            continue
        for held in assessment.grades.values():
            if held.indicator.group != group.name or group.classes.index(held.name) <= highest:
                continue
            reached = [
                Move(held.indicator.title, held.indicator.unit, held.value, edge, upwards, steps)
                for upwards in (True, False)
                for edge, other, steps in _beyond(assessment, held, upwards, worse=False)
                if group.classes.index(other) <= highest
            ]
            if not reached:
                return None
            moves.append(reached[0])
    return moves


def _gate_move(check: GateCheck) -> Move:
    value = check.value or Decimal(0)
    edge = Edge(check.gate.below, check.gate.below - value, "terpenuhi", True)
    return Move(check.gate.title, "%", value, edge, True, 1)


def _cost(moves: tuple[Move, ...]) -> tuple[int, Decimal]:
    return sum(move.steps for move in moves), sum((move.edge.share for move in moves), Decimal(0))


def _beyond(assessment: Assessment, held: Grade, upwards: bool, worse: bool) -> list[tuple[Edge, str, int]]:
    """Limits in one direction that lead to worse, or to better, classes: the limit, the class, how many steps."""
    order = next(group.classes for group in assessment.pack.groups if group.name == held.indicator.group)
    classes = held.indicator.classes
    place = classes.index(held.held)
    found = []
    for steps in range(1, len(classes)):
        last = place + (steps - 1 if upwards else 1 - steps)
        if not 0 <= last < len(classes):
            break
        edge = (edge_above if upwards else edge_below)(held.indicator, held.value, last)
        if edge is None or (order.index(edge.other) > order.index(held.name)) is not worse:
            break
        found.append((edge, edge.other, steps))
    return found


def _level(assessment: Assessment, changed: Mapping[str, str], fails: tuple[Gate, ...]) -> int:
    """The level with some classes changed and some gates failing too."""
    pack, declared = assessment.pack, assessment.inputs.declared
    pair = []
    for group in pack.groups:
        held = [(name, one) for name, one in assessment.grades.items() if one.indicator.group == group.name]
        classes = [changed.get(name, one.name) for name, one in held]
        pair.append(declared[group.name] if group.name in declared else group.worst(classes))
    failed = [check.gate for check in assessment.gates if check.is_met is False]
    return after_gates(pack, pack.matrix[pair[0], pair[1]].level, [*failed, *fails])
