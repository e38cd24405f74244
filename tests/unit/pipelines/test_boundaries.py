"""Boundaries of kecamatan: what is refused in a file of them, and what of it is drawn."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
import sqlalchemy as sa
from shapely.geometry import Point, shape

from pipelines.contracts.contract import SOURCES_DIR, ContractProblem, load_contract
from pipelines.deliveries.submissions import archive_inbox
from pipelines.judging.boundaries import delivered_boundaries, load_outlines, standing_boundaries
from pipelines.reading.outlines import read_boundaries
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.loaded import warehouse
from warehouse.area_queries import area_outlines
from warehouse.schema import ref_boundary
from warehouse.settings import load_settings

VALUES = re.compile(r"\('(?P<code>[\d.]+)','(?P<name>[^']+)',[-\d.]+,[-\d.]+,'(?P<path>[-\d.,\[\]]+)'\)")


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def write(path, *places):
    features = [
        {"type": "Feature", "properties": {"kode": code, "nama": name}, "geometry": geometry}
        for code, name, geometry in places
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def turned(geometry):
    """Latitude first, as map tiles and many databases write it."""
    return geometry | {"coordinates": [[[y, x] for x, y in ring] for ring in geometry["coordinates"]]}


PURI, MAGERSARI = square(112.0, -7.2, 112.2, -7.0), square(112.05, -7.15, 112.1, -7.1)


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([("35.16.11", "Puri", turned(PURI))], r"Puri \(35.16.11\) keliru, lintang ditulis lebih dulu"),
        ([("35.16.11", "Puri", PURI), ("35.76.02", "Magersari", turned(MAGERSARI))], "Magersari"),
        ([("35.16.11", "Puri", square(12.0, 47.2, 12.2, 47.4))], "letaknya di luar Indonesia"),
        ([("3516110", "Puri", PURI)], "tidak memuat kecamatan"),
    ],
)
def test_a_file_that_would_draw_another_place_is_refused(tmp_path, places, words):
    with pytest.raises(ContractProblem, match=words):
        read_boundaries(write(tmp_path / "batas.geojson", *places))


def test_outlines_of_the_release_hold_an_enclave_free(tmp_path):
    path = write(tmp_path / "batas.geojson", ("35.16.11", "Puri", PURI), ("35.76.02", "Magersari", MAGERSARI))
    with warehouse() as connection:
        load_outlines(connection, read_boundaries(path))
        puri, magersari = area_outlines(connection)
        connection.execute(sa.delete(ref_boundary))
        load_outlines(connection, ())
        assert area_outlines(connection) == ()
    area = shape(json.loads(puri.outline_json))
    assert (puri.region_code, puri.bounds) == ("35.16.11", (112.0, -7.2, 112.2, -7.0))
    assert area.area == pytest.approx(0.2 * 0.2 - 0.05 * 0.05)
    assert area.contains(Point(puri.label_longitude, puri.label_latitude))
    assert magersari.region_code == "35.76.02"


def test_files_nobody_can_read_are_refused(tmp_path):
    path = tmp_path / "batas.geojson"
    for content in ("bukan json", '{"features": [{"properties": {"nama": "Puri"}, "geometry": null}]}'):
        path.write_text(content, "utf-8")
        with pytest.raises(ContractProblem, match="tidak terbaca sebagai GeoJSON"):
            read_boundaries(path)
    path.write_text('{"features": []}', "utf-8")
    with pytest.raises(ContractProblem, match="tidak memuat kecamatan"):
        read_boundaries(path)


CONTRACT = load_contract(SOURCES_DIR / "bappeda_batas_kecamatan" / "contract.yml")
DUMP = """INSERT INTO wilayah_boundaries (kode, nama, lat, lng, path) VALUES
('35.16.11','Puri',-7.1,112.1,'[[[-7.2,112.0],[-7.2,112.2],[-7.0,112.2],[-7.2,112.0]]]');
"""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("batas_kecamatan.geojson", ("35.16.11", "Puri", turned(PURI)), "lintang ditulis lebih dulu"),
        ("batas_kecamatan.sql", DUMP, "tukar menjadi bujur, lintang"),  # latitude first, as in its own map
        ("batas_kecamatan.csv", "kode,nama\n35.16.11,Puri\n", "Batas dikirim sebagai GeoJSON"),
    ],
)
def test_a_delivery_that_would_draw_another_place_is_refused(tmp_path, name, content, words):
    path = tmp_path / name
    write(path, content) if isinstance(content, tuple) else path.write_text(content, "utf-8")
    with pytest.raises(ContractProblem, match=words):
        read_delivery(path, CONTRACT, tmp_path)


def test_attributes_of_a_delivery_are_its_rows(tmp_path):
    path = write(tmp_path / "batas_kecamatan.geojson", ("35.16.11", "Puri", PURI), ("35.76.02", "Magersari", MAGERSARI))
    assert len(read_delivery(path, CONTRACT, tmp_path).rows) == 2
    assert delivered_boundaries([CONTRACT], []) == ()


@pytest.mark.real
def test_delivered_boundaries_of_both_mojokerto_are_drawn(real_data, tmp_path):
    path = real_data / "boundaries" / "mojokerto_kecamatan_dari_desa.geojson"
    with warehouse() as connection:
        load_outlines(connection, read_boundaries(path))
        outlines = area_outlines(connection)
    assert len(outlines) == 21
    assert sum(one.region_code.startswith("35.16.") for one in outlines) == 18
    assert min(one.bounds[0] for one in outlines) == pytest.approx(112.33, abs=0.03)


@pytest.mark.real
def test_rings_of_the_raw_dump_have_latitude_first(real_data, tmp_path):
    """The dump is read as text: its statements are never run."""
    text = (real_data / "boundaries" / "raw_wilayah_boundaries_kel_35.76.sql").read_text("utf-8")
    places = [
        (found["code"], found["name"], {"type": "Polygon", "coordinates": json.loads(found["path"])})
        for found in VALUES.finditer(text)
    ]
    assert len(places) == 18
    with pytest.raises(ContractProblem, match="lintang ditulis lebih dulu"):
        read_boundaries(write(tmp_path / "batas.geojson", *places))
    right = [(code[:8], name, turned(geometry)) for code, name, geometry in places]
    assert len(read_boundaries(write(tmp_path / "batas.geojson", *right))) == 18


def test_what_is_checked_before_it_is_sent_is_judged_by_the_delivered_boundaries(tmp_path):
    settings = load_settings(data_dir=tmp_path, contoh=False)
    projects, now = load_contract(SOURCES_DIR / "dpupr_proyek" / "contract.yml"), datetime(2026, 11, 21)
    assert standing_boundaries(settings, projects, now) == ()
    inbox = settings.state_dir / "inbox" / CONTRACT.source_id
    inbox.mkdir(parents=True)
    write(inbox / "batas_kecamatan_1.geojson", ("35.16.11", "Puri", PURI))
    archive_inbox(settings.state_dir, [CONTRACT.source_id], now)
    assert [one.name for one in standing_boundaries(settings, projects, now)] == ["Puri"]
    assert standing_boundaries(settings, CONTRACT, now) == ()  # it judges no place
