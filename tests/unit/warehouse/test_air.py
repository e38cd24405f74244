"""ISPU: recomputed from what was delivered, published where that is all there is, and never cleaner than it was."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from pipelines.contracts.contract import load_contracts
from tests.unit.pipelines.loaded import load_file
from tests.unit.warehouse.programme_warehouse import AIR, air_row, programme_warehouse
from tests.unit.warehouse.small_warehouse import KAB, at, deliver
from warehouse import queries
from warehouse.air_queries import last_air_day
from warehouse.catalogue import BY_ID, calculate_all, calculate_indicator
from warehouse.figures import ValueStatus
from warehouse.rules import load_rules

RULES = load_rules({})
DONE, PART, NONE, NOT = (
    ValueStatus.CALCULATED,
    ValueStatus.INCOMPLETE,
    ValueStatus.NO_DATA,
    ValueStatus.NOT_APPLICABLE,
)
DAY = "2026-11-20"


@pytest.fixture
def connection():
    with programme_warehouse() as opened:
        yield opened


def calculate(connection, *rows):
    deliver(connection, AIR, rows, opd="DLH", until=at("2026-11-21 00:00"))
    found = calculate_indicator(connection, BY_ID["smart_environment.ispu"], KAB, RULES)
    return {(one.entity_kind, one.entity_code, one.period_start.isoformat()): one for one in found}


@pytest.mark.parametrize(
    ("row", "value", "critical", "category"),
    [
        ({"pm25": "50", "o3": "20"}, 50, "PM2,5", "Baik"),
        ({"pm25": "50.4", "o3": "20"}, 50, "PM2,5", "Baik"),
        ({"pm25": "50.5", "o3": "20"}, 51, "PM2,5", "Sedang"),  # half up, then the category
        ({"pm10": "100.5"}, 101, "PM10", "Tidak Sehat"),
        ({"o3": "200", "category": "TIDAK SEHAT"}, 200, "O3", "Tidak Sehat"),
        ({"o3": "200.49"}, 200, "O3", "Tidak Sehat"),
        ({"so2": "201"}, 201, "SO2", "Sangat Tidak Sehat"),
        ({"co": "300"}, 300, "CO", "Sangat Tidak Sehat"),
        ({"no2": "301"}, 301, "NO2", "Berbahaya"),
        ({"hc": "612"}, 612, "HC", "Berbahaya"),
        ({"pm25": "80", "o3": "80", "hc": "80"}, 80, "PM2,5", "Sedang"),  # of equals the first in the fixed order
        ({"no2": "80", "o3": "80", "critical": "NO2"}, 80, "O3", "Sedang"),
    ],
)
def test_highest_sub_index(connection, row, value, critical, category):
    found = calculate(connection, air_row(DAY, **row))
    for key in (("station", "Mojosari", DAY), ("region", KAB, DAY)):
        one = found[key]
        assert (one.value, one.determinant, one.predikat) == (value, critical, category)
        assert (one.status, one.reason, one.denominator) == (DONE, "", 1)
        assert one.rule_version == "permenlhk_14_2020@1"


@pytest.mark.parametrize(
    ("row", "published", "value", "critical", "status", "words"),
    [
        ({}, "73", 73, "", DONE, "Dari indeks terbitan: sub-indeks tidak dikirim"),
        ({"critical": "PM2.5"}, "105", 105, "PM2,5", DONE, "Dari indeks terbitan: sub-indeks tidak dikirim"),
        (
            {"pm10": "62", "o3": "92", "critical": "PM25"},
            "105",
            105,
            "PM2,5",
            PART,
            "Nilai PM2,5 tidak dikirim; tertinggi dari yang dikirim 92 (O3)",
        ),
        (
            {"pm10": "62"},
            "105",
            105,
            "",
            PART,
            "Nilai polutan kritis tidak dikirim; tertinggi dari yang dikirim 62 (PM10)",
        ),
        ({"pm10": "62", "o3": "92", "critical": "O3"}, "105", 92, "O3", DONE, "Indeks terbitan 105"),
        ({"pm10": "62", "o3": "92", "critical": "O3"}, "80", 92, "O3", DONE, "Indeks terbitan 80"),
        ({"pm10": "62", "o3": "92", "critical": "CO", "co": "7"}, "92", 92, "O3", DONE, "Polutan kritis terbitan CO"),
        (
            {"o3": "200", "category": "SANGAT TIDAK SEHAT"},
            "200",
            200,
            "O3",
            DONE,
            "Kategori terbitan SANGAT TIDAK SEHAT",
        ),
        ({"pm10": "0", "o3": "0.4"}, None, None, "", NOT, "Indeks di bawah 1 tidak ada dalam skala ISPU"),
        ({}, None, None, "", NONE, "Stasiun tidak mengirim nilai"),
    ],
)
def test_published_beside_recomputed(connection, row, published, value, critical, status, words):  # noqa: PLR0917
    found = calculate(connection, air_row(DAY, published=published, **row))["region", KAB, DAY]
    assert (found.value, found.determinant, found.status, found.reason) == (value, critical, status, words)


def test_the_region_is_its_worst_station(connection):
    found = calculate(
        connection,
        air_row(DAY, "Mojosari", pm25="80"),
        air_row(DAY, "Ngoro", pm25="120"),
        air_row(DAY, "Pacet"),
        air_row("2026-11-18", None, published="60"),
    )
    region = found["region", KAB, DAY]
    assert (region.value, region.predikat) == (120, "Tidak Sehat")
    assert region.reason == "Ngoro; 1 dari 3 stasiun tanpa nilai"
    assert found["station", "tanpa nama stasiun", "2026-11-18"].value == 60
    gap = found["region", KAB, "2026-11-19"]
    assert (gap.value, gap.status, gap.reason) == (None, NONE, "Tidak ada stasiun yang mengirim")
    assert ("station", "Mojosari", "2026-11-19") not in found


def test_days_stations_and_bands_for_a_page(connection):
    deliver(
        connection,
        AIR,
        [air_row(DAY, "Mojosari", pm25="80"), air_row(DAY, "Ngoro", o3="120"), air_row("2026-11-18", "Pacet", co="40")],
        opd="DLH",
        until=at("2026-11-21 00:00"),
    )
    calculate_all(connection, KAB, RULES)
    days = queries.air_days(connection, KAB, date(2026, 11, 17), date(2026, 11, 20))
    assert [(one.index, one.category, one.critical) for one in days] == [
        (None, "", ""),
        (40, "Baik", "CO"),
        (None, "", ""),
        (120, "Tidak Sehat", "O3"),
    ]
    day = last_air_day(connection, KAB)
    stations = queries.air_stations(connection, KAB, day)
    assert [(one.station_name, one.index) for one in stations] == [("Ngoro", 120), ("Mojosari", 80), ("Pacet", None)]
    assert [(band.name, band.upper, band.needs_response) for band in queries.air_bands(RULES)] == [
        ("Baik", 50, False),
        ("Sedang", 100, False),
        ("Tidak Sehat", 200, True),
        ("Sangat Tidak Sehat", 300, True),
        ("Berbahaya", None, True),
    ]
    assert len(queries.ispu_differences(connection, KAB)) == 0


LIMITS = ((50, "BAIK"), (100, "SEDANG"), (200, "TIDAK SEHAT"), (300, "SANGAT TIDAK SEHAT"))
COLUMNS = {"pm25": "PM2,5", "pm10": "PM10", "so2": "SO2", "co": "CO", "o3": "O3", "no2": "NO2"}


def expected_day(row):
    """Index, critical pollutant, category and completeness of a raw line, worked out apart from the product."""
    known = [(float(row[column]), label) for column, label in COLUMNS.items() if row[column]]
    published = float(row["max"] or 0)
    if not known:
        return None, "", "", "tidak ada data"
    index, critical = max(known, key=lambda pair: pair[0])
    is_hidden = published > index and not row[row["critical"].lower()]
    if is_hidden:
        index, critical = published, COLUMNS[row["critical"].lower()]
    category = next((name for limit, name in LIMITS if index <= limit), "BERBAHAYA")
    return int(index), critical, category, "tidak lengkap" if is_hidden else "dihitung"


@pytest.mark.real
def test_five_thousand_real_days(connection, real_data, tmp_path):
    path = real_data / "udara" / "ispu_dki_2010_2023.csv"
    with path.open(encoding="utf-8", newline="") as file:
        raw = {row["tanggal"]: row for row in csv.DictReader(file)}
    contract = next(one for one in load_contracts() if one.source_id == AIR)
    loaded = load_file(contract, path, tmp_path)
    assert (loaded.counts.accepted, loaded.counts.rejected, len(raw)) == (5113, 0, 5113)
    names = {"submission_id", "row_no", "is_sample"}
    rows = [
        {key: value for key, value in row.items() if key not in names} | {"region_code": KAB} for row in loaded.rows
    ]
    deliver(connection, AIR, rows, opd="DLH", until=at("2024-01-01 00:00"))
    calculate_all(connection, KAB, RULES)
    frame = queries.indicator_values(connection, "smart_environment.ispu", "region").set_index("period_start")
    found = {
        day.date().isoformat(): (
            None if row.value != row.value else int(row.value),
            row.determinant if isinstance(row.determinant, str) else "",
            row.predikat.upper() if isinstance(row.predikat, str) else "",
            row.status,
        )
        for day, row in frame.iterrows()
    }
    assert found == {day: expected_day(row) for day, row in raw.items()}
    assert Counter(one[3] for one in found.values()) == {"dihitung": 5066, "tidak lengkap": 43, "tidak ada data": 4}
    differences = queries.ispu_differences(connection, KAB)
    assert differences["is_other_index"].sum() + 3 == 46  # three of the 46 have no value at all
    assert set(differences.loc[differences["is_other_index"], "measured_date"].dt.year) == {2020}
    assert differences["is_other_critical"].sum() == 38
    wrong = differences[differences["is_other_category"]]
    assert [
        (row.measured_date.date().isoformat(), row.station_name[:4], row.ispu, row.category, row.published_category)
        for row in wrong.itertuples()
    ] == [
        ("2012-04-22", "DKI2", 200, "Tidak Sehat", "SANGAT TIDAK SEHAT"),
        ("2012-11-24", "DKI2", 200, "Tidak Sehat", "SANGAT TIDAK SEHAT"),
        ("2014-05-09", "DKI5", 200, "Tidak Sehat", "SANGAT TIDAK SEHAT"),
        ("2014-05-13", "DKI5", 200, "Tidak Sehat", "SANGAT TIDAK SEHAT"),
    ]
