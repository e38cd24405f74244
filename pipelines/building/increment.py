"""Decides what of the release there is may stay, so that a build does the work of what changed alone.

Keeps nothing on a guess: another program, contract, rule or setting, or a delivery taken back, and all is built anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from pipelines.building.inputs import CONTRACTS, PROGRAM, RULES, SETTINGS, told_of
from pipelines.contracts.contract import Contract
from pipelines.deliveries.submissions import Submission
from pipelines.judging.quoting import literal
from warehouse.engine import open_release
from warehouse.releases import ReleaseInfo
from warehouse.schema import core_budget_ceiling, core_programme, meta_release

SAME = (PROGRAM, CONTRACTS, RULES, SETTINGS)
ROOM_TO_GROW = 16 << 20  # bytes a file may hold in unused blocks beside as much again as it was written with
OF_A_DELIVERY = ("meta_finding", "meta_quarantine")  # beside the facts
DECIDED = ("meta_confirmation", "meta_excuse", "meta_publication", "meta_release")  # written anew by every build


@dataclass(frozen=True)
class Change:
    """Rows of a table that a new release has instead of those of the one before: where they stand in either."""

    table: str
    before: str
    now: str
    grew: bool = False  # rows that newer ones overtook left it too


@dataclass(frozen=True)
class Foundation:
    """What a build on top of a release has to know of it."""

    tables: Mapping[str, Sequence[int]]  # the digest of each
    deliveries: Mapping[str, Sequence[Sequence[str]]]  # by source, in order: id, and a digest of all known of it

    def as_text(self) -> str:
        return json.dumps({"tables": self.tables, "deliveries": self.deliveries})


@dataclass(frozen=True)
class Increment:
    """What is done again on top of a release; all else stays as it is there."""

    base: ReleaseInfo
    foundation: Foundation
    again: frozenset[str]  # sources whose deliveries are all loaded again
    known: Mapping[str, int]  # by source that only grew: how many of its deliveries, in order, the base holds

    @property
    def changed(self) -> frozenset[str]:
        return self.again | self.known.keys()

    def without_growing(self, source_id: str) -> Increment:
        """The same, with a source that turned out to have done more than grow."""
        known = {name: count for name, count in self.known.items() if name != source_id}
        return replace(self, again=self.again | {source_id}, known=known)


def deliveries_told(submissions: Iterable[Submission]) -> dict[str, list[list[str]]]:
    """By source, each delivery in order: its id, and a digest of all that is known of it."""
    told: dict[str, list[list[str]]] = defaultdict(list)
    for item in submissions:
        told[item.source_id].append([item.submission_id, told_of(item)])
    return dict(told)


def read_foundation(release: ReleaseInfo) -> Foundation | None:
    """None: it is not built upon, or its file cannot be read."""
    engine = open_release(release.path)
    try:
        with engine.connect() as connection:
            told = connection.execute(sa.select(meta_release.c.foundation)).scalar_one()
    except sa.exc.DBAPIError:  # a file of another version of DuckDB
        return None
    finally:
        engine.dispose()
    return Foundation(**json.loads(told)) if told else None


def plan_increment(
    base: ReleaseInfo | None,
    inputs: Mapping[str, str],
    contracts: Sequence[Contract],
    submissions: Sequence[Submission],
) -> Increment | None:
    """None: the whole release is built anew."""
    if base is None or any(base.inputs.get(kind) != inputs[kind] for kind in SAME):
        return None
    foundation = read_foundation(base)
    if foundation is None or base.byte_count > 2 * base.whole_bytes + ROOM_TO_GROW:
        return None
    told = deliveries_told(submissions)
    taken_back = {one for rows in foundation.deliveries.values() for one, _digest in rows}
    taken_back -= {one for rows in told.values() for one, _digest in rows}
    if taken_back or foundation.deliveries.keys() - {contract.source_id for contract in contracts}:
        return None  # what somebody took back may not stay in an unused block either
    again, known = set(), {}
    for contract in contracts:
        before, now = foundation.deliveries.get(contract.source_id, []), told.get(contract.source_id, [])
        if now == before:
            continue
        mine = [item for item in submissions if item.source_id == contract.source_id]
        if now[: len(before)] == before and _may_grow(contract, mine, len(before)):
            known[contract.source_id] = len(before)
        else:
            again.add(contract.source_id)
    outlined = {contract.source_id for contract in contracts if contract.file.outlines}
    if outlined & (again | known.keys()):
        return None  # maps, and every point that is judged, go by them
    again = _with_dependents(contracts, again, known)
    known = {name: count for name, count in known.items() if name not in again}
    return Increment(base, foundation, frozenset(again), known)


def _may_grow(contract: Contract, submissions: Sequence[Submission], known: int) -> bool:
    """Whether old and new deliveries say nothing of each other but by the rows that newer ones replace."""
    is_judged_by_others = contract.hold is not None or any(check.rule == "led_by" for check in contract.checks)
    if not known or is_judged_by_others or contract.report or contract.locate is not None or contract.table is None:
        return False
    before, new = submissions[:known], submissions[known:]
    names = [item.file_name for item in submissions]
    return (
        all(item.confirmation is None and item.handover.nil_until is None for item in new)
        and len({item.is_sample for item in submissions}) == 1  # else what is real is refused
        and not set(names[:known]) & set(names[known:])
        and len(set(names[known:])) == len(new)
        and before[-1].received_at < new[0].received_at
    )


def _with_dependents(contracts: Sequence[Contract], again: set[str], known: Mapping[str, int]) -> set[str]:
    """Who is judged by a changed source is judged again; whoever is held against pagu needs all that were declared."""
    held = {contract.source_id for contract in contracts if contract.hold is not None}
    led = {contract.source_id for contract in contracts if any(check.rule == "led_by" for check in contract.checks)}
    tables = {contract.source_id: contract.target_table for contract in contracts}
    ceilings = {source for source, table in tables.items() if table == core_budget_ceiling.name}
    programmes = {source for source, table in tables.items() if table == core_programme.name}
    found = set(again)
    while True:
        wider = set(found)
        if (found | known.keys()) & (ceilings | programmes):
            wider |= held | led
        if found & held:
            wider |= ceilings
        if wider == found:
            return found
        found = wider


def changes_of(
    increment: Increment,
    contracts: Sequence[Contract],
    new_ids: Iterable[str],
    first_rows: Mapping[str, int],
    recalculated: Mapping[str, str],
) -> list[Change]:
    """Everything that may differ from the base. `first_rows`: of tables that grew, the first row that is new;
    `recalculated`: table and where of what was calculated again."""
    before: dict[str, list[str]] = defaultdict(list)
    now: dict[str, list[str]] = defaultdict(list)
    listed = ", ".join(map(literal, sorted(new_ids))) or "''"
    for contract in contracts:
        if contract.source_id not in increment.changed:
            continue
        of_source = f"starts_with(submission_id, {literal(contract.source_id + ':')})"
        is_again = contract.source_id in increment.again
        tables = [table for table in (contract.target_table, *OF_A_DELIVERY) if table is not None]
        for table in ("meta_submission", *tables) if is_again else ("meta_submission",):
            before[table].append(of_source)
            now[table].append(of_source)
        for table in () if is_again else tables:
            now[table].append(
                f"rowid >= {first_rows[table]}" if table in first_rows else f"submission_id IN ({listed})"
            )
    found = [Change(table, _any_of(before[table]), _any_of(parts), table in first_rows) for table, parts in now.items()]
    everywhere = dict.fromkeys(DECIDED, "true") | dict(recalculated)
    return found + [Change(table, rows, rows) for table, rows in everywhere.items()]


def _any_of(parts: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(parts)) or "false"
