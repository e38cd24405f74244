"""Beds, dengue and stunting against published figures; the dengue alert against the same week of past years."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus
from warehouse.formulas.usual_band import usual_band

BEDS = "tempat_tidur,hari,hari_perawatan,keluar\n"
STUNTING = "wilayah,tahun,sumber,prevalensi,pendek,diukur\n"
WEEKS = "tahun,minggu,kasus\n"
PAST = "2022,7,4\n2023,7,6\n2024,7,9\n2025,7,5\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("500,20,4000,", {"bor": "40.00", "alos": None, "toi": None, "bto": None}),
        ("200,1,170,", {"bor": "85.00", "bor_kelas": "ideal"}),
        ("312,365,5856,1736", {"bor": "5.14", "bto": "5.56", "alos": "3.37", "toi": "62.23"}),
        ("100,365,21900,2400", {"bor": "60.00", "bor_kelas": "ideal", "bto_kelas": "di bawah ideal"}),
        ("100,30,3300,300", {"bor": "110.00", "toi": "-1.00", "bto": "3.00", "bto_kelas": "di bawah ideal"}),
        ("250,30,6000,500", {"bor": "80.00", "alos": "12.00", "toi": "3.00"}),  # RS Kholisah, scribd.com
        ("10,10,50,0", {"bor": "50.00", "alos": None, "toi": None, "bto": "0.00"}),
    ],
)
def test_beds(line, expected):
    """scribd.com quoting Depkes (40 and 85 %); studylib.net (5.1/5.5/3.3/62.2: two of them cut, not rounded)."""
    (case,) = judge("bor", BEDS + line + "\n")
    assert {name: None if (v := case.results[name]) is None else str(v) for name in expected} == expected
    assert case.status is ValueStatus.CALCULATED


def test_beds_tell_what_is_farthest_from_ideal_and_what_is_needed():
    (case,) = judge("bor", BEDS + "312,365,5856,1736\n")
    assert "Paling jauh dari rentang ideal, menurut bagian dari batasnya: TOI." in case.explanation
    assert (
        case.explanation[-1]
        == "BOR ideal dengan 312 tempat tidur selama 365 hari: hari perawatan paling sedikit 68.328."
    )
    (full,) = judge("bor", BEDS + "100,30,2700,300\n")
    assert full.explanation[-1].endswith("hari perawatan paling banyak 2.550.")
    (missing,) = judge("bor", BEDS + "100,30,,300\n")
    assert missing.status is ValueStatus.INCOMPLETE


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2018,48,0,100000", {"ir": "48.00", "cfr": "0.00", "ir_sasaran": "tercapai"}),
        ("2018,49,0,100000", {"ir_sasaran": "belum tercapai"}),
        ("2023,1000,10,1000000", {"ir": "100.00", "cfr": "1.00", "cfr_sasaran": "belum tercapai"}),
        ("2024,9,0,100000", {"ir": "9.00", "ir_sasaran": "tercapai"}),
        ("2024,10,0,100000", {"ir_sasaran": "belum tercapai"}),  # less than 10: Medcom 17 October 2022, Banyumas
        ("2022,307,13,", {"cfr": "4.23", "cfr_sasaran": "belum tercapai"}),  # Kab. Banyumas, dinkes.banyumaskab.go.id
        ("2023,273,4,", {"cfr": "1.47", "cfr_sasaran": "belum tercapai"}),
        ("2025,1000,4,1100000", {"cfr": "0.40", "cfr_sasaran": "tercapai", "ir": "90.91"}),
        ("2015,10,0,100000", {"ir": "10.00"}),
        ("2023,114720,894,", {"cfr": "0.78"}),  # the nation, liputanindo.id 24 November 2024 quoting Kemenkes
        ("2023,72905,523,", {"cfr": "0.72"}),  # to week 43
        ("2024,210644,1239,", {"cfr": "0.59"}),  # to week 43
    ],
)
def test_dengue(line, expected):
    (case,) = judge("dbd", f"tahun,kasus,meninggal,penduduk\n{line}\n")
    assert {name: str(case.results[name]) for name in expected} == expected


@pytest.mark.parametrize(
    ("line", "status", "results"),
    [
        ("2025,,0,100000", ValueStatus.NO_DATA, set()),
        ("2025,0,0,100000", ValueStatus.CALCULATED, {"ir", "ir_sasaran"}),  # no case: no fatality
        ("2025,5,0,", ValueStatus.INCOMPLETE, {"cfr", "cfr_sasaran"}),
        ("2025,5,,100000", ValueStatus.INCOMPLETE, {"ir", "ir_sasaran"}),
    ],
)
def test_dengue_without_all_of_it(line, status, results):
    (case,) = judge("dbd", f"tahun,kasus,meninggal,penduduk\n{line}\n")
    assert (case.status, set(case.results)) == (status, results)


def test_more_cases_than_people_are_refused():
    with pytest.raises(InputProblem, match="baris 2, kolom kasus: 1000 lebih banyak dari penduduk 100"):
        judge("dbd", "kasus,meninggal,penduduk\n1000,0,100\n")


@pytest.mark.parametrize(
    ("period", "days", "words"),
    [
        ("2025-02", "30", "Periode 2025-02 berisi 28 hari, kolom hari 30; periksa keduanya."),
        ("2024", "365", "Periode 2024 berisi 366 hari, kolom hari 365; periksa keduanya."),
        ("2024-02", "29", ""),
        ("2025", "365", ""),
        ("triwulan I", "90", ""),
    ],
)
def test_days_that_are_not_those_of_the_period_are_told(period, days, words):
    (case,) = judge("bor", f"periode,tempat_tidur,hari,hari_perawatan,keluar\n{period},100,{days},1800,300\n")
    assert [said for said in case.explanation if said.startswith("Periode")] == ([words] if words else [])


def test_more_deaths_than_cases_are_refused():
    with pytest.raises(InputProblem, match="baris 2, kolom meninggal: 3 lebih banyak dari kasus 2"):
        judge("dbd", "kasus,meninggal,penduduk\n2,3,100000\n")


@pytest.mark.parametrize(
    ("value", "colour", "severity", "goal"),
    [
        ("2.49", "biru", "sangat rendah", "tercapai"),
        ("9.99", "biru", "rendah", "tercapai"),
        ("10", "hijau", "sedang", "tercapai"),
        ("14", "hijau", "sedang", "tercapai"),
        ("14.01", "hijau", "sedang", "belum tercapai"),
        ("20", "kuning", "tinggi", "belum tercapai"),
        ("27.4", "kuning", "tinggi", "belum tercapai"),  # Kabupaten Mojokerto, SSGI 2021
        ("30", "kuning", "sangat tinggi", "belum tercapai"),
        ("30.01", "merah", "sangat tinggi", "belum tercapai"),
    ],
)
def test_stunting_classes(value, colour, severity, goal):
    (case,) = judge("stunting", STUNTING + f"Kabupaten Mojokerto,2021,SSGI,{value},,\n")
    results = case.results
    assert (results["warna"], results["tingkat_who"], results["sasaran"]) == (colour, severity, goal)


def test_surveys_and_routine_figures_are_two_series():
    """Kota Mojokerto, disway Mojokerto and jpnn.com; Kabupaten Mojokerto has two figures for one survey."""
    cases = judge(
        "stunting",
        STUNTING + "Kota Mojokerto,2021,SSGI,6.9,,\nKota Mojokerto,2022,e-PPGBM,3.12,,\n"
        "Kota Mojokerto,2023,e-PPGBM,2.04,122,6145\nKabupaten Mojokerto,2021,SSGI,27.4,,\n"
        "Kabupaten Mojokerto,2022,SSGI,11.6,,\nKabupaten Mojokerto,2023,SKI,9.6,,\n"
        "Kabupaten Mojokerto,2023,SKI,16.2,,\nKota Mojokerto,2024,SSGI,,,\n",
    )
    told = [" ".join(case.explanation) for case in cases]
    assert "Dibanding" not in told[0] + told[1] + told[3]
    assert "Terbit 2,04 %, sedangkan 122 dari 6.145 balita adalah 1,99 %." in told[2]
    assert "Dibanding e-PPGBM 2022 dalam seri rutin: turun 1,13 poin." in told[2]
    assert "Dibanding SSGI 2021 dalam seri survei: turun 15,8 poin." in told[4]
    assert "Seri survei tahun 2023 punya angka lain: 16,2 %." in told[5]
    assert "Dibanding" not in told[5]
    assert cases[7].status is ValueStatus.NO_DATA


@pytest.mark.parametrize(
    ("cases", "method", "name"),
    [
        ("6", "rerata", "aman"),
        ("7", "rerata", "waspada"),
        ("10", "rerata", "waspada"),  # 6 + 2 x 2.1602 = 10.32
        ("11", "rerata", "siaga"),
        ("5", "median", "aman"),
        ("11", "median", "waspada"),
        ("12", "median", "siaga"),
    ],
)
def test_a_week_against_its_usual_band(cases, method, name):
    (case,) = judge("dbd-siaga", WEEKS + PAST + f"2026,7,{cases}\n", metode=method)
    assert case.results["kelas"] == name


def test_a_quiet_history_does_not_make_one_case_an_alert():
    quiet = "2022,7,0\n2023,7,0\n2024,7,0\n"
    names = [judge("dbd-siaga", WEEKS + quiet + f"2025,7,{n}\n")[0].results["kelas"] for n in (0, 1, 2, 3)]
    assert names == ["aman", "waspada", "waspada", "siaga"]


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("2024,7,9\n2025,7,5\n2026,7,12\n", ValueStatus.INCOMPLETE, "2 tahun lalu dengan minggu yang sama, perlu 3"),
        ("2023,7,\n2024,7,9\n2025,7,5\n2026,7,12\n", ValueStatus.INCOMPLETE, "2 tahun lalu"),  # unreported is not zero
        (PAST + "2026,7,\n", ValueStatus.NO_DATA, "kosong bukan nol"),
    ],
)
def test_weeks_that_cannot_be_judged(text, status, words):
    (case,) = judge("dbd-siaga", WEEKS + text)
    assert case.status is status
    assert words in case.reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025,53,1\n", "baris 2, kolom minggu: tahun 2025 tidak punya minggu 53"),
        ("2025,7,1\n2025,7,2\n", "minggu 7 tahun 2025 ditulis dua kali"),
        ("2025,7,1e40\n", "baris 2, kolom kasus: '1e40' di luar jangkauan angka"),
    ],
)
def test_weeks_that_cannot_be(text, words):
    with pytest.raises(InputProblem, match=words):
        judge("dbd-siaga", WEEKS + text)


def test_a_year_that_is_not_in_the_file_is_told():
    with pytest.raises(InputProblem, match="tidak ada baris tahun 2030"):
        judge("dbd-siaga", WEEKS + PAST, year=2030)


def test_the_alert_tells_both_sides_and_keeps_the_announced_level():
    text = "tahun,minggu,kasus,level_diumumkan\n2022,7,4,\n2023,7,6,\n2024,7,9,\n2025,7,5,\n2026,7,8,siaga\n"
    (case,) = judge("dbd-siaga", text)
    assert (case.results["kelas"], case.results["level_diumumkan"]) == ("waspada", "siaga")
    assert case.explanation[:4] == (
        "Minggu 7: 8 kasus, waspada; biasanya 6 kasus.",
        "Siaga mulai 11 kasus, 3 kasus lagi.",
        "Kembali aman paling banyak 6 kasus, 2 kurang dari ini.",
        "Diumumkan siaga, hitungan waspada: berbeda.",
    )


@given(st.lists(st.decimals(0, 99, places=0), min_size=2, max_size=8), st.sampled_from(["rerata", "median"]))
@settings(max_examples=40)
def test_the_limit_is_never_below_the_middle(history, method):
    band = usual_band(history, method, Decimal(2), 2)
    assert min(history) <= band.middle <= band.upper
