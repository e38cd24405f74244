"""Programmes, contracts, projects and air of other regions are read exactly as counted apart from this project."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from pipelines.contracts.contract import FileShape, load_contracts
from pipelines.judging.checking import check_staged
from pipelines.judging.loading import load_source
from pipelines.judging.places import judge_places
from pipelines.judging.staging import Staged, open_staging, stage_delivery
from pipelines.reading.outlines import read_boundaries
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.loaded import load_file, warehouse
from warehouse.schema import core_project, meta_finding
from warehouse.settings import Profile

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
pytestmark = pytest.mark.real


def as_delivered(source_id, file_shape, **changes):
    """The product's contract for a file that differs in shape; `changes` by field."""
    contract = CONTRACTS[source_id]
    fields = tuple(one.model_copy(update=changes.get(one.name, {})) for one in contract.fields)
    shape = FileShape(**file_shape)
    return contract.model_copy(update={"file": shape, "fields": fields, "senders": ("DPUPR",), "as_of": None})


def only(contract, **headers):
    """The contract cut down to some fields, each read under a header of the real file."""
    fields = tuple(contract.by_name[name].model_copy(update={"from_": header}) for name, header in headers.items())
    update = {"fields": fields, "checks": (), "grain": (fields[0].name,)}
    period = contract.period.model_copy(update={"field": fields[0].name})
    return contract.model_copy(update=update | {"period": period})


def total(rows, column):
    return sum(row[column] for row in rows if row[column] is not None)


def empty(rows, column):
    return sum(row[column] is None for row in rows)


def test_toba_contracts(real_data, tmp_path):
    contract = as_delivered(
        "opd_kontrak",
        {"pattern": "toba_kontrak_*.csv", "delimiter": ",", "decimal": "."},
        contract_date={"format": "%Y-%m-%d %H:%M:%S", "missing": ("1970-01-01 00:00:00", "0000-00-00 00:00:00")},
    )
    loaded = load_file(contract, real_data / "program" / "toba_kontrak_2022.csv", tmp_path, region_code="12.12")
    assert (loaded.counts.accepted, loaded.counts.rejected) == (681, 0)
    assert Counter(row["budget_year"] for row in loaded.rows) == {2022: 452, 2023: 229}
    assert total(loaded.rows, "ceiling_idr") == Decimal("253587976750.22")
    assert total(loaded.rows, "contract_idr") == Decimal("103237572199.43")
    assert sum(row["contract_idr"] == 0 for row in loaded.rows) == 317
    assert empty(loaded.rows, "contract_date") == 313 + 16
    above = [finding for finding in loaded.findings if finding["rule"] == "at_most"]
    assert {finding["severity"] for finding in above} == {"peringatan"}
    ids = {row["row_no"]: row["contract_id"] for row in loaded.rows}
    assert {ids[finding["row_no"]] for finding in above} == {"105", "109", "161", "195", "485"}
    assert {row["opd_code"] for row in loaded.rows} == {"DPUPR"}


def test_toba_physical_progress(real_data, tmp_path):
    contract = as_delivered(
        "opd_fisik",
        {"pattern": "toba_kegiatan_*.csv", "delimiter": ",", "decimal": "."},
        scheduled_date={"format": "%Y-%m-%d", "missing": ("1970-01-01",)},
    )
    loaded = load_file(contract, real_data / "program" / "toba_kegiatan_fisik_2022.csv", tmp_path, region_code="12.12")
    # One share is an amount of rupiah and one date is 1970: both held back by row, nothing lost.
    assert (loaded.counts.staged, loaded.counts.accepted, loaded.counts.rejected) == (350, 348, 2)
    rejected = {(one["header_text"], one["rule"]) for one in loaded.findings if one["severity"] == "ditolak"}
    assert rejected == {("Target", "rentang"), ("Jadwal", "wajib")}
    held = [json.loads(row["row_json"]) for row in loaded.quarantine]
    assert {row["ID Tahap"] for row in held} == {"143", "223"}
    activities = {row["activity_id"] for row in loaded.rows} | {row["ID Kontrak"] for row in held}
    assert len(activities) == 316
    assert sum(row["actual_pct"] > row["plan_pct"] for row in loaded.rows) == 16


