"""What the incident figures share: which tickets count as open, and how far each sender's deliveries reach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from warehouse.indicators.model import RowKey
from warehouse.indicators.selects import ACCEPTED, seconds_between
from warehouse.schema import core_call as call
from warehouse.schema import core_incident as incident
from warehouse.schema import meta_submission as submission
from warehouse.schema import ref_incident_type as kind

SOURCE = "bpbd_kejadian_112"
SCHEME = "layanan_112"
CLOSED_STATUS = "selesai"
GENUINE_KIND = "normal"

is_open = sa.and_(
    incident.c.closed_at.is_(None), sa.func.coalesce(incident.c.handling_status_code, "") != CLOSED_STATUS
)
response_seconds = seconds_between(incident.c.reported_at, incident.c.arrived_at)
fire_codes = sa.select(kind.c.code).where(kind.c.is_fire)
is_fire = incident.c.incident_type_code.in_(fire_codes)


def is_false(region_code: str) -> sa.ColumnElement[bool]:
    """A ticket whose calls are known and none was an emergency; a ticket without a known call is believed.

    Real tickets are judged by real calls only: a sample call may bear the same number.
    """
    genuine = sa.func.bool_or(call.c.call_kind_code == GENUINE_KIND)
    false_tickets = (
        sa.select(call.c.ticket_no, call.c.is_sample)
        .where(call.c.region_code == region_code, call.c.ticket_no.is_not(None))
        .group_by(call.c.ticket_no, call.c.is_sample)
        .having(sa.not_(genuine))
    )
    return sa.tuple_(incident.c.ticket_no, incident.c.is_sample).in_(false_tickets)


def sender_until() -> sa.Subquery:
    """The instant up to which each sender has reported: what happened later to its tickets is not known."""
    until = sa.func.max(sa.func.coalesce(submission.c.data_until, submission.c.received_at))
    return (
        sa.select(submission.c.opd_code, until.label("until"))
        .where(submission.c.source_id == SOURCE, submission.c.status.in_(ACCEPTED))
        .group_by(submission.c.opd_code)
        .subquery("sender_until")
    )


def open_tickets(region_code: str) -> sa.Select[Any]:
    """Open tickets with their sender and their age in seconds at that sender's last delivery."""
    until = sender_until()
    age = sa.func.greatest(seconds_between(incident.c.reported_at, until.c.until), 0, type_=sa.BigInteger)
    return (
        sa.select(
            *(column for column in incident.c if column.name not in ("latitude", "longitude")),
            submission.c.opd_code.label("sender"),
            age.label("age_seconds"),
        )
        .join_from(incident, submission, incident.c.submission_id == submission.c.submission_id)
        .join(until, until.c.opd_code == submission.c.opd_code)
        .where(incident.c.region_code == region_code, is_open)
    )


def select_period_rows(region_code: str, start: date, end: date) -> sa.Select[Any]:
    """Tickets reported in a period, without person; their place is empty without the right to see it."""
    return (
        sa.select(*incident.c)
        .where(
            incident.c.region_code == region_code,
            incident.c.reported_at >= start,
            incident.c.reported_at < end + timedelta(days=1),
        )
        .order_by(incident.c.reported_at, incident.c.ticket_no)
    )


def select_open_rows(key: RowKey) -> sa.Select[Any]:
    """The tickets that are open."""
    tickets = open_tickets(key.region_code).subquery("open_tickets")
    return sa.select(*tickets.c).order_by(tickets.c.age_seconds.desc(), tickets.c.ticket_no)
