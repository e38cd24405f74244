"""How long deliveries wait for a release, held ones for the word of the walidata, refused ones for a mended one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

import sqlalchemy as sa

from warehouse.formulas.quantiles import LEAST_FOR_PERCENTILE
from warehouse.indicators.selects import ACCEPTED
from warehouse.schema import meta_confirmation, meta_publication, meta_submission

HELD, REFUSED = "ditahan", "ditolak"


@dataclass(frozen=True)
class Waits:
    """Spans that have ended, in the order they are told; and since when the others have been waiting."""

    ended: tuple[timedelta, ...]
    waiting_since: tuple[datetime, ...]

    @property
    def middle(self) -> timedelta | None:
        return timedelta(seconds=median(one.total_seconds() for one in self.ended)) if self.ended else None

    @property
    def longest(self) -> timedelta | None:
        return max(self.ended, default=None)

    @property
    def nine_of_ten(self) -> timedelta | None:
        """What nine of ten took at most; of too few it would say nothing."""
        if len(self.ended) < LEAST_FOR_PERCENTILE:
            return None
        return timedelta(seconds=quantiles([one.total_seconds() for one in self.ended], n=10)[-1])


@dataclass(frozen=True)
class Turnaround:
    """Of the reader's deliveries, without sample ones."""

    published: Waits
    held: Waits
    refused: Waits


def turnaround(connection: sa.Connection, instant: datetime) -> Turnaround:
    """Received until in a release; held until confirmed; refused until a later delivery of the same source and agency
    was taken."""
    delivery = meta_submission
    select = (
        sa.select(*delivery.c["source_id", "opd_code", "received_at", "status"], meta_confirmation.c.confirmed_at)
        .select_from(
            delivery.outerjoin(meta_confirmation, meta_confirmation.c.submission_id == delivery.c.submission_id)
        )
        .where(delivery.c.origin == "inbox", delivery.c.received_at <= instant, delivery.c.sha256.is_not(None))
        .order_by(delivery.c.received_at)
    )
    rows = list(connection.execute(select))
    confirmed = [row for row in rows if row.confirmed_at is not None and row.status != HELD]
    held = Waits(
        tuple(row.confirmed_at - row.received_at for row in confirmed),
        tuple(row.received_at for row in rows if row.status == HELD),
    )
    taken: dict[tuple[str, str], list[datetime]] = {}
    for row in rows:
        if row.status in ACCEPTED:
            taken.setdefault((row.source_id, row.opd_code), []).append(row.received_at)
    ended, waiting = [], []
    for row in rows:
        if row.status == REFUSED:
            later = [one for one in taken.get((row.source_id, row.opd_code), ()) if one > row.received_at]
            ended += [later[0] - row.received_at] if later else []
            waiting += [] if later else [row.received_at]
    return Turnaround(_published(connection, instant), held, Waits(tuple(ended), tuple(waiting)))


def _published(connection: sa.Connection, instant: datetime) -> Waits:
    table = meta_publication
    select = sa.select(table.c.received_at, table.c.published_at).where(table.c.received_at <= instant)
    return Waits(tuple(row.published_at - row.received_at for row in connection.execute(select)), ())
