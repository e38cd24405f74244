"""Weather warnings that hold at an instant: sent by then, not expired, not replaced or taken back by a later message.

When a warning was fetched plays no part. Which areas concern the region is not judged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from warehouse.schema import core_weather_warning

SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor")  # of CAP, gravest first; "Unknown" and none come last
REAL = "Actual"  # the others are exercises, tests and drafts


@dataclass(frozen=True)
class WeatherWarning:
    """One area of one warning; texts may be empty. `effective_at` may lie ahead: the warning is out already."""

    alert_code: str
    area_name: str
    event_name: str
    severity: str
    headline: str
    description: str
    instruction: str
    sent_at: datetime
    effective_at: datetime
    expires_at: datetime
    area_polygons: str
    is_sample: bool


def active_warnings(connection: sa.Connection, region_code: str, now: datetime) -> tuple[WeatherWarning, ...]:
    """In Indonesian or in no named language; gravest first, then by the end. `now` is local to the region."""
    warning, later = core_weather_warning.alias("warning"), core_weather_warning.alias("later")
    replaced = sa.exists().where(
        later.c.region_code == warning.c.region_code,
        later.c.alert_status == REAL,
        later.c.message_kind.in_(("Update", "Cancel")),
        later.c.sent_at <= now,
        # "sender,code,instant", one or more
        sa.func.contains(later.c.replaced_alerts, sa.literal(",") + warning.c.alert_code + ","),
    )
    language = sa.func.lower(sa.func.coalesce(warning.c.language_code, "id"))
    gravity = {severity: number for number, severity in enumerate(SEVERITIES)}
    select = (
        sa.select(warning)
        .where(
            warning.c.region_code == region_code,
            warning.c.alert_status == REAL,
            warning.c.message_kind.in_(("Alert", "Update")),
            warning.c.sent_at <= now,
            warning.c.expires_at > now,
            sa.or_(language == "id", language.like("id-%")),
            ~replaced,
        )
        .order_by(
            sa.case(gravity, value=warning.c.severity, else_=len(SEVERITIES)),
            warning.c.expires_at,
            warning.c.area_name,
            warning.c.alert_code,
        )
    )
    return tuple(_warning(row) for row in connection.execute(select))


def warning_days(
    connection: sa.Connection, region_code: str, area_name: str, first: date, last: date
) -> dict[date, int]:
    """The grade of the gravest warning issued for an area on each day that had one: 1 Minor to 4 Extreme."""
    warning, day = core_weather_warning, sa.cast(core_weather_warning.c.sent_at, sa.Date)
    grades = {severity: len(SEVERITIES) - number for number, severity in enumerate(SEVERITIES)}
    grade = sa.func.max(sa.case(grades, value=warning.c.severity, else_=0))
    select = sa.select(day, grade).where(
        warning.c.region_code == region_code,
        warning.c.area_name == area_name,
        warning.c.alert_status == REAL,
        warning.c.message_kind.in_(("Alert", "Update")),
        day.between(first, last),
    )
    return {row[0]: row[1] for row in connection.execute(select.group_by(day))}


def _warning(row: Any) -> WeatherWarning:
    return WeatherWarning(
        row.alert_code,
        row.area_name,
        row.event_name,
        row.severity or "",
        row.headline or "",
        row.description or "",
        row.instruction or "",
        row.sent_at,
        row.effective_at or row.sent_at,
        row.expires_at,
        row.area_polygons or "",
        row.is_sample,
    )
