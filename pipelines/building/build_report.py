"""What a run did, read from the release it made or found unchanged: both say the same of the same deliveries."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from pipelines.deliveries.intake import HELD, REFUSED, REPEATED
from warehouse.schema import meta_submission


@dataclass(frozen=True)
class Problem:
    """A source or delivery that could not be used, in words for its sender."""

    source_id: str
    file_name: str
    message: str


@dataclass(frozen=True)
class BuildReport:
    """What a run did."""

    release_id: str
    is_new: bool
    submission_count: int
    accepted_count: int
    rejected_count: int
    repeat_count: int  # deliveries that said nothing new
    problems: tuple[Problem, ...]


def read_counts(connection: sa.Connection) -> tuple[int, int, int, int]:
    """Deliveries, rows accepted, rows quarantined, deliveries that said nothing new."""
    column = meta_submission.c
    sums = (sa.func.coalesce(sa.func.sum(one), 0) for one in (column.accepted_count, column.rejected_count))
    repeats = sa.func.count(column.submission_id).filter(column.status == REPEATED)
    found = connection.execute(sa.select(sa.func.count(column.submission_id), *sums, repeats)).one()
    deliveries, accepted, rejected, again = map(int, found)
    return deliveries, accepted, rejected, again


def read_problems(connection: sa.Connection) -> list[Problem]:
    """Deliveries refused, and those held for which somebody must answer; a held sample asks nobody."""
    column = meta_submission.c
    asks = sa.or_(column.status == REFUSED, sa.and_(column.status == HELD, sa.not_(column.is_sample)))
    told = sa.select(column.source_id, column.file_name, column.message).where(asks)
    rows = connection.execute(told.order_by(column.source_id, column.received_at, column.file_name))
    return [Problem(*row) for row in rows]
