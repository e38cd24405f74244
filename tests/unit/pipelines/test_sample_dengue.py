"""Sample dengue: four past years and the running one, without a person, read without a word by its contract."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipelines.contracts.contract import SOURCES_DIR, load_contract
from pipelines.sample.dengue import dengue_files
from pipelines.sample.region import DENGUE, read_region
from tests.unit.pipelines.loaded import load_file
from warehouse.settings import load_settings

AS_OF = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("profile", "areas", "persons"), [("kabupaten_mojokerto", 18, 1_156_144), ("kota_mojokerto", 3, 142_272)]
)
def test_weeks_reported_by_a_day(tmp_path, profile, areas, persons):
    region = read_region(load_settings(profile=profile))
    files = list(dengue_files(region, date(2024, 11, 21), AS_OF, 0))
    assert [file.name[-14:-4] for file in files] == [
        "2022-12-31", "2023-12-30", "2024-12-28", "2025-12-27", "2026-11-07", "2026-11-14",
    ]  # fmt: skip
    assert files[-1].received_at == datetime(2026, 11, 16, 8, 30)
    path, again = tmp_path / files[-1].name, tmp_path / "lagi.csv"
    assert files[-1].write(path) == files[-1].write(again) == areas
    assert path.read_bytes() == again.read_bytes()
    loaded = load_file(load_contract(SOURCES_DIR / DENGUE / "contract.yml"), path, tmp_path, region.code)
    assert (len(loaded.rows), loaded.findings) == (areas, [])
    assert sum(int(row["population"]) for row in loaded.rows) == persons
    assert max(int(row["case_count"]) for row in loaded.rows) >= 5  # the kecamatan that rises


def test_a_monday_brings_the_week_that_ended_on_saturday():
    region = read_region(load_settings(profile="kota_mojokerto"))
    last = [
        list(dengue_files(region, day, day, 0))[-1].name[-14:-4] for day in (date(2026, 11, 15), date(2026, 11, 16))
    ]
    assert last == ["2026-11-07", "2026-11-14"]
