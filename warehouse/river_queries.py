"""River posts up to an instant: their last readings, their limits, and what the last two days looked like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from warehouse.indicators.smart_environment.river import LIMIT_COLUMNS, UNITS, Levels, River, is_limit_of, post_limits
from warehouse.rules import RuleBook
from warehouse.schema import core_sensor_reading as sensor
from warehouse.schema import meta_submission as submission

READINGS = 2  # the last one, and the one before it


@dataclass(frozen=True)
class RiverReading:
    """One reading; of a post and parameter the newest comes first."""

    station_name: str
    parameter_code: str
    unit: str
    value: Decimal
    measured_at: datetime
    opd_code: str
    is_sample: bool
    river_name: str = ""
    limits: tuple[Decimal | None, ...] = ()  # as delivered, in the order of the levels

    def levels(self, river: River) -> Levels:
        """The thresholds of the post, the lowest first; none when nobody knows them."""
        return river.levels(self.station_name, self.parameter_code, self.limits)


def river_readings(connection: sa.Connection, region_code: str, instant: datetime) -> tuple[RiverReading, ...]:
    """The last readings of each post and parameter."""
    rank = sa.func.row_number().over(
        partition_by=(sensor.c.station_name, sensor.c.parameter_code), order_by=sensor.c.measured_at.desc()
    )
    ranked = (
        sa.select(sensor, rank.label("place"))
        .where(sensor.c.region_code == region_code, sensor.c.measured_at <= instant)
        .subquery()
    )
    return _told(connection, region_code, ranked, ranked.c.place <= READINGS)


def river_hours(
    connection: sa.Connection, region_code: str, instant: datetime, back: timedelta
) -> tuple[RiverReading, ...]:
    """All readings of some time up to an instant; of a post and parameter the newest comes first."""
    own = sa.and_(sensor.c.region_code == region_code, sensor.c.measured_at.between(instant - back, instant))
    return _told(connection, region_code, sa.select(sensor).where(own).subquery(), sa.true())


def river_levels(
    connection: sa.Connection, region_code: str, day: date, rules: RuleBook
) -> dict[tuple[str, str], Levels]:
    """The thresholds in force on a day at each post and parameter that was read on it."""
    on_day = sa.cast(sensor.c.measured_at, sa.Date) == day
    read = sa.select(*sensor.c["station_name", "parameter_code"]).where(sensor.c.region_code == region_code, on_day)
    posts, limit = read.distinct().subquery(), post_limits(region_code)
    joined = posts.outerjoin(limit, is_limit_of(posts, sa.literal(day, sa.Date), limit))
    rows = connection.execute(sa.select(*posts.c, *limit.c[LIMIT_COLUMNS]).select_from(joined))
    river = River.by(rules)
    return {(row[0], row[1]): river.levels(row[0], row[1], row[2:]) for row in rows}


def _told(
    connection: sa.Connection, region_code: str, rows: sa.Subquery, wanted: sa.ColumnElement[bool]
) -> tuple[RiverReading, ...]:
    sent = submission.c.submission_id == rows.c.submission_id
    limit = post_limits(region_code)
    select = (
        sa.select(rows, submission.c.opd_code, limit.c.river_name, limit.c.is_sample.label("of_sample"))
        .add_columns(*limit.c[LIMIT_COLUMNS])
        .select_from(
            rows.join(submission, sent).outerjoin(limit, is_limit_of(rows, sa.cast(rows.c.measured_at, sa.Date), limit))
        )
        .where(wanted)
        .order_by(rows.c.station_name, rows.c.parameter_code, rows.c.measured_at.desc())
    )
    return tuple(_reading(row) for row in connection.execute(select))


def _reading(row: sa.Row[Any]) -> RiverReading:
    limits: Sequence[Decimal | None] = [row._mapping[name] for name in LIMIT_COLUMNS]
    return RiverReading(
        row.station_name,
        row.parameter_code,
        UNITS.get(row.parameter_code, row.parameter_code),
        Decimal(str(row.value)),
        row.measured_at,
        row.opd_code,
        bool(row.is_sample or row.of_sample),
        row.river_name or "",
        tuple(limits),
    )
