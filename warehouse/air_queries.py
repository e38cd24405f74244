"""ISPU for pages and wall: days of the region, stations of a day, and what the publication says otherwise."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import sqlalchemy as sa

from warehouse.figures import AirBand, AirReading
from warehouse.frames import FLAG, INSTANT, INTEGER, NUMBER, TEXT
from warehouse.indicators.smart_environment.air import NO_STATION, StationDay
from warehouse.indicators.smart_environment.ispu import INDICATOR as ISPU
from warehouse.indicators.smart_environment.station_day import SCALE, differs
from warehouse.rules import RuleBook
from warehouse.schema import core_air_quality as air
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import meta_submission as submission

DIFFERENCE_TYPES = {
    "measured_date": INSTANT,
    "station_name": TEXT,
    "ispu": NUMBER,
    "category": TEXT,
    "critical": TEXT,
    "status": TEXT,
    "highest_index": NUMBER,
    "published_index": NUMBER,
    "published_category": TEXT,
    "published_critical": TEXT,
    "is_other_index": FLAG,
    "is_other_critical": FLAG,
    "is_other_category": FLAG,
    "file_name": TEXT,
    "row_no": INTEGER,
    "is_sample": FLAG,
}


def air_days(connection: sa.Connection, region_code: str, start: date, end: date) -> tuple[AirReading, ...]:
    """The worst station of each day between two days, both included; a day without a value has no index."""
    found = {
        row.period_start: _reading(row, "")
        for row in connection.execute(_values(region_code, "region").where(mart.c.period_start.between(start, end)))
    }
    days = (start + timedelta(days=count) for count in range((end - start).days + 1))
    return tuple(found.get(day, AirReading("", day, None, "", "", False)) for day in days)


def last_air_day(connection: sa.Connection, region_code: str) -> date | None:
    """The last delivered day; None before the first."""
    return connection.execute(
        sa.select(sa.func.max(air.c.measured_date)).where(air.c.region_code == region_code)
    ).scalar()


def air_stations(connection: sa.Connection, region_code: str, day: date) -> tuple[AirReading, ...]:
    """Every station that ever delivered, on one day: worst first, those without a value last."""
    stations = sa.select(sa.func.coalesce(air.c.station_name, NO_STATION)).where(air.c.region_code == region_code)
    found = {
        row.entity_code: _reading(row, row.entity_code)
        for row in connection.execute(_values(region_code, "station").where(mart.c.period_start == day))
    }
    names = connection.execute(stations.distinct()).scalars()
    readings = [found.get(name, AirReading(name, day, None, "", "", False)) for name in names]
    return tuple(sorted(readings, key=lambda one: (one.index is None, -(one.index or 0), one.station_name)))


def _values(region_code: str, kind: str) -> sa.Select[Any]:
    return sa.select(mart).where(
        mart.c.indicator_id == ISPU.id, mart.c.region_code == region_code, mart.c.entity_kind == kind
    )


def _reading(row: Any, station_name: str) -> AirReading:
    return AirReading(
        station_name, row.period_start, row.value, row.predikat or "", row.determinant or "", row.is_sample
    )


def air_bands(rules: RuleBook) -> tuple[AirBand, ...]:
    """The categories in force, lowest first, and which of them ask for a response."""
    classes, calm = rules.scale(SCALE).classes, rules.value("udara.calm_index")
    uppers = [one.lower - 1 for one in classes[1:]]  # an index is a whole number
    return tuple(
        AirBand(one.name, upper, one.lower > calm) for one, upper in zip(classes, [*uppers, None], strict=True)
    )


def ispu_differences(connection: sa.Connection, region_code: str) -> pd.DataFrame:
    """Days of a station where the publication differs from its own sub-indices, and in what; oldest first."""
    station = sa.func.coalesce(air.c.station_name, NO_STATION)
    own = sa.and_(
        mart.c.indicator_id == ISPU.id,
        mart.c.entity_kind == "station",
        mart.c.region_code == air.c.region_code,
        mart.c.entity_code == station,
        mart.c.period_start == air.c.measured_date,
    )
    select = (
        sa.select(air, mart.c.value, mart.c.predikat, mart.c.determinant, mart.c.status, submission.c.file_name)
        .select_from(air.join(mart, own).join(submission, submission.c.submission_id == air.c.submission_id))
        .where(air.c.region_code == region_code)
        .order_by(air.c.measured_date, station)
    )
    found = [_difference(row) for row in connection.execute(select)]
    kinds = ("is_other_index", "is_other_critical", "is_other_category")
    rows = [one for one in found if any(one[kind] for kind in kinds)]
    return pd.DataFrame(rows, columns=list(DIFFERENCE_TYPES)).astype(DIFFERENCE_TYPES)


def _difference(row: Any) -> dict[str, Any]:
    fields = row._mapping
    day = StationDay(**{field.name: fields[field.name] for field in dataclass_fields(StationDay)})
    highest, named = day.highest[0], day.named_critical
    is_judged = highest is not None and not day.hides_critical
    return {
        "measured_date": day.measured_date,
        "station_name": day.station,
        "ispu": _number(row.value),
        "category": row.predikat or "",
        "critical": row.determinant or "",
        "status": row.status,
        "highest_index": _number(highest),
        "published_index": _number(day.published_index),
        "published_category": day.published_category or "",
        "published_critical": day.published_critical or "",
        "is_other_index": highest is not None and day.published_index is not None and day.published_index != highest,
        "is_other_critical": is_judged and bool(named) and day.sub_indices.get(named) != highest,
        "is_other_category": differs(day.published_category, row.predikat or ""),
        "file_name": row.file_name,
        "row_no": row.row_no,
        "is_sample": day.is_sample,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
