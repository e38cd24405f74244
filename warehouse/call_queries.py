"""112 for the work pages: the funnel from call to closed incident, days, months, open tickets."""

from __future__ import annotations

from datetime import date, timedelta
from gettext import gettext as _

import pandas as pd
import sqlalchemy as sa

from warehouse.call_figures import FunnelStep, OpenTicket
from warehouse.catalogue import UNDATED
from warehouse.frames import read_frame
from warehouse.indicators.selects import ACCEPTED
from warehouse.indicators.smart_living import call_days, incidents
from warehouse.indicators.smart_living.respons_kebakaran import INDICATOR as FIRE
from warehouse.schema import core_call as call
from warehouse.schema import core_incident as incident
from warehouse.schema import mart_call_hourly as hourly
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import meta_submission as submission
from warehouse.wall_incidents import read_open_tickets


def call_funnel(connection: sa.Connection, region_code: str, start: date, end: date) -> tuple[FunnelStep, ...]:
    """From calls offered between two days (both included) to incidents closed, linked by ticket.

    The first three steps count calls, the others tickets: several calls may report one incident.
    """
    inside = sa.and_(
        call.c.region_code == region_code, call.c.offered_at >= start, call.c.offered_at < end + timedelta(days=1)
    )
    count = sa.func.count()
    calls = connection.execute(
        sa.select(
            count.label("offered"),
            count.filter(call.c.answered_at.is_not(None)).label("answered"),
            count.filter(call.c.call_kind_code == incidents.GENUINE_KIND).label("genuine"),
        ).where(inside)
    ).one()
    tickets = (
        sa.select(call.c.ticket_no, call.c.is_sample).where(
            inside, call.c.call_kind_code == incidents.GENUINE_KIND, call.c.ticket_no.is_not(None)
        )
    ).distinct()
    ticket = sa.tuple_(incident.c.ticket_no, incident.c.is_sample)  # a sample call never counts a real ticket
    linked = connection.execute(
        sa.select(
            count.filter(incident.c.dispatched_at.is_not(None)).label("dispatched"),
            count.filter(incident.c.arrived_at.is_not(None)).label("arrived"),
            count.filter(sa.not_(incidents.is_open)).label("closed"),
        ).where(incident.c.region_code == region_code, ticket.in_(tickets))
    ).one()
    has_calls = _is_delivered(connection, call_days.SOURCE)
    has_both = has_calls and _is_delivered(connection, incidents.SOURCE)
    steps = (
        ("offered", _("Panggilan masuk"), calls.offered, has_calls),
        ("answered", _("Dijawab"), calls.answered, has_calls),
        ("genuine", _("Kejadian darurat"), calls.genuine, has_calls),
        ("dispatched", _("Tiket ditugaskan"), linked.dispatched, has_both),
        ("arrived", _("Petugas tiba"), linked.arrived, has_both),
        ("closed", _("Tiket selesai"), linked.closed, has_both),
    )
    return tuple(FunnelStep(code, label, number if known else None) for code, label, number, known in steps)


def _is_delivered(connection: sa.Connection, source_id: str) -> bool:
    select = sa.select(sa.func.count()).where(submission.c.source_id == source_id, submission.c.status.in_(ACCEPTED))
    return connection.execute(select).scalar_one() > 0


def fire_response_by_month(connection: sa.Connection, region_code: str) -> pd.DataFrame:
    """Mean fire response of each month with its number of fires; empty before the first delivery."""
    select = (
        sa.select(
            mart.c.period_start.label("month"),
            mart.c.value.label("mean_minutes"),
            sa.cast(mart.c.denominator, sa.Integer).label("fire_count"),
            *mart.c["status", "reason", "rule_version", "is_sample"],
        )
        .where(mart.c.indicator_id == FIRE.id, mart.c.region_code == region_code, mart.c.period_start != UNDATED)
        .order_by(mart.c.period_start)
    )
    return read_frame(connection, select)


def open_tickets(connection: sa.Connection, region_code: str) -> tuple[OpenTicket, ...]:
    """Tickets still open, oldest first; ages as of each sender's last delivery."""
    return tuple(sent.ticket for sent in read_open_tickets(connection, region_code))


def call_hours(connection: sa.Connection, region_code: str, day: date) -> pd.DataFrame:
    """Calls of each hour of a day, as far as delivered."""
    select = sa.select(hourly).where(hourly.c.region_code == region_code, hourly.c.call_date == day)
    return read_frame(connection, select.order_by(hourly.c.call_hour))
