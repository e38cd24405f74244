"""Waste, green space, electricity of buildings, rain, rivers and disaster risk against published values."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.model import InputProblem
from warehouse.evaluation.siaga import LEVELS
from warehouse.figures import ValueStatus
from warehouse.formulas.alert_level import alert_level
from warehouse.formulas.energy_intensity import cooling_of
from warehouse.rules import load_rules
from warehouse.rules.tables import TablePack

RULES = load_rules({})
DONE, PART, NONE, NOT = (
    ValueStatus.CALCULATED,
    ValueStatus.INCOMPLETE,
    ValueStatus.NO_DATA,
    ValueStatus.NOT_APPLICABLE,
)
SCALES = ("ispu", "iklh", "ip", "kelas_kota", "ike_ac", "ike_tanpa_ac", "hujan_harian", "hujan_jam", "irbi", "inarisk")


def one(scheme, header, line, **options):
    (case,) = judge(scheme, f"{header}\n{line}\n", **options)
    return case


def steps_of(case):
    return {step.name: step for step in case.steps}


WASTE = "tahun,timbulan_ton,penduduk,kg_orang_hari,pengurangan_ton,penanganan_ton"


def test_waste_of_kabupaten_mojokerto_as_sipsn_published_it():
    case = one("sampah", WASTE, "2024,164117.17,,,46169.12,36561.29")
    assert {name: str(value) for name, value in case.results.items()} == {
        "timbulan_ton": "164117.17",
        "pengurangan_persen": "28.13",
        "penanganan_persen": "22.28",
        "terkelola_persen": "50.41",
        "tidak_terkelola_persen": "49.59",
    }
    assert case.explanation[-1] == "Yang paling jauh dari target penanganan."
    assert (steps_of(case)["target_pengurangan"].value, steps_of(case)["target_pengurangan"].standing) == (
        28,
        "ingatan",
    )


@pytest.mark.real
def test_every_region_of_sipsn_2024(real_data):
    with (real_data / "sampah" / "sipsn_2024_Data_Capaian_Pengelolaan_Sampah.csv").open(encoding="utf-8") as file:
        rows = [[cell.replace(",", "") for cell in row] for row in csv.reader(file)][1:]
    lines = [",".join((row[2], row[0], row[3], row[4], row[6])) for row in rows]
    cases = judge("sampah", "\n".join(["daerah,tahun,timbulan_ton,pengurangan_ton,penanganan_ton", *lines]))
    assert Counter(case.status for case in cases) == {DONE: 304, PART: 11}
    places = {"pengurangan_persen": 5, "penanganan_persen": 7, "terkelola_persen": 9}
    assert [
        (row[2], name)
        for row, case in zip(rows, cases, strict=True)
        for name, place in places.items()
        if case.status is DONE and Decimal(row[place]) != case.results[name]
    ] == []
    assert "Kota Mojokerto" not in {case.key["daerah"] for case in cases}


@pytest.mark.parametrize(
    ("year", "target", "standing"),
    [
        ("2018", 18, "ingatan"),
        ("2019", 20, "ingatan"),
        ("2025", 30, "dibaca"),
        ("2030", 30, "dibaca"),
        ("", 30, "dibaca"),
        ("2017", None, None),
    ],
)
def test_the_target_of_the_year(year, target, standing):
    case = one("sampah", WASTE, f"{year},1000,,,100,200")
    step = steps_of(case).get("target_pengurangan")
    assert (step and step.value, step and step.standing) == (target, standing)
    assert ("Tidak ada target nasional untuk tahun ini." in case.explanation) is (target is None)


@pytest.mark.parametrize(
    ("people", "rate", "city", "ton"),
    [
        ("100000", "sni_bawah", "kecil", "22812.50"),
        ("100001", "sni_bawah", "sedang", "25550.26"),
        ("500000", "sni_atas", "sedang", "146000.00"),
        ("500001", "sipsn", "besar", "127750.26"),
        ("1000001", "sipsn", "metropolitan", "255500.26"),
    ],
)
def test_generation_by_size_of_city(people, rate, city, ton):
    case = one("sampah", WASTE, f"2024,,{people},,10,10", laju=rate)
    assert (case.results["timbulan_ton"], steps_of(case)["golongan_kota"].value) == (Decimal(ton), city)
    assert steps_of(case)["laju"].standing == ("ingatan" if rate == "sipsn" else "dibaca")


@pytest.mark.parametrize(
    ("line", "status", "words", "known"),
    [
        ("2024,,1156144,,1,1", PART, "SNI batas bawah tidak mengatur kota metropolitan; isi kg_orang_hari", {}),
        ("2024,,,,1,1", PART, "timbulan_ton atau penduduk tidak diisi", {}),
        (
            "2024,1000,,,,1",
            PART,
            "pengurangan_ton tidak diisi",
            {"timbulan_ton": "1000.00", "penanganan_persen": "0.10"},
        ),
        ("2024,0,,,0,0", NOT, "Timbulan nol", {}),
    ],
)
def test_no_waste_balance_has_a_reason(line, status, words, known):
    case = one("sampah", WASTE, line)
    assert (case.status, {name: str(value) for name, value in case.results.items()}) == (status, known)
    assert words in case.reason


def test_green_space_of_years_before_the_law_is_told():
    words = "UU 26/2007 berlaku mulai 2007; dipakai juga untuk tahun ini."
    (before, after) = judge("rth", "tahun,luas_kota,publik,privat\n2005,100,20,10\n2008,100,20,10\n")
    assert (before.explanation[-1], words in after.explanation) == (words, False)


def test_generation_weighed_and_estimated_is_told_where_they_differ():
    text = "timbulan_ton,penduduk,kg_orang_hari,pengurangan_ton,penanganan_ton\n50000,142272,0.7,1,1\n"
    (case,) = judge("sampah", text)
    assert case.explanation[-1] == "Dipakai timbulan_ton, 50.000; penduduk kali kg_orang_hari memberi 36.350,496."


def test_more_managed_than_generated_is_told():
    case = one("sampah", WASTE, "2025,100,,,60,70")
    assert case.results["tidak_terkelola_persen"] == Decimal("-30.00")
    assert case.explanation[0] == "Pengurangan dan penanganan melebihi timbulan 30 ton; periksa ketiga angkanya."


BUILDING = "kwh,luas,luas_ac,kwh_ac"


@pytest.mark.parametrize(
    ("line", "results"),
    [
        ("63661,5119,5119,", {"ike": "12.44", "kelas": "Efisien"}),  # Makassar city hall, published 12.44, efisien
        ("48330,12000,12000,", {"ike": "4.03", "kelas": "Sangat efisien"}),  # Gedung AB, Tangerang: 48,33 a year
        ("8499,1000,1000,", {"ike": "8.50", "kelas": "Sangat efisien"}),
        ("8500,1000,1000,", {"ike": "8.50", "kelas": "Efisien"}),
        ("14000,1000,901,", {"ike": "14.00", "kelas": "Cukup efisien"}),
        ("18500,1000,1000,", {"ike": "18.50", "kelas": "Boros"}),
        ("3399,1000,0,", {"ike": "3.40", "kelas": "Sangat efisien"}),
        ("5600,1000,99,", {"ike": "5.60", "kelas": "Cukup efisien"}),
        ("7400,1000,0,", {"ike": "7.40", "kelas": "Boros"}),
        (
            "9000,1800,700,4200",
            {"ike": "5.00", "ike_tanpa_ac": "2.67", "kelas_tanpa_ac": "Sangat efisien", "ike_ac": "8.67",
             "kelas_ac": "Efisien"},
        ),
    ],
)  # fmt: skip
def test_intensity_of_buildings(line, results):
    case = one("ike", BUILDING, line)
    assert {name: str(value) for name, value in case.results.items()} == results
    assert case.status is DONE


@pytest.mark.parametrize(
    ("share", "cooling"),
    [("0", "tanpa_ac"), ("9.99", "tanpa_ac"), ("10", "campuran"), ("90", "campuran"), ("90.01", "ac"), ("100", "ac")],
)
def test_ten_percent_decides_how_a_building_is_judged(share, cooling):
    assert cooling_of(Decimal(share), RULES.limits("ike")) == cooling


@pytest.mark.parametrize(
    ("line", "words"), [("9000,1800,700,", "kwh_ac tidak diisi"), ("9000,1800,,", "luas_ac tidak diisi")]
)
def test_intensity_without_a_class(line, words):
    case = one("ike", BUILDING, line)
    assert (case.status, dict(case.results)) == (PART, {"ike": Decimal("5.00")})
    assert words in case.reason


@pytest.mark.parametrize(
    ("scheme", "header", "line", "words"),
    [
        ("ike", BUILDING, "9000,0,,", "kolom luas: tidak boleh nol"),
        ("ike", BUILDING, "9000,10,11,", "kolom luas_ac: 11 lebih besar dari luas 10"),
        ("ike", BUILDING, "9000,10,5,9001", "kolom kwh_ac: 9.001 lebih besar"),
        ("rth", "luas_kota,publik,privat", "100,60,50", "kolom luas_kota: 100 lebih kecil"),
        ("rth", "luas_kota,publik,privat", "0,0,0", "kolom luas_kota: tidak boleh nol"),
        ("energi", "listrik_mwh,terbarukan_mwh", "10,11", "kolom terbarukan_mwh: 11 lebih besar"),
        ("hujan", "mm", "2001", "2001 mm tidak mungkin"),
        ("hujan", "mm", "-1", "-1 kurang dari 0"),
        ("irbi", "skor", "-1", "-1 kurang dari 0"),
        ("siaga", "pos,nilai,hijau,kuning", "x,1,3,2", "kolom kuning: ambang harus naik"),
    ],
)
def test_impossible_input_is_refused(scheme, header, line, words):
    with pytest.raises(InputProblem, match=words):
        one(scheme, header, line)


@pytest.mark.parametrize(
    ("line", "shares", "met"),
    [
        ("100,20,10", ("20.00", "10.00", "30.00"), ("ya", "ya", "ya")),
        ("100,25,5", ("25.00", "5.00", "30.00"), ("ya", "tidak", "ya")),
        ("2048,310.5,230", ("15.16", "11.23", "26.39"), ("tidak", "ya", "tidak")),
    ],
)
def test_green_space(line, shares, met):
    found = one("rth", "luas_kota,publik,privat", line).results
    kinds = ("publik", "privat", "seluruh")
    assert tuple(str(found[f"rth_{kind}_persen"]) for kind in kinds) == shares
    assert tuple(found[f"rth_{kind}_memenuhi"] for kind in kinds) == met
    partly = one("rth", "luas_kota,publik,privat", "100,,5")
    assert (partly.reason, str(partly.results["rth_privat_persen"])) == ("publik tidak diisi", "5.00")
    assert set(partly.results) == {"rth_privat_persen"}


@pytest.mark.parametrize(
    ("line", "system", "share", "emission"),
    [
        ("2019,1000,0,", "jamali", "0.00", "817.00"),
        ("2025,12500,850,", "jamali", "6.80", "9518.05"),
        ("2025,1000,230,0.85", "jamali", "23.00", "654.50"),
        ("2015,1000,0,", "nasional", "0.00", "867.00"),
        ("2023,1000,0,", "nasional", "0.00", "867.00"),
        ("2024,1000,0,", "nasional", "0.00", "758.00"),
    ],
)
def test_renewable_share_and_emission(line, system, share, emission):
    found = one("energi", "tahun,listrik_mwh,terbarukan_mwh,faktor", line, sistem=system).results
    assert (str(found["terbarukan_persen"]), str(found["emisi_tco2"])) == (share, emission)


@pytest.mark.parametrize(
    ("target", "aim"), [("nasional", "23"), ("jatim", "17,09")]
)  # Perda Jawa Timur 6/2019: 17,09 % in 2025
def test_the_share_is_held_against_the_target_chosen(target, aim):
    told = one("energi", "tahun,listrik_mwh,terbarukan_mwh", "2024,1000,170.9", target=target).explanation[0]
    assert told.endswith(f"dari target {aim} %.")


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("2018,1000,0,", PART, "Tidak ada faktor emisi untuk tahun ini"),
        ("2020,1000,,", PART, "terbarukan_mwh tidak diisi"),
        ("2020,0,0,", NOT, "Tidak ada listrik"),
    ],
)
def test_no_emission_has_a_reason(line, status, words):
    case = one("energi", "tahun,listrik_mwh,terbarukan_mwh,faktor", line)
    assert (case.status, dict(case.results)) == (status, {})
    assert words in case.reason


@pytest.mark.parametrize(
    ("scheme", "option", "line", "name"),
    [
        ("hujan", "harian", "0", "Berawan"),
        ("hujan", "harian", "0.4", "Berawan"),
        ("hujan", "harian", "0.5", "Hujan ringan"),
        ("hujan", "harian", "19.9", "Hujan ringan"),
        ("hujan", "harian", "20", "Hujan sedang"),
        ("hujan", "harian", "50", "Hujan lebat"),
        ("hujan", "harian", "100", "Hujan sangat lebat"),
        ("hujan", "harian", "150", "Hujan sangat lebat"),
        ("hujan", "harian", "150.1", "Hujan ekstrem"),
        ("hujan", "jam", "0.1", "Hujan sangat ringan"),
        ("hujan", "jam", "5", "Hujan sedang"),
        ("hujan", "jam", "20", "Hujan lebat"),
        ("hujan", "jam", "20.1", "Hujan sangat lebat"),
        ("irbi", "irbi", "12.99", "Rendah"),
        ("irbi", "irbi", "115.38", "Sedang"),  # IRBI 2022
        ("irbi", "irbi", "144", "Sedang"),
        ("irbi", "irbi", "158.52", "Tinggi"),  # IRBI 2022
        ("irbi", "irbi", "165.23", "Tinggi"),
        ("irbi", "irbi", "162.47", "Tinggi"),
        ("irbi", "irbi", "216.99", "Tinggi"),
        ("irbi", "irbi", "216.64", "Tinggi"),
        ("irbi", "irbi", "215.60", "Tinggi"),
        ("irbi", "irbi", "110.93", "Sedang"),
        ("irbi", "irbi", "62.58", "Sedang"),
        ("irbi", "irbi", "51.53", "Sedang"),
        ("irbi", "irbi", "49.27", "Sedang"),
        ("irbi", "irbi", "44.80", "Sedang"),
        ("irbi", "irbi", "160.08", "Tinggi"),  # Sulawesi Barat 2023, "zona merah", sulbar.wahananews.co
        ("irbi", "irbi", "164", "Tinggi"),  # Kabupaten Mojokerto
        ("irbi", "inarisk", "0.333", "Rendah"),
        ("irbi", "inarisk", "0.666", "Sedang"),
        ("irbi", "inarisk", "1", "Tinggi"),
        ("irbi", "destana", "6", "Rendah"),
        ("irbi", "destana", "15", "Sedang"),
        ("irbi", "destana", "24", "Tinggi"),
    ],
)
def test_classes_of_rain_and_risk(scheme, option, line, name):
    header, key = {"hujan": ("mm", "jangka"), "irbi": ("skor", "ukuran")}[scheme]
    assert one(scheme, header, line, **{key: option}).results["kelas"] == name


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [("8888", NOT, "tidak terukur"), ("9999", NONE, "Tidak ada pengukuran"), ("", NONE, "mm tidak diisi")],
)
def test_rain_that_was_not_measured_is_no_zero(line, status, words):
    case = one("hujan", "stasiun,mm", f"Citeko,{line}")
    assert (case.status, dict(case.results)) == (status, {})
    assert words in case.reason


@pytest.mark.real
@pytest.mark.parametrize(
    ("place", "unmeasured", "empty", "heaviest"),
    [("kota_bandung", 32, 24, {"Hujan lebat": 3}), ("kab_bogor", 20, 15, {"Hujan lebat": 15, "Hujan sangat lebat": 1})],
)
def test_rain_of_a_year_as_bmkg_delivers_it(real_data, place, unmeasured, empty, heaviest):
    with (real_data / "cuaca" / f"bmkg_harian_2024_{place}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["TANGGAL"], row["RR"].replace("\xa0", "").strip()) for row in csv.DictReader(file)]
    cases = judge("hujan", "\n".join(["tanggal;mm", *(f"{day};{rain.replace('-', '')}" for day, rain in rows)]))
    assert Counter(case.status for case in cases) == {DONE: 366 - unmeasured - empty, NOT: unmeasured, NONE: empty}
    classes = Counter(case.results.get("kelas") for case in cases)
    names = ("Hujan lebat", "Hujan sangat lebat", "Hujan ekstrem")
    assert {name: classes[name] for name in names if name in classes} == heaviest


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("rolak_songo,1249.99,,,", "normal"),
        ("Rolak Songo,1250,,,", "hijau"),
        ("rolak_songo,1332.61,,,", "hijau"),
        ("rolak_songo,1400,,,", "kuning"),
        ("rolak_songo,1600,,,", "merah"),
        ("brangkal,22.89,,,", "normal"),
        ("brangkal,22.9,,,", "siaga"),
        ("brangkal,23,,,", "bahaya"),
        ("rolak_songo,1332.61,1000,1200,1400", "kuning"),  # thresholds of the region's own
        ("Pos Sadar,2.4,2,2.5,3", "hijau"),
    ],
)
def test_alert_levels_of_rivers(line, level):
    assert one("siaga", "pos,nilai,hijau,kuning,merah", line).results["tingkat"] == level


def test_a_river_post_tells_what_does_not_fit():
    assert "1.332,61 m3/s (duga air 17,8 m) kuning" in one("siaga", "pos,nilai", "rolak_songo,1300").explanation[-1]
    case = one("siaga", "pos,nilai", "Klorak,2")
    assert case.status is PART
    assert "rolak_songo, brangkal" in case.reason
    assert one("siaga", "pos,nilai", "brangkal,").status is NONE
    assert RULES.find(TablePack, "siaga").columns == LEVELS


@given(st.decimals("0", "3000", places=2), st.decimals("0", "3000", places=2))
def test_an_alert_never_falls_while_the_river_rises(one_value, other):
    table = RULES.find(TablePack, "siaga")
    thresholds = list(zip(table.columns, table.row("rolak_songo").values, strict=True))[:3]
    levels = ["normal", *(name for name, _bound in thresholds)]
    lower, upper = (alert_level(value, thresholds).level for value in sorted((one_value, other)))
    assert levels.index(lower) <= levels.index(upper)


@given(st.sampled_from(SCALES), st.decimals("0", "2000000", places=3), st.decimals("0", "2000000", places=3))
def test_classes_cover_every_value_once_and_rise_with_it(name, one_value, other):
    scale = RULES.scale(name)
    lower, upper = sorted((one_value, other))
    order = [one.name for one in scale.classes]
    found = [scale.predikat(value) for value in (lower, upper)]
    if name != "ispu" or lower >= 1:  # the scale of the index begins at 1
        assert order.index(found[0]) <= order.index(found[1])
