"""What nobody has read yet a region may replace: every such value has a key; a wrong key is refused with its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.warehouse.rules.judged import judge
from warehouse.__main__ import main
from warehouse.region_rules import region_rules
from warehouse.rules import IndexPack, LimitsPack, RuleError, ScalePack, load_rules, own_keys
from warehouse.rules.alarm_packs import AlarmRule
from warehouse.rules.level_packs import LevelPack
from warehouse.rules.packs import Pack
from warehouse.rules.tables import TablePack
from warehouse.settings import load_settings

BOOK = load_rules({})
UNREAD = "ingatan"
LOW = "wilayah,tanggal,kasus,rawat,kematian,positivity,tracing,bor\nX,2021-08-02,30,3,0.5,1,20,10\n"


def unread_values(pack: Pack) -> list[str]:
    """The key of every value of a pack that is from memory, as the guide for administrators spells keys."""
    match pack:
        case LimitsPack():
            return [f"{pack.scheme}.{one.name}" for one in pack.limits.values() if one.standing == UNREAD]
        case ScalePack():
            found = [f"{pack.pack_id}.{one.name}" for one in pack.classes if one.standing == UNREAD]
            found += [f"{pack.pack_id}.{one.name}.name" for one in pack.classes if one.name_standing == UNREAD]
            found += [f"{pack.pack_id}.{one.name}.meaning" for one in pack.classes if one.meaning_standing == UNREAD]
            return found + ([f"{pack.pack_id}.rounding.places"] if pack.rounding_standing == UNREAD else [])
        case IndexPack():
            found = [f"{pack.pack_id}.{one.name}" for one in pack.bands[1:] if pack.bands_standing == UNREAD]
            if pack.names_standing == UNREAD:
                found += [f"{pack.pack_id}.indicators.{one.label}.name" for one in pack.indicators]
                found += [
                    f"{pack.pack_id}.level_names.{kind}.{level}"
                    for kind in pack.level_names
                    for level in range(pack.lowest_level, pack.highest_level + 1)
                ]
            return found + ([f"{pack.pack_id}.weights"] if pack.standing == UNREAD else [])
        case TablePack():
            rows = [row for row in pack.rows if row.standing == UNREAD]
            return [f"{pack.pack_id}.{row.name}.{column}" for row in rows for column in pack.columns]
        case LevelPack():
            graded = [one for one in pack.indicators.values() if one.standing == UNREAD]
            found = [f"{pack.scheme}.{one.name}.{held.name}" for one in graded for held in one.classes if held.upper]
            found += [f"{pack.scheme}.{'.'.join(pair)}" for pair, one in pack.matrix.items() if one.standing == UNREAD]
            found += [f"{pack.scheme}.gates.{gate.title}" for gate in pack.gates if gate.standing == UNREAD]
            return [key.replace(" ", "_") for key in found]
        case AlarmRule():
            return [f"{pack.scheme}.{pack.pack_id}.limit"] if pack.standing == UNREAD else []
    raise TypeError(type(pack).__name__)


def test_every_unread_value_may_be_the_regions_own():
    known = own_keys(BOOK.every_pack)
    unread = [key for pack in BOOK.every_pack for key in unread_values(pack)]
    assert len(unread) > 100
    assert [key for key in unread if key not in known] == []


@pytest.mark.parametrize(("level", "said"), [("1", ("1", "pilihan daerah")), ("2", ("2", "dibaca"))])
def test_a_cell_of_the_matrix(level, said):
    own = load_rules({"ppkm.CT2.Memadai": level})
    (case,) = judge("ppkm", LOW, rules=own)
    step = next(one for one in case.steps if one.name == "situasi")
    assert (str(step.value), step.standing) == said
    assert case.pack is not None
    assert case.pack.rule_version == ("kmk_4805_2021@2" if level == "2" else "kmk_4805_2021@2+daerah")


def test_a_cell_with_a_blank_in_its_name():
    pack = load_rules({"ppkm.tanpa_kasus.Terbatas": "0"}).find(LevelPack, "ppkm", date(2021, 8, 2))
    assert pack is not None
    assert pack.matrix["tanpa kasus", "Terbatas"].level == 0


def test_how_far_a_value_is_rounded():
    own, before = load_rules({"permenlhk_14_2020.rounding.places": "1"}).scale("ispu"), BOOK.scale("ispu")
    assert (before.round(Decimal("50.25")), own.round(Decimal("50.25"))) == (Decimal(50), Decimal("50.3"))
    assert (own.rounding_standing, own.rule_version) == ("pilihan daerah", f"{before.rule_version}+daerah")


def test_a_name():
    key = "permenpanrb_5_2018.indicators.35-2.name"
    own = load_rules({key: "Layanan kedua", "permenpanrb_5_2018.level_names.process.3": "Terdefinisi"})
    pack = own.index_pack("spbe", date(2019, 12, 31))
    assert pack is not None
    told = {one.label: (one.name, one.name_standing) for one in pack.indicators}
    assert told["35-2"] == ("Layanan kedua", "pilihan daerah")
    assert told["1"][1] is None
    assert pack.level_names["process"][3] == "Terdefinisi"
    assert pack.rule_version == "permenpanrb_5_2018@1+daerah"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("ppkm.CT2.Memada", "1", "tidak dikenal; maksudnya 'ppkm.CT2.Memadai'"),
        ("ppkm.CT2.Memadai", "5", "5 harus 0 sampai 4"),
        ("ppkm.CT2.Memadai", "1.5", "bukan bilangan bulat"),
        ("ppkm.CT2.Memadai", "4", r"level turun dari \['CT2', 'Memadai'\] ke .*, padahal lebih buruk"),
        ("permenlhk_14_2020.rounding.places", "9", "9 harus 0 sampai 6"),
        ("permenpanrb_5_2018.indicators.1.name", " ", "kosong"),
        ("permenpanrb_59_2020.indicators.1.name", "X", "tidak dikenal"),  # read: not to be replaced
    ],
)
def test_refused_with_its_line(tmp_path, monkeypatch, key, value, words):
    file = tmp_path / "pendopo.toml"
    file.write_text(
        "profile = 'x'\n[profiles.x]\nregion_code = '35.16'\nregion_name = 'X'\nprovince_name = 'Y'\n[screens]\n"
        f"[thresholds]\n# batas daerah\n\"{key}\" = '{value}'\n",
        "utf-8",
    )
    monkeypatch.setenv("PENDOPO_CONFIG", str(file))
    with pytest.raises(RuleError, match=f"^pendopo.toml baris 9: thresholds: {key} .*{words}"):
        region_rules(load_settings())


def test_evaluate_with_what_the_region_has_set(tmp_path, monkeypatch, capsys):
    file, rows = tmp_path / "pendopo.toml", tmp_path / "x.csv"
    file.write_text(
        "profile = 'x'\n[profiles.x]\nregion_code = '35.16'\nregion_name = 'X'\nprovince_name = 'Y'\n[screens]\n"
        "[thresholds]\n'dbd.ir.tercapai' = '20'\n",
        "utf-8",
    )
    rows.write_text("tahun,penduduk,kasus,meninggal\n2025,100000,15,0\n", "utf-8")
    monkeypatch.setenv("PENDOPO_CONFIG", str(file))
    assert (main(["evaluate", "dbd", str(rows)]), "+daerah" in capsys.readouterr().out) == (0, False)
    assert (main(["evaluate", "dbd", "--thresholds", str(rows)]), "+daerah" in capsys.readouterr().out) == (0, True)
    file.write_text(file.read_text("utf-8").replace("tercapai", "tercapa"), "utf-8")
    assert main(["evaluate", "dbd", "--thresholds", str(rows)]) == 2
    assert "pendopo.toml baris 8: thresholds: dbd.ir.tercapa tidak dikenal" in capsys.readouterr().err
