"""Indeks SPBE sebagaimana diterbitkan Kementerian PANRB untuk satu pemerintah daerah dan satu tahun.

Nilai dan predikat adalah terbitan resmi, tidak dihitung ulang di sini. Tidak berlaku untuk tahun di luar masa
PermenPANRB 5/2018 dan 59/2020; sejak 2026 daerah dinilai dengan Indeks Pemerintah Digital, dan kedua deret tidak
disambung.
"""

from __future__ import annotations

from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, Scope
from warehouse.indicators.spbe.published import SOURCE, SpbeYear, by_year, make_value, select_rows, select_years
from warehouse.rules import IndexPack, RuleBook


def calculate(data: Dataset[SpbeYear], rules: RuleBook) -> list[IndicatorValue]:
    return by_year(data, rules, _calculate_year)


def _calculate_year(row: SpbeYear, pack: IndexPack, scope: Scope) -> list[IndicatorValue]:
    if row.spbe_index is None:
        reason = _("Indeks SPBE {year} tidak diterbitkan").format(year=row.result_year)
        return [make_value(row, scope, pack, status=ValueStatus.INCOMPLETE, reason=reason)]
    by_band = pack.predikat(row.spbe_index)
    reason = ""
    if row.predikat and by_band != row.predikat:
        reason = _("Predikat terbitan {published}; menurut pita aturan {by_band}").format(
            published=row.predikat, by_band=by_band or _("tidak ada")
        )
    return [
        make_value(
            row,
            scope,
            pack,
            status=ValueStatus.CALCULATED,
            reason=reason,
            numerator=row.spbe_index * pack.total_weight,
            denominator=pack.total_weight,
            value=row.spbe_index,
            predikat=row.predikat or by_band,
        )
    ]


INDICATOR = Indicator(
    id="spbe.indeks",
    version=1,
    title=_("Indeks SPBE"),
    unit="",
    decimals=2,
    better="higher",
    dimension="SPBE",
    owner_note=_("Diskominfo, dari terbitan Kementerian PANRB"),
    definition=__doc__ or "",
    formula=_("Nilai terbitan resmi"),
    legal_basis="PermenPANRB 5/2018, PermenPANRB 59/2020",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=SpbeYear,
    inputs=select_years,
    rows=select_rows,
    calculate=calculate,
    is_headline=True,
)
