"""Open tickets and late arrivals by kecamatan, as the wall lists them; no person and no exact place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from warehouse.call_figures import AreaShare, OpenTicket
from warehouse.indicators.periods import month_end
from warehouse.indicators.smart_living.incidents import is_fire, open_tickets
from warehouse.indicators.smart_living.tiba_15_menit import INDICATOR as ARRIVALS
from warehouse.schema import core_incident as incident
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import meta_submission as submission
from warehouse.schema import ref_handling_status, ref_incident_type, ref_region


@dataclass(frozen=True)
class SentTicket:
    """An open ticket with the sender that reported it."""

    ticket: OpenTicket
    sender: str
    age_seconds: int
    is_sample: bool


def read_open_tickets(connection: sa.Connection, region_code: str) -> tuple[SentTicket, ...]:
    """All open tickets, oldest first; ages as of each sender's last delivery."""
    tickets = open_tickets(region_code).subquery("tickets")
    select = (
        sa.select(
            *tickets.c["ticket_no", "opd_code", "handling_status_code", "sender", "age_seconds", "is_sample"],
            sa.func.coalesce(ref_incident_type.c.name, tickets.c.incident_type_code).label("incident_type"),
            sa.func.coalesce(ref_region.c.name, "").label("kecamatan"),
            sa.func.coalesce(ref_handling_status.c.name, "").label("status_name"),
        )
        .select_from(
            tickets.outerjoin(ref_incident_type, ref_incident_type.c.code == tickets.c.incident_type_code)
            .outerjoin(ref_region, ref_region.c.code == tickets.c.kecamatan_code)
            .outerjoin(ref_handling_status, ref_handling_status.c.code == tickets.c.handling_status_code)
        )
        .order_by(tickets.c.age_seconds.desc(), tickets.c.ticket_no)
    )
    return tuple(_sent_ticket(row) for row in connection.execute(select))


def _sent_ticket(row: Any) -> SentTicket:
    ticket = OpenTicket(
        ticket_no=row.ticket_no,
        incident_type=row.incident_type,
        kecamatan=row.kecamatan,
        opd_code=row.opd_code or row.sender,
        status_name=row.status_name,
        age_hours=int(row.age_seconds) // 3600,
    )
    return SentTicket(ticket, row.sender, int(row.age_seconds), row.is_sample)


def read_late_arrivals(connection: sa.Connection, region_code: str) -> tuple[AreaShare, ...]:
    """One entry for each kecamatan with a place on the tile map, and a city enclosed by it without counts."""
    late = sa.cast(mart.c.denominator - mart.c.numerator, sa.Integer)
    select = (
        sa.select(
            ref_region.c.code,
            ref_region.c.name,
            ref_region.c.tile_column,
            ref_region.c.tile_row,
            late,
            sa.cast(mart.c.denominator, sa.Integer),
        )
        .join_from(mart, ref_region, ref_region.c.code == mart.c.entity_code)
        .where(
            mart.c.indicator_id == ARRIVALS.id,
            mart.c.region_code == region_code,
            mart.c.entity_kind == "kecamatan",
            ref_region.c.tile_column.is_not(None),
            ref_region.c.tile_row.is_not(None),
        )
        .order_by(ref_region.c.code)
    )
    areas = tuple(AreaShare(*row) for row in connection.execute(select))
    return areas + _enclaves(connection, region_code, areas)


def _enclaves(connection: sa.Connection, region_code: str, areas: tuple[AreaShare, ...]) -> tuple[AreaShare, ...]:
    """Cities of another code whose tile is free and shut in on all four sides by kecamatan of this region."""
    taken = {(area.tile_column, area.tile_row) for area in areas}
    select = sa.select(*ref_region.c["code", "name", "tile_column", "tile_row"]).where(
        ref_region.c.level == "kota", ref_region.c.code != region_code, ref_region.c.tile_column.is_not(None)
    )
    return tuple(
        AreaShare(code, name, column, row, 0, 0)
        for code, name, column, row in connection.execute(select)
        if (column, row) not in taken
        and {(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)} <= taken
    )


@dataclass(frozen=True)
class FireSender:
    """Who handled and who reported fires in a period."""

    opd_code: str
    sender: str


def read_fire_senders(connection: sa.Connection, region_code: str, month: date) -> tuple[FireSender, ...]:
    """Agencies behind the fire response of a month, given by its first day."""
    select = (
        sa.select(incident.c.opd_code, submission.c.opd_code.label("sender"))
        .distinct()
        .join_from(incident, submission, submission.c.submission_id == incident.c.submission_id)
        .where(
            incident.c.region_code == region_code,
            incident.c.reported_at >= month,
            incident.c.reported_at < month_end(month) + timedelta(days=1),
            is_fire,
        )
        .order_by(incident.c.opd_code, submission.c.opd_code)
    )
    return tuple(FireSender(row.opd_code or row.sender, row.sender) for row in connection.execute(select))
