"""Indeks menurut penilaian mandiri: tingkat semua indikator yang dinilai sendiri oleh daerah, ditimbang bobotnya.

Aturan yang menilai adalah aturan tahunnya: SPBE sampai 2025, Indeks Pemerintah Digital (Pemdi) sejak 2026. Nilai Pemdi
bukan nilai SPBE dan kedua deret tidak disambung. Bukan hasil evaluasi resmi. Tidak lengkap bila tingkat satu indikator
belum diisi.
"""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

from warehouse.indicators.model import Indicator
from warehouse.indicators.spbe.levels import SELF, SOURCE, LevelRow, calculate, select_levels, select_rows

INDICATOR = Indicator(
    id="spbe.mandiri",
    version=1,
    title=_("Indeks penilaian mandiri"),
    unit="",
    decimals=2,
    better="higher",
    dimension="SPBE",
    owner_note=_("Diskominfo sebagai koordinator, tingkatnya dari OPD penanggung jawab indikator"),
    definition=__doc__ or "",
    formula=_("Σ (tingkat × bobot) / jumlah bobot, dibulatkan dua desimal setengah ke atas"),
    legal_basis="PermenPANRB 5/2018, PermenPANRB 59/2020, PermenPANRB 8/2026",
    period_kind="year",
    source_ids=(SOURCE,),
    row_type=LevelRow,
    inputs=select_levels,
    rows=partial(select_rows, SELF),
    calculate=partial(calculate, SELF),
    is_headline=True,
)
