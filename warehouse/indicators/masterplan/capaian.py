"""Capaian target tahunan program masterplan: yang dicapai dibagi target tahun itu, dalam persen, dengan kelasnya.

Kelas menurut skala lima kelas Permendagri 54/2010 dan 86/2017. Yang dicapai adalah laporan terakhir tahun itu; target
dianggap makin tinggi makin baik. Capaian daerah, OPD penanggung jawab, dan dimensi adalah rata-rata programnya, masing-
masing dibatasi 100 % supaya yang berlebih tidak menutupi yang kurang; program tanpa nilai tidak ikut dan disebut
jumlahnya. Tidak berlaku bagi program tanpa target tahun itu atau bertarget nol; tidak lengkap bila targetnya tidak
berupa angka atau capaiannya belum dilaporkan. Pada satu program pembilang adalah capaian dan penyebut target; pada
rata-rata, jumlah persen dan jumlah program.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.masterplan.achievement import SOURCE, ProgrammeYear, select_rows, select_years
from warehouse.indicators.masterplan.entities import Entity, entities_of
from warehouse.indicators.masterplan.roster import SCHEME, YearOf
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, as_stored, percent
from warehouse.indicators.periods import write_month
from warehouse.rules import RuleBook

SCALE = "kinerja"


def calculate(data: Dataset[ProgrammeYear], rules: RuleBook) -> list[IndicatorValue]:
    region_code, version = data.scope.region_code, rules.scale(SCALE).rule_version
    values: list[IndicatorValue] = []
    groups: dict[tuple[Entity, int], list[IndicatorValue]] = {}
    for row in data.rows:
        own = _programme(YearOf(region_code, Entity("programme", row.programme_code), row.year, version), row, rules)
        values.append(own)
        for entity in entities_of(region_code, row.lead_opd_code, row.dimension_code):
            groups.setdefault((entity, row.year), []).append(own)
    means = [_mean(YearOf(region_code, entity, year, version), own, rules) for (entity, year), own in groups.items()]
    return values + means


def _programme(year: YearOf, row: ProgrammeYear, rules: RuleBook) -> IndicatorValue:
    status, reason, value = ValueStatus.INCOMPLETE, "", None
    if row.target_value is None and not row.target_text:
        status, reason = ValueStatus.NOT_APPLICABLE, _("Tidak ada target tahun {year}").format(year=row.year)
    elif row.target_value is None:
        reason = _("Target tidak berupa angka: {text}").format(text=row.target_text)
    elif not row.target_value:
        status, reason = ValueStatus.NOT_APPLICABLE, _("Target tahun {year} nol").format(year=row.year)
    elif row.achieved_value is None or row.achieved_month is None:
        reason = _("Capaian tahun {year} belum dilaporkan").format(year=row.year)
    else:
        status, value = ValueStatus.CALCULATED, as_stored(percent(row.achieved_value, row.target_value))
        reason = (
            _("s.d. {month}").format(month=write_month(row.achieved_month)) if row.achieved_month.month < 12 else ""
        )
    return replace(
        year.value(status, reason, is_sample=row.is_sample),
        numerator=row.achieved_value,
        denominator=row.target_value,
        value=value,
        predikat="" if value is None else rules.scale(SCALE).predikat(value),
        opd_code=row.lead_opd_code,
    )


def _mean(year: YearOf, programmes: list[IndicatorValue], rules: RuleBook) -> IndicatorValue:
    cap = rules.limits(SCHEME).value("achievement_cap_pct")
    known = [min(one.value, cap) for one in programmes if one.value is not None]
    left, is_sample = len(programmes) - len(known), any(one.is_sample for one in programmes)
    reason = _("{used} dari {total} program").format(used=len(known), total=len(programmes)) if left else ""
    if not known:
        wanted = any(one.status is ValueStatus.INCOMPLETE for one in programmes)
        status = ValueStatus.INCOMPLETE if wanted else ValueStatus.NOT_APPLICABLE
        return year.value(status, reason, is_sample=is_sample)
    mean = as_stored(sum(known, Decimal(0)) / len(known))
    return replace(
        year.value(ValueStatus.CALCULATED, reason, is_sample=is_sample),
        numerator=as_stored(sum(known, Decimal(0))),
        denominator=Decimal(len(known)),
        value=mean,
        predikat="" if mean is None else rules.scale(SCALE).predikat(mean),
    )


INDICATOR = Indicator(
    id="masterplan.capaian",
    version=1,
    title=_("Capaian target program"),
    unit="%",
    decimals=1,
    better="higher",
    dimension="Masterplan",
    owner_note=_("OPD penanggung jawab program"),
    definition=__doc__ or "",
    formula=_("Capaian / target tahun itu × 100; beberapa program dirata-rata, masing-masing paling tinggi 100 %"),
    legal_basis="Permendagri 54/2010, Permendagri 86/2017",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=ProgrammeYear,
    inputs=select_years,
    rows=select_rows,
    calculate=calculate,
    parts="weights",
    limit_keys=("program.achievement_cap_pct",),
    is_headline=True,
    coordinator_source="bappeda_program",
)
