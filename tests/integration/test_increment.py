"""What is built on top of a release is what a build of everything gives: the same digest, file and persons."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pipelines.building.build import run
from pipelines.building.drafting import Draft
from pipelines.building.increment import Increment, read_foundation
from pipelines.building.naming import digest_of, table_digests
from pipelines.building.rebuilding import rebuild
from pipelines.judging.restricted_store import RestrictedStore
from tests.integration.conftest import NOW
from tests.integration.test_build import SIPSN_HEADER, deliver, opened
from tests.unit.pipelines.test_rows import CALL_HEADER, GOOD_CALL
from warehouse.area_queries import area_outlines
from warehouse.releases import current_release

GAUGE, WASTE = "dpupr_pos_air", "dlh_timbulan_sampah"
BOUNDARIES = "bappeda_batas_kecamatan"
HEADER = "waktu,pos,parameter,nilai\n"
pytestmark = pytest.mark.slow


def outline(east: float) -> str:
    """Puri as a square."""
    ring = [[112.0, -7.2], [east, -7.2], [east, -7.0], [112.0, -7.0], [112.0, -7.2]]
    place = {"type": "Feature", "properties": {"kode": "35.16.11", "nama": "Puri"}}
    features = [place | {"geometry": {"type": "Polygon", "coordinates": [ring]}}]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def increments(monkeypatch) -> list[Increment | None]:
    """What every load was on top of."""
    seen, load = [], Draft.load

    def noting(self, connection, submissions, scratch, increment=None, *others):
        seen.append(increment)
        load(self, connection, submissions, scratch, increment, *others)

    monkeypatch.setattr(Draft, "load", noting)
    return seen


def readings(*values: str, day: int = 1, post: str = "PA-01", hour: int = 0) -> str:
    lines = (f"2026-11-{day:02d} {at:02d}:00:00,{post},tma_m,{value}\n" for at, value in enumerate(values, hour))
    return HEADER + "".join(lines)


def proven(settings, minute: int):
    """Build, then build everything: the same in the manifest, in the file and from the originals."""
    at = NOW + timedelta(minutes=minute)
    report = run(settings, at)
    release = current_release(settings.state_dir)
    known = read_foundation(release).tables
    engine = sa.create_engine(f"duckdb:///{release.path.as_posix()}", connect_args={"read_only": True})
    with engine.connect() as connection:  # no reader's views before the tables
        in_file = table_digests(connection)
        held = connection.exec_driver_sql("SELECT release_id FROM meta_release").scalars().all()
    engine.dispose()
    assert {table: list(facts) for table, facts in in_file.items()} == known
    assert digest_of(in_file) == release.content_digest
    assert held == [release.release_id]
    done = rebuild(settings, "", at + timedelta(days=1))
    assert (done.is_equal, done.tables) == (True, ())
    return report


GROWN, AGAIN = "tumbuh", "ulang"
STEPS = [  # by step: file name, content, how the gauges are built
    ("pos_air_a.csv", readings("1.10", "1.20", "x", "1.40"), AGAIN),  # nothing was known of them before
    ("pos_air_b.csv", readings("2.00", "2.10", day=2), GROWN),
    ("pos_air_c.csv", readings("9.10", "9.20", "9.30", "9.40", "9.50"), GROWN),  # says four readings of a anew
    ("pos_air_d.csv", readings("9.10", "9.20", "9.30", "9.40", "9.50"), AGAIN),  # as large as c: it is c again
    ("pos_air_e.csv", readings("3.10", day=3), AGAIN),  # after a repeat nothing is known without reading
    ("pos_air_f.csv", "nama,alamat\nx,y\n", GROWN),  # refused
    ("pos_air_g.csv", readings("4.10", "99999", day=4) + "2026-11-04 09:00:00,PA-02,tma_m,1.0,5\n", GROWN),
    ("pos_air_b.csv", readings("2.00", "2.20", day=2), AGAIN),  # replaces b
    ("pos_air_h.csv", readings("5.10", "5.20", day=4, post="PA-02"), GROWN),
]


def test_every_step_on_top_of_a_release_is_what_a_whole_build_gives(built_bare_settings, increments, full_scale):
    every = 1 if full_scale else 3  # what one step got wrong is still wrong after the next two
    print(f"{len(STEPS)} langkah, pembangunan seluruhnya dibandingkan tiap {every} langkah dan sesudah yang terakhir")
    for minute, (name, text, how) in enumerate(STEPS, 1):
        deliver(built_bare_settings, GAUGE, name, text)
        increments.clear()
        run(built_bare_settings, NOW + timedelta(minutes=minute))
        last = increments[-1]
        assert last is not None, name
        assert last.changed == {GAUGE}, name
        assert (GAUGE in last.known) == (how == GROWN), name
        if minute % every == 0 or minute == len(STEPS):
            proven(built_bare_settings, minute)
    with opened(built_bare_settings) as connection:
        left = connection.exec_driver_sql(
            "SELECT file_name, accepted_count, superseded_count FROM meta_submission WHERE source_id = ? ORDER BY 1, 2",
            (GAUGE,),
        ).all()
    assert ("pos_air_a.csv", 3, 3) in left
    assert ("pos_air_c.csv", 5, 0) in left


def test_what_was_delivered_together_is_sorted_out_among_all(built_bare_settings, increments):
    settings = built_bare_settings
    deliver(settings, GAUGE, "pos_air_a.csv", readings("1.10"))
    deliver(
        settings, WASTE, "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER + "2024,Jawa Timur,Kab. Mojokerto,1,\n"
    )
    proven(settings, 1)
    assert increments[0].changed == {GAUGE, WASTE}
    deliver(settings, GAUGE, "pos_air_b.csv", readings("1.20"))
    deliver(settings, GAUGE, "pos_air_c.csv", readings("1.30", "1.35"))
    proven(settings, 2)
    with opened(settings) as connection:
        values = connection.exec_driver_sql("SELECT value FROM core_sensor_reading ORDER BY 1").scalars().all()
    assert values == [1.3, 1.35]


def test_deliveries_of_times_far_apart_each_take_the_place_of_their_own_rows(built_bare_settings, increments):
    settings = built_bare_settings
    first = readings("1.10", "1.20") + readings("2.10", day=2).removeprefix(HEADER)
    deliver(settings, GAUGE, "pos_air_a.csv", first + readings("3.10", day=3).removeprefix(HEADER))
    run(settings, NOW + timedelta(minutes=1))
    deliver(settings, GAUGE, "pos_air_b.csv", readings("1.21", "1.31", day=1, hour=1))
    deliver(settings, GAUGE, "pos_air_c.csv", readings("3.11", day=3))
    proven(settings, 2)
    assert GAUGE in increments[1].known
    with opened(settings) as connection:
        values = connection.exec_driver_sql("SELECT value FROM core_sensor_reading ORDER BY 1").scalars().all()
    assert values == [1.1, 1.21, 1.31, 2.1, 3.11]


def test_a_delivery_taken_back_leaves_nothing(built_bare_settings, increments):
    settings = built_bare_settings
    deliver(settings, GAUGE, "pos_air_a.csv", readings("1.10"))
    run(settings, NOW + timedelta(minutes=1))
    (home,) = (settings.state_dir / "archive" / GAUGE).iterdir()
    home.rename(settings.data_dir / "ditarik")
    proven(settings, 2)
    assert increments[1] is None
    assert b"dpupr_pos_air:" not in current_release(settings.state_dir).path.read_bytes()


def test_a_fault_of_ours_on_top_of_a_release_is_tried_on_the_whole(built_bare_settings, increments, monkeypatch):
    settings = built_bare_settings
    deliver(settings, GAUGE, "pos_air_a.csv", readings("1.10"))
    run(settings, NOW + timedelta(minutes=1))
    deliver(settings, GAUGE, "pos_air_b.csv", readings("1.20", "1.30"))

    def fail(*arguments):
        raise RuntimeError("kesalahan yang disengaja")

    monkeypatch.setattr("pipelines.deliveries.source_deliveries.overtake", fail)
    increments.clear()
    assert run(settings, NOW + timedelta(minutes=2)).problems == ()
    assert [one is None for one in increments] == [False, True]
    monkeypatch.undo()
    proven(settings, 3)


def test_persons_of_deliveries_not_read_again_stay_in_their_store(built_112_settings, increments):
    settings = built_112_settings
    store = RestrictedStore(settings.state_dir)
    before = store.contents()
    deliver(settings, GAUGE, "pos_air_a.csv", readings("1.10"))
    proven(settings, 1)
    assert store.contents() == before
    later = NOW + timedelta(hours=1)
    assert run(settings, later).is_new  # the next hour of the sample
    assert {*increments[-1].known} <= {"bpbd_panggilan_112", "bpbd_kejadian_112"}
    grown = store.contents()
    assert rebuild(settings, "", later + timedelta(days=1)).is_equal
    for file in store.folder.glob("*"):
        file.unlink()
    run(settings, later)
    assert store.contents().digest == grown.digest


def test_a_call_sent_by_hand_replaces_the_one_before(bare_settings):
    for minute, wait in enumerate(("7", "9")):
        call = GOOD_CALL.replace(";7;", f";{wait};") if ";7;" in GOOD_CALL else GOOD_CALL
        deliver(
            bare_settings, "bpbd_panggilan_112", f"panggilan_112_2026-11-{20 + minute}_s.d._23.csv", CALL_HEADER + call
        )
        proven(bare_settings, minute)


def test_boundaries_that_come_are_drawn_and_what_they_judge_is_built_anew(built_bare_settings, increments):
    settings, name = built_bare_settings, "batas_kecamatan_{}.geojson"
    deliver(settings, BOUNDARIES, name.format(1), outline(112.2))
    proven(settings, 1)
    assert increments[0] is None
    deliver(settings, BOUNDARIES, name.format(2), outline(112.3))
    deliver(settings, BOUNDARIES, name.format(3), '{"type": "FeatureCollection", "features": []}')
    proven(settings, 2)
    with opened(settings) as connection:
        (one,) = area_outlines(connection)
    assert one.bounds == (112.0, -7.2, 112.3, -7.0)  # the newest that can be read


def test_large_deliveries_that_share_some_time_are_settled_as_small_ones_are(bare_settings, monkeypatch):
    settings = bare_settings
    for name, text in (
        ("pos_air_a.csv", readings("1.10", "1.20", "1.30", "1.40", "1.50")),
        ("pos_air_b.csv", readings("2.10", "2.20", "2.30", post="PA-02")),  # the hours of a, another post
        ("pos_air_c.csv", readings("9.30", "9.40", "9.50", "9.60", hour=3)),  # two hours of a anew
        ("pos_air_d.csv", readings("4.10", "4.20", day=4)),
    ):
        deliver(settings, GAUGE, name, text)
    run(settings, NOW)
    with opened(settings) as connection:
        kept = "SELECT count(*), sum(value) FROM core_sensor_reading WHERE station_name = 'PA-01'"
        assert connection.exec_driver_sql(kept).one() == (9, pytest.approx(49.7))
    monkeypatch.setattr("pipelines.judging.plain_rows.LARGE", 0)
    done = rebuild(settings, "", NOW + timedelta(days=1))
    assert (done.is_equal, done.tables) == (True, ())
