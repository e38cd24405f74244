"""The sample self-assessment: of what replaced SPBE alone, whole, and as its contract expects it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipelines.contracts.contract import SOURCES_DIR, load_contract
from pipelines.sample.level_files import level_files
from pipelines.sample.region import LEVELS, SampleRegion, read_region
from tests.unit.pipelines.loaded import load_file
from warehouse.indicators.spbe.levels import pack_of_year, read_assessment
from warehouse.rules import load_rules
from warehouse.settings import load_settings

RULES = load_rules({})
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module", params=["kabupaten_mojokerto", "kota_mojokerto"])
def region(request: pytest.FixtureRequest) -> SampleRegion:
    return read_region(load_settings(profile=request.param))


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        (date(2024, 11, 21), []),  # judged as SPBE: published
        (date(2025, 11, 21), []),
        (date(2026, 8, 13), []),
        (date(2026, 8, 14), ["tingkat_indikator_2026.xlsx"]),
        (date(2027, 1, 2), ["tingkat_indikator_2026.xlsx"]),
        (date(2027, 9, 1), ["tingkat_indikator_2027.xlsx"]),
    ],
)
def test_it_never_extends_the_published_series(as_of, names, region):
    files = list(level_files(region, as_of, 0))
    assert [file.name for file in files] == names
    assert all(file.received_at.date() <= as_of for file in files)


def test_it_is_whole_loaded_without_a_word_and_the_same_again(region, tmp_path):
    (file,) = level_files(region, AS_OF, 0)
    contract = load_contract(SOURCES_DIR / LEVELS / "contract.yml")
    path, again = tmp_path / file.name, tmp_path / "lagi.xlsx"
    assert contract.accepts_name(file.name)
    assert (file.write(path), file.write(again)) == (20, 20)
    assert path.read_bytes() == again.read_bytes()
    loaded = load_file(contract, path, tmp_path, region.code, datetime(2026, 11, 21, 8))
    assert loaded.findings == []
    assert {row["assessor"] for row in loaded.rows} == {"mandiri"}
    assert {row["opd_code"] for row in loaded.rows} <= set(region.agencies)
    assert any(row["evidence_note"] is None for row in loaded.rows)
    pack = pack_of_year(RULES, 2026)
    found = read_assessment(((row["indicator_code"], row["level"]) for row in loaded.rows), pack)
    assert (pack.index_name, found.is_whole, found.problems) == ("Pemdi", True, ())


def test_a_region_that_owes_nothing_has_none(region):
    without = SampleRegion(**(vars(region) | {"senders": {**region.senders, LEVELS: ()}}))
    assert list(level_files(without, AS_OF, 0)) == []
