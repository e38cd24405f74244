"""Jalan menuju predikat: kenaikan tingkat indikator yang paling murah agar indeks mencapai suatu predikat.

Dicari tepat, bukan kira-kira: dari semua susunan kenaikan, yang biayanya terkecil; bila sama, yang langkahnya paling
sedikit, lalu yang indeksnya paling tinggi. Satu langkah menaikkan satu indikator ke tingkat bulat berikutnya. Rencana
berikutnya berbeda susunannya dan tidak memuat langkah yang tidak perlu. Tidak mengatakan mengapa suatu tingkat rendah.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from warehouse.indicators.spbe.weighted_index import index_of
from warehouse.rules import Band, IndexPack

Key = tuple[Decimal, int, Decimal]  # cost, steps, points gained turned negative: the smallest is the best
ZERO: Key = (Decimal(0), 0, Decimal(0))


@dataclass(frozen=True)
class Start:
    """Where an indicator stands, what one level costs, and how far it must and may go."""

    no: int
    level: Decimal
    cost: Decimal = Decimal(1)
    at_least: Decimal | None = None  # the plan must take it there
    at_most: Decimal | None = None  # feasible; its own level excludes it


@dataclass(frozen=True)
class Move:
    """One indicator raised; `instead` are those that would do as well for the last of its levels."""

    no: int
    before: Decimal
    after: Decimal
    cost: Decimal
    instead: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A way up, with the index recomputed from its levels."""

    moves: tuple[Move, ...]
    cost: Decimal
    step_count: int
    index: Decimal
    predikat: str


@dataclass(frozen=True)
class Paths:
    """The best plan first; without plans the predikat is out of reach and `highest_index` says how far one can come."""

    plans: tuple[Plan, ...]
    lower_limit: Decimal  # the smallest index, not rounded, that has the predikat
    highest_index: Decimal


@dataclass(frozen=True)
class _Group:
    """Steps that may stand for each other: `ladder` has cost and points of none, one, two ... of them."""

    starts: tuple[Start, ...]
    ladder: tuple[tuple[Decimal, Decimal], ...]


def lower_limit(band: Band, pack: IndexPack) -> Decimal:
    """The smallest index that falls into a band: half a unit of the last place less where the rounded index counts."""
    return band.lower - (Decimal(5).scaleb(-pack.places - 1) if pack.predikat_on == "rounded" else 0)


def what_if(levels: Mapping[int, Decimal], changes: Mapping[int, Decimal], pack: IndexPack) -> tuple[Decimal, str]:
    """Index, not rounded, and predikat if some levels were others."""
    index = index_of({**levels, **changes}, pack)
    return index, pack.predikat(index)


def cheapest_paths(starts: Sequence[Start], pack: IndexPack, target: Band, count: int = 4) -> Paths:
    """The best plans, each different in kind from the others. Raises ValueError for a pin beyond what is feasible."""
    top = Decimal(pack.highest_level)
    for start in starts:
        if (start.at_least or 0) > min(top, top if start.at_most is None else start.at_most):
            raise ValueError(
                f"indikator {start.no} harus mencapai {start.at_least}, padahal paling tinggi {start.at_most}"
            )
    begun = [_pinned(start) for start in starts]
    levels = {start.no: start.level for start in begun}
    limit = lower_limit(target, pack)
    groups = _groups(begun, pack)
    need = limit * pack.total_weight - sum((levels[item.no] * item.weight for item in pack.indicators), Decimal(0))
    reachable = sum((group.ladder[-1][1] for group in groups), Decimal(0))
    highest = index_of(levels, pack) + reachable / pack.total_weight
    plans = [_plan(counts, groups, starts, pack) for counts in _best_counts(groups, need, count)]
    return Paths(tuple(plans), limit, highest)


def _pinned(start: Start) -> Start:
    return Start(start.no, max(start.level, start.at_least or start.level), start.cost, start.at_least, start.at_most)


def _rungs(start: Start, pack: IndexPack) -> list[Decimal]:
    """The level now and the whole levels above it that may be reached."""
    top = min(Decimal(pack.highest_level), pack.highest_level if start.at_most is None else start.at_most)
    rungs = [start.level]
    while (level := rungs[-1].to_integral_value(ROUND_FLOOR) + 1) <= top:
        rungs.append(level)
    return rungs


