"""The last readings of each river post and parameter up to an instant. Judges no level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from warehouse.rules.tables import TablePack
from warehouse.schema import core_sensor_reading as sensor
from warehouse.schema import meta_submission as submission

UNITS = {"tma_m": "m", "debit_m3_s": "m3/s"}
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


def river_readings(connection: sa.Connection, region_code: str, instant: datetime) -> tuple[RiverReading, ...]:
    rank = sa.func.row_number().over(
        partition_by=(sensor.c.station_name, sensor.c.parameter_code), order_by=sensor.c.measured_at.desc()
    )
    ranked = (
        sa.select(sensor, submission.c.opd_code, rank.label("place"))
        .join(submission, submission.c.submission_id == sensor.c.submission_id)
        .where(sensor.c.region_code == region_code, sensor.c.measured_at <= instant)
        .subquery()
    )
    order = (ranked.c.station_name, ranked.c.parameter_code, ranked.c.place)
    rows = connection.execute(sa.select(ranked).where(ranked.c.place <= READINGS).order_by(*order))
    return tuple(
        RiverReading(
            row.station_name,
            row.parameter_code,
            UNITS.get(row.parameter_code, row.parameter_code),
            Decimal(str(row.value)),
            row.measured_at,
            row.opd_code,
            row.is_sample,
        )
        for row in rows
    )


def post_thresholds(table: TablePack | None, station: str, unit: str) -> dict[str, Decimal]:
    """Of a post that the pack knows in that unit, by level from the lowest; empty for any other."""
    row = table.find("_".join(station.casefold().split())) if table else None
    if table is None or row is None or row.unit != unit:
        return {}
    return {name: value for name, value in zip(table.columns, row.values, strict=True) if value is not None}
