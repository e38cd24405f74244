"""Fills the hourly call table: one row for every hour a delivery covers, so that a missing row means "not delivered".

An hour without calls inside a covered day is a real zero. Refuses nothing: it counts only what was accepted.
"""

from __future__ import annotations

import sqlalchemy as sa

from warehouse.indicators.selects import ACCEPTED, seconds_between
from warehouse.rules import RuleBook
from warehouse.schema import core_call as call
from warehouse.schema import mart_call_hourly as hourly
from warehouse.schema import meta_submission as submission

CALLS_SOURCE = "bpbd_panggilan_112"
MINUTE: sa.ColumnClause[str] = sa.literal_column("'minute'")
MICROSECOND = sa.text("INTERVAL 1 MICROSECOND")


def build_rollups(connection: sa.Connection, rules: RuleBook) -> None:
    """Rebuild `mart_call_hourly` from `core_call`."""
    connection.execute(sa.delete(hourly))
    counts, covered = _calls_per_hour(rules), _covered_days()
    hours = sa.select(sa.func.unnest(sa.func.range(24)).label("call_hour")).subquery("hours")
    same_hour = sa.and_(
        counts.c.region_code == covered.c.region_code,
        counts.c.call_date == covered.c.call_date,
        counts.c.call_hour == hours.c.call_hour,
    )
    names = [column.name for column in hourly.columns if column.name.endswith("_count")]
    rows = (
        sa.select(
            covered.c.region_code,
            covered.c.call_date,
            hours.c.call_hour,
            *(sa.func.coalesce(counts.c[name], 0).label(name) for name in names),
            sa.func.coalesce(counts.c.is_sample, covered.c.is_sample).label("is_sample"),
        )
        .select_from(covered.join(hours, sa.true()).outerjoin(counts, same_hour))
        .where(sa.or_(hours.c.call_hour < covered.c.hour_count, counts.c.offered_count.is_not(None)))
        .order_by(covered.c.region_code, covered.c.call_date, hours.c.call_hour)
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


def _covered_days() -> sa.Subquery:
    """How many whole hours of each day the deliveries that supplied it say they are complete to."""
    deliveries = sa.and_(submission.c.source_id == CALLS_SOURCE, submission.c.status.in_(ACCEPTED))
    supplied = (
        sa.select(
            call.c.region_code,
            sa.cast(call.c.offered_at, sa.Date).label("call_date"),
            sa.func.coalesce(submission.c.data_until, sa.func.max(call.c.offered_at).over()).label("until"),
            call.c.is_sample,
        )
        .join_from(call, submission, call.c.submission_id == submission.c.submission_id)
        .where(deliveries)
    )
    # a delivery may hold no call at all, early in the day
    region = sa.select(sa.func.max(call.c.region_code)).scalar_subquery()
    empty = sa.select(
        region.label("region_code"),
        sa.cast(submission.c.data_until - MICROSECOND, sa.Date).label("call_date"),
        submission.c.data_until.label("until"),
        submission.c.is_sample,
    ).where(deliveries, submission.c.data_until.is_not(None), region.is_not(None))
    parts = sa.union_all(supplied, empty).subquery("deliveries")
    minutes = sa.func.date_diff(MINUTE, sa.cast(parts.c.call_date, sa.DateTime), sa.func.max(parts.c.until))
    # "until 23.59" is complete to midnight: see indicators/periods.py
    hour_count = sa.func.least(24, sa.cast(sa.func.floor((minutes + 1) / sa.literal_column("60.0")), sa.Integer))
    return (
        sa.select(
            parts.c.region_code,
            parts.c.call_date,
            hour_count.label("hour_count"),
            sa.func.bool_or(parts.c.is_sample).label("is_sample"),
        )
        .group_by(parts.c.region_code, parts.c.call_date)
        .subquery("covered")
    )