def _groups(starts: Sequence[Start], pack: IndexPack) -> list[_Group]:
    """Indicators of one weight and cost on whole levels stand for each other; greatest gain of a step first."""
    weights = {item.no: item.weight for item in pack.indicators}
    alike: dict[tuple[Decimal, Decimal, int], list[Start]] = {}
    for start in starts:
        alone = start.no if start.level != start.level.to_integral_value() else -1
        if len(_rungs(start, pack)) > 1:
            alike.setdefault((weights[start.no], start.cost, alone), []).append(start)
    groups = []
    for (weight, cost, _alone), members in sorted(
        alike.items(), key=lambda item: (-item[0][0], item[0][1], item[0][2])
    ):
        gains = sorted((upper - lower for one in members for lower, upper in pairwise(_rungs(one, pack))))
        ladder = [(Decimal(0), Decimal(0))]
        for gain in gains:  # of one indicator only the first step can be less than a level, and it comes first
            ladder.append((ladder[-1][0] + cost, ladder[-1][1] + gain * weight))
        groups.append(_Group(tuple(members), tuple(ladder)))
    return groups


def _add(key: Key, cost: Decimal, steps: int, points: Decimal) -> Key:
    return key[0] + cost, key[1] + steps, key[2] - points


def _fronts(groups: Sequence[_Group], need: Decimal) -> list[list[Key]]:
    """For the groups from each place on: the totals that no other beats in both cost and points, cheapest first."""
    fronts = [[ZERO]]
    for group in reversed(groups):
        sums = {
            _add(key, cost, steps, points)
            for key in fronts[0]
            for steps, (cost, points) in enumerate(group.ladder)
            if not steps or -key[2] + group.ladder[steps - 1][1] < need
        }
        front: list[Key] = []
        for key in sorted(sums):
            if not front or key[2] < front[-1][2]:
                front.append(key)
        fronts.insert(0, front)
    return fronts


def _best_counts(groups: Sequence[_Group], need: Decimal, count: int) -> list[tuple[int, ...]]:
    """How many steps of each group, best first. What the rest costs at least is known exactly, so nothing is missed."""
    fronts = _fronts(groups, need)
    points_of = [[-key[2] for key in front] for front in fronts]
    found: list[tuple[int, ...]] = []
    # smallest total first; of equal ones that with the most groups settled
    queue: list[tuple[Key, int, tuple[int, ...], Key]] = []

    def push(counts: tuple[int, ...], key: Key) -> None:
        rest = points_of[len(counts)]
        place = bisect_left(rest, need + key[2])
        if place < len(rest):
            total = fronts[len(counts)][place]
            heapq.heappush(queue, (_add(key, total[0], total[1], -total[2]), -len(counts), counts, key))

    push((), ZERO)
    while queue and len(found) < count:
        _total, _settled, counts, key = heapq.heappop(queue)
        if len(counts) == len(groups):
            if _is_lean(counts, groups, -key[2] - need):
                found.append(counts)
            continue
        for steps, (cost, points) in enumerate(groups[len(counts)].ladder):
            if steps and -key[2] + groups[len(counts)].ladder[steps - 1][1] >= need:
                break
            push((*counts, steps), _add(key, cost, steps, points))
    return found


def _is_lean(counts: Sequence[int], groups: Sequence[_Group], spare: Decimal) -> bool:
    """Whether no step could be left out."""
    return all(
        group.ladder[steps][1] - group.ladder[steps - 1][1] > spare
        for steps, group in zip(counts, groups, strict=True)
        if steps
    )


def _plan(counts: Sequence[int], groups: Sequence[_Group], starts: Sequence[Start], pack: IndexPack) -> Plan:
    """The lowest of a group are raised first."""
    after = {start.no: _pinned(start).level for start in starts}
    instead: dict[int, tuple[int, ...]] = {}
    for steps, group in zip(counts, groups, strict=True):
        rungs = {start.no: _rungs(start, pack) for start in group.starts}
        for _step in range(steps):
            lowest = min((no for no in rungs if after[no] < rungs[no][-1]), key=lambda no: (after[no], no))
            after[lowest] = rungs[lowest][rungs[lowest].index(after[lowest]) + 1]
        idle = tuple(no for no in rungs if after[no] == rungs[no][0])
        instead |= {no: idle for no in rungs if after[no] > rungs[no][0]}
    moves = tuple(
        Move(one.no, one.level, after[one.no], _cost(one, after[one.no]), instead.get(one.no, ()))
        for one in starts
        if after[one.no] > one.level
    )
    index = index_of(after, pack)
    cost = sum((move.cost for move in moves), Decimal(0))
    return Plan(moves, cost, sum(_step_count(m.before, m.after) for m in moves), index, pack.predikat(index))


def _step_count(before: Decimal, after: Decimal) -> int:
    return int(after.to_integral_value(ROUND_FLOOR) - before.to_integral_value(ROUND_FLOOR))


def _cost(start: Start, after: Decimal) -> Decimal:
    return start.cost * _step_count(start.level, after)
