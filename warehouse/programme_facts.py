"""Facts of programmes, budgets, air and waste by kecamatan, from the same inputs and stored values as indicators.

A month counts only where the indicator has a value of the region for it; what is left out there is left out here.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from warehouse.indicators.anggaran import lra
from warehouse.indicators.anggaran import serapan as budget_absorption
from warehouse.indicators.masterplan import deviasi_fisik, deviasi_keuangan, roster, tanpa_laporan
from warehouse.indicators.masterplan import serapan as programme_absorption
from warehouse.indicators.model import Indicator, Scope
from warehouse.indicators.selects import last_receipt
from warehouse.indicators.smart_environment import ispu, sampah_per_orang
from warehouse.indicators.smart_environment.air import NO_STATION
from warehouse.measure_facts import fact_select, known_only, one_if, with_row
from warehouse.rules import RuleBook
from warehouse.schema import core_air_quality as air
from warehouse.schema import core_budget_realisation as realisation
from warehouse.schema import core_programme as programme
from warehouse.schema import core_programme_progress as progress
from warehouse.schema import core_waste_month as waste
from warehouse.schema import mart_indicator_value as mart

REPORTED = ("physical_actual_pct", "financial_actual_pct", "realised_idr")


def _last_day(month: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.last_day(month, type_=sa.Date)


# Programmes: one fact a programme and month.


class _ProgrammeMonths:
    """Programme months of an indicator with the place of the programme and the delivered row."""

    def __init__(self, indicator: Indicator, scope: Scope, rules: RuleBook) -> None:
        if indicator.inputs is None:
            raise ValueError(f"{indicator.id} has no inputs")
        self.region = scope.region_code
        self.months = indicator.inputs(scope, rules).order_by(None).subquery("months")
        self.is_reported = sa.or_(*(self.months.c[name].is_not(None) for name in REPORTED))
        self.settled = sa.select(mart.c.period_start).where(
            mart.c.indicator_id == indicator.id, mart.c.region_code == self.region, mart.c.entity_kind == "region"
        )

    def select(self, **parts: Any) -> sa.Select[Any]:
        own = self.months.c
        sent = sa.and_(progress.c.programme_code == own.programme_code, progress.c.report_month == own.report_month)
        plan = sa.and_(programme.c.programme_code == own.programme_code, programme.c.region_code == self.region)
        source = self.months.outerjoin(progress, sa.and_(sent, progress.c.region_code == self.region)).outerjoin(
            programme, plan
        )
        return fact_select(
            source,
            day=_last_day(own.report_month),
            region_code=sa.literal(self.region),
            kecamatan_code=sa.func.coalesce(programme.c.kecamatan_code, self.region),  # the whole region
            opd_code=own.lead_opd_code,
            dimension_code=own.dimension_code,
            is_sample=own.is_sample,
            submission_id=progress.c.submission_id,
            row_no=progress.c.row_no,
            row_count=one_if(progress.c.submission_id.is_not(None)),
            **parts,
        ).where(own.report_month.in_(self.settled))

    def share(self, part: sa.ColumnElement[Any], *needed: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """`part` over the budget, of programmes that reported all that is needed and have a budget."""
        budget = self.months.c.budget_idr
        complete = (*needed, sa.case((sa.and_(self.is_reported, budget > 0), budget)))
        return self.select(
            numerator=known_only(complete, part),
            denominator=known_only(complete, budget),
            event_count=known_only(complete, sa.literal(1)),
        )


def _deviation(months: _ProgrammeMonths, kind: str) -> sa.Select[Any]:
    actual, plan = months.months.c[f"{kind}_actual_pct"], months.months.c[f"{kind}_plan_pct"]
    return months.share((actual - plan) * months.months.c.budget_idr, actual, plan)


def physical_deviation(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _deviation(_ProgrammeMonths(deviasi_fisik.INDICATOR, scope, rules), "physical")


def financial_deviation(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return _deviation(_ProgrammeMonths(deviasi_keuangan.INDICATOR, scope, rules), "financial")


def absorption(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    months = _ProgrammeMonths(programme_absorption.INDICATOR, scope, rules)
    return months.share(months.months.c.realised_idr, months.months.c.realised_idr)


def unreported(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    months = _ProgrammeMonths(tanpa_laporan.INDICATOR, scope, rules)
    months.settled = months.settled.where(mart.c.value.is_not(None))
    return months.select(numerator=one_if(sa.not_(months.is_reported)))


def physical_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(physical_deviation(scope, rules), progress)


def financial_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(financial_deviation(scope, rules), progress)


def absorption_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return with_row(absorption(scope, rules), progress)


def unreported_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """The reports that did come; what did not come has no row."""
    return with_row(unreported(scope, rules), progress)


def joint_programmes(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """One fact a programme and year that has begun; the lead named again among its contributors counts once."""
    own = programme.c
    helpers = sa.func.string_split(own.contributor_opd_codes, roster.SEPARATOR)
    agencies = sa.func.len(sa.func.list_distinct(sa.func.list_append(helpers, own.lead_opd_code)))
    count = sa.case((sa.func.coalesce(own.contributor_opd_codes, "") == "", 1), else_=agencies)
    last = sa.func.least(own.end_year, sa.func.coalesce(sa.extract("year", last_receipt()), own.end_year))
    years = sa.func.unnest(sa.func.range(own.start_year, last + 1), type_=sa.Integer)
    listed = (
        sa.select(*own, years.label("year"), count.label("opd_count"))
        .where(own.region_code == scope.region_code)
        .subquery("listed")
    )
    return fact_select(
        listed,
        day=sa.func.make_date(listed.c.year, 12, 31, type_=sa.Date),
        kecamatan_code=sa.func.coalesce(listed.c.kecamatan_code, scope.region_code),
        opd_code=listed.c.lead_opd_code,
        dimension_code=listed.c.dimension_code,
        numerator=one_if(listed.c.opd_count >= roster.JOINT_OPD_COUNT),
        denominator=sa.literal(1),
    )


def joint_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    select = joint_programmes(scope, rules)
    listed = select.get_final_froms()[0]
    names = tuple(column.name for column in programme.c if column.name not in ("submission_id", "row_no", "is_sample"))
    return with_row(select, listed, names)


# Budgets and air: one fact a stored value of an agency and month, of a station and day.


def stored_facts(indicator: Indicator, scope: Scope, kind: str, **parts: Any) -> sa.Select[Any]:
    return fact_select(
        mart, day=mart.c.period_end, event_count=one_if(mart.c.value.is_not(None)), **parts
    ).where(
        mart.c.indicator_id == indicator.id, mart.c.region_code == scope.region_code, mart.c.entity_kind == kind
    )  # fmt: skip


def budgets(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    known = (mart.c.value,)
    own = mart.alias()
    settled = sa.select(own.c.period_start).where(
        own.c.indicator_id == budget_absorption.INDICATOR.id,
        own.c.region_code == scope.region_code,
        own.c.entity_kind == "region",
    )
    return stored_facts(
        budget_absorption.INDICATOR,
        scope,
        "opd",
        opd_code=mart.c.entity_code,
        numerator=known_only(known, mart.c.numerator),
        denominator=known_only(known, mart.c.denominator),
    ).where(mart.c.period_start.in_(settled))


def budget_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    select = fact_select(
        realisation,
        day=_last_day(realisation.c.period_end),
        opd_code=realisation.c.opd_code,
        numerator=realisation.c.realised_idr,
    )
    own = sa.and_(realisation.c.region_code == scope.region_code, lra.is_spending())
    return with_row(select.where(own), realisation)


def air_index(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    return stored_facts(ispu.INDICATOR, scope, "station", station=mart.c.entity_code, numerator=mart.c.value)


def air_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    station = sa.func.coalesce(air.c.station_name, NO_STATION)
    select = fact_select(air, day=air.c.measured_date, station=station, numerator=air.c.published_index)
    return with_row(select.where(air.c.region_code == scope.region_code), air)


def waste_by_area(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    parts = {"numerator": mart.c.numerator, "denominator": mart.c.denominator}
    return stored_facts(sampah_per_orang.INDICATOR, scope, "kecamatan", kecamatan_code=mart.c.entity_code, **parts)


def waste_by_area_rows(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    weighed = sampah_per_orang.KG * (waste.c.hauled_ton + waste.c.processed_ton + waste.c.collected_ton)
    month = _last_day(waste.c.report_month)
    select = fact_select(waste, day=month, kecamatan_code=waste.c.kecamatan_code, numerator=weighed)
    return with_row(select.where(waste.c.region_code == scope.region_code), waste)
