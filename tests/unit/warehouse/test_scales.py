"""Scales: every value has one class, bounds can be switched by name, a file out of order is refused with its line."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from warehouse.rules import RULES_DIR, RuleError, load_rules

BOOK = load_rules({})
DECIMAL = load_rules({"kinerja.bounds": "desimal"})


@pytest.mark.parametrize(
    ("value", "whole", "decimal"),
    [
        ("0", "Sangat Rendah", "Sangat Rendah"),
        ("50", "Sangat Rendah", "Sangat Rendah"),
        ("50.1", "Sangat Rendah", "Rendah"),
        ("50.99", "Sangat Rendah", "Rendah"),
        ("51", "Rendah", "Rendah"),
        ("65.1", "Rendah", "Sedang"),
        ("66", "Sedang", "Sedang"),
        ("75.999", "Sedang", "Tinggi"),
        ("76", "Tinggi", "Tinggi"),
        ("90.05", "Tinggi", "Tinggi"),
        ("90.4", "Tinggi", "Sangat Tinggi"),  # falls into the gap of the printed ranges
        ("91", "Sangat Tinggi", "Sangat Tinggi"),
        ("534.38", "Sangat Tinggi", "Sangat Tinggi"),
        ("-0.01", "", ""),
    ],
)
def test_five_classes(value, whole, decimal):
    assert BOOK.scale("kinerja").predikat(Decimal(value)) == whole
    assert DECIMAL.scale("kinerja").predikat(Decimal(value)) == decimal


def test_a_local_choice_of_bounds_is_marked():
    assert BOOK.scale("kinerja").rule_version == "permendagri_86_2017@1"
    assert DECIMAL.scale("kinerja").rule_version == "permendagri_86_2017@1+daerah"
    assert load_rules({"kinerja.bounds": "bulat"}).scale("kinerja").rule_version == "permendagri_86_2017@1"
    assert [one.other_name for one in BOOK.scale("kinerja").classes][-1] == "Sangat Baik"


@pytest.mark.parametrize(
    ("index", "category"),
    [
        ("0.49", ""),
        ("0.5", "Baik"),
        ("50.4", "Baik"),
        ("50.5", "Sedang"),
        ("100.5", "Tidak Sehat"),  # half up; half even would say Sedang
        ("200", "Tidak Sehat"),
        ("300", "Sangat Tidak Sehat"),
        ("300.5", "Berbahaya"),
        ("999", "Berbahaya"),
    ],
)
def test_air_categories(index, category):
    assert BOOK.scale("ispu").predikat(Decimal(index)) == category


def test_every_class_says_where_it_is_from():
    for pack in BOOK.scale_packs:
        assert pack.article
        assert pack.source
        assert {one.standing for one in pack.classes} <= {"dibaca", "ingatan"}
    assert BOOK.scale("ispu").rounding_standing == "ingatan"
    assert {one.meaning_standing for one in BOOK.scale("ispu").classes} == {"dibaca"}
    assert {one.name_standing for one in BOOK.scale("kinerja").classes} == {"dibaca"}


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"kinerja.bounds": "pecahan"}, "harus salah satu dari bulat, desimal"),
        ({"kinerja.bound": "desimal"}, "maksudnya 'kinerja.bounds'"),
        ({"ispu.bounds": "desimal"}, "tidak dikenal"),
    ],
)
def test_wrong_choices_are_refused(overrides, words):
    with pytest.raises(RuleError, match=words):
        load_rules(overrides)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("kinerja/permendagri_86_2017.yml", "from: 66, ", "from: 51, ", "batas bawah harus naik: 51 sesudah 51"),
        ("kinerja/permendagri_86_2017.yml", "[0, 50.1, ", "[0, ", "4 batas untuk 5 kelas"),
        ("kinerja/permendagri_86_2017.yml", "65.1, 75.1", "75.1, 65.1", "batas bawah harus naik"),
        ("kinerja/permendagri_86_2017.yml", "50.1", "lima puluh", "bukan angka"),
        ("kinerja/permendagri_86_2017.yml", "name: Tinggi", "name: Sedang", "nama kelas ditulis dua kali"),
        ("ispu/permenlhk_14_2020.yml", "judged_on: rounded", "judged_on: dibulatkan", "judged_on"),
        ("ispu/permenlhk_14_2020.yml", "printed:", "tercetak:", "tidak dikenal"),
        ("ispu/permenlhk_14_2020.yml", "kind: skala", "kind: tangga", "salah satu dari"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path, file, old, new, words):
    folder = shutil.copytree(RULES_DIR, tmp_path / "rules")
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=words) as caught:
        load_rules({}, folder)
    assert f"{file} baris " in str(caught.value)


def test_a_bound_of_one_class_may_be_the_regions_own():
    own = load_rules({"irbi_bnpb.Tinggi": "150", "permenpanrb_12_2015.AA": "91"})
    irbi, before = own.scale("irbi"), BOOK.scale("irbi")
    assert (before.predikat(Decimal("145")), irbi.predikat(Decimal("145"))) == ("Tinggi", "Sedang")
    assert irbi.rule_version == f"{before.rule_version}+daerah"
    assert [one.standing for one in irbi.classes] == ["ingatan", "ingatan", "pilihan daerah"]
    assert load_rules({"irbi_bnpb.Tinggi": "144"}).scale("irbi").rule_version == before.rule_version


def test_a_predikat_may_begin_where_the_region_says():
    pack, before = (
        next(one for one in book.index_packs if one.pack_id == "permenpanrb_5_2018")
        for book in (load_rules({"permenpanrb_5_2018.Cukup": "2.0"}), BOOK)
    )
    assert (before.predikat(Decimal("1.9")), pack.predikat(Decimal("1.9"))) == ("Cukup", "Kurang")
    assert (pack.rule_version, pack.bands_standing) == ("permenpanrb_5_2018@1+daerah", "pilihan daerah")
    for index in range(0, 501):
        assert sum(band.holds(Decimal(index) / 100) for band in pack.bands) == 1


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("irbi_bnpb.Tinggi", "12", "harus lebih dari 13, batas Sedang"),
        ("irbi_bnpb.Tinggi", "tinggi", "bukan angka"),
        ("irbi_bnpb.Tingi", "150", "maksudnya 'irbi_bnpb.Tinggi'"),
        ("permenpanrb_5_2018.Cukup", "3", "harus kurang dari"),
    ],
)
def test_a_bound_that_breaks_the_scale_is_refused(key, value, words):
    with pytest.raises(RuleError, match=words):
        load_rules({key: value})
