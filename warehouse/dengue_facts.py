"""Facts of dengue from stored values: weeks of the region, and years of each kecamatan; counts only."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from warehouse.indicators.model import Scope
from warehouse.indicators.smart_living import dbd_ir, dbd_kasus
from warehouse.measure_facts import fact_select, known_only, with_row
from warehouse.programme_facts import stored_facts
from warehouse.rules import RuleBook
from warehouse.schema import core_dengue_week as dengue
from warehouse.schema import mart_indicator_value as mart


def dengue_cases(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return stored_facts(dbd_kasus.INDICATOR, scope, "region", numerator=mart.c.value, row_count=_row_count())


def dengue_incidence(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    parts = {name: known_only((mart.c.value,), mart.c[name]) for name in ("numerator", "denominator")}
    own = _row_count(dengue.c.kecamatan_code == mart.c.entity_code)
    return stored_facts(dbd_ir.INDICATOR, scope, "kecamatan", kecamatan_code=mart.c.entity_code, row_count=own, **parts)


def _row_count(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    """Reports of a kecamatan and week behind a stored value."""
    own = (
        dengue.c.region_code == mart.c.region_code,
        dengue.c.week_end.between(mart.c.period_start, mart.c.period_end),
    )
    count = sa.select(sa.func.count()).select_from(dengue).where(*own, *conditions)
    return count.correlate(mart).scalar_subquery()


def dengue_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """A week belongs to the month of its last day."""
    return _rows(scope, dengue.c.week_end)


def dengue_year_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """All weeks of a year stand behind its rate."""
    return _rows(scope, sa.func.make_date(sa.extract("year", dengue.c.week_end), 12, 31, type_=sa.Date))


def _rows(scope: Scope, day: sa.ColumnElement[Any]) -> sa.Select[Any]:
    area = dengue.c.kecamatan_code
    select = fact_select(dengue, day=day, kecamatan_code=area, numerator=dengue.c.case_count)
    return with_row(select.where(dengue.c.region_code == scope.region_code), dengue)
