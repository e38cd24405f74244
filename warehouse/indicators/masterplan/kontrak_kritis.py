"""Kontrak yang tertinggal lebih dari batas kontrak kritis pada jadwal terakhir yang sudah jatuh tempo.

Rencana 0 sampai 70 % (tepat 70 termasuk): kritis bila tertinggal lebih dari 10 poin; di atas 70 %: lebih dari 5 poin.
Syarat ketiga (di atas 70 %, tertinggal paling banyak 5 poin dan akan melampaui tahun anggaran) tidak dinilai: jadwal
kiriman tidak memuat perkiraan selesai. Yang dilihat adalah baris jadwal terakhir sebelum akhir data OPD-nya. Kontrak
yang realisasinya pada baris itu kosong disebut tanpa laporan: tidak dinilai dan tidak dianggap nol. Dihitung untuk
daerah dan tiap OPD. Tidak berlaku bila belum ada jadwal yang jatuh tempo; tidak lengkap bila tidak satu pun dilaporkan.
Pembilang adalah kontrak kritis, penyebut kontrak yang dinilai.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.masterplan.contracts import (
    SCHEME,
    SOURCE,
    DueStage,
    LateRule,
    select_rows,
    select_stages,
)
from warehouse.indicators.masterplan.entities import Entity
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.indicators.periods import day_and_hours
from warehouse.rules import RuleBook


def calculate(data: Dataset[DueStage], rules: RuleBook) -> list[IndicatorValue]:
    if data.scope.data_until is None:
        return []
    day, region = day_and_hours(data.scope.data_until)[0], Entity("region", data.scope.region_code)
    groups: dict[Entity, list[DueStage]] = {region: list(data.rows)}
    for row in data.rows:
        groups.setdefault(Entity("opd", row.opd_code), []).append(row)
    return [_count(data.scope.region_code, rules, (entity, day), rows) for entity, rows in groups.items()]


def _count(region_code: str, rules: RuleBook, key: tuple[Entity, date], rows: list[DueStage]) -> IndicatorValue:
    (entity, day), rule = key, LateRule.of(rules)
    judged = [row for row in rows if row.actual_pct is not None]
    critical = [row for row in judged if row.actual_pct is not None and rule.is_critical(row.plan_pct, row.actual_pct)]
    status, unreported = ValueStatus.CALCULATED, len(rows) - len(judged)
    reason = _("{count} kontrak tanpa laporan tidak dinilai").format(count=unreported) if unreported else ""
    if not rows:
        status, reason = ValueStatus.NOT_APPLICABLE, _("Belum ada jadwal kontrak yang jatuh tempo")
    elif not judged:
        status = ValueStatus.INCOMPLETE
    is_known = status is ValueStatus.CALCULATED
    return IndicatorValue(
        region_code=region_code,
        entity_kind=entity.kind,
        entity_code=entity.code,
        period_kind="day",
        period_start=day,
        period_end=day,
        numerator=Decimal(len(critical)) if is_known else None,
        denominator=Decimal(len(judged)),
        value=Decimal(len(critical)) if is_known else None,
        status=status,
        reason=reason,
        rule_version=rules.limits(SCHEME).rule_version,
        is_sample=any(row.is_sample for row in rows),
        opd_code=entity.code if entity.kind == "opd" else None,
    )


INDICATOR = Indicator(
    id="masterplan.kontrak_kritis",
    version=1,
    title=_("Kontrak kritis"),
    unit=_("kontrak"),
    decimals=0,
    better="lower",
    dimension="Masterplan",
    owner_note=_("OPD pemilik kontrak"),
    definition=__doc__ or "",
    formula=_("Jumlah kontrak dengan rencana − realisasi di atas batas kontrak kritis"),
    legal_basis=_("Permen PU 07/PRT/M/2011, kontrak kritis"),
    period_kind="day",
    source_ids=(SOURCE,),
    row_type=DueStage,
    inputs=select_stages,
    rows=select_rows,
    calculate=calculate,
    limit_keys=("program.critical_plan_pct", "program.critical_first_points", "program.critical_second_points"),
    is_headline=True,
    coordinator_source="bappeda_program",
)
