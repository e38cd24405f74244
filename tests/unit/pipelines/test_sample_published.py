"""The published figures that ship: complete, attributed, and judged clean by their contracts."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.contracts.contract import load_contracts
from tests.unit.pipelines.loaded import load_file
from warehouse.rules import round_half_up
from warehouse.settings import PROJECT_DIR

PUBLISHED = PROJECT_DIR / "samples" / "published"
CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
ROWS = {
    "diskominfo_spbe/spbe_results_published.csv": 637,
    "diskominfo_spbe/spbe_results_rerata.csv": 13,
    "dlh_timbulan_sampah/sipsn_2024_Data_Timbulan_Sampah_jawa_timur.csv": 26,
    "dlh_capaian_sampah/sipsn_2024_Data_Capaian_Pengelolaan_Sampah_jawa_timur.csv": 25,
    "dlh_capaian_sampah/sipsn_2024_Data_Capaian_Pengelolaan_Sampah_nasional.csv": 1,
    "dlh_komposisi_sampah/sipsn_2024_Data_Komposisi_Jenis_Sampah_jawa_timur.csv": 26,
}


def listing() -> list[dict[str, str]]:
    with (PUBLISHED / "SOURCES.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def file_of(source_id: str) -> Path:
    return PUBLISHED / next(name for name in ROWS if name.startswith(source_id))


def test_every_file_is_listed_with_a_citation() -> None:
    assert {f"{row['source_id']}/{row['file_name']}" for row in listing()} == set(ROWS)
    assert {path.relative_to(PUBLISHED).as_posix() for path in PUBLISHED.glob("*/*")} == set(ROWS)
    for row in listing():
        assert row["citation"]
        datetime.fromisoformat(row["received_at"])
        assert CONTRACTS[row["source_id"]].accepts_name(row["file_name"])


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_accepted(name: str, tmp_path: Path) -> None:
    loaded = load_file(CONTRACTS[name.partition("/")[0]], PUBLISHED / name, tmp_path)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (ROWS[name], 0)


@pytest.mark.parametrize("source_id", ["dlh_timbulan_sampah", "dlh_capaian_sampah", "dlh_komposisi_sampah"])
def test_waste_figures_are_east_java_without_kota_mojokerto(source_id: str) -> None:
    with file_of(source_id).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["Provinsi"] for row in rows} == {"Jawa Timur"}
    names = {row["Kabupaten/Kota"] for row in rows}
    assert "Kab. Mojokerto" in names
    assert "Kota Mojokerto" not in names


@pytest.mark.real
def test_the_national_row_is_the_sum_of_regions_with_every_tonnage(real_data: Path, tmp_path: Path) -> None:
    contract, name = CONTRACTS["dlh_capaian_sampah"], "sipsn_2024_Data_Capaian_Pengelolaan_Sampah"
    rows = load_file(contract, real_data / "sampah" / f"{name}.csv", tmp_path / "real").rows
    tons = ("generation_ton", "reduced_ton", "handled_ton")
    whole = [row for row in rows if all(row[ton] is not None for ton in tons)]
    (shipped,) = load_file(contract, PUBLISHED / "dlh_capaian_sampah" / f"{name}_nasional.csv", tmp_path / "own").rows
    assert shipped["region_name"] == f"Gabungan {len(whole)} dari {len(rows)} kabupaten/kota yang tercantum"
    assert [shipped[ton] for ton in tons] == [sum(row[ton] for row in whole) for ton in tons]
    shares = [round_half_up(shipped[ton] / shipped["generation_ton"] * 100, 2) for ton in tons[1:]]
    assert [shipped["reduced_pct"], shipped["handled_pct"]] == shares


def test_figures_of_kabupaten_mojokerto(tmp_path: Path) -> None:
    waste = load_file(CONTRACTS["dlh_timbulan_sampah"], file_of("dlh_timbulan_sampah"), tmp_path).rows
    assert [str(row["generation_daily_ton"]) for row in waste if row["region_code"] == "35.16"] == ["449.64"]
    spbe = load_file(CONTRACTS["diskominfo_spbe"], file_of("diskominfo_spbe"), tmp_path).rows
    own = {row["result_year"]: str(row["spbe_index"]) for row in spbe if row["region_code"] == "35.16"}
    assert own == {2023: "3.52", 2024: "4.16"}
