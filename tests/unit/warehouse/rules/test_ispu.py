"""ISPU from concentrations against published values, and every row of a real file against its own publication."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.ispu_row import NAMES
from warehouse.figures import ValueStatus
from warehouse.formulas.ispu import concentration_at, points_of, sub_index
from warehouse.indicators.smart_environment.air import POLLUTANTS
from warehouse.rules import load_rules
from warehouse.rules.tables import TablePack

RULES = load_rules({})
TABLE = RULES.find(TablePack, "ispu")
OLD_TABLE = next(pack for pack in RULES.further_packs if pack.pack_id == "kepmenlh_45_1997_kadar")
CONCENTRATIONS = st.decimals("0", "3000", places=3)


def steps_of(case):
    return {step.name: step.value for step in case.steps}


def ispu(line, header="pm10,pm25,so2,co,o3,no2,hc", **options):
    (case,) = judge("ispu", f"{header}\n{line}\n", **options)
    return case


@pytest.mark.parametrize(
    ("concentration", "published"),  # a thesis on ozone; its bands up to 800 ug/m3 are those of 2020
    [("7.1824", "2.9927"), ("88.5784", "36.9077"), ("147.5649", "61.9847"), ("538.5058", "234.6265")],
)
def test_published_ozone(concentration, published):
    assert steps_of(ispu(concentration, "o3"))["sub_indeks_o3"] == Decimal(published)


OZONE_1997 = {  # "Penentuan Konsentrasi Total Gas Ozon yang Terjerap", table 6 (text-id.123dok.com), bands of 1997
    "7.1824": "2.9927", "23.1165": "9.6319", "58.8339": "24.5141", "71.2591": "29.6913", "88.5784": "36.9077",
    "93.8117": "39.0882", "137.2394": "57.4954", "147.5649": "61.9847", "245.9809": "106.6551",
    "459.9747": "214.9937", "538.5058": "234.6265", "595.1889": "248.7972", "604.4610": "251.1153",
    "975.9697": "387.9849",
}  # fmt: skip


@pytest.mark.parametrize(("concentration", "published"), OZONE_1997.items())
def test_published_ozone_of_the_old_table(concentration, published):
    case = ispu(f"2010-01-01,{concentration}", "tanggal,o3")
    assert (steps_of(case)["sub_indeks_o3"], case.pack.pack_id) == (Decimal(published), "kepmenlh_45_1997_kadar")


@pytest.mark.parametrize(
    ("line", "index", "category", "critical"),
    [
        ("0,0,0,0,0,0,0", 0, "Baik", "PM2,5"),
        ("50,15.5,52,4000,120,80,45", 50, "Baik", "PM2,5"),  # the first row of the table: all equal
        ("151,,,,,,", 101, "Tidak Sehat", "PM10"),  # 100.5: half even would say 100, Sedang
        ("150.99,,,,,,", 100, "Sedang", "PM10"),
        (",55.4,,,,,", 100, "Sedang", "PM2,5"),
        (",150.4,,,,,", 200, "Tidak Sehat", "PM2,5"),
        (",,400,,,,", 200, "Tidak Sehat", "SO2"),
        (",,,30000,,,", 300, "Sangat Tidak Sehat", "CO"),
        (",,,,,2260,", 300, "Sangat Tidak Sehat", "NO2"),
        (",,,,,,433.08", 301, "Berbahaya", "HC"),
        ("420,,,,800,,", 300, "Sangat Tidak Sehat", "PM10"),  # of equals the first in the fixed order
        (",,,,1000,,", 500, "Berbahaya", "O3"),
    ],
)
def test_index_category_and_critical_pollutant(line, index, category, critical):
    found = ispu(line).results
    assert (found["ispu"], found["kategori"], found["polutan_kritis"]) == (index, category, critical)
    assert found["ispu_tertulis"] == str(index)


@pytest.mark.parametrize(
    ("option", "concentration", "index", "written"),
    [
        ("konvensi_500", "1000.1", 500, ">500"),
        ("konvensi_500", "900", 400, "400"),
        ("peraturan", "900", None, ">300"),
        ("peraturan", "800", 300, "300"),
    ],
)
def test_above_the_table_is_a_named_choice(option, concentration, index, written):
    case = ispu(concentration, "o3", di_atas_tabel=option)
    assert (case.results["ispu"], case.results["ispu_tertulis"]) == (index, written)
    assert case.results["kategori"] == ("Berbahaya" if written != "300" else "Sangat Tidak Sehat")


@pytest.mark.parametrize(
    ("line", "index", "regulation"),
    [
        ("2020-06-30,322", 92, "Kepmen LH 45/1997"),
        ("2020-07-01,322", 165, "Permen LHK P.14/2020"),  # 164.55 by the newer bands
        (",322", 165, "Permen LHK P.14/2020"),
    ],
)
def test_the_table_of_the_day(line, index, regulation):
    case = ispu(line, "tanggal,so2")
    assert (case.results["ispu"], case.pack.regulation) == (index, regulation)


def test_the_old_table_says_what_it_does_not_know():
    case = ispu("2015-01-01,60,40,100", "tanggal,pm10,pm25,no2")
    assert "PM25 tidak ada dalam tabel Kepmen LH 45/1997, jadi tidak dinilai." in case.explanation
    assert next(iter(steps_of(case))) == "sub_indeks_pm10"
    assert "sub_indeks_no2" not in steps_of(case)  # no index below 1130
    assert ispu("1990-01-01,60", "tanggal,pm10").status is ValueStatus.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("60,18", ValueStatus.CALCULATED, ""),
        ("60,17", ValueStatus.INCOMPLETE, "17 jam sah, kurang dari 18 jam"),
        (",24", ValueStatus.NO_DATA, "Tidak ada nilai pencemar"),
    ],
)
def test_data_capture(line, status, words):
    case = ispu(line, "pm10,jam_valid")
    assert case.status is status
    assert words in case.reason
    assert ("ispu" in case.results) is (status is ValueStatus.CALCULATED)


def test_explanation_names_the_way_down():
    case = ispu("160,60", "pm10,pm25")
    assert case.explanation == (
        "Polutan kritis PM10 dengan sub-indeks 105; berikutnya PM2,5 104,8421.",
        "ISPU 105 termasuk Tidak Sehat: 4 di atas batas 101 dengan Sedang, 96 di bawah batas 201 dengan "
        "Sangat Tidak Sehat.",
        "Kelas Sedang tercapai bila PM2,5 dari 60 menjadi kurang dari 55,875 ug/m3 dan PM10 dari 160 menjadi kurang "
        "dari 151 ug/m3.",
        "Dihitung dari 2 parameter; tanpa SO2, CO, O3, NO2, HC.",
    )


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("160,60,105,PM10,Tidak Sehat", ""),
        ("160,60,104,PM10,TIDAK SEHAT", "indeks"),
        ("160,60,105,PM2.5,Tidak Sehat", ""),  # both round to 105
        ("160,20,105,PM25,Sedang", "kritis, kategori"),
        ("160,60,105,O3,Tidak Sehat", "kritis_tanpa_nilai"),
    ],
)
def test_what_was_published_is_held_against_the_concentrations(line, faults):
    case = ispu(line, "pm10,pm25,indeks_terbit,kritis_terbit,kategori_terbit")
    assert case.results["kesalahan_terbitan"] == faults


@pytest.mark.parametrize(("line", "is_told"), [("800", False), ("801", True)])
def test_a_number_the_regulation_does_not_print_is_marked(line, is_told):
    case = ispu(line, "o3")
    assert (case.steps[0].standing == "ingatan") is is_told
    assert any("tidak mencetak angka di atas 300" in sentence for sentence in case.explanation) is is_told
    assert ispu("2010-01-01,900", "tanggal,o3").steps[0].standing is None  # the table of 1997 prints 400 and 500


def test_ties_follow_the_order_of_the_indicator():
    assert [f"{row.name}_index" for row in TABLE.rows] == [column for column, _label in POLLUTANTS]
    assert [row.label for row in TABLE.rows] == [label for _column, label in POLLUTANTS]
    assert tuple(row.name for row in TABLE.rows) == NAMES


@given(st.sampled_from(TABLE.rows), CONCENTRATIONS, CONCENTRATIONS)
def test_index_never_falls_while_the_concentration_rises(row, one, other):
    lower, upper = sorted((one, other))
    assert sub_index(TABLE, row, lower).value <= sub_index(TABLE, row, upper).value


@given(st.sampled_from((TABLE, OLD_TABLE)), st.data())
def test_bounds_meet_and_the_index_leads_back(pack, data):
    row = data.draw(st.sampled_from(pack.rows))
    points = points_of(pack, row)
    assert [sub_index(pack, row, concentration).value for concentration, _index in points] == [i for _c, i in points]
    index = data.draw(st.decimals(points[0][1], points[-1][1], places=2))
    assert abs(sub_index(pack, row, concentration_at(pack, row, index)).value - index) < Decimal("1e-20")


@given(
    st.dictionaries(st.sampled_from(TABLE.rows), st.decimals("1", "1300", places=2), min_size=1),
    st.sampled_from(("konvensi_500", "peraturan")),
)
def test_the_way_down_leads_to_the_class_it_names(given_values, option):
    """A hundredth below each bound is enough; at the bound itself only where the sentence says so."""
    values = {row.name: value for row, value in given_values.items()}
    header = ",".join(values)
    case = ispu(",".join(map(str, values.values())), header, di_atas_tabel=option)
    told = next((sentence for sentence in case.explanation if sentence.startswith("Kelas ")), "")
    assert bool(told) is (case.results["kategori"] != "Baik")
    names = {row.label: row.name for row in TABLE.rows}
    for label, words, bound in re.findall(r"(\S+) dari \S+ menjadi (kurang dari|paling tinggi) (\S+) ug", told):
        at = Decimal(bound.replace(".", "").replace(",", "."))
        values[names[label]] = at if words == "paling tinggi" else at - Decimal("0.01")
    after = ispu(",".join(map(str, values.values())), header, di_atas_tabel=option)
    assert not told or after.results["kategori"] == re.match(r"Kelas (.+) tercapai", told).group(1)


@given(st.decimals("0", "700", places=2))
def test_every_index_has_one_category(index):
    scale = RULES.scale("ispu")
    rounded = scale.round(index)
    holding = [one for one in scale.classes if one.begins_at(rounded)]
    assert (holding[-1] if holding else None) is scale.class_of(index)
    assert bool(holding) is (rounded >= 1)


REAL_HEADER = "tanggal,stasiun,pm25,pm10,so2,co,o3,no2,indeks_terbit,kritis_terbit,kategori_terbit"


@pytest.mark.real
def test_every_row_of_jakarta(real_data):
    with (real_data / "udara" / "ispu_dki_2010_2023.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    cases = judge("ispu", "\n".join([REAL_HEADER, *map(",".join, rows)]), masukan="indeks")
    faults = Counter(case.results.get("kesalahan_terbitan", "") for case in cases)
    assert len(cases) == 5113
    assert faults == {
        "": 5025,
        "kritis_tanpa_nilai": 47,  # 43 with an index above all that is left, 4 with one that equals it
        "kritis": 34,
        "kategori": 4,
        "nol_tanpa_data": 3,
    }
    assert Counter(case.status.value for case in cases) == {"dihitung": 5066, "tidak lengkap": 43, "tidak ada data": 4}
    wrong_labels = [
        (row[0], row[8], row[10])
        for row, case in zip(rows, cases, strict=True)
        if case.results.get("kesalahan_terbitan") == "kategori"
    ]
    assert wrong_labels == [
        (day, "200.0", "SANGAT TIDAK SEHAT") for day in ("2012-04-22", "2012-11-24", "2014-05-09", "2014-05-13")
    ]
    for row, case in zip(rows, cases, strict=True):
        values = [Decimal(cell) for cell in row[2:8] if cell]
        assert case.results.get("ispu") == (max(values) if values else None)
