"""The facts of a cut in SQL: filtered, keyed by group, and put together per group; values are bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from warehouse.cuts import COLUMNS, Cut
from warehouse.filters import Span
from warehouse.group_names import NOT_RECORDED
from warehouse.measures import REGION, TIME
from warehouse.rules import RuleBook
from warehouse.schema import meta_submission as submission

NOW, THEN = "kini", "banding"
STEPS: Mapping[str, sa.ColumnClause[str]] = {step: sa.literal_column(f"'{step}'") for step in ("day", "month", "year")}


@dataclass(frozen=True)
class Parts:
    """Facts of one group in one span, put together."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    event_count: int = 0
    row_count: int = 0
    fact_count: int = 0
    is_sample: bool = False
    last_day: date = date.min

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            _sum(self.numerator, other.numerator),
            _sum(self.denominator, other.denominator),
            self.event_count + other.event_count,
            self.row_count + other.row_count,
            self.fact_count + other.fact_count,
            self.is_sample or other.is_sample,
            max(self.last_day, other.last_day),
        )


@dataclass(frozen=True)
class Found:
    """Parts by key of the group, in the span asked for and in the one it is compared with."""

    now: Mapping[str, Parts]
    then: Mapping[str, Parts]


def read_parts(connection: sa.Connection, cut: Cut, rules: RuleBook) -> Found:
    """Both spans in one grouped query."""
    spans = {NOW: cut.span} | ({THEN: cut.compared} if cut.compared else {})
    found: dict[str, dict[str, Parts]] = {NOW: {}, THEN: {}}
    for row in connection.execute(sa.union_all(*(_grouped(cut, rules, *each) for each in spans.items()))):
        found[row.part][row.group_key] = Parts(
            None if row.numerator is None else Decimal(row.numerator),
            None if row.denominator is None else Decimal(row.denominator),
            int(row.event_count or 0),
            int(row.row_count or 0),
            int(row.fact_count),
            bool(row.is_sample),
            row.last_day,
        )
    return Found(found[NOW], found[THEN])


def _grouped(cut: Cut, rules: RuleBook, name: str, span: Span) -> sa.Select[Any]:
    facts = keyed_facts(cut, cut.measure.select(cut.scope, rules), span)
    together = sa.func.max if cut.measure.kind == "index" else sa.func.sum
    return sa.select(
        sa.literal(name).label("part"),
        facts.c.group_key,
        together(facts.c.numerator).label("numerator"),
        sa.func.sum(facts.c.denominator).label("denominator"),
        sa.func.sum(facts.c.event_count).label("event_count"),
        sa.func.sum(facts.c.row_count).label("row_count"),
        sa.func.count().label("fact_count"),
        sa.func.bool_or(facts.c.is_sample).label("is_sample"),
        sa.func.max(facts.c.day).label("last_day"),
    ).group_by(facts.c.group_key)


def keyed_facts(cut: Cut, select: sa.Select[Any], span: Span) -> sa.Subquery:
    """Facts of a cut within a span, each with the key of its group."""
    facts = select.subquery("facts")
    key = _group_key(cut, facts)
    chosen = sa.select(*facts.c, key.label("group_key")).where(*_conditions(cut, facts, span))
    if cut.measure.over_time == "sum":
        return chosen.subquery("chosen")
    # No window over everything: of few rows read by several threads DuckDB now and then makes an internal error.
    dated = chosen.cte()
    latest = sa.select(sa.func.max(dated.c.day))
    if cut.grouping == TIME:
        other = dated.alias()
        latest = sa.select(sa.func.max(other.c.day)).where(other.c.group_key == dated.c.group_key).correlate(dated)
    return sa.select(*dated.c).where(dated.c.day == latest.scalar_subquery()).subquery("chosen")


def _conditions(cut: Cut, facts: sa.Subquery, span: Span) -> list[sa.ColumnElement[bool]]:
    conditions = [facts.c.day <= span.end, facts.c.region_code.in_(cut.regions), _sent_by(cut, facts)]
    if span.start is not None:
        conditions.append(facts.c.day >= span.start)
    limit = cut.hour_limit(span)
    if limit is not None:
        conditions.append(sa.or_(facts.c.day < span.end, facts.c.hour < limit))
    if cut.is_sample is not None:
        conditions.append(facts.c.is_sample == cut.is_sample)
    return conditions + [facts.c[column].in_(codes) for column, codes in cut.chosen]


def _group_key(cut: Cut, facts: sa.Subquery) -> sa.ColumnElement[str]:
    """A code, or the first day of a row of time; an index of several regions keeps them apart."""
    if cut.grouping != TIME:
        return sa.func.coalesce(facts.c[COLUMNS[cut.grouping]], NOT_RECORDED)
    bucket = sa.cast(sa.cast(sa.func.date_trunc(STEPS[cut.step], facts.c.day), sa.Date), sa.Text)
    if cut.measure.kind == "index" and REGION in cut.measure.dimensions and len(cut.regions) > 1:
        return bucket + "|" + facts.c.region_code
    return bucket


def _sent_by(cut: Cut, facts: sa.Subquery) -> sa.ColumnElement[bool]:
    if cut.senders is None:
        return sa.true()
    own = [pair for pair in cut.senders if pair[0] in cut.measure.indicator.source_ids]
    if not own or cut.measure.sender == "source":  # facts that carry no delivery: their source has one sender
        return sa.true() if own else sa.false()
    if cut.measure.sender == "opd":
        return facts.c.opd_code.in_([opd for _source, opd in own])
    chosen = sa.select(submission.c.submission_id).where(
        sa.or_(*(sa.and_(submission.c.source_id == source, submission.c.opd_code == opd) for source, opd in own))
    )
    return facts.c.submission_id.in_(chosen)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else one + other
