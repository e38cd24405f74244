"""Facts behind measures at their finest useful grain, all with the same columns; selects only, nothing is run here.

A part that is missing leaves numerator and denominator empty, so that it never counts as zero.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from warehouse.indicators.model import Scope
from warehouse.indicators.smart_living.incidents import is_false, is_fire, response_seconds
from warehouse.indicators.spbe.published import SCHEME as SPBE
from warehouse.rules import RuleBook
from warehouse.schema import core_call as call
from warehouse.schema import core_incident as incident
from warehouse.schema import core_spbe_result as result
from warehouse.schema import core_waste_generation as generation
from warehouse.schema import core_waste_management as management
from warehouse.schema import mart_call_hourly as hourly
from warehouse.schema.base import MEASURE

ROW_MARK = "row__"  # in front of the columns of a delivered row
EMPTY: dict[str, sa.types.TypeEngine[Any]] = {
    "hour": sa.Integer(),
    "kecamatan_code": sa.Text(),
    "opd_code": sa.Text(),
    "dimension_code": sa.Text(),
    "station": sa.Text(),
    "denominator": MEASURE,
    "submission_id": sa.Text(),
    "row_no": sa.Integer(),
}
FACT_COLUMNS = (
    "day", "hour", "region_code", "kecamatan_code", "opd_code", "dimension_code", "station", "numerator",
    "denominator", "event_count", "row_count", "is_sample", "submission_id", "row_no",
)  # fmt: skip
CALL_COLUMNS = (
    "call_id", "ticket_no", "call_kind_code", "offered_at", "answered_at", "ended_at", "wait_seconds", "talk_seconds",
)  # fmt: skip


def fact_select(table: sa.FromClause, **parts: Any) -> sa.Select[Any]:
    """A select with all columns of a fact; those not named are empty, lineage is the table's own where it has one."""
    own = {name: table.c[name] for name in ("region_code", "is_sample", "submission_id", "row_no") if name in table.c}
    filled = {"event_count": sa.literal(1), "row_count": sa.literal(1)} | own | parts
    columns = []
    for name in FACT_COLUMNS:
        column = filled.get(name, sa.null())
        if name in EMPTY:
            column = sa.cast(column, EMPTY[name])
        elif name == "numerator":
            column = sa.cast(column, MEASURE)
        columns.append(column.label(name))
    return sa.select(*columns).select_from(table)


def with_row(select: sa.Select[Any], table: sa.FromClause, names: tuple[str, ...] = ()) -> sa.Select[Any]:
    """The same facts with the columns of the delivered row beside them."""
    lineage = ("submission_id", "row_no", "is_sample")
    shown = names or tuple(column.name for column in table.c if column.name not in lineage)
    return select.add_columns(*(table.c[name].label(ROW_MARK + name) for name in shown))


def known_only(parts: tuple[sa.ColumnElement[Any], ...], value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """`value` where every part is known."""
    return sa.case((sa.and_(*(part.is_not(None) for part in parts)), value), else_=sa.null())


def one_if(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 1), else_=0)


# Calls: one fact an hour that was delivered.


def _hours(scope: Scope, **parts: Any) -> sa.Select[Any]:
    select = fact_select(
        hourly, day=hourly.c.call_date, hour=hourly.c.call_hour, row_count=hourly.c.offered_count, **parts
    )
    return select.where(hourly.c.region_code == scope.region_code)


def offered_calls(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _hours(scope, numerator=hourly.c.offered_count, event_count=hourly.c.offered_count)


def answered_calls(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _judged_calls(scope, hourly.c.answered_in_time_count)


def abandoned_calls(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _judged_calls(scope, hourly.c.abandoned_count)


def _judged_calls(scope: Scope, part: sa.ColumnElement[Any]) -> sa.Select[Any]:
    judged = hourly.c.answered_count + hourly.c.abandoned_count
    return _hours(scope, numerator=part, denominator=judged, event_count=judged)


def call_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    day, hour = sa.cast(call.c.offered_at, sa.Date), sa.extract("hour", call.c.offered_at)
    select = fact_select(call, day=day, hour=hour, numerator=sa.literal(1))
    return with_row(select.where(call.c.region_code == scope.region_code), call, CALL_COLUMNS)


# Incidents: one fact a ticket whose arrival is known.


def _arrived(scope: Scope, **parts: Any) -> sa.Select[Any]:
    places = {"kecamatan_code": incident.c.kecamatan_code, "opd_code": incident.c.opd_code}
    select = fact_select(
        incident, day=sa.cast(incident.c.reported_at, sa.Date), denominator=sa.literal(1), **places, **parts
    )
    return select.where(incident.c.region_code == scope.region_code, incident.c.arrived_at.is_not(None))


def fire_responses(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """Seconds from report to arrival of each genuine fire."""
    genuine = sa.and_(is_fire, sa.not_(is_false(scope.region_code)))
    return _arrived(scope, numerator=response_seconds).where(genuine)


def fire_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(fire_responses(scope, rules), incident)


def arrivals(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    limit = rules.count("layanan_112.arrival_limit_minutes") * 60
    return _arrived(scope, numerator=one_if(response_seconds <= limit))


def arrival_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(arrivals(scope, rules), incident)


# Published yearly figures of regions: one fact a region and year. A year counts by its last day.


def _year_end(year: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.make_date(year, 12, 31, type_=sa.Date)


def waste_generation(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """Tons a day, as published: regions add up, years do not."""
    ton = generation.c.generation_daily_ton
    known = generation.c.region_code.is_not(None)
    return fact_select(generation, day=_year_end(generation.c.data_year), numerator=ton).where(known)


def waste_generation_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(waste_generation(scope, rules), generation)


def _waste_share(*parts: sa.ColumnElement[Any]) -> sa.Select[Any]:
    whole = management.c.generation_ton
    known = (*parts, sa.func.nullif(whole, 0))
    total: sa.ColumnElement[Any] = parts[0]
    for part in parts[1:]:
        total = total + part
    return fact_select(
        management,
        day=_year_end(management.c.data_year),
        numerator=known_only(known, total),
        denominator=known_only(known, whole),
        event_count=known_only(known, sa.literal(1)),
    ).where(management.c.region_code.is_not(None))


def waste_reduced(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _waste_share(management.c.reduced_ton)


def waste_handled(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _waste_share(management.c.handled_ton)


def waste_managed(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _waste_share(management.c.reduced_ton, management.c.handled_ton)


def waste_reduced_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(waste_reduced(scope, rules), management)


def waste_handled_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(waste_handled(scope, rules), management)


def waste_managed_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(waste_managed(scope, rules), management)


def spbe_index(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """Published indices of the years the SPBE regulation covers; a later scheme is another series."""
    packs = [pack for pack in rules.index_packs if pack.scheme == SPBE]
    day = _year_end(result.c.result_year)
    covered = sa.or_(
        sa.false(), *(day.between(pack.valid_from, pack.valid_until or date.max) for pack in packs)
    )  # fmt: skip
    return fact_select(result, day=day, numerator=result.c.spbe_index).where(
        result.c.region_code.is_not(None), covered
    )  # fmt: skip


def spbe_index_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(spbe_index(scope, rules), result)
