"""What people decided about the deliveries of a source: delays excused, excuses revoked, deliveries confirmed.

Told as a release holds it. Refuses to say what a decision changed: it tells the day it is about, who decided and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pandas as pd
import sqlalchemy as sa

from warehouse.frames import read_frame
from warehouse.schema import meta_confirmation, meta_excuse, meta_submission

EventKind = Literal["pemakluman", "pencabutan", "konfirmasi"]


@dataclass(frozen=True)
class SourceEvent:
    """One decision; `about` is the end of the data it concerns."""

    kind: EventKind
    source_id: str
    opd_code: str
    about: datetime
    decided_at: datetime
    reason: str  # "" where the release holds none


def excuses(connection: sa.Connection) -> pd.DataFrame:
    """Every excuse of agencies the reader may see, also what was revoked, newest first."""
    return read_frame(connection, sa.select(meta_excuse).order_by(meta_excuse.c.excused_at.desc()))


def source_events(connection: sa.Connection, source_ids: tuple[str, ...]) -> tuple[SourceEvent, ...]:
    """Newest first; of agencies the reader may see."""
    excuse, confirmation, submission = meta_excuse.c, meta_confirmation.c, meta_submission.c
    excused = sa.select(
        sa.literal("pemakluman"), excuse.source_id, excuse.opd_code, excuse.period_end, excuse.excused_at, excuse.reason
    ).where(excuse.source_id.in_(source_ids))
    revoked = sa.select(
        sa.literal("pencabutan"),
        *(excuse[name] for name in ("source_id", "opd_code", "period_end", "revoked_at", "revoke_reason")),
    ).where(excuse.source_id.in_(source_ids), excuse.revoked_at.is_not(None))
    confirmed = (
        sa.select(
            sa.literal("konfirmasi"),
            confirmation.source_id,
            submission.opd_code,
            sa.func.coalesce(submission.data_until, submission.received_at),
            confirmation.confirmed_at,
            sa.literal(""),
        )
        .join_from(meta_confirmation, meta_submission, submission.submission_id == confirmation.submission_id)
        .where(confirmation.source_id.in_(source_ids))
    )
    rows = [row for select in (excused, revoked, confirmed) for row in connection.execute(select)]
    return tuple(sorted((SourceEvent(*row) for row in rows), key=lambda one: (one.about, one.source_id), reverse=True))
