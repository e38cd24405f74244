"""Every indicator there is, and the one place that calculates them all into the mart.

Refuses to leave a figure without a word: an indicator without input gets one row that says whose data is missing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from gettext import gettext as _
from importlib import import_module
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.sql import visitors

from warehouse.delivered import read_delivered
from warehouse.engine import frame_as_table
from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, Scope
from warehouse.rules import RuleBook
from warehouse.schema import mart_indicator_value as mart

NAMED_OWNERS = 5  # more are counted: a list of thirty agencies is no answer
UNDATED = date(1970, 1, 1)  # period of a row that only says "never delivered"

# One line an indicator, in the order of the pages, of each dimension the headlines first: the path of its module below
# `warehouse/indicators/`.
CATALOGUE = (
    "spbe.indeks",
    "spbe.domain",
    "spbe.mandiri",
    "spbe.asesor",
    "spbe.indeks_dari_domain",
    "smart_environment.ispu",
    "smart_environment.siaga_sungai",
    "smart_environment.sampah_pengurangan",
    "smart_environment.sampah_penanganan",
    "smart_environment.sampah_terkelola",
    "smart_environment.timbulan_sampah",
    "smart_environment.sampah_per_orang",
    "smart_living.panggilan_dijawab",
    "smart_living.panggilan_putus",
    "smart_living.respons_kebakaran",
    "smart_living.tiba_15_menit",
    "smart_living.tiket_terbuka",
    "smart_living.dbd_siaga",
    "smart_living.panggilan_112",
    "smart_living.dbd_kasus",
    "smart_living.dbd_ir",
    "smart_living.dbd_cfr",
    "masterplan.realisasi_fisik",
    "masterplan.deviasi_fisik",
    "masterplan.deviasi_keuangan",
    "masterplan.capaian",
    "masterplan.keroyokan",
    "masterplan.kontrak_kritis",
    "masterplan.serapan",
    "masterplan.tanpa_laporan",
    "anggaran.serapan",
    "data.ketepatan_waktu",
)
INDICATORS: tuple[Indicator, ...] = tuple(import_module(f"warehouse.indicators.{path}").INDICATOR for path in CATALOGUE)
BY_ID = {indicator.id: indicator for indicator in INDICATORS}


def calculate_all(
    connection: sa.Connection,
    region_code: str,
    rules: RuleBook,
    sources: Collection[str] | None = None,
    tables: Collection[str] | None = None,
) -> list[str]:
    """Rebuild `mart_indicator_value` for a region from facts and rollups; ids of what was calculated. `sources` and
    `tables`: only what reads of these."""
    rows: list[dict[str, Any]] = []
    calculated = []
    undelivered = Scope(region_code, region_code, "", (), None)  # whatever is delivered, a query reads the same tables
    delivered = read_delivered(connection, region_code)
    for indicator in INDICATORS:
        if indicator.inputs is None:
            continue
        is_touched = sources is None or tables is None or set(sources) & set(indicator.source_ids)
        if not is_touched and not tables_of(indicator.inputs(undelivered, rules)) & set(tables or ()):
            continue
        scope = delivered.scope_of(indicator)
        calculated.append(indicator.id)
        rows += [_as_row(indicator, value, scope) for value in _calculate(connection, indicator, scope, rules)]
    ids = mart.c.indicator_id.in_(calculated)
    connection.execute(sa.delete(mart).where(mart.c.region_code == region_code, ids))
    if rows:
        _store(connection, rows)
    return calculated


def tables_of(select: sa.Select[Any]) -> set[str]:
    """Every table a query reads, also within its parts."""
    return {part.name for part in visitors.iterate(select) if isinstance(part, sa.Table)}


def _store(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    """All rows in one statement: row by row, ten years of daily values take seconds."""
    names = [column.name for column in mart.columns]
    texts = {name: [None if row[name] is None else str(row[name]) for row in rows] for name in names}
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in texts.items()})
    typed = (sa.cast(sa.column(column.name), column.type).label(column.name) for column in mart.columns)
    with frame_as_table(connection, "calculated", frame):
        connection.execute(sa.insert(mart).from_select(names, sa.select(*typed).select_from(sa.table("calculated"))))


def calculate_indicator(
    connection: sa.Connection, indicator: Indicator, region_code: str, rules: RuleBook
) -> list[IndicatorValue]:
    """All values of one indicator; never an empty list."""
    return _calculate(connection, indicator, read_delivered(connection, region_code).scope_of(indicator), rules)


def _calculate(connection: sa.Connection, indicator: Indicator, scope: Scope, rules: RuleBook) -> list[IndicatorValue]:
    values: list[IndicatorValue] = []
    if indicator.inputs is not None and scope.data_until is not None:
        select = indicator.inputs(scope, rules)
        rows = tuple(indicator.row_type(**row._mapping) for row in connection.execute(select))
        values = indicator.calculate(Dataset(scope, rows), rules)
    return values or [_no_data(indicator, scope)]


def _no_data(indicator: Indicator, scope: Scope) -> IndicatorValue:
    if scope.data_until is None:
        reason = _("Belum pernah ada kiriman {title} dari {owners}").format(
            title=scope.source_title, owners=_owners(scope.owners)
        )
    else:
        reason = _("Kiriman {title} tidak memuat baris untuk {region}").format(
            title=scope.source_title, region=scope.region_name
        )
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind="region",
        entity_code=scope.region_code,
        period_kind=indicator.period_kind,
        period_start=UNDATED,
        period_end=UNDATED,
        numerator=None,
        denominator=None,
        value=None,
        status=ValueStatus.NO_DATA,
        reason=reason,
        rule_version="",
        is_sample=False,
    )


def _owners(codes: tuple[str, ...]) -> str:
    if len(codes) > NAMED_OWNERS:
        return _("{count} OPD").format(count=len(codes))
    return ", ".join(codes) or _("pemiliknya")


def _as_row(indicator: Indicator, value: IndicatorValue, scope: Scope) -> dict[str, Any]:
    """A value that names no agency is of the only one that owes its source; of several, of the one that coordinates
    them. A value that no pack judges is of the formula alone."""
    return dict(vars(value)) | {
        "opd_code": value.opd_code or scope.coordinator,
        "rule_version": value.rule_version or f"{indicator.id}@{indicator.version}",
        "indicator_id": indicator.id,
        "indicator_version": indicator.version,
        "status": value.status.value,
        "predikat": value.predikat or None,
        "determinant": value.determinant or None,
    }
