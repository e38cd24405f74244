"""Angka kesakitan DBD (IR): kasus setahun tiap 100.000 penduduk, untuk daerah dan tiap kecamatan.

Tahun berjalan dihitung kumulatif sampai minggu terakhir yang dikirim. Pembilang adalah kasus, penyebut penduduk
terakhir yang dikirim tahun itu; daerah adalah jumlah kasus dibagi jumlah penduduk kecamatannya. Tidak lengkap bila
ada laporan minggu yang belum datang; tidak ada nilainya bila penduduk belum dikirim. Dinilai dengan sasaran yang
berlaku tahun itu.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.formulas.dengue import incidence
from warehouse.formulas.levels.grading import grade
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, as_stored
from warehouse.indicators.smart_living.dengue import GOALS, SOURCE, AreaWeek, dengue_value, select_rows, select_weeks
from warehouse.indicators.smart_living.dengue_cover import covered_cases
from warehouse.indicators.smart_living.dengue_year import Year, years_of
from warehouse.rules import RuleBook
from warehouse.rules.level_packs import LevelPack


def calculate(data: Dataset[AreaWeek], rules: RuleBook) -> list[IndicatorValue]:
    covered = covered_cases(data.rows)
    return [
        replace(_value(data, rules, year), is_covered=(year.area_code, year.year) in covered)
        for year in years_of(data.rows)
    ]


def _value(data: Dataset[AreaWeek], rules: RuleBook, year: Year) -> IndicatorValue:
    pack, notes = rules.find(LevelPack, GOALS, date(year.year, 1, 1)), year.notes
    value = None if year.population is None else incidence(Decimal(year.cases), Decimal(year.population))
    if value is None:
        notes = [_("Jumlah penduduk belum dikirim"), *notes]
    is_whole = value is not None and not year.missing
    return dengue_value(
        data.scope,
        year.area_code,
        year.span,
        status=ValueStatus.CALCULATED if is_whole else ValueStatus.INCOMPLETE,
        numerator=Decimal(year.cases),
        denominator=None if year.population is None else Decimal(year.population),
        value=as_stored(value),
        predikat="" if value is None or pack is None else grade(pack.indicators["ir"], value).name,
        reason="; ".join(notes),
        rule_version="" if pack is None else pack.rule_version,
        is_sample=year.is_sample,
    )


INDICATOR = Indicator(
    id="smart_living.dbd_ir",
    version=1,
    title=_("Angka kesakitan DBD (IR)"),
    unit=_("per 100.000"),
    decimals=1,
    better="lower",
    dimension="Smart Living",
    owner_note=_("Dinas Kesehatan, surveilans DBD"),
    definition=__doc__ or "",
    formula=_("Kasus DBD setahun / penduduk × 100.000"),
    legal_basis=_("Sasaran Kementerian Kesehatan sejak 2024; sampai 2023 sasaran 2018"),
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=AreaWeek,
    inputs=select_weeks,
    rows=select_rows,
    calculate=calculate,
    target_key="dbd.ir.tercapai",
    target_word=_("sasaran"),
)
