"""A point and the kecamatan its address names are compared, and a doubt is asked about, never settled."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from pipelines.contracts.contract import Locate, load_contracts
from pipelines.judging.places import judge_place, judge_places, open_gazetteer
from pipelines.reading.outlines import read_boundaries
from tests.unit.pipelines.loaded import warehouse
from warehouse.schema import core_project, meta_finding
from warehouse.settings import Profile

PROJECTS = {contract.source_id: contract for contract in load_contracts()}["dpupr_proyek"]
LOCATE = Locate(latitude="latitude", longitude="longitude", stated="address", hint="project_name")


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


# Puri and Jetis side by side; Magersari, of the city, is an enclave inside Puri, whose area has no hole for it.
AREAS = {
    "35.16.11": ("Puri", square(112.0, -7.2, 112.2, -7.0)),
    "35.16.16": ("Jetis", square(112.2, -7.2, 112.4, -7.0)),
    "35.16.14": ("Gedeg", square(112.4, -7.2, 112.6, -7.0)),
    "35.76.02": ("Magersari", square(112.05, -7.15, 112.1, -7.1)),
    "35.76.01": ("Prajuritkulon", square(112.1, -7.15, 112.15, -7.1)),
    "35.16": ("Kabupaten Mojokerto", square(112.0, -7.2, 112.6, -7.0)),
}
PURI, JETIS, MAGERSARI, NOWHERE = (-7.05, 112.02), (-7.1, 112.3), (-7.12, 112.07), (-7.1, 112.7)
NEAR_JETIS = (-7.1, 112.1999)  # 11 m inside Puri


def profile(region_code="35.16"):
    return Profile(region_code=region_code, region_name="Uji", province_name="Uji")


@pytest.fixture(scope="module")
def boundaries(tmp_path_factory):
    path = tmp_path_factory.mktemp("batas") / "batas.geojson"
    features = [
        {"type": "Feature", "properties": {"kode": code, "nama": name}, "geometry": geometry}
        for code, (name, geometry) in AREAS.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return read_boundaries(path)


@pytest.fixture(scope="module")
def connection():
    with warehouse() as open_connection:
        yield open_connection


@pytest.fixture(scope="module")
def gazetteer(connection, boundaries):
    return open_gazetteer(connection, profile(), boundaries)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Kec. Puri", "35.16.11"),
        ("Kec.Puri", "35.16.11"),
        ("KECAMATAN PURI", "35.16.11"),
        ("Banjaragung Puri", "35.16.11"),
        ("Desa Gedek", "35.16.14"),  # as often spelled
        ("Jl. Mayjen, Prajurit Kulon", "35.76.01"),
        ("Desa Puri, Kec. Jetis", "35.16.16"),
        ("Jalan Puri, Jetis", "35.16.16"),
        ("Jl. Raya Puri-Jetis", None),  # a road between two says neither
        ("Purinegoro", None),
        ("Jl. Raya Dinoyo", None),
        ("", None),
    ],
)
def test_the_kecamatan_an_address_names(gazetteer, address, code):
    assert gazetteer.stated_in(address) == code


@pytest.mark.parametrize(
    ("words", "point", "expected", "said"),
    [
        (("Kec. Puri", ""), PURI, ("sesuai", "35.16.11", "35.16.11"), ""),
        (
            ("Kec. Jetis", ""),
            PURI,
            ("di kecamatan lain", "35.16.16", "35.16.11"),
            "titiknya di Puri, 19,9 km dari Jetis",
        ),
        (("Kec. Jetis", ""), NEAR_JETIS, ("dekat batas", "35.16.16", "35.16.11"), "11 m dari batas Jetis"),
        (("Kec. Puri", ""), NEAR_JETIS, ("sesuai", "35.16.11", "35.16.11"), ""),
        (("Kec. Jetis", ""), NOWHERE, ("di luar daerah", "35.16.16", None), "33,1 km dari Jetis"),
        (("Puri", ""), MAGERSARI, ("di kecamatan lain", "35.16.11", "35.76.02"), "di Magersari (Kota Mojokerto)"),
        (("Magersari", ""), MAGERSARI, ("di luar daerah", "35.76.02", "35.76.02"), "milik daerah lain"),
        (
            ("Prajurit Kulon", ""),
            MAGERSARI,
            ("di kecamatan lain", "35.76.01", "35.76.02"),
            "Prajuritkulon (Kota Mojokerto)",
        ),
        (("Jl. Raya", "Jalan Lama"), PURI, ("kecamatan tidak disebut", None, "35.16.11"), ""),
        (
            ("Jl. Raya", "Ruas Lama-Jetis"),
            PURI,
            ("kecamatan tidak disebut", None, "35.16.11"),
            "menyebut Jetis, titiknya di Puri",
        ),
        (("Jl. Raya", ""), MAGERSARI, ("kecamatan tidak disebut", None, "35.76.02"), "titiknya di Magersari"),
        (("Jl. Raya", ""), NOWHERE, ("di luar daerah", None, None), "Periksa koordinatnya"),
        (("Kec. Puri", ""), (None, None), ("titik tidak disampaikan", "35.16.11", None), ""),
    ],
)
def test_a_point_is_compared_with_its_address(gazetteer, words, point, expected, said):
    row = {"address": words[0], "project_name": words[1], "latitude": point[0], "longitude": point[1]}
    one = judge_place(row, LOCATE, gazetteer)
    assert (one.note, one.stated_code, one.point_code) == expected
    assert said in one.message
    assert bool(one.message) == bool(said)


def test_the_city_inside_the_regency_sees_itself_as_home(connection, boundaries):
    gazetteer = open_gazetteer(connection, profile("35.76"), boundaries)
    row = {"address": "Magersari", "project_name": "", "latitude": MAGERSARI[0], "longitude": MAGERSARI[1]}
    assert judge_place(row, LOCATE, gazetteer).note == "sesuai"
    one = judge_place(row | {"address": "Puri"}, LOCATE, gazetteer)
    assert one.message.startswith("Alamat menyebut Puri (Kabupaten Mojokerto), titiknya di Magersari")


@pytest.fixture
def stored(connection):
    """Two projects of one delivery, judged by boundaries; the rows and the findings afterwards."""

    def judge(boundaries):
        facts = {
            "region_code": "35.16",
            "project_name": "Jalan",
            "budget_year": 2026,
            "project_status": "Selesai",
            "submission_id": "kiriman",
            "is_sample": False,
        }
        places = [("1", 5, "Kec. Puri", PURI), ("2", 6, "Kec. Jetis", PURI)]
        for table in (core_project, meta_finding):
            connection.execute(sa.delete(table))
        connection.execute(
            core_project.insert(),
            [
                facts | {"project_id": id_, "row_no": row_no, "address": address, "latitude": at[0], "longitude": at[1]}
                for id_, row_no, address, at in places
            ],
        )
        judge_places(connection, PROJECTS, profile(), boundaries)
        columns = (core_project.c.stated_kecamatan_code, core_project.c.point_kecamatan_code, core_project.c.place_note)
        rows = connection.execute(sa.select(*columns).order_by(core_project.c.row_no)).all()
        findings = connection.execute(sa.select(meta_finding)).mappings().all()
        return [tuple(row) for row in rows], findings

    return judge


def test_what_is_stored_and_asked(stored, boundaries):
    rows, findings = stored(boundaries)
    assert rows == [("35.16.11", "35.16.11", "sesuai"), ("35.16.16", "35.16.11", "di kecamatan lain")]
    (finding,) = findings
    assert (finding["severity"], finding["rule"], finding["row_no"]) == ("peringatan", "letak", 6)
    assert (finding["cell"], finding["value_text"]) == ("baris 6, kolom alamat", "Kec. Jetis")


def test_without_boundaries_nothing_is_judged(stored):
    rows, findings = stored(())
    assert rows == [(None, None, "batas belum ada")] * 2
    assert findings == []
