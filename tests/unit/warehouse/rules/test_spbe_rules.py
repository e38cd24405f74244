"""SPBE and Pemdi by the command: the regulation's examples, published institutions, wrong and missing input."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus
from warehouse.indicators.spbe.weighted_index import index_of
from warehouse.rules import load_rules

PUBLISHED = Path(__file__).parents[4] / "samples" / "published" / "diskominfo_spbe" / "spbe_results_published.csv"
PACK = load_rules({}).index_pack("spbe", date(2024, 12, 31))
CODES_2018 = [*map(str, range(1, 36)), "35-2", "35-3"]
# Pemerintah Kota Denpasar, SPBE monitoring database
DENPASAR_2018 = "1,1,1,3,2,3,3,2,1,1,1,3,3,3,1,3,3,1,3,2,3,3,2,2,3,1,4,4,4,3,4,3,2,3,1,3,3"
DENPASAR_2018_SELF = "1,3,1,3,3,3,3,3,1,1,1,3,5,5,1,5,5,1,5,3,3,3,5,5,2,1,5,5,5,3,5,5,2,5,5,5,5"
DENPASAR_2019 = "3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,4,4,4,3,4,4,3,4,3,4,4"


def row(year: int, codes, values: str, **more: str) -> str:
    names = ["tahun", *(f"i{code}" for code in codes), *more]
    return f"{','.join(names)}\n{','.join([str(year), values, *more.values()])}\n"


def parts(case, kind: str, count: int) -> list[str]:
    return [str(case.results[f"{kind}_{no}"]) for no in range(1, count + 1)]


@pytest.mark.parametrize(
    ("year", "levels", "aspects", "domains", "index"),
    [
        (2018, DENPASAR_2018, "2.00 2.10 2.00 2.50 2.33 3.29 2.50", "2.06 2.29 3.00", "2.64"),
        (2019, DENPASAR_2019, "3.00 3.00 3.00 3.00 3.00 3.57 3.67", "3.00 3.00 3.61", "3.33"),
    ],
)
def test_denpasar_by_the_first_scheme(year, levels, aspects, domains, index):
    (case,) = judge("spbe", row(year, CODES_2018, levels, indeks_terbit=index))
    assert case.pack.regulation == "PermenPANRB 5/2018"
    assert (parts(case, "aspek", 7), parts(case, "domain", 3)) == (aspects.split(), domains.split())
    assert (str(case.results["indeks"]), case.results["predikat"]) == (index, "Baik")
    assert case.results["indeks_sesuai"] == "ya"


def test_published_aspects_that_disagree_with_the_levels_are_told():
    (case,) = judge("spbe", row(2019, CODES_2018, DENPASAR_2019, a3="3.50", a4="3.00", a5="2.67", d2="3.00"))
    assert [case.results[f"aspek_{no}_sesuai"] for no in (3, 4, 5)] == ["tidak", "ya", "tidak"]
    assert case.results["domain_2_sesuai"] == "ya"
    assert "Nilai aspek 3 terbit 3,5, dihitung 3: tidak sesuai." in case.explanation


def test_self_assessment_and_assessor_stay_apart_and_their_difference_is_told():
    header, line = row(2018, CODES_2018, DENPASAR_2018, penilai="asesor").splitlines()
    own = row(2018, CODES_2018, DENPASAR_2018_SELF, penilai="mandiri").splitlines()[1]
    assessor, mandiri = judge("spbe", f"{header}\n{line}\n{own}\n")
    assert assessor.results["indeks"] == Decimal("2.64") != mandiri.results["indeks"]
    for case in (assessor, mandiri):
        assert case.explanation[-1] == "Penilaian mandiri 3,67, asesor 2,64: selisih 1,03."


@pytest.mark.parametrize(
    ("text", "result", "value"),
    [
        ("tahun,i11,i12,i13,i14\n2021,3,4,3,2\n", "aspek_2", "3.00"),  # PermenPANRB 59/2020, Tabel 10
        ("tahun,a2,a3,a4\n2021,3.00,4.00,3.00\n", "domain_2", "3.40"),  # Tabel 11
        ("tahun,d1,d2,d3,d4\n2021,3.70,3.40,3.00,3.20\n", "indeks", "3.28"),  # Tabel 12
        ("tahun,d1,d2,d3,d4\n2025,2.30,1.70,1.00,3.75\n", "indeks", "2.59"),  # Kab. Aceh Tengah 2025
        ("tahun,d1,d2,a5,a6,a7,a8\n2025,2.30,1.70,1.00,1.00,3.80,3.67\n", "indeks", "2.59"),
        ("tahun,a7,a8\n2025,3.80,3.67\n", "domain_4", "3.75"),
        ("tahun,d1,d2,d3,d4\n2024,5.00,3.80,3.00,4.88\n", "indeks", "4.32"),  # Kota Mojokerto, exactly 4.315
        ("tahun,d1,d2,d3,d4\n2023,5.00,4.00,3.55,4.46\n", "indeks", "4.26"),  # its decimals alone would give 4.27
        ("tahun,d1,d2,d3,d4\n2021,3.00,3.30,2.18,3.55\n", "indeks", "3.19"),  # Kota Denpasar 2021
        ("tahun,d1,d2,d3\n2018,2.06,2.29,3.00\n", "indeks", "2.64"),
    ],
)
def test_levels_aspects_or_domains_will_do(text, result, value):
    (case,) = judge("spbe", text)
    assert str(case.results[result]) == value
    if result == "indeks":
        assert any("yang sudah dibulatkan" in sentence for sentence in case.explanation)
    else:
        assert (case.status, case.results["indeks"]) == (ValueStatus.INCOMPLETE, None)
        assert case.reason.startswith("indeks tidak dihitung, belum ada nilai aspek 1")


@pytest.mark.parametrize(
    ("scheme", "text", "status", "words"),
    [
        ("spbe", "tahun,i1\n2026,3\n", ValueStatus.NOT_APPLICABLE, "Pemdi (PermenPANRB 8/2026); pakai skema pemdi"),
        ("pemdi", "tahun,i1\n2025,3\n", ValueStatus.NOT_APPLICABLE, "SPBE (PermenPANRB 59/2020); pakai skema spbe"),
        ("spbe", "tahun,i1\n2017,3\n", ValueStatus.NOT_APPLICABLE, "tahun 2017 tidak dicakup"),
        ("spbe", "tahun,instansi\n2024,X\n", ValueStatus.NO_DATA, "tidak ada tingkat"),
        ("spbe", "tahun,d1,d2,d3,d4\n2024,3,,3,3\n", ValueStatus.INCOMPLETE, "domain 2 atau aspek 2, aspek 3, aspek 4"),
        ("spbe", "tahun,i11,i12\n2024,3,3\n", ValueStatus.INCOMPLETE, "aspek 2 (indikator 13, 14)"),
        ("pemdi", "tahun,i19\n2026,3\n", ValueStatus.INCOMPLETE, "aspek 7 (indikator 20)"),
    ],
)  # fmt: skip
def test_no_index_has_a_reason(scheme, text, status, words):
    (case,) = judge(scheme, text)
    assert case.status is status
    assert words in case.reason


@pytest.mark.parametrize(
    ("scheme", "text", "words"),
    [
        ("spbe", "tahun,i7\n2024,7\n", "baris 2, kolom i7: 7 lebih dari 5"),
        ("spbe", "tahun,i7\n2024,0\n", "kolom i7: 0 di luar 1 sampai 5 (PermenPANRB 59/2020), contoh yang benar 3"),
        ("spbe", "tahun,i7\n2024,3.5\n", "baris 2, kolom i7: '3.5' bukan bilangan bulat"),
        ("spbe", "tahun,i36\n2018,3\n", "PermenPANRB 5/2018 tidak punya indikator 36"),
        ("spbe", "tahun,i35-2\n2024,3\n", "PermenPANRB 59/2020 tidak punya indikator 35-2"),
        ("spbe", "tahun,d4\n2018,3\n", "kolom d4: PermenPANRB 5/2018 tidak punya bagian itu"),
        ("spbe", "tahun,d1\n2024,0.3\n", "kolom d1: 0.3 di luar 1 sampai 5"),
        ("pemdi", "tahun,i5\n2026,5.5\n", "5.5 lebih dari 5"),
    ],
)  # fmt: skip
def test_impossible_input_is_refused(scheme, text, words):
    with pytest.raises(InputProblem) as refusal:
        judge(scheme, text)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("option", "predikat", "fits"), [("unrounded", "Kurang", "tidak"), ("rounded", "Cukup", "ya")]
)  # fmt: skip
def test_predikat_of_2023_was_of_the_rounded_index(option, predikat, fits):
    text = "tahun,d1,d2,d3,d4,predikat_terbit\n2023,1.90,1.60,1.00,2.17,Cukup\n"  # Kab. Boven Digoel
    (case,) = judge("spbe", text, predikat_on=option)
    assert (case.results["predikat"], case.results["predikat_sesuai"]) == (predikat, fits)


def test_every_index_and_predikat_that_rounded_domains_allow_is_told():
    (case,) = judge("spbe", "tahun,d1,d2,d3,d4,indeks_terbit\n2023,3.70,3.80,1.73,3.38,3.26\n")  # Bapeten
    assert (str(case.results["indeks"]), case.results["indeks_mungkin"]) == ("3.25", "3.25 atau 3.26")
    assert "predikat_mungkin" not in case.results
    assert case.results["indeks_sesuai"] == "ya"
    assert "Indeks terbit 3,26 sesuai: dapat berasal dari nilai yang sudah dibulatkan itu." in case.explanation


def test_a_published_predikat_of_another_possible_sum_fits():
    text = "tahun,d1,d2,d3,d4,indeks_terbit,predikat_terbit\n2023,2.20,1.80,1.09,3.70,2.60,BAIK\n"  # Kota Serang
    (case,) = judge("spbe", text)
    assert (case.results["predikat"], case.results["predikat_mungkin"]) == ("Cukup", "Cukup atau Baik")
    assert case.results["predikat_sesuai"] == "ya"
    assert (
        "Predikat terbit Baik, menurut hitungan Cukup; Baik dari jumlah tingkat lain yang juga mungkin."
        in case.explanation
    )


@pytest.mark.parametrize(
    ("text", "result", "fits"),
    [  # means of institutions in the reports of 2023 and 2024: two decimals, no whole levels behind them
        ("tahun,a5,a6,d3\n2023,2.53,2.55,2.53\n", "domain_3", "ya"),
        ("tahun,a7,a8,d4\n2023,4.16,4.30,4.21\n", "domain_4", "ya"),
        ("tahun,a7,a8,d4\n2023,4.16,4.30,4.20\n", "domain_4", "tidak"),
        ("tahun,d1,d2,d3,d4,indeks_terbit\n2024,3.61,3.11,2.31,3.81,3.37\n", "indeks", "ya"),
        ("tahun,d1,d2,d3,d4,indeks_terbit\n2024,3.61,3.07,2.17,3.98,3.42\n", "indeks", "tidak"),
    ],
)
def test_rounded_decimals_leave_half_a_unit_on_both_sides(text, result, fits):
    (case,) = judge("spbe", text)
    assert case.results[f"{result}_sesuai"] == fits


def test_a_word_that_is_no_predikat_is_refused():
    with pytest.raises(InputProblem, match="'Bagus' harus salah satu dari Kurang, Cukup, Baik, Sangat Baik, Memuaskan"):
        judge("spbe", "tahun,d1,d2,d3,d4,predikat_terbit\n2024,3,3,3,3,Bagus\n")


def test_a_published_predikat_is_read_in_any_case_and_told_where_it_does_not_follow():
    head = "year,institution,d1_kebijakan,d2_tata_kelola,d3_manajemen,d4_layanan,index,predikat\n"
    line = "2024,X,4.50,3.80,2.82,4.75,4.16,"
    fits, other, _summary = judge("spbe-terbitan", f"{head}{line}SANGAT BAIK\n{line}Baik\n")
    assert fits.results["predikat_cocok"] == "keduanya"
    assert other.results["predikat_cocok"] == "tidak"
    assert other.explanation[-1] == "Predikat terbit Baik tidak mengikuti dari indeks itu."
    with pytest.raises(InputProblem, match="kolom predikat: 'Bagus' harus salah satu dari"):
        judge("spbe-terbitan", f"{head}{line}Bagus\n")


def test_the_explanation_gives_both_limits_the_room_and_the_way():
    (case,) = judge("spbe", row(2024, range(1, 48), ",".join(["3"] * 46 + ["4"])))
    assert case.explanation == (
        "Indeks SPBE 3,03 (Baik): 0,43 di atas batas bawah 2,6, 0,47 di bawah batas Sangat Baik 3,5.",
        "Yang paling menahan: domain 4 Layanan SPBE, 3,07 dari 5; sampai tingkat tertinggi indeks naik 0,88.",
        "Jalan terpendek ke Sangat Baik: 17 langkah, indikator 32 (3 ke 4), 33 (3 ke 4), 34 (3 ke 4), 35 (3 ke 4), "
        "36 (3 ke 4), 37 (3 ke 4), 42 (3 ke 5), 43 (3 ke 5), 44 (3 ke 5), 45 (3 ke 5), 46 (3 ke 5), 47 (4 ke 5); "
        "indeks menjadi 3,525.",
    )


def test_pemdi_takes_fractions():
    levels = ",".join(["2.5"] * 18 + ["3.25", "4"])
    (case,) = judge("pemdi", row(2026, range(1, 21), levels))
    assert (case.results["indeks"], case.results["predikat"]) == (Decimal("2.80"), "Baik")
    assert case.results["aspek_7"] == Decimal("3.70")


@given(st.lists(st.integers(1, 5), min_size=47, max_size=47), st.integers(0, 46))
def test_a_higher_level_never_lowers_the_index(levels, place):
    lower = {no: Decimal(level) for no, level in enumerate(levels, 1)}
    higher = lower | {place + 1: min(lower[place + 1] + 1, Decimal(5))}
    assert index_of(lower, PACK) <= index_of(higher, PACK) <= 5
    assert sum(band.holds(index_of(lower, PACK)) for band in PACK.bands) == 1


def test_every_published_row_but_one_follows_from_whole_levels():
    cases = judge("spbe-terbitan", PUBLISHED.read_text(encoding="utf-8"))
    *rows, summary = cases
    assert dict(summary.results) == {"sesuai": 636, "lengkap": 637, "baris": 637}
    assert summary.steps[0].value == "Pemerintah Kab. Banyuasin 2023"
    assert Counter(case.results["predikat_cocok"] for case in rows) == {"keduanya": 635, "dibulatkan": 2}


@pytest.mark.parametrize(
    ("year", "index", "predikat"),
    [
        (2018, "2.64", "Baik"),  # Kota Denpasar
        (2019, "1.81", "Cukup"),  # Kabupaten Sampang, diskominfo.sampangkab.go.id
        (2021, "2.98", "Baik"),
        (2021, "2.92", "Baik"),  # Kota Mojokerto
        (2022, "3.32", "Baik"),
        (2023, "4.26", "Memuaskan"),
        (2024, "4.16", "Sangat Baik"),  # Kabupaten Mojokerto
        (2025, "2.59", "Cukup"),  # Kabupaten Aceh Tengah
        (2022, "1.55", "Kurang"),  # Kabupaten Lebong, rmolbengkulu.id
        (2023, "2.61", "Baik"),  # Kota Bengkulu, the next regency Bengkulu Tengah 2.55
        (2023, "2.55", "Cukup"),
        (2022, "2.59", "Cukup"),  # Kabupaten Mesuji, harianmomentum.com
        (2022, "1.60", "Kurang"),  # Kabupaten Tanggamus
        (2023, "1.88", "Cukup"),  # Kabupaten Bima, ntbsatu.com
    ],
)
def test_published_predikat_of_the_year(year, index, predikat):
    assert load_rules({}).index_pack("spbe", date(year, 12, 31)).predikat(Decimal(index)) == predikat


def test_published_means_follow_from_their_domains_but_one():
    """Means of the reports of 2023 and 2024: of two decimals, so half a unit is left on both sides."""
    means = (PUBLISHED.parent / "spbe_results_rerata.csv").read_text(encoding="utf-8")
    rows = [one for one in csv.DictReader(means.splitlines()) if one["d1_kebijakan"]]
    names = ("year", "d1_kebijakan", "d2_tata_kelola", "d3_manajemen", "d4_layanan", "index")
    lines = [",".join(one[name] for name in names) for one in rows]
    cases = judge("spbe", "\n".join(["tahun,d1,d2,d3,d4,indeks_terbit", *lines]))
    fitting = Counter((one["year"], case.results["indeks_sesuai"]) for one, case in zip(rows, cases, strict=True))
    assert fitting["2023", "tidak"] == 0
    assert [
        one["institution"] for one, case in zip(rows, cases, strict=True) if case.results["indeks_sesuai"] == "tidak"
    ] == ["Provinsi (rata-rata)"]


@pytest.mark.parametrize(
    ("line", "fits", "possible"),
    [
        ("2024,X,5.00,3.80,3.00,4.88,4.32,Memuaskan", "ya", "4.32"),
        ("2024,X,5.00,3.80,3.00,4.88,4.31,Memuaskan", "tidak", "4.32"),
        ("2023,X,4.00,3.30,2.55,4.13,3.65,Sangat Baik", "ya", "3.64 atau 3.65"),
        ("2023,X,2.40,1.70,1.09,0.30,1.05,Kurang", "tidak", "1.05"),
        ("2018,X,2.06,2.29,3.00,,2.64,Baik", "ya", "2.64"),
    ],
)
def test_a_published_row_is_consistent_or_not(line, fits, possible):
    header = "year,institution,d1_kebijakan,d2_tata_kelola,d3_manajemen,d4_layanan,index,predikat"
    case = judge("spbe-terbitan", f"{header}\n{line}\n")[0]
    assert (case.results["sesuai"], case.results["indeks_mungkin"]) == (fits, possible)


JALAN = "no,level,biaya,boleh,paling_sedikit,paling_tinggi\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("48,3,,,,", "baris 2, kolom no: PermenPANRB 59/2020 tidak punya indikator 48"),
        ("1,0,,,,", "baris 2, kolom level: 0 bukan tingkat bulat 1 sampai 5"),
        ("1,3.5,,,,", "3.5 bukan tingkat bulat"),
        ("1,3,0,,,", "biaya: 0 kurang dari 0.01"),
        ("1,3,,,6,", "kolom paling_sedikit: 6 bukan tingkat"),
        ("1,3,,mungkin,,", "salah satu dari ya, tidak"),
        ("1,3,,,,\n1,4,,,,", "baris 3, kolom no: indikator 1 ditulis dua kali"),
    ],
)
def test_a_way_is_not_sought_from_wrong_input(line, words):
    with pytest.raises(InputProblem) as refusal:
        judge("spbe-jalan", JALAN + line + "\n")
    assert words in str(refusal.value)


def test_ways_of_a_file_keep_what_its_owner_settled():
    lines = "".join(f"{no},3,,{'tidak' if no >= 42 else ''},{5 if no == 1 else ''},\n" for no in range(1, 48))
    (case,) = judge("spbe-jalan", JALAN + lines, target="Sangat Baik")
    steps = {step.name: step.value for step in case.steps}
    assert (case.results["langkah"], case.results["tercapai"]) == (20, "ya")  # 2 x 1.30 and 18 x 2.75 of 50 points
    assert all(f"rencana_{no}" in steps for no in (1, 2, 3, 4))
    assert all("1 (3 ke 5)" in steps[f"rencana_{no}"] for no in (1, 2, 3, 4))
    assert not any(f"{no} (3" in steps[f"rencana_{n}"] for no in range(42, 48) for n in (1, 2, 3, 4))
    (case,) = judge("spbe-jalan", JALAN + "1,3,,,,\n")
    assert (case.status, case.reason.startswith("tingkat indikator 2, 3")) == (ValueStatus.INCOMPLETE, True)


def test_levels_supposed_give_their_index():
    lines = "".join(f"{no},3,{5 if no >= 42 else ''}\n" for no in range(1, 48))
    (case,) = judge("spbe-jalan", f"no,level,andai\n{lines}")
    assert (case.results["indeks"], case.results["indeks_andai"]) == (Decimal("3.00"), Decimal("3.36"))
    assert case.explanation[-1].endswith("47 (3 ke 5): indeks 3,36, Baik.")


AVERAGES = [  # Laporan Evaluasi SPBE 2023, table 7, and 2024, table 8: means of institutions
    (2023, "2.91,2.27,1.65,3.45", "2.79"),  # national
    (2023, "3.63,3.42,2.53,4.21", "3.66"),
    (2023, "3.47,3.02,2.31,3.99", "3.40"),
    (2023, "2.88,2.45,1.75,3.31", "2.78"),
    (2023, "3.40,2.99,2.40,3.63", "3.24"),
    (2023, "3.17,2.56,1.81,3.64", "3.01"),
    (2023, "2.72,2.01,1.45,3.28", "2.59"),
    (2023, "3.20,2.54,1.82,3.67", "3.02"),
    (2024, "3.36,2.62,1.86,3.78", "3.12"),  # national
    (2024, "4.28,3.92,2.87,4.44", "4.03"),
    (2024, "3.23,2.35,1.65,3.71", "2.97"),
    (2024, "3.64,2.94,2.03,4.05", "3.39"),
]


@pytest.mark.parametrize(("year", "domains", "index"), AVERAGES)
def test_published_averages_follow_from_their_domains(year, domains, index):
    (case,) = judge("spbe", f"tahun,d1,d2,d3,d4\n{year},{domains}\n")
    assert str(case.results["indeks"]) == index
    assert any("apa adanya: indeks dapat meleset 0,01" in sentence for sentence in case.explanation)
