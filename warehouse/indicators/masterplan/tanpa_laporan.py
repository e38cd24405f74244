"""Program masterplan tahun itu yang laporannya belum masuk untuk bulan yang sudah jatuh tempo.

Suatu bulan jatuh tempo setelah akhir bulan ditambah tenggang yang disepakati dengan sumber progres; saatnya diukur pada
kiriman terakhir yang diterima dari siapa pun, bukan pada jam. Baris yang realisasinya kosong semua adalah rencana,
bukan laporan. Dihitung untuk daerah, tiap OPD penanggung jawab, dan tiap dimensi. Tidak berlaku bila tenggang belum
disepakati; tidak lengkap bila matriks program belum disampaikan. Pembilang adalah program tanpa laporan, penyebut semua
program tahun itu.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ValueStatus
from warehouse.indicators.masterplan.entities import Entity, entities_of
from warehouse.indicators.masterplan.progress import (
    SCHEME,
    SOURCE,
    ProgrammeMonth,
    is_due,
    programme_months,
    select_rows,
)
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, Scope
from warehouse.indicators.periods import month_end
from warehouse.indicators.selects import last_receipt
from warehouse.rules import RuleBook
from warehouse.schema import core_programme_progress as progress

ONE_MONTH: sa.ColumnClause[Any] = sa.literal_column("INTERVAL 1 MONTH", sa.Interval)


def select_months(scope: Scope, rules: RuleBook) -> sa.Select[Any]:
    """Every month from the first report to the last receipt, also those nobody reported."""
    first = sa.select(sa.func.min(progress.c.report_month)).where(progress.c.region_code == scope.region_code)
    every = sa.func.range(sa.cast(first.scalar_subquery(), sa.DateTime), last_receipt(), ONE_MONTH)
    starts = sa.select(sa.func.unnest(every, type_=sa.DateTime).label("start")).subquery("starts")
    months = sa.select(sa.cast(starts.c.start, sa.Date).label("report_month")).subquery("months")
    rows = programme_months(scope.region_code, months)
    return sa.select(*rows.c).order_by(rows.c.report_month, rows.c.programme_code)


def calculate(data: Dataset[ProgrammeMonth], rules: RuleBook) -> list[IndicatorValue]:
    region_code, version = data.scope.region_code, rules.limits(SCHEME).rule_version
    groups: dict[tuple[Entity, date], list[ProgrammeMonth]] = {}
    for row in data.rows:
        for entity in entities_of(region_code, row.lead_opd_code, row.dimension_code) if is_due(row) else ():
            groups.setdefault((entity, row.report_month), []).append(row)
    return [_count(region_code, version, key, rows) for key, rows in groups.items()]


def _count(region_code: str, version: str, key: tuple[Entity, date], rows: list[ProgrammeMonth]) -> IndicatorValue:
    entity, month = key
    missing, status, reason = Decimal(sum(not row.is_reported for row in rows)), ValueStatus.CALCULATED, ""
    if any(row.agreement is None for row in rows):
        status, reason = ValueStatus.NOT_APPLICABLE, _("Tenggang laporan bulanan belum disepakati")
    elif all(row.dimension_code is None for row in rows):
        status = ValueStatus.INCOMPLETE
        reason = _("Matriks program belum disampaikan: yang belum melapor tidak diketahui")
    is_known = status is ValueStatus.CALCULATED
    return IndicatorValue(
        region_code=region_code,
        entity_kind=entity.kind,
        entity_code=entity.code,
        period_kind="month",
        period_start=month,
        period_end=month_end(month),
        numerator=missing if is_known else None,
        denominator=Decimal(len(rows)) if is_known else None,
        value=missing if is_known else None,
        status=status,
        reason=reason,
        rule_version=version,
        is_sample=any(row.is_sample for row in rows),
        opd_code=entity.code if entity.kind == "opd" else None,
    )


INDICATOR = Indicator(
    id="masterplan.tanpa_laporan",
    version=1,
    title=_("Program tanpa laporan"),
    unit=_("program"),
    decimals=0,
    better="lower",
    dimension="Masterplan",
    owner_note=_("OPD penanggung jawab program"),
    definition=__doc__ or "",
    formula=_("Jumlah program tahun itu tanpa laporan bulan yang jatuh tempo"),
    legal_basis=_("Pilihan daerah"),
    period_kind="month",
    source_ids=(SOURCE,),
    row_type=ProgrammeMonth,
    inputs=select_months,
    rows=select_rows,
    calculate=calculate,
    coordinator_source="bappeda_program",
)
