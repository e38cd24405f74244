"""SQL fragments shared by inputs: which deliveries count, seconds between instants, how far a release knows time."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from warehouse.schema import meta_source, meta_submission

ACCEPTED = ("diterima", "sebagian")  # states of a submission whose rows are in the facts
SECOND: sa.ColumnClause[str] = sa.literal_column("'second'")


def seconds_between(start: sa.ColumnElement[Any], end: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Whole seconds from one timestamp to another."""
    return sa.func.date_diff(SECOND, start, end, type_=sa.BigInteger)


def last_receipt() -> sa.ScalarSelect[Any]:
    """When the release last heard of anyone: the instant that decides what is due, so that no clock is read."""
    return (
        sa.select(sa.func.max(meta_submission.c.received_at, type_=sa.DateTime))
        .where(meta_submission.c.status.in_(ACCEPTED))
        .scalar_subquery()
    )


def is_named() -> sa.ColumnElement[bool]:
    """Deliveries whose file a reader may be told: all of them, for who reads the whole region."""
    return meta_submission.c.file_name.is_not(None)


def is_own() -> sa.ColumnElement[bool]:
    """Deliveries a reader is told everything about; of the others the fingerprint is hidden."""
    return meta_submission.c.sha256.is_not(None)


def any_sample(*flags: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether any part of a joined row is sample; a part that is absent says nothing."""
    return sa.or_(*(sa.func.coalesce(flag, sa.false()) for flag in flags))


def agreed_terms(source_id: str) -> list[sa.Label[Any]]:
    """What was agreed on when a source is due, as `warehouse.due.agreed` takes it; all empty without an agreement."""
    own = meta_source.c
    return [
        sa.select(own[column]).where(own.source_id == source_id).scalar_subquery().label(column)
        for column in ("grace_minutes", "due_working_days", "due_days")
    ]
