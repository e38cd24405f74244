"""Files written by others are read exactly as counted apart from this project."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from pipelines.contracts.contract import load_contract, load_contracts
from pipelines.reading.grids import NATIVE
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.loaded import load_file

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
SUMENEP = Path("tests/fixtures/contracts/sumenep_kejadian_112/contract.yml")
pytestmark = pytest.mark.real


def total(rows, column):
    return sum(row[column] for row in rows if row[column] is not None)


def empty(rows, column):
    return sum(row[column] is None for row in rows)


def of_region(rows, region_code):
    return [row for row in rows if row["region_code"] == region_code]


def test_sipsn_generation(real_data, tmp_path):
    path = real_data / "sampah" / "sipsn_2024_Data_Timbulan_Sampah.csv"
    loaded = load_file(CONTRACTS["dlh_timbulan_sampah"], path, tmp_path)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (317, 0)
    assert total(loaded.rows, "generation_daily_ton") == Decimal("93738.71")
    assert total(loaded.rows, "generation_ton") == Decimal("34214607.44")
    assert sum(row["province_name"] == "Jawa Timur" for row in loaded.rows) == 26
    (mojokerto,) = of_region(loaded.rows, "35.16")
    assert mojokerto["generation_daily_ton"] == Decimal("449.64")
    assert mojokerto["generation_ton"] == Decimal("164117.17")
    assert of_region(loaded.rows, "35.76") == []  # Kota Mojokerto is not in SIPSN: no data, not zero


def test_sipsn_management(real_data, tmp_path):
    path = real_data / "sampah" / "sipsn_2024_Data_Capaian_Pengelolaan_Sampah.csv"
    loaded = load_file(CONTRACTS["dlh_capaian_sampah"], path, tmp_path)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (315, 0)
    assert total(loaded.rows, "managed_ton") == Decimal("20331778.82")
    assert [empty(loaded.rows, name) for name in ("handled_ton", "recycled_ton", "raw_material_ton")] == [7, 30, 179]
    (mojokerto,) = of_region(loaded.rows, "35.16")
    published = ("reduced_ton", "reduced_pct", "handled_ton", "handled_pct", "managed_ton", "managed_pct")
    assert [str(mojokerto[name]) for name in published] == [
        "46169.12",
        "28.13",
        "36561.29",
        "22.28",
        "82730.41",
        "50.41",
    ]
    assert mojokerto["recycling_rate_pct"] == Decimal("22.80")


def test_sipsn_composition(real_data, tmp_path):
    path = real_data / "sampah" / "sipsn_2024_Data_Komposisi_Jenis_Sampah.csv"
    loaded = load_file(CONTRACTS["dlh_komposisi_sampah"], path, tmp_path)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (317, 0)
    assert empty(loaded.rows, "food_pct") == 69
    (mojokerto,) = of_region(loaded.rows, "35.16")
    kinds = [value for name, value in mojokerto.items() if name.endswith("_pct")]
    assert len(kinds) == 9
    assert sum(kinds) == Decimal("100.00")
    assert (mojokerto["food_pct"], mojokerto["plastic_pct"]) == (Decimal("47.88"), Decimal("21.07"))


def test_sumenep_incidents(real_data, tmp_path):
    path = real_data / "panggilan112" / "sumenep_112_kejadian_2021_2022.csv"
    loaded = load_file(load_contract(SUMENEP), path, tmp_path, region_code="35.29")
    assert (loaded.counts.staged, loaded.counts.accepted, loaded.counts.rejected) == (159, 157, 2)
    # Closed before reported: both held back, named by row and cause, nothing lost.
    rejected = [finding for finding in loaded.findings if finding["severity"] == "ditolak"]
    assert {finding["rule"] for finding in rejected} == {"not_before"}
    assert sorted(json.loads(row["row_json"])["id"] for row in loaded.quarantine) == ["324", "381"]
    months = [finding for finding in loaded.findings if finding["rule"] == "same_month"]
    assert len(months) == 4
    assert all(row["latitude"] is not None and row["longitude"] is not None for row in loaded.rows)
    assert empty(loaded.rows, "closed_at") == 3
    starts = sorted(row["reported_at"] for row in loaded.rows)
    assert (str(starts[0]), str(starts[-1])) == ("2021-08-20 07:15:00", "2022-12-31 21:00:00")
    minutes = {
        row["ticket_no"]: (row["closed_at"] - row["reported_at"]).total_seconds() / 60
        for row in loaded.rows
        if row["closed_at"] is not None
    }
    assert median(minutes.values()) == 60
    assert max(minutes, key=minutes.__getitem__) == "100"
    assert minutes["100"] == 86160
    kinds = [row["incident_type_code"] for row in loaded.rows]
    assert kinds.count("kebakaran") == 43
    assert kinds.count("ambulans") == 16
    assert kinds.count("odgj") == 24  # 25 delivered, ticket 324 is quarantined


def test_sumenep_kecamatan_numbers_are_unknown_codes_here(real_data, tmp_path):
    contract = load_contract(SUMENEP)
    fields = tuple(
        field.model_copy(update={"ref": "ref_kecamatan"}) if field.name == "kecamatan_code" else field
        for field in contract.fields
    )
    path = real_data / "panggilan112" / "sumenep_112_kejadian_2021_2022.csv"
    loaded = load_file(contract.model_copy(update={"fields": fields}), path, tmp_path)
    assert loaded.counts.accepted == 0
    assert sum(finding["rule"] == "kode" for finding in loaded.findings) == 159


def test_an_old_excel_workbook_is_read_to_its_total(real_data, tmp_path):
    """BIFF (.xls): 27 regencies, the TOTAL row is no data and its sum is theirs."""
    waste = CONTRACTS["dlh_timbulan_sampah"]
    name = waste.by_name["region_name"].model_copy(update={"from_": "Kabupaten"})
    ton = waste.by_name["generation_ton"].model_copy(update={"from_": "Alokasi DD", "required": True})
    contract = waste.model_copy(update={"fields": (name, ton), "total_label": "TOTAL"})
    delivery = read_delivery(real_data / "anggaran" / "dana_desa_sumut_20220720.xls", contract, tmp_path)
    rows = delivery.rows.dropna(subset=["c0"])
    assert len(rows) == 27
    assert sum(int(text.lstrip(NATIVE + "n")) for text in rows["c1"]) == 4_396_783_707_000
