"""Nilai domain SPBE sebagaimana diterbitkan, satu nilai tiap domain dan tahun.

Pembilang adalah nilai dikali bobot domain, penyebut bobotnya. Domain yang tidak diterbitkan berstatus tidak lengkap,
bukan nol. Tidak berlaku di luar masa PermenPANRB 5/2018 (tiga domain) dan 59/2020 (empat domain).
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
    values = []
    for domain in pack.domains:
        value = row.domains.get(domain.no)
        missing = _("Nilai domain {number} tahun {year} tidak diterbitkan").format(
            number=domain.no, year=row.result_year
        )
        values.append(
            make_value(
                row,
                scope,
                pack,
                status=ValueStatus.INCOMPLETE if value is None else ValueStatus.CALCULATED,
                reason=missing if value is None else "",
                entity_kind="domain",
                entity_code=str(domain.no),
                numerator=None if value is None else value * domain.weight,
                denominator=domain.weight,
                value=value,
            )
        )
    return values


INDICATOR = Indicator(
    id="spbe.domain",
    version=1,
    title=_("Nilai domain SPBE"),
    unit="",
    decimals=2,
    better="higher",
    dimension="SPBE",
    owner_note=_("Diskominfo, dari terbitan Kementerian PANRB"),
    definition=__doc__ or "",
    formula=_("Nilai terbitan resmi; Σ (nilai aspek × bobot aspek) / bobot domain"),
    legal_basis="PermenPANRB 5/2018, PermenPANRB 59/2020",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=SpbeYear,
    inputs=select_years,
    rows=select_rows,
    calculate=calculate,
    is_headline=True,
)
