"""`spbe` and `pemdi`: an index from levels of indicators, or from published aspect or domain values."""

from __future__ import annotations

from functools import partial

from warehouse.evaluation.index_cases import evaluate_rows
from warehouse.evaluation.index_rows import PREDIKAT_ON, PUBLISHED, WHO, indicator_columns, part_columns
from warehouse.evaluation.model import Scheme

ABOUT = (
    "Satu baris satu instansi dalam satu tahun. Isi tingkat semua indikator (i1, i2, ...), atau nilai aspek (a1, ...), "
    "atau nilai domain (d1, ...); yang paling rinci dan lengkap dipakai, sisanya diperiksa terhadapnya. "
)
SPBE_CODES = (*map(str, range(1, 48)), "35-2", "35-3")
LEVELS_2024 = "3,3,3,3,3,3,3,3,3,3,4,4,4,3,3,4,4,4,3,3,2,2,3,2,2,2,2,3,2,2,2,4,4,4,5,4,4,4,3,4,3,4,4,4,4,4,3"

SPBE = Scheme(
    id="spbe",
    title="Indeks SPBE 2018 sampai 2025",
    about=ABOUT
    + "2018-2020: 35 indikator, tingkat 0-5, indikator 35 untuk tiga layanan (i35, i35-2, i35-3), tiga domain. "
    "2021-2025: 47 indikator, tingkat 1-5, empat domain. Mulai 2026 pakai skema pemdi.",
    columns=(
        *WHO,
        *indicator_columns(SPBE_CODES, "integer", 0),
        *part_columns("a", "aspek", 8),
        *part_columns("d", "domain", 4),
        *PUBLISHED,
    ),
    options=(PREDIKAT_ON,),
    evaluate=partial(evaluate_rows, "spbe"),
    sample=(
        f"tahun,instansi,penilai,{','.join(f'i{no}' for no in range(1, 48))},d1,d2,d3,d4\n"
        f"2024,Pemerintah Kabupaten X,asesor,{LEVELS_2024},,,,\n"
        f"2024,Pemerintah Kota Y,asesor,{',' * 46},3.70,3.40,3.00,3.20\n"
    ),
)
PEMDI = Scheme(
    id="pemdi",
    title="Indeks Pemerintah Digital (Pemdi) mulai 2026",
    about=ABOUT.replace(", atau nilai domain (d1, ...)", "")
    + "20 indikator dalam tujuh aspek, nilai boleh pecahan; indikator 5, 6, 7 dan 18 dari indeks lain. Bukan SPBE.",
    columns=(
        *WHO,
        *indicator_columns(tuple(map(str, range(1, 21))), "number", 1),
        *part_columns("a", "aspek", 7),
        *PUBLISHED,
    ),
    options=(PREDIKAT_ON,),
    evaluate=partial(evaluate_rows, "pemdi"),
    sample=(
        f"tahun,instansi,penilai,{','.join(f'i{no}' for no in range(1, 21))}\n"
        "2026,Pemerintah Kabupaten X,mandiri,3,3,2,3,2.75,3.1,2.5,2,3,2,2,3,3,3,2,2,3,2.4,3,3\n"
    ),
)
