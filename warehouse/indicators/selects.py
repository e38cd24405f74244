"""SQL fragments shared by inputs: which deliveries count, and seconds between two instants."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

ACCEPTED = ("diterima", "sebagian")  # states of a submission whose rows are in the facts
SECOND: sa.ColumnClause[str] = sa.literal_column("'second'")


def seconds_between(start: sa.ColumnElement[Any], end: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Whole seconds from one timestamp to another."""
    return sa.func.date_diff(SECOND, start, end, type_=sa.BigInteger)
