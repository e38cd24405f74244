"""Published SPBE results of one region by year, and the check that the regulation in force covers a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, IndicatorValue, RowKey, Scope
from warehouse.indicators.periods import year_bounds
from warehouse.rules import IndexPack, RuleBook
from warehouse.schema import core_spbe_result as result
from warehouse.schema.facts import MEAN

SOURCE = "diskominfo_spbe"
SCHEME = "spbe"


@dataclass(frozen=True)
class SpbeYear:
    """One delivered year; every figure None when the region is not in its table."""

    result_year: int
    institution_name: str | None
    domain_1_index: Decimal | None
    domain_2_index: Decimal | None
    domain_3_index: Decimal | None
    domain_4_index: Decimal | None
    spbe_index: Decimal | None
    predikat: str | None
    is_sample: bool

    @property
    def domains(self) -> Mapping[int, Decimal]:
        """Published domain values by number; a missing one is left out."""
        values = (self.domain_1_index, self.domain_2_index, self.domain_3_index, self.domain_4_index)
        return {no: value for no, value in enumerate(values, 1) if value is not None}


def select_years(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """One row per delivered year, with the region's result where it has one."""
    years = (
        sa.select(result.c.result_year, sa.func.bool_or(result.c.is_sample).label("is_sample"))
        .where(result.c.institution_kind != MEAN)
        .group_by(result.c.result_year)
        .subquery()
    )
    own = result.alias()
    return (
        sa.select(
            years.c.result_year,
            own.c.institution_name,
            own.c.domain_1_index,
            own.c.domain_2_index,
            own.c.domain_3_index,
            own.c.domain_4_index,
            own.c.spbe_index,
            own.c.predikat,
            sa.func.coalesce(own.c.is_sample, years.c.is_sample).label("is_sample"),
        )
        .select_from(
            years.outerjoin(
                own,
                sa.and_(own.c.result_year == years.c.result_year, own.c.region_code == scope.region_code),
            )
        )
        .order_by(years.c.result_year)
    )


def select_rows(key: RowKey) -> sa.Select[Any]:
    """The published row behind a value."""
    return sa.select(result).where(
        result.c.region_code == key.region_code, result.c.result_year == key.period_start.year
    )


def by_year(
    data: Dataset[SpbeYear],
    rules: RuleBook,
    calculate_year: Callable[[SpbeYear, IndexPack, Scope], list[IndicatorValue]],
) -> list[IndicatorValue]:
    """Calculate each delivered year by the pack in force, or say why there is no value."""
    values: list[IndicatorValue] = []
    for row in data.rows:
        pack = rules.index_pack(SCHEME, date(row.result_year, 12, 31))
        if row.institution_name is None:
            reason = _("{region} tidak tercantum dalam hasil SPBE {year}").format(
                region=data.scope.region_name, year=row.result_year
            )
            values.append(make_value(row, data.scope, pack, status=ValueStatus.NO_DATA, reason=reason))
        elif pack is None:
            reason = not_covered(row.result_year, rules)
            values.append(make_value(row, data.scope, None, status=ValueStatus.NOT_APPLICABLE, reason=reason))
        else:
            values.extend(calculate_year(row, pack, data.scope))
    return values


def not_covered(year: int, rules: RuleBook) -> str:
    """Why a year has no SPBE index: judged by what replaced it, or by no rule of ours."""
    after = rules.pack_after(SCHEME, date(year, 12, 31))
    if after is not None:
        return _("Tahun {year} dinilai dengan Indeks {name} ({regulation}), bukan SPBE").format(
            year=year, name=after.index_name, regulation=after.regulation
        )
    return _("Tahun {year} tidak dicakup aturan SPBE yang tersedia").format(year=year)


def make_value(
    row: SpbeYear, scope: Scope, pack: IndexPack | None, *, status: ValueStatus, reason: str, **parts: Any
) -> IndicatorValue:
    """One value for a year, of the region unless `parts` says otherwise."""
    start, end = year_bounds(row.result_year)
    filled: dict[str, Any] = {
        "entity_kind": "region",
        "entity_code": scope.region_code,
        "numerator": None,
        "denominator": None,
        "value": None,
    }
    return IndicatorValue(
        region_code=scope.region_code,
        period_kind="year",
        period_start=start,
        period_end=end,
        status=status,
        reason=reason,
        rule_version=pack.rule_version if pack else "",
        is_sample=row.is_sample,
        **(filled | parts),
    )
