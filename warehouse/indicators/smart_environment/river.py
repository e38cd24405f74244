"""What river posts share: the limits of a post, the grade that makes its levels comparable, and its highest of a day.

A delivered limit goes before a known one of the pack. Refuses limits that do not rise: such a post has no level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from warehouse.formulas.alert_level import NORMAL
from warehouse.indicators.model import RowKey, Scope
from warehouse.rules import LimitsPack, RuleBook
from warehouse.rules.tables import TablePack
from warehouse.schema import core_river_limit as limit
from warehouse.schema import core_sensor_reading as sensor
from warehouse.schema.base import MEASURE

SOURCE, LIMIT_SOURCE, SCHEME = "dpupr_pos_air", "dpupr_ambang_pos", "siaga"
UNITS = {"tma_m": "m", "debit_m3_s": "m3/s"}
CHAINS = (("hijau", "kuning", "merah"), ("siaga", "bahaya"))  # each rises by itself
LEVELS = tuple(level for chain in CHAINS for level in chain)
LIMIT_COLUMNS = tuple(f"{level}_limit" for level in LEVELS)

Levels = tuple[tuple[str, Decimal], ...]  # a post's own thresholds, the lowest first


def delivered_levels(values: Sequence[Decimal | None]) -> Levels:
    """In the order of LEVELS; none when a later level is not above an earlier one."""
    given = dict(zip(LEVELS, values, strict=True))
    for chain in CHAINS:
        known = [bound for level in chain if (bound := given[level]) is not None]
        if any(upper <= lower for lower, upper in pairwise(known)):
            return ()
    return tuple(
        sorted(((level, bound) for level, bound in given.items() if bound is not None), key=lambda one: one[1])
    )


def known_levels(table: TablePack | None, station: str, unit: str) -> Levels:
    """Of a post that the pack knows in that unit; none for any other."""
    row = table.find("_".join(station.casefold().split())) if table else None
    if table is None or row is None or row.unit != unit:
        return ()
    return tuple((name, value) for name, value in zip(table.columns, row.values, strict=True) if value is not None)


@dataclass(frozen=True)
class River:
    """What levels are judged by."""

    table: TablePack | None
    grades: LimitsPack

    @staticmethod
    def by(rules: RuleBook) -> River:
        return River(rules.find(TablePack, SCHEME), rules.limits(SCHEME))

    def levels(self, station: str, parameter: str, delivered: Sequence[Decimal | None]) -> Levels:
        own = any(value is not None for value in delivered)
        return delivered_levels(delivered) if own else known_levels(self.table, station, UNITS.get(parameter, ""))

    def grade(self, level: str) -> Decimal:
        return Decimal(0) if level == NORMAL else self.grades.value(level)

    def answered_from(self, levels: Levels) -> Decimal | None:
        """The lowest threshold somebody has to answer; None where the post has none of that grade."""
        least = self.grades.value("ditanggapi")
        return next((bound for level, bound in levels if self.grade(level) >= least), None)


@dataclass(frozen=True)
class PostDay:
    """The highest reading of one post and parameter on one day, with the delivered limits in the order of LEVELS."""

    station_name: str
    parameter_code: str
    day: date
    highest: Decimal
    hijau_limit: Decimal | None
    kuning_limit: Decimal | None
    merah_limit: Decimal | None
    siaga_limit: Decimal | None
    bahaya_limit: Decimal | None
    is_sample: bool

    @property
    def limits(self) -> tuple[Decimal | None, ...]:
        return tuple(getattr(self, name) for name in LIMIT_COLUMNS)


def post_key(station: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """A post is the same whichever way its letters are written."""
    return sa.func.lower(sa.func.trim(station))


def post_limits(region: str) -> sa.Subquery:
    """Each row with the day its successor begins; of several spellings of a post the row that came last."""
    key = post_key(limit.c.station_name)
    order = (limit.c.valid_from_date, limit.c.submission_id, limit.c.row_no)
    following = sa.func.lead(limit.c.valid_from_date).over(partition_by=(key, limit.c.parameter_code), order_by=order)
    names = ("parameter_code", "river_name", "valid_from_date", *LIMIT_COLUMNS, "is_sample")
    own = sa.select(key.label("post"), following.label("until_date"), *limit.c[names])
    return own.where(limit.c.region_code == region).subquery("post_limit")


def is_limit_of(rows: sa.Subquery, day: sa.ColumnElement[Any], limits: sa.Subquery) -> sa.ColumnElement[bool]:
    """The limit in force at the post on a day."""
    is_over = sa.func.coalesce(limits.c.until_date <= day, sa.false())
    return sa.and_(
        limits.c.post == post_key(rows.c.station_name),
        limits.c.parameter_code == rows.c.parameter_code,
        limits.c.valid_from_date <= day,
        sa.not_(is_over),
    )


def select_days(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    day = sa.cast(sensor.c.measured_at, sa.Date).label("day")
    post = sensor.c["station_name", "parameter_code"]
    days = (
        sa.select(
            *post,
            day,
            sa.cast(sa.func.max(sensor.c.value), MEASURE).label("highest"),
            sa.func.bool_or(sensor.c.is_sample).label("is_sample"),
        )
        .where(sensor.c.region_code == scope.region_code)
        .group_by(*post, day)
        .subquery("days")
    )
    own = post_limits(scope.region_code)
    is_sample = sa.or_(days.c.is_sample, sa.func.coalesce(own.c.is_sample, sa.false())).label("is_sample")
    return (
        sa.select(*days.c["station_name", "parameter_code", "day", "highest"], *own.c[LIMIT_COLUMNS], is_sample)
        .select_from(days.outerjoin(own, is_limit_of(days, days.c.day, own)))
        .order_by(days.c.day, days.c.station_name, days.c.parameter_code)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    """Delivered readings of a day, of one post when the key names one, the highest first."""
    day = sa.cast(sensor.c.measured_at, sa.Date)
    own = sa.and_(sensor.c.region_code == key.region_code, day.between(key.period_start, key.period_end))
    rows = sa.select(*sensor.c).where(own).order_by(sensor.c.value.desc(), sensor.c.measured_at)
    return rows if key.entity_code == key.region_code else rows.where(sensor.c.station_name == key.entity_code)
