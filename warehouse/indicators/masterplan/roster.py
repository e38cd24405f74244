"""The programmes of each year of the masterplan, up to the year the release last heard of; who leads and who helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.masterplan.entities import Entity, entities_of
from warehouse.indicators.model import IndicatorValue, RowKey, Scope
from warehouse.indicators.periods import year_bounds
from warehouse.indicators.selects import last_receipt
from warehouse.rules import RuleBook
from warehouse.schema import core_programme as programme

SOURCE = "bappeda_program"
SCHEME = "program"
SEPARATOR = ", "
JOINT_OPD_COUNT = 2  # what "keroyokan" means everywhere: its words say two, so no region may set it


@dataclass(frozen=True)
class Listed:
    """One programme of the masterplan."""

    programme_code: str
    lead_opd_code: str
    dimension_code: str
    contributor_opd_codes: str | None
    start_year: int
    end_year: int
    last_receipt: datetime | None
    is_sample: bool

    @property
    def opd_count(self) -> int:
        """Agencies that carry it; the lead named again among its contributors counts once."""
        return len({self.lead_opd_code, *contributors(self.contributor_opd_codes)})

    def years(self) -> range:
        """Years of the programme that have begun."""
        last = self.end_year if self.last_receipt is None else min(self.end_year, self.last_receipt.year)
        return range(self.start_year, last + 1)


def contributors(codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in (codes or "").split(SEPARATOR) if code)


def select_programmes(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    names = (
        "programme_code", "lead_opd_code", "dimension_code", "contributor_opd_codes", "start_year", "end_year",
        "is_sample",
    )  # fmt: skip
    return (
        sa.select(*programme.c[names], last_receipt().label("last_receipt"))
        .where(programme.c.region_code == scope.region_code)
        .order_by(programme.c.programme_code)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    """Lines of the programme matrix that hold in a year."""
    rows = sa.select(programme).where(
        programme.c.region_code == key.region_code,
        programme.c.start_year <= key.period_end.year,
        programme.c.end_year >= key.period_start.year,
    )
    if key.entity_code == key.region_code:
        return rows
    named = {
        "opd": programme.c.lead_opd_code == key.entity_code,
        "dimension": programme.c.dimension_code == key.entity_code,
    }
    return rows.where(named[key.entity_kind] if key.entity_kind else sa.or_(*named.values()))


def by_entity_and_year(rows: Iterable[Listed], region_code: str) -> dict[tuple[Entity, int], list[Listed]]:
    """Programmes of each entity in each year."""
    found: dict[tuple[Entity, int], list[Listed]] = {}
    for row in rows:
        for entity in entities_of(region_code, row.lead_opd_code, row.dimension_code):
            for year in row.years():
                found.setdefault((entity, year), []).append(row)
    return found


@dataclass(frozen=True)
class YearOf:
    """Makes values of one entity for one year."""

    region_code: str
    entity: Entity
    year: int
    rule_version: str

    def value(self, status: ValueStatus, reason: str, *, is_sample: bool) -> IndicatorValue:
        """A value without a number; whoever has one adds it."""
        start, end = year_bounds(self.year)
        return IndicatorValue(
            region_code=self.region_code,
            entity_kind=self.entity.kind,
            entity_code=self.entity.code,
            period_kind="year",
            period_start=start,
            period_end=end,
            numerator=None,
            denominator=None,
            value=None,
            status=status,
            reason=reason,
            rule_version=self.rule_version,
            is_sample=is_sample,
            opd_code=self.entity.code if self.entity.kind == "opd" else None,
        )
