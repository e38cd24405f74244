"""The level engine: classes cover every value once, the worst counts, gates hold, the shortest way is the shortest."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus
from warehouse.formulas.levels.assessing import Inputs, assess
from warehouse.formulas.levels.grading import grade
from warehouse.formulas.levels.staying import margins, way_to
from warehouse.rules import RULES_DIR, RuleError, load_rules
from warehouse.rules.level_packs import LevelPack

RULES = load_rules({})
PACK = RULES.find(LevelPack, "ppkm")
SEPTEMBER = date(2021, 9, 14)
LEVEL_PACKS = [pack for pack in RULES.further_packs if isinstance(pack, LevelPack)]
NAMES = ("kasus", "rawat", "kematian", "positivity", "tracing", "bor")
SURABAYA = ("8.81", "3.43", "0.65", "0.41", "20.71", "14.54")
HEAD = "wilayah,tanggal," + ",".join(NAMES) + ",situasi_diumumkan,ppkm_diumumkan\n"


def assessed(values, vaccines=(), day=SEPTEMBER, **more):
    doses = dict(zip(("dosis1", "dosis1_lansia"), vaccines, strict=False))
    given = dict(zip(NAMES, values, strict=True)) | doses
    numbers = {name: None if value is None else Decimal(value) for name, value in given.items()}
    return assess(PACK, Inputs(day, numbers, area="jawa-bali", **more))


def with_value(name, value):
    return tuple(value if one == name else old for one, old in zip(NAMES, SURABAYA, strict=True))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("kasus", "0", "CT1"), ("kasus", "19.99", "CT1"), ("kasus", "20", "CT2"), ("kasus", "50", "CT3"),
        ("kasus", "150", "CT3"), ("kasus", "150.01", "CT4"), ("rawat", "5", "CT2"), ("rawat", "30", "CT3"),
        ("rawat", "30.1", "CT4"), ("kematian", "1", "CT2"), ("kematian", "2", "CT3"), ("kematian", "5.01", "CT4"),
        ("positivity", "5", "Sedang"), ("positivity", "15", "Sedang"), ("positivity", "15.01", "Terbatas"),
        ("tracing", "14", "Sedang"), ("tracing", "14.01", "Memadai"), ("tracing", "4.99", "Terbatas"),
        ("bor", "59.99", "Memadai"), ("bor", "60", "Sedang"), ("bor", "80", "Sedang"), ("bor", "80.01", "Terbatas"),
    ],
)  # fmt: skip
def test_thresholds_on_their_edges(name, value, expected):
    assert grade(PACK.indicators[name], Decimal(value)).name == expected


@given(st.decimals(min_value=0, max_value=1000, places=3))
@settings(max_examples=40, deadline=None)
def test_every_value_has_one_class_between_its_limits(value):
    for pack in LEVEL_PACKS:
        for indicator in pack.indicators.values():
            found = grade(indicator, value)
            assert next(one for one in indicator.classes if one.reaches(value)) is found.held
            assert found.below is None or found.below.limit <= value
            assert found.above is None or value <= found.above.limit


@pytest.mark.parametrize(
    ("values", "level"),
    [
        (SURABAYA, 1),
        (with_value("tracing", "9"), 2),  # Tuban, 12 September 2021: only tracing fell, level 1 became 2
        (with_value("tracing", "2"), 2),
        (with_value("kematian", "6"), 3),
        (("160", "3", "0", "20", "20", "20"), 4),
    ],
)
def test_the_worst_of_each_group_meets_in_the_matrix(values, level):
    assert assessed(values).situation.level == level


@pytest.mark.parametrize(
    ("day", "vaccines", "level"),
    [
        (date(2021, 9, 13), (), 1),  # no gates yet
        (SEPTEMBER, ("70", "60"), 1),
        (SEPTEMBER, ("69.99", "60"), 2),
        (SEPTEMBER, ("70", "59.99"), 2),
        (SEPTEMBER, ("49.99", "60"), 3),
        (SEPTEMBER, ("50", "39.99"), 3),
        (SEPTEMBER, ("70",), None),
        (date(2022, 2, 8), ("70", "60"), None),  # the second dose counts by then
    ],
)
def test_both_gates_of_a_level_must_hold(day, vaccines, level):
    assert assessed(SURABAYA, vaccines, day).level == level


def test_a_missing_indicator_is_never_good():
    found = assessed(with_value("bor", None))
    assert (found.situation, found.level, found.missing[0]) == (None, None, "Keterisian tempat tidur (BOR)")
    declared = assessed((None, None, None, *SURABAYA[3:]), declared={"transmisi": "tanpa kasus"})
    assert declared.situation.level == 0


def test_what_would_break_level_one():
    found = margins(assessed(SURABAYA, ("75", "70")))
    assert [(one.name, one.edge.limit, one.edge.distance, one.new_level) for one in found[:3]] == [
        ("dosis1", Decimal(70), Decimal(5), 2),
        ("dosis1_lansia", Decimal(60), Decimal(10), 2),
        ("rawat", Decimal(5), Decimal("1.57"), 2),
    ]
    assert len(found) == 8


VALUES = st.tuples(
    st.sampled_from(["5", "20", "100", "151"]), st.sampled_from(["1", "7", "31"]), st.sampled_from(["0", "3"]),
    st.sampled_from(["2", "9", "16"]), st.sampled_from(["2", "14", "15"]), st.sampled_from(["50", "81"]),
)  # fmt: skip
BEST_TO_WORST = {"kasus": ("5", "20", "50", "151"), "rawat": ("1", "5", "10", "31"), "kematian": ("0", "1", "2", "6"),
                 "positivity": ("2", "5", "16"), "tracing": ("15", "14", "2"), "bor": ("50", "60", "81")}  # fmt: skip


@given(VALUES, st.sampled_from([("80", "70"), ("60", "70"), ("45", "30")]))
@settings(max_examples=12, deadline=None)
def test_the_shortest_way_is_that_of_trying_everything(values, vaccines):
    start = assessed(values, vaccines)
    target = start.level - 1
    if target < 1:
        return
    fewest = None
    ladders = []
    for name, value in zip(NAMES, values, strict=True):
        held = grade(PACK.indicators[name], Decimal(value)).name
        rungs = BEST_TO_WORST[name]
        place = next(i for i, v in enumerate(rungs) if grade(PACK.indicators[name], Decimal(v)).name == held)
        ladders.append([(place - i, rungs[i] if i < place else value) for i in range(place + 1)])
    for plan in product(*ladders):
        for first, second in product((vaccines[0], "50", "70"), (vaccines[1], "40", "60")):
            if Decimal(first) < Decimal(vaccines[0]) or Decimal(second) < Decimal(vaccines[1]):
                continue
            gates = [Decimal(g) for g in ("50", "70") if Decimal(vaccines[0]) < Decimal(g) <= Decimal(first)]
            gates += [Decimal(g) for g in ("40", "60") if Decimal(vaccines[1]) < Decimal(g) <= Decimal(second)]
            steps = sum(one for one, _value in plan) + len(gates)
            if fewest is not None and steps >= fewest:
                continue
            if assessed([value for _steps, value in plan], (first, second)).level <= target:
                fewest = steps
    assert sum(move.steps for move in way_to(start, target)) == fewest


@given(st.sampled_from(NAMES), VALUES)
@settings(max_examples=25, deadline=None)
def test_a_worse_indicator_never_lowers_the_level(name, values):
    rungs, place = BEST_TO_WORST[name], NAMES.index(name)
    levels = [assessed((*values[:place], rung, *values[place + 1 :])).situation.level for rung in rungs]
    assert levels == sorted(levels)


def test_published_levels_stand_beside_computed_ones():
    """rmoljatim.id 16 Sep 2021; bloktuban.com 13 Sep 2021 and 9 Feb 2022; Tribun Surabaya 19 Oct 2021; and others."""
    cases = judge(
        "ppkm",
        HEAD + f"Kota Surabaya,2021-09-14,{','.join(SURABAYA)},,\n"
        "Kota Surabaya,2021-09-04,,,,2.77,18.69,,,\n"
        "Kabupaten Mojokerto,2021-09-12,,,,,,,,\nKota Mojokerto,2021-09-12,,,,,,,,\n"
        "Kota Mojokerto,2021-09-25,,,,,,,,\nKota Mojokerto,2021-10-19,,,,,,,,\n"
        "Kabupaten Mojokerto,2022-02-08,,,,,,,,\nKota Mojokerto,2022-03-08,,,,,,,,3\n"
        "Kota Mojokerto,2023-01-05,,,,,,,,\n",
    )
    told = [(case.status, case.results.get("level_situasi"), case.results.get("level_ppkm")) for case in cases]
    none, partly = ValueStatus.NO_DATA, ValueStatus.INCOMPLETE
    assert told[0] == (ValueStatus.CALCULATED, 1, None)
    assert told[1] == (partly, None, None)
    assert told[2:8] == [(none, None, None)] * 6
    assert cases[8].status is ValueStatus.NOT_APPLICABLE
    assert [case.results["situasi_diumumkan"] for case in cases[:6]] == [1, 2, 3, 3, 1, None]
    assert [case.results["ppkm_diumumkan"] for case in cases[5:8]] == [1, 2, 3]  # what the file says comes first
    assert "Level situasi diumumkan 1, hitungan 1, sama." in cases[0].explanation
    assert "Paling dekat dengan batasnya, menurut bagian dari batas: Rawat inap rumah sakit." in cases[0].explanation


@pytest.mark.parametrize(
    ("values", "classes", "situation"),
    [  # Surabaya on 12 May 2022 and before, iNews Surabaya; on 20 February 2022, Tribun Surabaya; Tuban, patraindonesia
        (("1.95", "0.75", "0.03", "0.39", "31.00", "1.66"), "CT1 CT1 CT1 Memadai Memadai Memadai", 1),
        (("1.61", "0.55", "0.00", "0.37", "31.00", "1.57"), "CT1 CT1 CT1 Memadai Memadai Memadai", 1),
        (("1.95", "0.75", "0.03", "0.39", "0", "1.66"), "CT1 CT1 CT1 Memadai Terbatas Memadai", 2),  # jatim.jpnn.com
        (("459.08", "30.29", "1.61", "16", "4", "81"), "CT4 CT4 CT2 Terbatas Terbatas Terbatas", 4),
        (("5", "1", "0.5", "2.28", "13.33", "2.64"), "CT1 CT1 CT1 Memadai Sedang Memadai", 2),
        (("5", "1", "0.5", "2.28", "14.78", "2.64"), "CT1 CT1 CT1 Memadai Memadai Memadai", 1),
    ],
)
def test_published_assessments_have_their_classes_and_level(values, classes, situation):
    """What a source does not print (transmission of Tuban, capacity of Surabaya in February) is set as it implies."""
    found = assessed(values)
    assert [found.grades[name].name for name in NAMES] == classes.split()
    assert found.situation.level == situation


def test_the_matrix_is_the_one_that_was_published():
    """Level Asesmen Situasi Provinsi di Indonesia, 24 August 2021: Memadai, Sedang, Terbatas of each transmission."""
    printed = {
        "tanpa kasus": (0, 0, 1), "sporadik": (0, 1, 1), "klaster": (1, 1, 2),
        "CT1": (1, 2, 2), "CT2": (2, 2, 3), "CT3": (2, 3, 3), "CT4": (3, 3, 4),
    }  # fmt: skip
    capacity = next(group for group in PACK.groups if group.name == "kapasitas").classes
    pairs = {
        (row, name): level for row, levels in printed.items() for name, level in zip(capacity, levels, strict=True)
    }
    assert {pair: cell.level for pair, cell in PACK.matrix.items()} == pairs
    assert {cell.standing for cell in PACK.matrix.values()} == {"dibaca"}


@pytest.mark.parametrize(
    ("day", "kabupaten", "kota"),
    [
        ("2021-07-21", 3, 4), ("2021-10-05", 3, 3), ("2021-10-19", 3, 1), ("2021-11-30", 1, 1), ("2022-01-04", 1, 1),
        ("2022-02-01", 1, 1), ("2022-02-08", 2, 2), ("2022-03-08", 2, 2), ("2022-05-10", 1, 1),
    ],
)  # fmt: skip
def test_levels_announced_for_both_mojokerto(day, kabupaten, kota):
    cases = judge("ppkm", f"wilayah,tanggal\nKabupaten Mojokerto,{day}\nKota Mojokerto,{day}\n")
    assert [case.results["ppkm_diumumkan"] for case in cases] == [kabupaten, kota]
    assert all(case.results["level_ppkm"] is None for case in cases)


@pytest.mark.parametrize("name", ["Kab. Mojokerto", "Kab Mojokerto", "KABUPATEN  MOJOKERTO", "35.16"])
def test_the_announced_level_is_found_by_the_names_in_use(name):
    (case,) = judge("ppkm", f"wilayah,tanggal\n{name},2021-09-12\n")
    assert case.results["situasi_diumumkan"] == 3


def test_the_levels_of_the_instructions_begin_at_one():
    head = "wilayah,tanggal,penularan,positivity,tracing,bor,dosis1,dosis1_lansia\n"
    (case,) = judge("ppkm", head + "A,2021-09-15,tanpa kasus,1,20,10,80,70\n")
    assert (case.results["level_situasi"], case.results["level_ppkm"]) == (0, 1)
    assert "PPKM mulai dari level 1: level situasi 0 berlaku level 1." in case.explanation


def test_a_region_stands_once_on_a_day_and_no_share_is_above_all():
    with pytest.raises(
        InputProblem, match="baris 3, kolom wilayah: Kabupaten A pada tanggal ini sudah ditulis di baris 2"
    ):
        judge("ppkm", "wilayah,tanggal,kasus\nKab. A,2021-09-12,8\nKabupaten A,2021-09-12,9\n")
    with pytest.raises(InputProblem, match="101 lebih dari 100"):
        judge("ppkm", "wilayah,tanggal,positivity\nA,2021-09-12,101\n")


def test_an_agglomeration_holds_the_level_of_its_worst_member():
    head = "wilayah,tanggal,aglomerasi,dosis1,dosis1_lansia," + ",".join(NAMES) + "\n"
    good, bad = ",".join(SURABAYA), ",".join(with_value("kasus", "60"))
    cases = judge(
        "ppkm", head + f"A,2021-09-15,X,75,65,{good}\nB,2021-09-15,X,75,65,{bad}\nC,2021-09-15,,75,65,{good}\n"
    )
    assert [case.results["level_ppkm"] for case in cases] == [2, 2, 1]
    assert "Level sendiri 1; yang berlaku level 2, dari aglomerasi X." in cases[0].explanation
    unknown = judge("ppkm", head + f"A,2021-09-15,X,75,65,{good}\nB,2021-09-15,X,,,{bad}\n")
    assert unknown[0].results["level_ppkm"] is None


@pytest.mark.parametrize(
    ("positivity", "tests", "needed"), [("4.99", "1", 1), ("5", "4", 5), ("15", "10", 10), ("25", "15", 15)]
)
def test_tests_needed_by_positivity(positivity, tests, needed):
    (case,) = judge("ppkm", f"wilayah,tanggal,positivity,tes\nA,2021-08-02,{positivity},{tests}\n")
    assert next(one.value for one in case.steps if one.name == "tes_minimal") == needed
    short = f"Tes {tests} per 1.000 penduduk per minggu, kurang {needed - int(tests)} dari {needed}"
    assert any(sentence.startswith(short) for sentence in case.explanation) is (int(tests) < needed)


def test_a_region_may_replace_a_limit_and_the_rule_version_says_so():
    own = load_rules({"dbd.ir.tercapai": "20"}).find(LevelPack, "dbd", date(2025, 1, 1))
    assert own.rule_version == "sasaran_dbd_2024@2+daerah"
    assert own.indicators["ir"].standing == "pilihan daerah"
    assert grade(own.indicators["ir"], Decimal(15)).name == "tercapai"
    assert load_rules({"dbd.abj.belum_tercapai": "95"}).find(LevelPack, "dbd").rule_version == "sasaran_dbd_2024@2"


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"dbd.ir.tercapa": "20"}, "maksudnya 'dbd.ir.tercapai'"),
        ({"dbd.ir.tercapai": "dua puluh"}, "dbd.ir.tercapai bukan angka"),
        ({"bor.bor.ideal": "50"}, "batas bor.bor harus naik: 60, 50"),
    ],
)
def test_wrong_limits_of_a_region_are_refused(overrides, words):
    with pytest.raises(RuleError, match=words):
        load_rules(overrides)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("below: 50}", "below: 20}", "batas harus naik: 20 sesudah 20"),
        ("{name: CT4}", "{name: CT5}", "kelas 'CT5' tidak ada pada kelompok transmisi"),
        ("{name: CT4}", "{name: CT4, below: 900}", "kecuali yang terakhir"),
        ("  - {pair: [CT1, Sedang], level: 2, standing: dibaca}\n", "", r"pasangan \['CT1', 'Sedang'\] tidak ada"),
        ("pair: [CT1, Sedang]", "pair: [CT1, Memadai]", "ditulis dua kali"),
        ("[CT4, Memadai], level: 3", "[CT4, Memadai], level: 1", "level turun dari"),
        ("group: transmisi", "group: transmsi", "harus salah satu dari transmisi, kapasitas"),
        ("    level_at_least: 3\n", "", "tulis salah satu: level_at_least atau raises"),
        ("declared: [tanpa kasus,", "declared: [nihil,", "'nihil' bukan kelas kelompok"),
        ("standing: dibaca", "standing: pasti", "standing"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_line(tmp_path, old, new, words):
    folder = shutil.copytree(RULES_DIR / "ppkm", tmp_path / "rules" / "ppkm").parent
    path = folder / "ppkm" / "kmk_4805_2021.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=words) as caught:
        load_rules({}, folder)
    assert "ppkm/kmk_4805_2021.yml baris " in str(caught.value)
