"""Finds deliveries that say again what their sender said just before: renamed, saved anew, in another container.

Compares what was judged, never bytes; the order and place of the rows do not count. It takes no row away itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.outcomes import Outcome
from pipelines.judging.quoting import name
from pipelines.judging.staging import Staged

REJECTED_FOR = (
    "list_sort(list_transform(list_filter(findings, item -> item.severity = 'ditolak'), "
    "item -> concat_ws(' ', item.field, item.rule)))"
)


def mark_repeats(
    connection: sa.Connection, contract: Contract, arrived: Sequence[Staged], outcomes: Mapping[str, Outcome]
) -> dict[str, Outcome]:
    """The outcomes, each repeat with the id of the delivery it repeats. `arrived`: in order of arrival."""
    befores: dict[str, Staged] = {}
    last: dict[tuple[str, str, bool], Staged] = {}
    for item in arrived:
        if outcomes[item.submission_id].refusal:
            continue
        sender = item.opd_code, item.origin, item.is_sample
        before = last.get(sender)
        if before is not None and item.confirmation is None and _may_repeat(before, item, outcomes):
            befores[item.submission_id] = before
        last[sender] = item
    suspects = {item.number for item in arrived if item.submission_id in befores}
    contents = _contents(connection, contract, suspects | {before.number for before in befores.values()})
    marked = dict(outcomes)
    for item in arrived:
        before = befores.get(item.submission_id)
        if before is not None and contents.get(before.number) == contents.get(item.number):
            first = marked[before.submission_id].repeats or before.submission_id
            marked[item.submission_id] = replace(marked[item.submission_id], accepted=0, rejected=0, repeats=first)
    return marked


def _may_repeat(before: Staged, item: Staged, outcomes: Mapping[str, Outcome]) -> bool:
    """As many rows of each kind, and complete over the same span: only then are their rows looked at.

    The same rows told to be complete to a later instant say something new.
    """
    one, other = outcomes[before.submission_id], outcomes[item.submission_id]
    sizes = [(outcome.staged, outcome.rejected, outcome.data_until) for outcome in (one, other)]
    return sizes[0] == sizes[1] and before.delivery.data_from == item.delivery.data_from


def _contents(connection: sa.Connection, contract: Contract, numbers: set[int]) -> dict[int, tuple[int, ...]]:
    """By number of the delivery, the sums of the SHA-256 of its rows: typed values, of quarantined rows also the text
    that has no value and what was wrong."""
    if not numbers:
        return {}
    cells = [
        f"CASE WHEN is_rejected THEN coalesce({value}::VARCHAR, {text}::VARCHAR) ELSE {value}::VARCHAR END"
        for value, text in ((name("v_" + field.name), name("t_" + field.name)) for field in contract.fields)
    ]
    said = f"to_json([{', '.join(cells)}, CASE WHEN is_rejected THEN array_to_string({REJECTED_FOR}, ',') END])"
    sums = ", ".join(f"sum(('0x' || digest[{start}:{start + 14}])::UBIGINT)" for start in (1, 16, 31, 46))
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, {sums} FROM (SELECT delivery_no, sha256({said}::VARCHAR) AS digest FROM checked "
        f"WHERE delivery_no IN ({', '.join(map(str, sorted(numbers)))})) GROUP BY delivery_no"
    )
    return {row[0]: tuple(int(part) for part in row[1:]) for row in rows}
