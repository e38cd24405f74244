"""Of every indicator with bands or a limit: what binds it, the distance to both sides, the days left, the way up."""

from __future__ import annotations

import pytest

from reports.indicator_explanation import METHOD
from reports.pages import indikator
from warehouse import queries
from warehouse.catalogue import BY_ID, INDICATORS
from warehouse.filters import Filters

SPBE = ("di atas batas bawah ", "di bawah batas Memuaskan", "Yang paling menahan: domain", "Jalan ke Memuaskan")
WASTE = ("poin di bawah target", "perlu bertambah paling sedikit", "enahan")
CALLS = ("Jam terberat", "Pada penyebut yang sama, panggilan")
NEEDED = {  # and of each the days left, or why they are not told
    "spbe.indeks": SPBE,
    "spbe.indeks_dari_domain": SPBE,
    "spbe.mandiri": (
        "di atas batas bawah ", "di bawah batas Sangat Baik", "Yang paling menahan: indikator", "Jalan terpendek ke",
    ),
    "smart_environment.ispu": (
        "di atas batas 51", "di bawah batas 101", "di bawah batas 100, terpenuhi", "Polutan kritis: ",
        "Stasiun tertinggi yang menentukan", "Kelas Baik tercapai bila setiap sub-indeks kurang dari",
    ),
    "smart_environment.siaga_sungai": (
        "Pos yang menentukan", "di atas ambang hijau", "tingkat ini ditinggalkan bila turun", "di bawah ambang kuning",
    ),
    "smart_environment.sampah_pengurangan": WASTE,
    "smart_environment.sampah_penanganan": WASTE,
    "smart_environment.sampah_terkelola": WASTE,
    "smart_living.panggilan_dijawab": ("poin di atas target", *CALLS),
    "smart_living.panggilan_putus": ("poin di atas batas", *CALLS),
    "smart_living.respons_kebakaran": ("menit di bawah SPM", "Kejadian berikutnya boleh sampai", "yang terlama"),
    "smart_living.dbd_siaga": (
        "yang menentukan: ", "Kasus daerah 8: ", "lagi", "Kembali ke level 1: ",
    ),
    "smart_living.dbd_ir": ("di atas sasaran 10", "Sasaran itu sama dengan paling banyak", "Tertinggi per 100.000"),
    "smart_living.dbd_cfr": ("di bawah sasaran", "kematian boleh bertambah paling banyak"),
    "masterplan.capaian": (
        "di atas batas 76", "di bawah batas 91", "Yang paling menahan: program", "Jalan terpendek ke Sangat Tinggi",
    ),
}  # fmt: skip
CAUSES = ("karena", "sebab", "akibat", "disebabkan", "dipicu")
DAYS = ("tren", "hari sampai")


def told(desk, indicator_id: str) -> list[str]:
    content = indikator.build(desk, Filters(indikator=indicator_id))
    (section,) = [one for one in content.sections if one.title == "Penjelasan"]
    assert not section.is_failed
    return [block.text for block in section.blocks]


def test_none_with_bands_or_a_limit_is_left_out(kabupaten):
    classed = set()
    for one in INDICATORS:
        stored = kabupaten.ask(queries.indicator_values, one.id, "region")
        if one.target_key or (len(stored) and stored["predikat"].fillna("").astype(bool).any()):
            classed.add(one.id)
    assert classed == set(NEEDED)


@pytest.mark.parametrize("indicator_id", NEEDED)
def test_every_part_of_an_explanation_is_told(kabupaten, indicator_id):
    said = told(kabupaten, indicator_id)
    missing = [words for words in NEEDED[indicator_id] if not any(words in one for one in said)]
    assert not missing, said
    assert any(words in one.casefold() for one in said if one != METHOD for words in DAYS), said
    assert not any(cause in one.casefold().split() for one in said for cause in CAUSES)


@pytest.mark.parametrize("indicator_id", sorted(set(BY_ID) - set(NEEDED)))
def test_one_without_bands_says_so_or_names_its_parts(kabupaten, indicator_id):
    assert told(kabupaten, indicator_id)
