"""How old the oldest open ticket of an agency was at the end of each day, from the times its tickets carry.

Refuses to tell of a day that no sender's deliveries reach: what was open then is not known.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import sqlalchemy as sa

from warehouse.indicators.smart_living.incidents import CLOSED_STATUS, sender_until
from warehouse.rules import round_half_up
from warehouse.schema import core_incident as incident
from warehouse.schema import meta_submission as submission

DAY = timedelta(days=1)


def oldest_open_hours(
    connection: sa.Connection, region_code: str, opd_code: str, first: date, last: date
) -> dict[date, Decimal]:
    """Hours by day, 0 where none was open; the last day that is reported ends where its sender's last delivery does."""
    until = sender_until()
    closed = sa.func.coalesce(incident.c.handling_status_code, "") == CLOSED_STATUS
    select = (
        sa.select(incident.c.reported_at, incident.c.closed_at, until.c.until)
        .join_from(incident, submission, incident.c.submission_id == submission.c.submission_id)
        .join(until, until.c.opd_code == submission.c.opd_code)
        .where(
            incident.c.region_code == region_code,
            sa.func.coalesce(incident.c.opd_code, submission.c.opd_code) == opd_code,
            sa.or_(incident.c.closed_at >= first, sa.and_(incident.c.closed_at.is_(None), ~closed)),
        )
    )
    tickets = [(row.reported_at, row.closed_at, row.until) for row in connection.execute(select)]
    if not tickets:
        return {}
    reach = max(until for _reported, _closed, until in tickets)
    days = (first + DAY * count for count in range((last - first).days + 1))
    return {day: _oldest(tickets, day) for day in days if datetime.combine(day, time()) < reach}


def _oldest(tickets: list[tuple[datetime, datetime | None, datetime]], day: date) -> Decimal:
    end = datetime.combine(day + DAY, time())
    ages = [
        (min(end, until) - reported).total_seconds()
        for reported, closed, until in tickets
        if reported < min(end, until) and (closed is None or closed >= min(end, until))
    ]
    return round_half_up(Decimal(int(max(ages, default=0))) / 3600, 1)
