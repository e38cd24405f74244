"""The pollution index against the published constants of the water classes, and its properties."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.ip_ratios import PARAMETERS
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus
from warehouse.formulas.oxygen_saturation import oxygen_saturation
from warehouse.formulas.pollution_index import (
    Ratio,
    corrected,
    falling_ratio,
    index_when_met,
    pollution_index,
    range_ratio,
)
from warehouse.rules import load_rules
from warehouse.rules.tables import TablePack

RULES = load_rules({})
FIVE = Decimal(5)
HEADER = "kelas,tss,do,bod,cod,tp,fc,tc"
RATIOS = st.lists(st.decimals("0", "500", places=3), min_size=1, max_size=6)


def one(line, header=HEADER, **options):
    (case,) = judge("ip", f"{header}\n{line}\n", **options)
    return case


@pytest.mark.parametrize(
    (
        "line",
        "computed",
        "published",
    ),  # limits of a class judged by class I of PP 82/2001; Balikpapan prints two decimals
    [
        ("I,50,4,3,25,0.2,1000,5000", "4.6668", "4.67"),
        ("I,400,3,6,50,1,2000,10000", "6.3159", "6.32"),
        ("I,400,0,12,100,5,2000,10000", "6.8818", "6.88"),
    ],
)
def test_published_constants(line, computed, published):
    case = one(line, year=2019, rasio_do="batas_per_kadar", do_nol="satu")
    assert case.results["ip"] == Decimal(computed)
    assert round(case.results["ip"], 2) == Decimal(published)
    assert case.pack.regulation == "PP 82/2001"


@pytest.mark.parametrize(
    ("line", "published"),  # class II, rivers of Bogor in 2020: a worksheet for IKA on scribd.com, two decimals
    [
        ("II,7.84,5,62.52,200,11,4,1100", {"ph": "0.23", "bod": "2.11", "cod": "2.99"}),
        ("II,7.8,4,76.39,300,13,3,1200", {"ph": "0.20", "bod": "1.62", "cod": "3.43"}),
        ("II,7.37,1.74,20.83,100,1.08,0.55,140", {"ph": "0.09", "bod": "0.58", "cod": "0.83"}),
    ],
)
def test_published_ratios(line, published):
    steps = {step.name: step.value for step in one(line, "kelas,ph,bod,cod,tss,no3,tp,fc").steps}
    used = {name: steps.get(f"koreksi_{name}", steps[f"nisbah_{name}"]) for name in published}
    assert {name: str(round(value, 2)) for name, value in used.items()} == published


@pytest.mark.parametrize(
    ("line", "ip", "status"),
    [
        ("II,25", "0.5000", "Memenuhi baku mutu"),
        ("II,50", "1.0000", "Memenuhi baku mutu"),  # at the limit
        ("II,50.1", "1.0043", "Cemar ringan"),
        ("II,315", "4.9967", "Cemar ringan"),
        ("II,316", "5.0036", "Cemar sedang"),
        ("II,3154", "9.9995", "Cemar sedang"),
        ("II,3160", "10.0036", "Cemar berat"),
        ("IV,400", "1.0000", "Memenuhi baku mutu"),
    ],
)
def test_status_by_class(line, ip, status):
    found = one(line, "kelas,tss").results
    assert (found["ip"], found["status_mutu"]) == (Decimal(ip), status)


@pytest.mark.parametrize(
    ("measured", "expected"), [("7.5", 0), ("6", 1), ("9", 1), ("6.75", "0.5"), ("5.25", "1.5"), ("10.5", 2)]
)
def test_acidity_is_a_distance_from_the_middle(measured, expected):
    assert range_ratio(Decimal(measured), Decimal(6), Decimal(9)) == Decimal(expected)


@pytest.mark.parametrize(("measured", "expected"), [("4", 1), ("8", 0), ("9", 0), ("2", "1.5"), ("0", 2)])
def test_oxygen_from_saturation(measured, expected):
    assert falling_ratio(Decimal(measured), Decimal(4), Decimal(8)) == Decimal(expected)


@pytest.mark.parametrize(("celsius", "table"), [(0, "14.62"), (20, "9.09"), (25, "8.26"), (30, "7.56")])
def test_saturation_of_the_standard_methods(celsius, table):
    assert round(oxygen_saturation(Decimal(celsius)), 2) == Decimal(table)


@pytest.mark.parametrize(
    ("header", "line", "options", "status", "words"),
    [
        ("kelas,do", "II,4", {}, ValueStatus.INCOMPLETE, "DO perlu suhu air atau DO jenuh"),
        ("kelas,do", "II,0", {"rasio_do": "batas_per_kadar"}, ValueStatus.INCOMPLETE, "DO nol"),
        ("kelas,tss", "II,", {}, ValueStatus.NO_DATA, "Tidak ada parameter"),
        ("kelas,no2", "IV,0.05", {}, ValueStatus.NO_DATA, "Tidak ada parameter"),
        ("tanggal,kelas,tss", "1999-01-01,II,50", {}, ValueStatus.NOT_APPLICABLE, "Tidak ada baku mutu"),
    ],
)
def test_no_index_has_a_reason(header, line, options, status, words):
    case = one(line, header, **options)
    assert (case.status, dict(case.results)) == (status, {})
    assert words in case.reason


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("kelas,do,do_jenuh", "I,5,5.5", "baris 2, kolom do_jenuh: DO jenuh 5,5 harus di atas baku mutu 6"),
        ("kelas,tss", "V,5", "baris 2, kolom kelas: 'V' harus salah satu dari I, II, III, IV"),
        ("kelas,ph", "II,15", "15 lebih dari 14"),
        ("kelas,bod", "II,-1", "-1 kurang dari 0"),
    ],
)
def test_impossible_samples_are_refused(header, line, words):
    with pytest.raises(InputProblem, match=words):
        one(line, header)


def test_the_limits_of_the_day():
    found = [one(f"{day},II,25", "tanggal,kelas,cod") for day in ("2021-02-01", "2021-02-02")]
    assert [case.pack.regulation for case in found] == ["PP 82/2001", "PP 22/2021"]
    assert one("III,44", "kelas,cod", year=2020).results["ip"] < 1 < one("III,44", "kelas,cod").results["ip"]


def test_explanation_names_the_fewest_parameters():
    case = one("II,27,50,8,3,25,4000,1000", "kelas,suhu,tss,do,bod,cod,fc,no3")
    assert case.explanation[:2] == (
        "Parameter penentu NO3-N: 100 kali baku mutu, nisbah terpakai 11.",
        "2 dari 6 parameter melampaui baku mutu.",
    )
    assert case.results["status_mutu"] == "Cemar sedang"
    assert case.explanation[3].startswith(
        "Paling sedikit 1 parameter kembali ke baku mutu (NO3-N) agar naik kelas: IP menjadi "
    )
    assert case.explanation[3].endswith("Cemar ringan.")
    assert (
        "NO2 tidak punya baku mutu kelas IV PP 22/2021, jadi tidak dinilai."
        in one("IV,5,1", "kelas,bod,no2").explanation
    )


def test_a_parameter_the_pack_lacks_is_told_apart_from_a_dash():
    assert one("II,5,1", "kelas,bod,no2", year=2015).explanation[-1] == (
        "NO2 tidak ada dalam paket PP 82/2001, jadi tidak dinilai."
    )


def test_columns_are_the_parameters_of_the_packs():
    packs = [pack for pack in RULES.further_packs if isinstance(pack, TablePack) and pack.scheme == "baku_mutu_air"]
    names = {row.name for pack in packs for row in pack.rows}
    assert names == {*PARAMETERS, "ph_min", "ph_max"}


@given(RATIOS, st.data())
def test_index_never_falls_while_a_ratio_rises(raws, data):
    place = data.draw(st.integers(0, len(raws) - 1))
    risen = [*raws]
    risen[place] = data.draw(st.decimals(raws[place], "500", places=3))
    before, after = (pollution_index([corrected(raw, FIVE) for raw in some]) for some in (raws, risen))
    assert before <= after
    assert min(raws) <= 1 or before >= 1


@given(RATIOS)
def test_the_highest_ratios_are_the_best_to_bring_down(raws):
    ratios = [Ratio(str(n), str(n), raw, corrected(raw, FIVE)) for n, raw in enumerate(raws)]
    for count in range(1, len(ratios) + 1):
        tried = [
            pollution_index([min(r.value, Decimal(1)) if r in chosen else r.value for r in ratios])
            for chosen in combinations(ratios, count)
        ]
        assert abs(index_when_met(ratios, count) - min(tried)) < Decimal("1e-20")


@given(st.decimals("0", "1000", places=4))
def test_every_index_has_one_status(index):
    scale = RULES.scale("ip")
    assert sum(scale.predikat(index) == one.name for one in scale.classes) == 1
