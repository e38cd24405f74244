"""Rule packs: what they hold, what they refuse, and what a region may replace."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal

import pytest

from warehouse.rules import RULES_DIR, RuleError, load_rules, round_half_up

BOOK = load_rules({})


@pytest.mark.parametrize(
    ("day", "regulation", "counts"),
    [
        (date(2017, 12, 31), None, None),
        (date(2018, 1, 1), "PermenPANRB 5/2018", (3, 7, 37)),  # indicator 35 is scored for three services
        (date(2020, 12, 31), "PermenPANRB 5/2018", (3, 7, 37)),
        (date(2021, 1, 1), "PermenPANRB 59/2020", (4, 8, 47)),
        (date(2025, 12, 31), "PermenPANRB 59/2020", (4, 8, 47)),
        (date(2026, 1, 1), None, None),
    ],
)
def test_pack_in_force(day, regulation, counts):
    pack = BOOK.index_pack("spbe", day)
    if regulation is None:
        assert pack is None
        return
    assert pack.regulation == regulation
    assert (len(pack.domains), len(pack.aspects), len(pack.indicators)) == counts
    assert sum(item.weight for item in pack.indicators) == pack.total_weight


def test_pemdi_replaces_spbe_and_is_another_index():
    for day in (date(2026, 1, 1), date(2040, 1, 1)):
        pack = BOOK.pack_after("spbe", day)
        assert pack == BOOK.index_pack("pemdi", day)
        assert (pack.index_name, len(pack.domains), len(pack.aspects), len(pack.indicators)) == ("Pemdi", 0, 7, 20)
    assert BOOK.pack_after("spbe", date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    ("index", "unrounded", "rounded"),
    [
        ("0", "Kurang", "Kurang"),
        ("1.7949", "Kurang", "Kurang"),
        ("1.7995", "Kurang", "Cukup"),  # Kab. Boven Digoel 2023 was judged on the rounded index
        ("1.80", "Cukup", "Cukup"),
        ("2.6", "Baik", "Baik"),
        ("3.4999", "Baik", "Sangat Baik"),
        ("4.1950", "Sangat Baik", "Memuaskan"),
        ("4.2", "Memuaskan", "Memuaskan"),
        ("5.0", "Memuaskan", "Memuaskan"),
        ("5.01", "", ""),
    ],
)
def test_predikat_bands(index, unrounded, rounded):
    other = load_rules({"spbe.predikat_on": "rounded"})
    day = date(2024, 12, 31)
    assert BOOK.index_pack("spbe", day).predikat(Decimal(index)) == unrounded
    assert other.index_pack("spbe", day).predikat(Decimal(index)) == rounded
    assert other.index_pack("spbe", day).rule_version == "permenpanrb_59_2020@1+daerah"


@pytest.mark.parametrize(
    ("index", "predikat"),
    [
        ("1.49", "Kurang"),
        ("1.5", "Cukup"),
        ("2.5", "Baik"),
        ("3.5", "Sangat Baik"),
        ("3.99", "Sangat Baik"),
        ("4", "Memuaskan"),
    ],
)
def test_pemdi_bands(index, predikat):
    assert BOOK.index_pack("pemdi", date(2026, 12, 31)).predikat(Decimal(index)) == predikat


@pytest.mark.parametrize(
    ("value", "places", "expected"), [("4.315", 2, "4.32"), ("2.675", 2, "2.68"), ("13.05", 1, "13.1")]
)
def test_round_half_up(value, places, expected):
    assert round_half_up(Decimal(value), places) == Decimal(expected)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pengelolaan_sampah.reduction_target_pct", 30),
        ("pengelolaan_sampah.handling_target_pct", 70),
        ("pengelolaan_sampah.managed_target_pct", 100),
        ("layanan_112.answer_within_seconds", 10),
        ("layanan_112.fire_response_minutes", 15),
        ("layanan_112.surge_factor", Decimal("1.5")),
    ],
)
def test_limits(key, value):
    assert BOOK.value(key) == value


def test_every_limit_names_its_origin():
    for pack in BOOK.limits_packs:
        for limit in pack.limits.values():
            assert limit.source
            assert limit.article
            assert limit.standing in ("dibaca", "ingatan", "pilihan daerah")


def test_override_replaces_and_marks_the_rule_version():
    book = load_rules({"layanan_112.open_ticket_hours": "12"})
    assert book.count("layanan_112.open_ticket_hours") == 12
    assert book.limits("layanan_112").limits["open_ticket_hours"].standing == "pilihan daerah"
    assert book.limits("layanan_112").rule_version == "acuan_layanan_112@1+daerah"
    assert (
        load_rules({"layanan_112.open_ticket_hours": "24"}).limits("layanan_112").rule_version == "acuan_layanan_112@1"
    )


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"layanan_112.open_ticket_hour": "24"}, "layanan_112.open_ticket_hours"),
        ({"layanan_112.open_ticket_hours": "satu hari"}, "bukan angka"),
        ({"layanan_112.open_ticket_hours": "1.5"}, "bukan bilangan bulat"),
        ({"layanan_112.surge_factor": "NaN"}, "bukan angka"),
        ({"layanan_112.surge_factor": "-1"}, "tidak boleh negatif"),
        ({"spbe.predikat_on": "kira-kira"}, "harus unrounded atau rounded"),
    ],
)
def test_override_refused(overrides, words):
    with pytest.raises(RuleError, match=words):
        load_rules(overrides)


SPBE, LIMITS = "spbe/permenpanrb_59_2020.yml", "layanan_112/acuan.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (SPBE, "total_weight: 100", "total_weigth: 100", r"baris 14: kunci 'total_weigth'.*maksudnya 'total_weight'"),
        (SPBE, "from: 1.8, below: 2.6", "from: 1.9, below: 2.6", "baris 22: celah"),
        (SPBE, "from: 1.8, below: 2.6", "from: 1.7, below: 2.6", "baris 22: tumpang tindih"),
        (SPBE, "weight: 16.50", "weight: 13.00", r"baris 27: jumlah bobot domains 96\.50, seharusnya 100"),
        (SPBE, "no: 42, aspect: 8, weight: 3.00", "no: 42, aspect: 8, weight: 3.50", "jumlah bobot indicators"),
        (SPBE, "no: 5, domain: 3", "no: 5, domain: 2", "jumlah bobot aspects pada Tata Kelola"),
        (SPBE, "no: 47,", "no: 48,", "seharusnya 47"),
        (SPBE, "valid_from: 2021-01-01", "valid_from: 2020-12-31", "baris 11: masa berlaku bertumpang tindih"),
        (SPBE, "valid_until: 2025-12-31", "valid_until: 31-12-2025", "bukan tanggal"),
        (SPBE, "standing: dibaca", "standing: pasti", "harus salah satu dari"),
        (LIMITS, "value: 10\n", "value: sepuluh\n", "baris 10: value bukan angka"),
        (LIMITS, "value: 24\n", "value: 24.5\n", "bukan bilangan bulat"),
        (LIMITS, "    standing: dibaca\n", "", "'standing' wajib diisi"),
        (LIMITS, "kind: batas", "kind: [batas", "bukan YAML yang sah"),
    ],
)
def test_pack_refused_with_file_and_line(tmp_path, file, old, new, words):
    for pack in RULES_DIR.glob("*/*.yml"):
        (tmp_path / pack.parent.name).mkdir(exist_ok=True)
        shutil.copy(pack, tmp_path / pack.parent.name)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=words) as refusal:
        load_rules({}, tmp_path)
    assert file in str(refusal.value) or "bertumpang" in words


def test_the_pack_of_a_new_year_is_one_file(tmp_path):
    shutil.copytree(RULES_DIR / "pemdi", tmp_path / "pemdi")
    text = (tmp_path / "pemdi" / "permenpanrb_8_2026.yml").read_text(encoding="utf-8")
    for old, new in (
        ("id: permenpanrb_8_2026", "id: aturan_2028"),
        ("from: 2026-", "from: 2028-"),
        (": 4.00", ": 4.10"),
    ):
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "pemdi" / "aturan_2028.yml").write_text(text, encoding="utf-8")
    book = load_rules({}, tmp_path)
    judged = {year: book.index_pack("pemdi", date(year, 12, 31)) for year in (2026, 2027, 2028)}
    assert [pack.pack_id for pack in judged.values()] == ["permenpanrb_8_2026", "permenpanrb_8_2026", "aturan_2028"]
    assert judged[2026].valid_until == date(2027, 12, 31)
    assert [pack.predikat(Decimal("4.05")) for pack in judged.values()] == ["Memuaskan", "Memuaskan", "Sangat Baik"]
    assert book.pack_after("spbe", date(2028, 1, 1)).pack_id == "aturan_2028"


@pytest.mark.parametrize("pack", BOOK.index_packs, ids=lambda pack: pack.pack_id)
def test_every_index_that_levels_can_give_has_one_predikat(pack):
    found = []
    for cents in range(pack.lowest_level * 1000, pack.highest_level * 1000 + 1):
        held = [place for place, band in enumerate(pack.bands) if band.holds(Decimal(cents) / 1000)]
        assert len(held) == 1
        found += held
    assert found == sorted(found)
