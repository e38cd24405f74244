"""Angka kematian DBD (CFR): bagian kasus setahun yang meninggal, untuk daerah dan tiap kecamatan.

Persen dihitung dari sedikitnya 30 kasus; di bawah itu tidak berlaku dan kasusnya saja yang disebut. Tahun berjalan
kumulatif. Pembilang adalah yang meninggal, penyebut kasus. Tidak lengkap bila ada laporan minggu yang belum datang
atau kematian tidak dikirim. Dinilai dengan sasaran yang berlaku tahun itu.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.formulas.dengue import fatality_pct
from warehouse.formulas.levels.grading import grade
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, as_stored
from warehouse.indicators.smart_living.dengue import GOALS, SOURCE, AreaWeek, dengue_value, select_rows, select_weeks
from warehouse.indicators.smart_living.dengue_cover import covered_cases, covered_deaths
from warehouse.indicators.smart_living.dengue_year import Year, years_of
from warehouse.rules import RuleBook
from warehouse.rules.level_packs import LevelPack

LEAST = 30  # cases from which a share is earned


def calculate(data: Dataset[AreaWeek], rules: RuleBook) -> list[IndicatorValue]:
    covered = covered_cases(data.rows) | covered_deaths(data.rows)
    return [
        replace(_value(data, rules, year), is_covered=(year.area_code, year.year) in covered)
        for year in years_of(data.rows)
    ]


def _value(data: Dataset[AreaWeek], rules: RuleBook, year: Year) -> IndicatorValue:
    pack, notes, value = rules.find(LevelPack, GOALS, date(year.year, 1, 1)), year.notes, None
    status = ValueStatus.INCOMPLETE if year.missing else ValueStatus.CALCULATED
    if year.deaths is None:
        status, notes = ValueStatus.INCOMPLETE, [_("Jumlah meninggal belum dikirim"), *notes]
    elif year.cases < LEAST:
        status, notes = ValueStatus.NOT_APPLICABLE, [_("Kurang dari {least} kasus").format(least=LEAST), *notes]
    else:
        value = fatality_pct(Decimal(year.deaths), Decimal(year.cases))
    return dengue_value(
        data.scope,
        year.area_code,
        year.span,
        status=status,
        numerator=None if year.deaths is None else Decimal(year.deaths),
        denominator=Decimal(year.cases),
        value=as_stored(value),
        predikat="" if value is None or pack is None else grade(pack.indicators["cfr"], value).name,
        reason="; ".join(notes),
        rule_version="" if pack is None else pack.rule_version,
        is_sample=year.is_sample,
    )


INDICATOR = Indicator(
    id="smart_living.dbd_cfr",
    version=1,
    title=_("Angka kematian DBD (CFR)"),
    unit="%",
    decimals=2,
    better="lower",
    dimension="Smart Living",
    owner_note=_("Dinas Kesehatan, surveilans DBD"),
    definition=__doc__ or "",
    formula=_("Meninggal / kasus DBD setahun × 100"),
    legal_basis=_("Sasaran Kementerian Kesehatan sejak 2024; sampai 2023 sasaran 2018"),
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=AreaWeek,
    inputs=select_weeks,
    rows=select_rows,
    calculate=calculate,
    target_key="dbd.cfr.tercapai",
    target_word=_("sasaran"),
    counted=_("kematian"),
)
