"""The satisfaction index: published answers with each weight, bands without gaps, wrong and missing input."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.ikm import ELEMENTS
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus
from warehouse.formulas.satisfaction import Answers, points_missing, satisfaction
from warehouse.rules import load_rules
from warehouse.rules.tables import TablePack

RULES = load_rules({})
HEADER = ",".join(ELEMENTS)
SUMS = "105,101,100,116,102,105,106,115,105"  # rennn9/GASPUL_BACKEND: 29 respondents, 955 points in all
EQUAL = dict.fromkeys(ELEMENTS, Decimal(1))


def means(value: str) -> str:
    return f"{HEADER}\n{','.join([value] * 9)}\n"


@pytest.mark.parametrize(("weight", "index"), [("1/9", "91.48"), ("0.11", "90.56"), ("0.111", "91.38")])
def test_three_results_of_the_same_answers(weight, index):
    (case,) = judge("ikm", f"responden,{HEADER}\n29,{SUMS}\n", isi="jumlah", bobot=weight)
    assert (str(case.results["ikm"]), case.results["mutu"], case.results["kinerja"]) == (index, "A", "Sangat Baik")


@pytest.mark.parametrize(
    ("weight", "highest", "total"), [("1/9", "100.00", "1"), ("0.11", "99.00", "0.99"), ("0.111", "99.90", "0.999")]
)
def test_only_a_ninth_reaches_a_hundred(weight, highest, total):
    (case,) = judge("ikm", means("4"), isi="rerata", bobot=weight)
    assert str(case.results["ikm"]) == highest
    table = RULES.need(TablePack, "ikm")
    weights = sum(table.value(name, weight) for name in ELEMENTS)
    assert weights / table.value("pembagi", weight) == Decimal(total)


@pytest.mark.parametrize(
    ("index", "band"),
    [("25.00", "D"), ("64.99", "D"), ("64.994", "D"), ("64.995", "C"), ("65.00", "C"), ("76.60", "C"), ("76.605", "B"),
     ("88.30", "B"), ("88.304", "B"), ("88.305", "A"), ("100", "A")],
)  # fmt: skip
def test_bands_are_of_the_rounded_index_and_leave_no_gap(index, band):
    assert RULES.scale("ikm").predikat(Decimal(index)) == band


def test_answers_of_persons_give_what_their_sums_give():
    persons = "".join(f"{','.join(row)}\n" for row in ("343433433", "443443443", "332434343"))
    (by_person,) = judge("ikm", f"{HEADER}\n{persons}")
    (by_sums,) = judge("ikm", f"responden,{HEADER}\n3,10,11,8,12,10,10,12,10,9\n", isi="jumlah")
    assert by_person.results == by_sums.results
    assert by_person.results["ikm"] == Decimal("85.19")
    assert by_person.explanation[1:] == (
        "Unsur terendah: Waktu penyelesaian, rerata 2,667.",
        "Mutu A tercapai bila jumlah skor semua unsur naik paling sedikit 4, pada unsur mana pun.",
    )


def test_an_answer_left_out_counts_in_no_mean():
    (case,) = judge("ikm", f"responden,{HEADER}\n10,{'40,' * 8}\n5,{'20,' * 8}15\n", isi="jumlah")
    steps = {step.name: step.value for step in case.steps}
    assert (steps["nrr_persyaratan"], steps["nrr_sarana"]) == (4, 3)
    assert str(case.results["ikm"]) == "97.22"


def test_an_answer_left_out_is_told():
    (case,) = judge("ikm", f"{HEADER}\n{'4,' * 8}\n{'4,' * 8}3\n")
    assert "Sebagian unsur dijawab lebih sedikit dari 2 orang: Sarana dan prasarana 1." in case.explanation


@pytest.mark.parametrize(("period", "told"), [("2015", 1), ("2016-2", 1), ("2017", 0), ("Triwulan I", 0)])
def test_a_period_before_the_regulation_is_told(period, told):
    (case,) = judge("ikm", f"periode,{HEADER}\n{period},{','.join('3' * 9)}\n")
    assert sum("mendahului PermenPANRB 14/2017" in said for said in case.explanation) == told


def test_one_unit_has_one_population():
    line = ",".join("3" * 9)
    with pytest.raises(InputProblem, match="baris 3, kolom populasi: 30, sedangkan di baris 2 20"):
        judge("ikm", f"unit,populasi,{HEADER}\nP,20,{line}\nP,30,{line}\n")
    (case,) = judge("ikm", f"unit,populasi,{HEADER}\nP,,{line}\nP,1,{line}\n")
    assert case.explanation[-1] == "Responden 2 lebih banyak dari populasi 1; periksa keduanya."


def test_the_sample_alone_tells_what_is_held():
    enough, short, beyond = judge("sampel", "populasi,responden\n1000,278\n1000,270\n1000,1001\n")
    assert enough.explanation == (
        "Dari populasi 1.000 orang diperlukan 278 responden.",
        "Terkumpul 278: cukup.",
    )
    assert short.explanation[-1] == "Terkumpul 270: masih kurang 8."
    assert beyond.explanation[-1] == "Responden 1.001 lebih banyak dari populasi 1.000; periksa keduanya."


@given(st.lists(st.integers(20, 79), min_size=9, max_size=9), st.sampled_from(["1/9", "0.11", "0.111"]))
def test_the_points_told_are_just_enough(totals, weight):
    scale, table = RULES.scale("ikm"), RULES.need(TablePack, "ikm")
    weights = {name: table.value(name, weight) for name in ELEMENTS}
    divisor, count = table.value("pembagi", weight), Decimal(20)

    def index(more: int) -> Decimal:
        given = {name: Answers(Decimal(total + (more if name == "biaya" else 0)), count)
                 for name, total in zip(ELEMENTS, totals, strict=True)}  # fmt: skip
        return satisfaction(given, weights, divisor) * 25

    above = next((one for one in scale.classes if one.lower > scale.round(index(0))), None)
    if above is not None:
        limit = (above.lower - Decimal("0.005")) / 25
        points = points_missing(index(0) / 25, limit, tuple(weights.values()), divisor, count)
        assert scale.predikat(index(points)) == above.name
        assert scale.predikat(index(points - 1)) != above.name


@pytest.mark.parametrize(
    ("responden", "words"),
    [("217", "Responden 217 dari sampel yang diperlukan 217: cukup."), ("200", "diperlukan 217: kurang 17.")],
)
def test_the_sample_is_held_against_the_population(responden, words):
    totals = ",".join([str(int(responden) * 3)] * 9)
    (case,) = judge("ikm", f"responden,populasi,{HEADER}\n{responden},500,{totals}\n", isi="jumlah")
    assert case.explanation[-1].endswith(words)


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("persyaratan,waktu\n3,3\n", ValueStatus.INCOMPLETE, "unsur tanpa jawaban: Sistem, mekanisme"),
        ("unit,persyaratan\nX,\n", ValueStatus.NO_DATA, "unsur tanpa jawaban: Persyaratan"),
    ],
)
def test_an_element_not_asked_makes_no_index(text, status, words):
    (case,) = judge("ikm", text)
    assert (case.status, dict(case.results)) == (status, {})
    assert words in case.reason


@pytest.mark.parametrize(
    ("content", "text", "words"),
    [
        (
            "jawaban",
            "waktu\n5\n",
            "baris 2, kolom waktu: 5 di luar 1 sampai 4; jumlah skor memakai --option isi=jumlah",
        ),
        ("jawaban", "waktu\n0\n", "0 di luar 1 sampai 4, contoh 3"),
        ("jawaban", "waktu\n3.5\n", "3.5 bukan skor bulat; rerata memakai --option isi=rerata"),
        ("jawaban", "responden,waktu\n29,3\n", "pakai isi=jumlah atau isi=rerata"),
        ("jumlah", "waktu\n105\n", "kolom responden: wajib diisi bila isi=jumlah"),
        ("jumlah", "responden,waktu\n29,117\n", "117 di luar 29 sampai 116"),
        ("rerata", "unit,waktu\nX,3\nX,3\n", "baris 3, kolom unit: unit dan periode ini ditulis dua kali"),
    ],
)
def test_impossible_scores_are_refused(content, text, words):
    with pytest.raises(InputProblem) as refusal:
        judge("ikm", text, isi=content)
    assert words in str(refusal.value)


def test_a_higher_answer_never_lowers_the_index():
    values = [judge("ikm", means(str(Decimal(tenth) / 10)), isi="rerata")[0].results["ikm"] for tenth in range(10, 41)]
    assert values == sorted(values)
