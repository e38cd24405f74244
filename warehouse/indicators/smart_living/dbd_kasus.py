"""Kasus demam berdarah dengue (DBD) yang dilaporkan dalam satu minggu, untuk daerah dan tiap kecamatan.

Minggu menurut tanggal akhirnya. Kecamatan yang belum melapor tidak dihitung nol: jumlah daerah lalu tidak lengkap dan
menyebut berapa yang belum. Pembilang adalah kasus; penyebut kasus yang biasa pada minggu yang sama, rata-rata tahun-
tahun sebelumnya, dan kosong dengan alasannya bila tahun pembandingnya kurang. Jumlah orang kurang dari lima, dan
jumlah lain yang dapat membukanya, hanya tampil bagi yang berhak.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, as_stored
from warehouse.indicators.smart_living.dengue import (
    DAYS,
    SCHEME,
    SOURCE,
    AreaWeek,
    History,
    dengue_value,
    missing_words,
    select_rows,
    select_weeks,
    weeks_of,
)
from warehouse.indicators.smart_living.dengue_cover import covered_cases
from warehouse.rules import RuleBook


def calculate(data: Dataset[AreaWeek], rules: RuleBook) -> list[IndicatorValue]:
    limits, weeks = rules.limits(SCHEME), weeks_of(data.rows)
    history, values, covered = History.of(weeks), list[IndicatorValue](), covered_cases(data.rows)
    for week in weeks:
        for area in ("", *week.cases):
            band = history.usual(area, week, limits)
            cases = Decimal(week.cases[area] if area else sum(week.cases.values()))
            is_whole = bool(area) or not week.missing
            missing = "" if is_whole else missing_words(week.missing, week.area_count)
            notes = (missing, history.lacking_words(area, week, limits))
            values.append(
                dengue_value(
                    data.scope,
                    area,
                    (week.end - DAYS, week.end),
                    status=ValueStatus.CALCULATED if is_whole else ValueStatus.INCOMPLETE,
                    numerator=cases,
                    denominator=as_stored(band.middle) if band else None,
                    value=cases,
                    reason="; ".join(note for note in notes if note),
                    rule_version=limits.rule_version,
                    is_sample=week.is_sample,
                    is_covered=(area, week.end) in covered,
                )
            )
    return values


INDICATOR = Indicator(
    id="smart_living.dbd_kasus",
    version=2,
    title=_("Kasus DBD seminggu"),
    unit=_("kasus"),
    decimals=0,
    better="lower",
    dimension="Smart Living",
    owner_note=_("Dinas Kesehatan, surveilans DBD"),
    definition=__doc__ or "",
    formula=_("Jumlah kasus DBD yang dilaporkan kecamatan minggu itu; penyebut: biasanya pada minggu yang sama"),
    legal_basis=_("Surveilans DBD Kementerian Kesehatan; pembandingnya pilihan daerah"),
    period_kind="week",
    source_ids=(SOURCE,),
    row_type=AreaWeek,
    inputs=select_weeks,
    rows=select_rows,
    calculate=calculate,
    parts="weights",
    limit_keys=("dbd_siaga.least_years",),
)
