"""Published values that do not follow from their rule: computed as they are, and listed in docs/pengecualian.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.warehouse.rules.judged import judge

TOLD = (Path(__file__).parents[4] / "docs" / "pengecualian.md").read_text(encoding="utf-8")

BEDS = "tempat_tidur,hari,hari_perawatan,keluar\n312,365,5856,1736\n"
STUNTED = "wilayah,tahun,sumber,prevalensi,pendek,diukur\nKota Mojokerto,2023,e-PPGBM,2.04,122,6145\n"
EXCEPTIONS = [  # scheme, file, options, result, told: case, published, computed
    ("bor", BEDS, {"desimal": "1"}, "bto", ("BTO, 1.736 pasien keluar dari 312 tempat tidur", "5.5", "5.6")),
    ("bor", BEDS, {"desimal": "1"}, "alos", ("LOS, 5.856 hari untuk 1.736 pasien keluar", "3.3", "3.4")),
    ("sampel", "populasi\n100000\n", {}, "sampel", ("Populasi 100.000", "384", "383")),
    ("stunting", STUNTED, {}, "prevalensi", ("Kota Mojokerto 2023, 122 dari 6.145 balita", "2.04", "1.99")),
]


@pytest.mark.parametrize(("scheme", "text", "options", "result", "told"), EXCEPTIONS)
def test_exception_is_computed_by_the_rule_and_told(scheme, text, options, result, told):
    case, published, computed = told
    (found,) = judge(scheme, text, **options)
    assert str(found.results[result]) == computed != published
    shown = f" | {published} | {computed} | ".replace(".", ",")
    assert any(line.startswith(f"| `{scheme}` | {case}") and shown in line for line in TOLD.splitlines())


def test_nothing_else_is_told():
    assert sum(line.startswith("| `") for line in TOLD.splitlines()) == len(EXCEPTIONS)