def judged(contract, path, tmp_path):
    with warehouse() as connection:
        open_staging(connection, contract)
        item = Staged(0, "kiriman", False, read_delivery(path, contract, tmp_path))
        stage_delivery(connection, contract, item)
        connection.exec_driver_sql(
            "CREATE TEMP TABLE arrivals AS SELECT 0 AS delivery_no, NULL::TIMESTAMP AS latest_at, "
            "false AS is_1904, 420 AS minutes_ahead"
        )
        check_staged(connection, contract, "12")
        found = connection.exec_driver_sql("SELECT * FROM judged ORDER BY row_no").mappings()
        return [dict(row) for row in found]


def test_sumut_priorities(real_data, tmp_path):
    contract = as_delivered("bappeda_program", {"pattern": "sumut_*.csv"})
    contract = only(contract, programme_code="id_prioritas", programme_name="nama_prioritas")
    rows = judged(contract, real_data / "program" / "sumut_prioritas.csv", tmp_path)
    assert len(rows) == 8
    assert not any(row["is_rejected"] for row in rows)
    assert rows[3]["v_programme_name"] == "Prioritas peningkatan daya saing melalui sektor agraris"


# The one number of each sentence, read by hand; the other sentences name none.
SUMUT_NUMBERS = {
    1: "26", 2: "167000", 5: "70", 6: "70", 7: "210", 8: "33", 11: "33", 14: "250000", 15: "100", 16: "33", 18: "8",
    19: "10", 20: "1000", 23: "17149.75", 24: "1537.5", 29: "3", 31: "6", 34: "80", 38: "300", 49: "65000", 52: "1000",
    53: "35.55",
}  # fmt: skip
SUMUT_SEVERAL = {17, 26, 27, 47, 54}


def test_sumut_activities(real_data, tmp_path):
    contract = as_delivered("bappeda_target_program", {"pattern": "sumut_*.csv"})
    contract = only(contract, programme_code="id_kegiatan", target_text="nama_kegiatan", target_value="nama_kegiatan")
    rows = judged(contract, real_data / "program" / "sumut_kegiatan_strategis.csv", tmp_path)
    assert len(rows) == 54
    assert not any(row["is_rejected"] for row in rows)
    assert all(row["v_target_text"] for row in rows)
    values = {int(row["v_programme_code"]): row["v_target_value"] for row in rows}
    assert {place: value for place, value in values.items() if value is not None} == {
        place: Decimal(value) for place, value in SUMUT_NUMBERS.items()
    }
    warned = {int(row["v_programme_code"]): row["findings"][0]["message"] for row in rows if row["findings"]}
    assert {place for place, said in warned.items() if "angka berbeda" in said} == SUMUT_SEVERAL
    assert {place for place, said in warned.items() if "tidak memuat angka" in said} == (
        set(range(1, 55)) - set(SUMUT_NUMBERS) - SUMUT_SEVERAL
    )
    assert [place for place, said in warned.items() if "apa adanya" in said] == [53]  # 35,55 juta


PLACES = {
    "1": ("35.76.01", "35.76.02", "di kecamatan lain"),
    "2": ("35.16.14", "35.16.16", "di kecamatan lain"),
    "3": ("35.16.06", None, "di luar daerah"),
    "7": ("35.16.03", "35.16.04", "dekat batas"),
    "12": ("35.16.08", "35.16.18", "di kecamatan lain"),
    "13": (None, "35.16.01", "kecamatan tidak disebut"),
}


