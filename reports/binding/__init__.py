"""Which part of a value binds it, and the least that would take it to a better class; by arithmetic alone.

Refuses to name a part where the reader does not see all of them, and to say why a part stands where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports.binding import dengue, dengue_year, environment, living, masterplan, rivers, spbe
from reports.desk import Desk
from reports.indicator_values import StoredValues

_BINDING: dict[str, Callable[[Desk, StoredValues, Any], list[str]]] = {
    "spbe.indeks": spbe.explain_domains,
    "spbe.indeks_dari_domain": spbe.explain_domains,
    "spbe.domain": spbe.explain_domain,
    "spbe.mandiri": spbe.explain_levels,
    "spbe.asesor": spbe.explain_levels,
    "smart_environment.sampah_pengurangan": environment.explain_undivided,
    "smart_environment.sampah_penanganan": environment.explain_undivided,
    "smart_environment.sampah_terkelola": environment.explain_waste,
    "smart_environment.ispu": environment.explain_air,
    "smart_environment.siaga_sungai": rivers.explain_rivers,
    "smart_living.panggilan_dijawab": living.explain_calls,
    "smart_living.panggilan_putus": living.explain_calls,
    "smart_living.respons_kebakaran": living.explain_fires,
    "smart_living.tiba_15_menit": living.explain_arrivals,
    "smart_living.tiket_terbuka": living.explain_tickets,
    "smart_living.dbd_siaga": dengue.explain_level,
    "smart_living.dbd_kasus": dengue_year.explain_cases,
    "smart_living.dbd_ir": dengue_year.explain_incidence,
    "smart_living.dbd_cfr": dengue_year.explain_deaths,
    "masterplan.capaian": masterplan.explain_achievement,
    "masterplan.realisasi_fisik": masterplan.explain_realisation,
    "masterplan.deviasi_fisik": masterplan.explain_deviation,
    "masterplan.deviasi_keuangan": masterplan.explain_deviation,
    "masterplan.keroyokan": masterplan.explain_shared,
    "masterplan.kontrak_kritis": masterplan.explain_count,
    "masterplan.tanpa_laporan": masterplan.explain_count,
}


def binding_sentences(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """Nothing for an indicator that is not made of parts."""
    found = _BINDING.get(values.indicator.id)
    return found(desk, values, row) if found else []


def is_explained(indicator_id: str) -> bool:
    """Whether a part of the indicator can bind it."""
    return indicator_id in _BINDING
