"""Yearly SIPSN tonnage of one region, and the one formula shape its three shares have in common."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, IndicatorValue, RowKey, Scope, percent
from warehouse.indicators.periods import year_bounds
from warehouse.rules import RuleBook, round_half_up
from warehouse.schema import core_waste_management as management

SOURCE = "dlh_capaian_sampah"
SCHEME = "pengelolaan_sampah"


@dataclass(frozen=True)
class WasteYear:
    """One delivered year; `region_name` None when the region is not in its table."""

    data_year: int
    region_name: str | None
    generation_ton: Decimal | None
    reduced_ton: Decimal | None
    reduced_pct: Decimal | None
    handled_ton: Decimal | None
    handled_pct: Decimal | None
    managed_pct: Decimal | None
    is_sample: bool


def years_with_region(table: sa.Table, columns: tuple[str, ...], region_code: str) -> sa.Select[Any]:
    """One row per delivered year of a yearly table, with the region's own columns where it has a row."""
    years = (
        sa.select(table.c.data_year, sa.func.bool_or(table.c.is_sample).label("is_sample"))
        .group_by(table.c.data_year)
        .subquery()
    )
    own = table.alias()
    same = sa.and_(own.c.data_year == years.c.data_year, own.c.region_code == region_code)
    return (
        sa.select(
            years.c.data_year,
            *(own.c[name] for name in columns),
            sa.func.coalesce(own.c.is_sample, years.c.is_sample).label("is_sample"),
        )
        .select_from(years.outerjoin(own, same))
        .order_by(years.c.data_year)
    )


def select_years(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    names = (
        "region_name", "generation_ton", "reduced_ton", "reduced_pct", "handled_ton", "handled_pct", "managed_pct",
    )  # fmt: skip
    return years_with_region(management, names, scope.region_code)


def select_rows(key: RowKey) -> sa.Select[Any]:
    """The published row behind a share."""
    return sa.select(management).where(
        management.c.region_code == key.region_code, management.c.data_year == key.period_start.year
    )


@dataclass(frozen=True)
class Part:
    """One tonnage that goes into a share; None was left empty by the publisher."""

    name: str
    ton: Decimal | None


def share_of_generation(
    row: WasteYear, scope: Scope, rules: RuleBook, parts: tuple[Part, ...], published_pct: Decimal | None
) -> IndicatorValue:
    """Sum of the parts over the waste generated, in percent at the publisher's decimals."""
    limits = rules.limits(SCHEME)
    tonnages = [part.ton for part in parts if part.ton is not None]
    numerator = sum(tonnages, Decimal(0)) if len(tonnages) == len(parts) else None
    value: Decimal | None = None
    status, reason = _completeness(row, scope, parts)
    if status is ValueStatus.CALCULATED and numerator is not None and row.generation_ton:
        value = round_half_up(percent(numerator, row.generation_ton), int(limits.value("share_decimals")))
        if published_pct is not None and published_pct != value:
            reason = _("Terbitan SIPSN {published} %").format(published=str(published_pct).replace(".", ","))
    return YearValue(row.data_year, scope, row.is_sample, limits.rule_version)(
        numerator=numerator, denominator=row.generation_ton, value=value, status=status, reason=reason
    )


def _completeness(row: WasteYear, scope: Scope, parts: tuple[Part, ...]) -> tuple[ValueStatus, str]:
    if row.region_name is None:
        return ValueStatus.NO_DATA, absent_reason(scope, row.data_year)
    empty = [part.name for part in parts if part.ton is None]
    if row.generation_ton is None:
        empty.append(_("timbulan"))
    if empty:
        return ValueStatus.INCOMPLETE, _("Ton {names} tahun {year} kosong di SIPSN").format(
            names=_(" dan ").join(empty), year=row.data_year
        )
    if not row.generation_ton:
        return ValueStatus.INCOMPLETE, _("Timbulan tahun {year} tertulis nol di SIPSN").format(year=row.data_year)
    return ValueStatus.CALCULATED, ""


def absent_reason(scope: Scope, year: int) -> str:
    return _("{region} tidak tercantum dalam data SIPSN {year}").format(region=scope.region_name, year=year)


@dataclass(frozen=True)
class YearValue:
    """Makes values of the region for one year."""

    year: int
    scope: Scope
    is_sample: bool
    rule_version: str

    def __call__(
        self,
        *,
        numerator: Decimal | None,
        denominator: Decimal | None,
        value: Decimal | None,
        status: ValueStatus,
        reason: str,
    ) -> IndicatorValue:
        start, end = year_bounds(self.year)
        return IndicatorValue(
            region_code=self.scope.region_code,
            entity_kind="region",
            entity_code=self.scope.region_code,
            period_kind="year",
            period_start=start,
            period_end=end,
            numerator=numerator,
            denominator=denominator,
            value=value,
            status=status,
            reason=reason,
            rule_version=self.rule_version,
            is_sample=self.is_sample,
        )


def shares_by_year(data: Dataset[WasteYear], rules: RuleBook, which: str) -> list[IndicatorValue]:
    """One share for each delivered year: "reduced", "handled" or "managed" (the sum of both)."""
    values = []
    for row in data.rows:
        reduced, handled = Part(_("pengurangan"), row.reduced_ton), Part(_("penanganan"), row.handled_ton)
        parts, published = {
            "reduced": ((reduced,), row.reduced_pct),
            "handled": ((handled,), row.handled_pct),
            "managed": ((reduced, handled), row.managed_pct),
        }[which]
        values.append(share_of_generation(row, data.scope, rules, parts, published))
    return values
