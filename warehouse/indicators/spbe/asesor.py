"""Indeks menurut penilaian asesor: tingkat semua indikator yang ditetapkan asesor, ditimbang bobotnya.

Aturan yang menilai adalah aturan tahunnya: SPBE sampai 2025, Indeks Pemerintah Digital (Pemdi) sejak 2026; kedua deret
tidak disambung. Terpisah dari penilaian mandiri dan dari indeks terbitan, yang tetap berlaku bila berbeda. Tidak
lengkap bila tingkat satu indikator belum diisi.
"""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

from warehouse.indicators.model import Indicator
from warehouse.indicators.spbe.levels import ASSESSOR, SOURCE, LevelRow, calculate, select_levels, select_rows

INDICATOR = Indicator(
    id="spbe.asesor",
    version=1,
    title=_("Indeks penilaian asesor"),
    unit="",
    decimals=2,
    better="higher",
    dimension="SPBE",
    owner_note=_("Diskominfo, dari penilaian asesor"),
    definition=__doc__ or "",
    formula=_("Σ (tingkat × bobot) / jumlah bobot, dibulatkan dua desimal setengah ke atas"),
    legal_basis="PermenPANRB 5/2018, PermenPANRB 59/2020, PermenPANRB 8/2026",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=LevelRow,
    inputs=select_levels,
    rows=partial(select_rows, ASSESSOR),
    calculate=partial(calculate, ASSESSOR),
    is_headline=True,
)