def test_mojokerto_projects_and_their_places(real_data, tmp_path):
    contract = CONTRACTS["dpupr_proyek"]
    region = Profile(region_code="35.16", region_name="Kabupaten Mojokerto", province_name="Jawa Timur")
    boundaries = read_boundaries(real_data / "boundaries" / "mojokerto_kecamatan_dari_desa.geojson")
    with warehouse() as connection:
        open_staging(connection, contract)
        delivery = read_delivery(real_data / "program" / "mojokerto_proyek_pupr.sql", contract, tmp_path)
        item = Staged(0, "kiriman", False, delivery)
        stage_delivery(connection, contract, item)
        counts = load_source(connection, contract, "35.16", [item])["kiriman"]
        judge_places(connection, contract, region, boundaries)
        rows = [dict(row) for row in connection.execute(sa.select(core_project)).mappings()]
        findings = [dict(row) for row in connection.execute(sa.select(meta_finding)).mappings()]
    assert (counts.staged, counts.accepted) == (17, 17)
    assert {row["row_no"] for row in rows} == set(range(48, 65))  # lines of the dump
    first = next(row for row in rows if row["project_id"] == "1")
    assert (first["project_name"], first["latitude"], first["longitude"]) == (
        "Pengaspalan Jalan Desa Jotangan",
        -7.4528,
        112.4512,
    )
    assert Counter(row["project_status"] for row in rows) == {"Perencanaan": 8, "Pelaksanaan": 6, "Selesai": 3}
    named = ("stated_kecamatan_code", "point_kecamatan_code", "place_note")
    found = {row["project_id"]: tuple(row[name] for name in named) for row in rows}
    assert {place: found[place] for place in PLACES} == PLACES
    assert {one[2] for place, one in found.items() if place not in PLACES} == {"sesuai"}
    lines = {row["row_no"]: row["project_id"] for row in rows}
    said = {lines[one["row_no"]]: one["message"] for one in findings}
    assert set(said) == set(PLACES)
    assert "Prajuritkulon (Kota Mojokerto), titiknya di Magersari (Kota Mojokerto)" in said["1"]
    assert "titiknya di luar semua kecamatan" in said["3"]
    assert "4 m dari batas Pacet" in said["7"]
    assert "nama pekerjaan menyebut Gondang, titiknya di Jatirejo" in said["13"]


def test_a_dump_of_boundaries_is_read_and_not_run(real_data, tmp_path):
    projects = CONTRACTS["dpupr_proyek"]
    contract = only(
        projects.model_copy(update={"file": FileShape(pattern="*.sql", table="wilayah_boundaries", decimal=".")}),
        project_id="kode",
        project_name="nama",
        latitude="lat",
        longitude="lng",
    )
    delivery = read_delivery(real_data / "boundaries" / "raw_wilayah_boundaries_kel_35.76.sql", contract, tmp_path)
    assert len(delivery.rows) == 18
    assert set(delivery.rows["c0"].str.slice(0, 5)) == {"35.76"}


def test_jakarta_air(real_data, tmp_path):
    loaded = load_file(CONTRACTS["dlh_ispu"], real_data / "udara" / "ispu_dki_2010_2023.csv", tmp_path)
    rows = loaded.rows
    assert (loaded.counts.accepted, loaded.counts.rejected) == (5113, 0)
    days = {row["measured_date"] for row in rows}
    assert (len(days), min(days), max(days)) == (5113, date(2010, 1, 1), date(2023, 12, 31))
    assert Counter(row["published_category"] for row in rows) == {
        "SEDANG": 2876,
        "TIDAK SEHAT": 1738,
        "BAIK": 292,
        "SANGAT TIDAK SEHAT": 202,
        "BERBAHAYA": 1,
        None: 4,  # TIDAK ADA DATA
    }
    assert total(rows, "published_index") == Decimal("504690")
    assert [empty(rows, name) for name in ("pm25_index", "pm10_index")] == [4021, 295]
    assert len({row["station_name"] for row in rows} - {None}) == 5
    assert [row["measured_date"] for row in rows if row["station_name"] is None] == [date(2022, 5, 31)]
    # Three delivered as 0.0 and one left out; none is zero, none is BAIK.
    assert [str(row["measured_date"]) for row in rows if row["published_index"] is None] == [
        "2010-06-25",
        "2010-08-04",
        "2010-11-01",
        "2023-09-30",
    ]
    assert all(row["published_category"] is None for row in rows if row["published_index"] is None)
    at_200 = [row for row in rows if row["published_index"] == 200]
    assert sum(row["published_category"] == "SANGAT TIDAK SEHAT" for row in at_200) == 4
    pollutants = [name for name in rows[0] if name.endswith("_index") and name != "published_index"]
    differing = [
        row
        for row in rows
        if row["published_index"] != max((row[name] for name in pollutants if row[name] is not None), default=None)
    ]
    assert len(differing) == 46 - 3  # the three delivered as 0.0 have no pollutant, and now no index either
