"""What every explanation of a part asks: the stored values of one kind of part, and the key of a value's rows."""

from __future__ import annotations

from typing import Any

from reports.indicator_values import StoredValues
from warehouse.indicators.model import RowKey

NAMED = 3  # more parts are counted, not named


def parts_of(values: StoredValues, row: Any, kind: str, column: str = "value") -> list[Any]:
    """Stored values of one kind of part in the same period, highest first."""
    frame = values.frame
    own = frame[(frame["entity_kind"] == kind) & (frame["period_start"] == row.period_start)]
    return list(own.sort_values(column, ascending=False, kind="stable").itertuples())


def key_of(row: Any) -> RowKey:
    start, end = row.period_start.date(), row.period_end.date()
    return RowKey(row.region_code, row.entity_code, start, end, row.entity_kind)
