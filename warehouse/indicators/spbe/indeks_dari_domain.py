"""Indeks SPBE yang dihitung ulang dari nilai domain terbitan, untuk memeriksa indeks yang diterbitkan.

Nilai domain hanya diterbitkan dua desimal. Karena setiap domain adalah jumlah tingkat bulat kali bobot, jumlah
pastinya dicari kembali, dijumlahkan tanpa pembulatan, lalu dibulatkan sekali, setengah ke atas. Bila dua jumlah cocok,
keduanya disebut. Tidak lengkap bila satu domain tidak diterbitkan; tidak berlaku di luar masa PermenPANRB 5/2018
dan 59/2020.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, Scope
from warehouse.indicators.spbe.published import SOURCE, SpbeYear, by_year, make_value, select_rows, select_years
from warehouse.indicators.spbe.weighted_index import Given, Part, resolve
from warehouse.rules import IndexPack, RuleBook


def calculate(data: Dataset[SpbeYear], rules: RuleBook) -> list[IndicatorValue]:
    return by_year(data, rules, _calculate_year)


def _calculate_year(row: SpbeYear, pack: IndexPack, scope: Scope) -> list[IndicatorValue]:
    missing = [str(domain.no) for domain in pack.domains if domain.no not in row.domains]
    if missing:
        reason = _("Nilai domain {numbers} tahun {year} tidak diterbitkan").format(
            numbers=", ".join(missing), year=row.result_year
        )
        return [make_value(row, scope, pack, status=ValueStatus.INCOMPLETE, reason=reason)]
    found = resolve(Given(domains=row.domains), pack).index
    exact = found.value
    return [
        make_value(
            row,
            scope,
            pack,
            status=ValueStatus.CALCULATED,
            reason=_note(found, row, pack),
            numerator=found.points,
            denominator=pack.total_weight,
            value=pack.round(exact),
            predikat=pack.predikat(exact),
        )
    ]


def _note(found: Part, row: SpbeYear, pack: IndexPack) -> str:
    notes, possible = [], found.rounded(pack.places)
    if not found.is_exact:
        notes.append(_("nilai domain bukan jumlah tingkat bulat, selisih ±0,01 mungkin"))
    elif len(possible) > 1:
        listed = _(" atau ").join(_comma(value) for value in possible)
        notes.append(_("nilai domain dua desimal, selisih ±0,01 mungkin: {listed}").format(listed=listed))
    if row.spbe_index is not None and row.spbe_index not in possible:
        notes.append(_("indeks terbitan {published}").format(published=_comma(row.spbe_index)))
    text = "; ".join(notes)
    return text[:1].upper() + text[1:]


def _comma(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


INDICATOR = Indicator(
    id="spbe.indeks_dari_domain",
    version=1,
    title=_("Indeks SPBE dihitung ulang"),
    unit="",
    decimals=2,
    better="higher",
    dimension="SPBE",
    owner_note=_("Diskominfo, dari terbitan Kementerian PANRB"),
    definition=__doc__ or "",
    formula=_("Σ (nilai domain × bobot domain) / 100, dibulatkan dua desimal setengah ke atas"),
    legal_basis="PermenPANRB 5/2018, PermenPANRB 59/2020",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=SpbeYear,
    inputs=select_years,
    rows=select_rows,
    calculate=calculate,
)
