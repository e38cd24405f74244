"""Tables of numbers in rule packs: what they hold, what they refuse, and which one is in force on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from warehouse.evaluation.places import place_on, place_sentence
from warehouse.rules import RuleError, load_rules
from warehouse.rules.tables import TablePack

TABLE = """\
kind: tabel
id: a
version: 1
title: Contoh
regulation: Contoh
article: Lampiran
source: Salinan
standing: dibaca
valid_from: 2020-01-01
valid_until: 2020-12-31
order: naik
columns: [satu, dua, tiga]
rows:
  - {name: x, values: [1, 2, 3]}
  - {name: y, values: ["-", 2, 3.5], unit: mg/L, standing: ingatan, note: tanpa kolom pertama}
"""
SCALE = """\
kind: skala
id: s
version: 1
title: Contoh
regulation: Contoh
article: Lampiran
source: Salinan
valid_from: 2020-01-01
rounding: {mode: half_up, places: 0, standing: dibaca}
judged_on: unrounded
classes:
  - {name: Rendah, from: 0, printed: "<13", standing: dibaca}
  - {name: Sedang, from: 13, printed: "13-144", standing: dibaca}
  - {name: Tinggi, above: 144, printed: ">144", standing: dibaca}
"""


def write(folder, **files):
    (folder / "coba").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "coba" / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_table_in_force(tmp_path):
    later = TABLE.replace("id: a", "id: b").replace("2020-01-01", "2021-01-01").replace("valid_until: 2020-12-31\n", "")
    book = load_rules(
        {}, write(tmp_path, a=TABLE, b=later, s=SCALE)
    )  # a scale of the same scheme and days is no overlap
    days = (date(2019, 12, 31), date(2020, 6, 1), date(2030, 1, 1), None)
    found = [book.find(TablePack, "coba", day) for day in days]
    assert [one and one.pack_id for one in found] == [None, "a", "b", "b"]
    assert found[1].value("y", "tiga") == Decimal("3.5")
    assert found[1].value("y", "satu") is None
    assert [(row.unit, row.standing, row.source) for row in found[1].rows] == [
        ("", "dibaca", "Salinan"),
        ("mg/L", "ingatan", "Salinan"),
    ]
    with pytest.raises(RuleError, match="tidak punya baris 'z'"):
        found[1].row("z")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[1, 2, 3]", "[1, 2]", "baris 14: 2 nilai untuk 3 kolom"),
        ("[1, 2, 3]", "[1, 3, 3]", "baris 14: nilai baris x harus naik: 3 sesudah 3"),
        ("[1, 2, 3]", "[-1, 2, 3]", "tidak boleh negatif"),
        ("[1, 2, 3]", "[1, dua, 3]", "bukan angka"),
        ('["-", 2, 3.5]', '["-", "-", "-"]', "baris 15: baris y tidak berisi nilai"),
        ("name: y", "name: x", "ditulis dua kali"),
        ("[satu, dua, tiga]", "[satu, dua, dua]", "ditulis dua kali"),
        ("order: naik", "order: naik\nassumed: [empat]", "assumed harus salah satu dari satu, dua, tiga"),
        ("order: naik", "order: turun", "harus salah satu dari"),
        ("order: naik", "order: naik\nrow_total: 6", "jumlah baris y 5.5, seharusnya 6"),
        ("unit: mg/L", "satuan: mg/L", "kunci 'satuan' tidak dikenal"),
        ("standing: ingatan", "standing: pasti", "harus salah satu dari"),
    ],
)
def test_refused_table(tmp_path, old, new, words):
    with pytest.raises(RuleError, match=words):
        load_rules({}, write(tmp_path, a=TABLE.replace(old, new)))


def test_a_region_replaces_a_number_of_one_dated_table():
    book = load_rules({"faktor_emisi_jaringan.jamali.2024": "0.85", "jakstrada_target.2024.pengurangan": "28"})
    table = book.find(TablePack, "energi")
    assert table.value("jamali", "2024") == Decimal("0.85")  # a dash before
    assert [(row.name, row.standing) for row in table.rows] == [("jamali", "pilihan daerah"), ("nasional", "dibaca")]
    assert table.rule_version == "faktor_emisi_jaringan@1+daerah"
    assert book.find(TablePack, "pengelolaan_sampah").rule_version == "jakstrada_target@2"  # the same number


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("faktor_emisi_jaringan.jamali.2023", "0.85", "tidak dikenal; maksudnya 'faktor_emisi_jaringan.jamali.2024'"),
        ("faktor_emisi_jaringan.jamali.2024", "sedikit", "bukan angka"),
        ("faktor_emisi_jaringan.jamali.2024", "-1", "tidak boleh negatif"),
        ("iklh_bobot_2020.provinsi.ika", "0.35", r"jumlah baris provinsi 1\.010, seharusnya 1"),
        ("permenlhk_14_2020_kadar.pm25.100", "200", r"harus naik: 150\.4 sesudah 200"),
    ],
)
def test_refused_number_of_a_region(key, value, words):
    with pytest.raises(RuleError, match=words):
        load_rules({key: value})


def test_two_tables_for_one_day(tmp_path):
    with pytest.raises(RuleError, match="masa berlaku bertumpang tindih dengan a"):
        load_rules({}, write(tmp_path, a=TABLE, b=TABLE.replace("id: a", "id: b")))


@pytest.mark.parametrize(
    ("value", "name", "ends"),
    [
        ("0", "Rendah", (None, 13)),
        ("12.999", "Rendah", (None, Decimal("0.001"))),
        ("13", "Sedang", (0, 131)),
        ("144", "Sedang", (131, 0)),
        ("144.001", "Tinggi", (Decimal("0.001"), None)),
    ],
)
def test_a_bound_belongs_to_the_class_the_pack_says(tmp_path, value, name, ends):
    place = place_on(load_rules({}, write(tmp_path, s=SCALE)).scale("coba"), Decimal(value))
    assert (place.own.name, (place.to_lower, place.to_upper)) == (name, ends)


def test_a_place_in_words(tmp_path):
    scale = load_rules({}, write(tmp_path, s=SCALE)).scale("coba")
    assert place_sentence(place_on(scale, Decimal("115.38")), "Skor") == (
        "Skor 115,38 termasuk Sedang: 102,38 di atas batas 13 dengan Rendah, 28,62 di bawah batas 144 dengan Tinggi."
    )
    assert place_on(scale, Decimal(-1)) is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Tinggi, above: 144", "Tinggi, above: 144, from: 144", "jangan keduanya"),
        ("Rendah, from: 0", "Rendah, above: 0", "kelas terendah"),
    ],
)
def test_refused_scale(tmp_path, old, new, words):
    with pytest.raises(RuleError, match=words):
        load_rules({}, write(tmp_path, s=SCALE.replace(old, new)))
