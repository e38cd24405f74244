"""Sample air quality: seasons, gaps and a few human slips, up to the day before."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.contracts.contract import load_contract
from pipelines.sample.air import air_files, station_names
from pipelines.sample.region import SOURCES_DIR, SampleRegion, read_region
from tests.unit.pipelines.loaded import load_file
from warehouse.settings import load_settings

AS_OF = date(2026, 11, 21)
FIRST = AS_OF - timedelta(days=730)
POLLUTANTS = ("pm25", "pm10", "so2", "co", "o3", "no2", "hc")


@pytest.fixture(scope="module", params=["kabupaten_mojokerto", pytest.param("kota_mojokerto", marks=pytest.mark.slow)])
def region(request: pytest.FixtureRequest) -> SampleRegion:
    return read_region(load_settings(profile=request.param))


@pytest.fixture(scope="module")
def rows(region: SampleRegion, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    folder = tmp_path_factory.mktemp("udara")
    found = []
    for file in air_files(region, FIRST, AS_OF, 0):
        file.write(folder / file.name)
        with (folder / file.name).open(encoding="utf-8", newline="") as stream:
            found += list(csv.DictReader(stream))
    return found


def test_two_or_three_stations_up_to_yesterday(region: SampleRegion, rows: list[dict[str, str]]) -> None:
    names = station_names(region)
    assert len(names) == (2 if region.code == "35.76" else 3)
    assert {row["stasiun"] for row in rows} == set(names)
    kecamatan = {place.spellings[0] for place in region.kecamatan}
    assert all(name.removeprefix("Stasiun contoh ") in kecamatan for name in names)
    assert max(row["tanggal"] for row in rows) == "2026-11-20"
    days = Counter(row["stasiun"] for row in rows)
    assert all(680 <= count < 730 for count in days.values())  # each with gaps
    assert len({(row["tanggal"], row["stasiun"]) for row in rows}) == len(rows)


def test_mostly_good_or_moderate_and_higher_in_the_dry_season(rows: list[dict[str, str]]) -> None:
    shares = Counter(row["categori"] for row in rows)
    assert shares["BAIK"] + shares["SEDANG"] > 0.97 * len(rows)
    assert 2 <= shares["TIDAK SEHAT"] <= 30
    assert 0 < shares["TIDAK ADA DATA"] < 10
    assert sum(row["critical"] == "PM25" for row in rows) > 0.65 * len(rows)
    fine = {month: [] for month in range(1, 13)}  # type: dict[int, list[int]]
    for row in rows:
        if row["pm25"]:
            fine[int(row["tanggal"][5:7])].append(int(row["pm25"]))
    mean = {month: sum(values) / len(values) for month, values in fine.items()}
    assert min(mean[month] for month in (7, 8, 9)) > 1.3 * max(mean[month] for month in (1, 2, 12))


def test_published_columns_are_right_but_for_a_few(rows: list[dict[str, str]]) -> None:
    measured = [row for row in rows if row["categori"] != "TIDAK ADA DATA"]
    wrong = 0
    for row in measured:
        highest = max(int(row[name]) for name in POLLUTANTS if row[name])
        assert int(row["max"]) == highest
        right = "BAIK" if highest <= 50 else "SEDANG" if highest <= 100 else "TIDAK SEHAT"
        wrong += row["categori"] != right or int(row[row["critical"].lower()] or 0) != highest
    assert 0 < wrong < 0.02 * len(measured)


def test_the_files_are_what_the_contract_expects(region: SampleRegion, tmp_path: Path) -> None:
    contract = load_contract(SOURCES_DIR / "dlh_ispu" / "contract.yml")
    files = list(air_files(region, FIRST, AS_OF, 0))
    names = ["ispu_2026-10.csv", "ispu_2026-11-19.csv", "ispu_2026-11-20.csv"]
    assert [file.name for file in files[-3:]] == names
    for file in files[-3:]:
        assert contract.accepts_name(file.name)
        count = file.write(tmp_path / file.name)
        loaded = load_file(contract, tmp_path / file.name, tmp_path, region.code, file.received_at)
        assert (loaded.counts.accepted, loaded.counts.rejected) == (count, 0)


def test_a_month_once_sent_does_not_change(region: SampleRegion, tmp_path: Path) -> None:
    texts = []
    for as_of in (AS_OF, AS_OF + timedelta(days=40)):
        file = next(f for f in air_files(region, FIRST, as_of, 0) if f.name == "ispu_2026-10.csv")
        file.write(tmp_path / file.name)
        texts.append((file.received_at, (tmp_path / file.name).read_bytes()))
    assert texts[0] == texts[1]


def test_before_the_morning_file_yesterday_s_is_there(region: SampleRegion) -> None:
    received = sorted(file.received_at for file in air_files(region, FIRST, AS_OF, 0))[-2:]
    assert received == [datetime(2026, 11, 20, 7, 30), datetime(2026, 11, 21, 7, 30)]
