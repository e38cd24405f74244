"""Fills the hourly call table: one row for every hour a delivery covers, so that a missing row means "not delivered".

A covered hour without calls is a real zero; an hour between two deliveries is not covered. Refuses nothing: it counts
only what was accepted.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from warehouse.indicators.selects import ACCEPTED, seconds_between
from warehouse.rules import RuleBook
from warehouse.schema import core_call as call
from warehouse.schema import mart_call_hourly as hourly
from warehouse.schema import meta_submission as submission

CALLS_SOURCE = "bpbd_panggilan_112"
HOUR: sa.ColumnClause[str] = sa.literal_column("'hour'")
DAY: sa.ColumnClause[str] = sa.literal_column("'day'")
MICROSECOND: sa.ColumnClause[Any] = sa.literal_column("INTERVAL 1 MICROSECOND", sa.Interval)
ONE_MINUTE: sa.ColumnClause[Any] = sa.literal_column("INTERVAL 1 MINUTE", sa.Interval)
ONE_HOUR: sa.ColumnClause[Any] = sa.literal_column("INTERVAL 1 HOUR", sa.Interval)
ONE_DAY: sa.ColumnClause[Any] = sa.literal_column("INTERVAL 1 DAY", sa.Interval)


def build_rollups(connection: sa.Connection, rules: RuleBook) -> None:
    """Rebuild `mart_call_hourly` from `core_call`."""
    connection.execute(sa.delete(hourly))
    counts, covered = _calls_per_hour(rules), _covered_hours()
    same_hour = sa.and_(*(counts.c[name] == covered.c[name] for name in ("region_code", "call_date", "call_hour")))
    names = [column.name for column in hourly.columns if column.name.endswith("_count")]
    rows = (
        sa.select(
            *covered.c["region_code", "call_date", "call_hour"],
            *(sa.func.coalesce(counts.c[name], 0).label(name) for name in names),
            sa.func.coalesce(counts.c.is_sample, covered.c.is_sample).label("is_sample"),
        )
        .select_from(covered.outerjoin(counts, same_hour))
        .order_by(covered.c.region_code, covered.c.call_date, covered.c.call_hour)
    )
    connection.execute(hourly.insert().from_select([column.name for column in hourly.columns], rows))


def _calls_per_hour(rules: RuleBook) -> sa.Subquery:
    limits = rules.limits("layanan_112")
    wait = sa.func.coalesce(
        sa.case(
            (call.c.answered_at.is_not(None), seconds_between(call.c.offered_at, call.c.answered_at)),
            else_=seconds_between(call.c.offered_at, call.c.ended_at),
        ),
        call.c.wait_seconds,
    )
    answered = call.c.answered_at.is_not(None)
    in_time = sa.and_(answered, wait <= float(limits.value("answer_within_seconds")))
    # without any time to judge by, an abandoned call counts: leaving it out would flatter the service
    short = sa.and_(sa.not_(answered), sa.func.coalesce(wait < float(limits.value("short_call_seconds")), False))

    def count_if(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
        return sa.func.count().filter(condition).label(name)

    def count_kind(code: str, name: str) -> sa.Label[int]:
        return count_if(call.c.call_kind_code == code, name)

    call_date = sa.cast(call.c.offered_at, sa.Date)
    call_hour = sa.extract("hour", call.c.offered_at)
    return (
        sa.select(
            call.c.region_code,
            call_date.label("call_date"),
            call_hour.label("call_hour"),
            sa.func.count().label("offered_count"),
            count_if(answered, "answered_count"),
            count_if(in_time, "answered_in_time_count"),
            count_if(sa.and_(sa.not_(answered), sa.not_(short)), "abandoned_count"),
            count_if(short, "short_abandoned_count"),
            count_kind("normal", "genuine_count"),
            count_kind("informasi", "information_count"),
            count_kind("prank", "prank_count"),
            count_kind("ghost", "ghost_count"),
            sa.func.bool_or(call.c.is_sample).label("is_sample"),
        )
        .group_by(call.c.region_code, call_date, call_hour)
        .subquery("counts")
    )


def _covered_hours() -> sa.Subquery:
    """Each whole hour inside what a delivery says it is complete for; an hour nobody delivered is not among them."""
    deliveries = sa.and_(submission.c.source_id == CALLS_SOURCE, submission.c.status.in_(ACCEPTED))
    until, day = submission.c.data_until, sa.cast(call.c.offered_at, sa.Date)
    declared = sa.select(
        sa.func.coalesce(submission.c.data_from, _start_of(DAY, until - MICROSECOND)).label("since"),
        until.label("until"),
        submission.c.is_sample,
    ).where(deliveries, until.is_not(None))
    # a delivery that does not say since when: each day it has calls of
    last_call = sa.select(sa.func.max(call.c.offered_at)).scalar_subquery()
    supplied = (
        sa.select(
            sa.cast(day, sa.DateTime).label("since"),
            sa.func.least(sa.func.coalesce(until, last_call), sa.cast(day, sa.DateTime) + ONE_DAY).label("until"),
            submission.c.is_sample,
        )
        .distinct()
        .join_from(call, submission, call.c.submission_id == submission.c.submission_id)
        .where(deliveries, submission.c.data_from.is_(None))
    )
    parts = sa.union_all(declared, supplied).subquery("deliveries")
    # "until 23.59" is complete to midnight: see indicators/periods.py
    first, end = _start_of(HOUR, parts.c.since - MICROSECOND) + ONE_HOUR, _start_of(HOUR, parts.c.until + ONE_MINUTE)
    hours = sa.select(
        sa.func.unnest(sa.func.range(first, end, ONE_HOUR), type_=sa.DateTime).label("since"), parts.c.is_sample
    ).subquery("hours")
    region = sa.select(sa.func.max(call.c.region_code)).scalar_subquery()
    call_date, call_hour = sa.cast(hours.c.since, sa.Date), sa.extract("hour", hours.c.since)
    return (
        sa.select(
            region.label("region_code"),
            call_date.label("call_date"),
            call_hour.label("call_hour"),
            sa.func.bool_or(hours.c.is_sample).label("is_sample"),
        )
        .where(region.is_not(None))
        .group_by(call_date, call_hour)
        .subquery("covered")
    )


def _start_of(unit: sa.ColumnElement[Any], instant: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.date_trunc(unit, instant, type_=sa.DateTime)
