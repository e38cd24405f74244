"""Sample rivers: hourly readings and limits, read without a word by their contracts, and no level to answer at last."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipelines.contracts.contract import SOURCES_DIR, load_contract
from pipelines.sample.region import RIVER_LIMITS, WASTE_AREAS, read_region
from pipelines.sample.rivers import river_files
from pipelines.sample.waste_months import waste_files
from tests.unit.pipelines.loaded import load_together
from warehouse.settings import load_settings

FIRST, AS_OF = date(2024, 11, 21), date(2026, 11, 21)


def read(files, tmp_path, region):
    (source_id,) = {file.source_id for file in files}
    contract = load_contract(SOURCES_DIR / source_id / "contract.yml")
    for file in files:
        path, again = tmp_path / file.name, tmp_path / "lagi.csv"
        assert file.write(path) == file.write(again)
        assert path.read_bytes() == again.read_bytes()
        assert contract.accepts_name(file.name)
    received = {tmp_path / file.name: file.received_at for file in files}
    rows, findings = load_together(contract, received, tmp_path, region.code)
    assert findings == []
    return rows


@pytest.mark.parametrize(
    ("profile", "posts"), [("kabupaten_mojokerto", 3), pytest.param("kota_mojokerto", 2, marks=pytest.mark.slow)]
)
def test_a_year_of_readings_up_to_the_running_hour(tmp_path, profile, posts):
    region = read_region(load_settings(profile=profile))
    known, *files = river_files(region, FIRST, AS_OF, 0)
    assert (known.source_id, len(files), files[0].name) == (RIVER_LIMITS, 13 + 24, "pos_air_2025-11.csv")
    assert (files[-1].name, files[-1].received_at) == ("pos_air_2026-11-21-23.csv", datetime(2026, 11, 21, 23, 5))
    limits = {row["station_name"]: row for row in read([known], tmp_path, region)}
    assert len(limits) == posts
    assert all(name.startswith("Pos contoh ") for name in limits)
    readings = read(files[-26:], tmp_path, region)
    assert {row["station_name"] for row in readings} == set(limits)
    newest = [row for row in readings if row["measured_at"] >= datetime(2026, 11, 19)]
    assert len(newest) == 3 * 24 * posts
    assert all(float(row["value"]) < float(limits[row["station_name"]]["kuning_limit"]) for row in newest)
    risen = {row["measured_at"].day for row in newest if row["value"] >= limits[row["station_name"]]["hijau_limit"]}
    assert 21 in risen  # something to look at


@pytest.mark.parametrize(("profile", "areas"), [("kabupaten_mojokerto", 18), ("kota_mojokerto", 3)])
def test_months_of_waste_that_were_due(tmp_path, profile, areas):
    region = read_region(load_settings(profile=profile))
    files = list(waste_files(region, FIRST, AS_OF, 0))
    assert [files[0].name, files[-1].name] == ["sampah_kecamatan_2024-11.csv", "sampah_kecamatan_2026-10.csv"]
    assert files[-1].source_id == WASTE_AREAS
    rows = read(files[-1:], tmp_path, region)
    assert len({row["kecamatan_code"] for row in rows}) == areas
    early = list(waste_files(region, FIRST, date(2026, 11, 5), 0))[-1]
    assert early.name == "sampah_kecamatan_2026-09.csv"
