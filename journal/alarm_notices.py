"""Which alarm was told to which address: written before it is sent and again after, so that a restart loses none.

An address itself is a secret and never comes here, only the name of the variable that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from journal.alarm_model import AlarmNotice
from journal.store import Journal
from warehouse.scope import Scope


@dataclass(frozen=True)
class Noticed:
    """How one alarm stands at one address; `failures` in a row, 0 when it went out."""

    told_at: datetime
    failures: int = 0
    retry_at: datetime | None = None
    problem: str = ""


def read_notices(journal: Journal) -> dict[tuple[int, str], Noticed]:
    """By alarm and variable."""
    with journal.reading() as session:
        return {
            (row.alarm_id, row.variable): Noticed(row.told_at, row.failures, row.retry_at, row.problem)
            for row in session.scalars(sa.select(AlarmNotice))
        }


def note_notices(journal: Journal, scope: Scope, variable: str, stand: Mapping[int, Noticed]) -> None:
    """Of several alarms in one message, each with how it stands now."""
    at = next(iter(stand.values())).told_at
    with journal.writing(scope, at) as session:
        told = sa.delete(AlarmNotice).where(AlarmNotice.variable == variable, AlarmNotice.alarm_id.in_(list(stand)))
        session.execute(told)
        session.add_all(AlarmNotice(alarm_id=number, variable=variable, **vars(one)) for number, one in stand.items())
