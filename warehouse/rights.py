"""Which right each query needs, and which answer for the whole region whoever asks: declared once, kept by every desk.

A query that is not named here needs the right to see work pages, and reads no further than its reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from warehouse import queries
from warehouse.explore import explore, explore_rows
from warehouse.scope import WHOLE, Action, Reach, Scope

NEEDED: Mapping[Callable[..., Any], Action] = {
    queries.indicator_rows: Action.SEE_ROWS,
    explore_rows: Action.SEE_ROWS,
    explore: Action.EXPLORE,
    queries.submissions: Action.SEE_DELIVERIES,
    queries.findings: Action.SEE_DELIVERIES,
    queries.quarantined_rows: Action.SEE_QUARANTINE,
    queries.dues: Action.SEE_DELIVERIES,
    queries.excuses: Action.SEE_DELIVERIES,
    queries.turnaround: Action.SEE_DELIVERIES,
}
# Counts of the region only: linked over tables that a narrow reader sees a part of, they would look like the region's.
REGION_WIDE: frozenset[Callable[..., Any]] = frozenset({queries.call_funnel})


def needed_right(query: Callable[..., Any]) -> Action:
    return NEEDED.get(query, Action.SEE_PAGES)


def reach_of(scope: Scope, query: Callable[..., Any]) -> Reach:
    """How far a query reads for a reader. Raises NotPermittedError."""
    scope.require(needed_right(query))
    return WHOLE if query in REGION_WIDE else scope.reach
