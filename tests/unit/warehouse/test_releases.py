"""A release is whole or invisible; a damaged one is noticed and the one before it served."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from warehouse.pins import pin
from warehouse.releases import (
    ReleaseInfo,
    current_release,
    list_release_ids,
    next_release_id,
    point_to,
    prune,
    releases_dir,
    schema_fingerprint,
    seal,
    serving_release,
)

BUILT = datetime(2026, 11, 21, 16, 5)


@pytest.fixture
def publish(tmp_path):
    def make(release_id, content=b"isi rilis"):
        folder = releases_dir(tmp_path)
        folder.mkdir(exist_ok=True)
        draft = folder / "draf.duckdb"
        draft.write_bytes(content)
        facts = ReleaseInfo(release_id, BUILT, "kabupaten_mojokerto", "d" * 64, "", 0, draft)
        seal(draft, folder, facts)
        point_to(tmp_path, release_id)

    return make


def test_nothing_published(tmp_path):
    assert current_release(tmp_path) is None
    assert serving_release(tmp_path) is None


def test_the_pointer_names_the_release(tmp_path, publish):
    publish("2026-11-21.01")
    release = current_release(tmp_path)
    assert (release.release_id, release.built_at, release.byte_count) == ("2026-11-21.01", BUILT, 9)
    assert serving_release(tmp_path).release == release


@pytest.mark.parametrize("damage", ["longer", "changed", "gone", "no manifest", "manifest cut"])
def test_a_damaged_release_is_noticed_and_the_previous_one_served(tmp_path, publish, damage):
    publish("2026-11-21.01", b"pertama")
    publish("2026-11-21.02", b"kedua..")
    file = releases_dir(tmp_path) / "2026-11-21.02.duckdb"
    manifest = file.with_suffix(".json")
    if damage == "longer":
        file.write_bytes(b"kedua...")
    elif damage == "changed":
        file.write_bytes(b"KEDUA..")
    elif damage == "gone":
        file.unlink()
    elif damage == "no manifest":
        manifest.unlink()
    else:
        manifest.write_text(manifest.read_text()[:40])
    serving = serving_release(tmp_path)
    assert (serving.release.release_id, serving.damaged_id) == ("2026-11-21.01", "2026-11-21.02")


def test_a_release_of_other_tables_is_not_read(tmp_path, publish):
    publish("2026-11-21.01")
    manifest = releases_dir(tmp_path) / "2026-11-21.01.json"
    manifest.write_text(manifest.read_text().replace(schema_fingerprint(), "0" * 64))
    assert serving_release(tmp_path) is None  # the next run, or the app at its start, builds it again
    publish("2026-11-21.02")
    assert serving_release(tmp_path).release.release_id == "2026-11-21.02"


def test_ids_count_within_the_day_past_ninety_nine(tmp_path, publish):
    assert next_release_id(tmp_path, date(2026, 11, 21)) == "2026-11-21.01"
    publish("2026-11-21.01")
    (releases_dir(tmp_path) / "2026-11-21.02.duckdb").write_bytes(b"left by a crash")
    assert next_release_id(tmp_path, date(2026, 11, 21)) == "2026-11-21.03"
    publish("2026-11-21.99")
    publish("2026-11-21.100")
    assert list_release_ids(tmp_path)[-1] == "2026-11-21.100"


def test_pruning_keeps_the_newest_and_clears_what_a_crash_left(tmp_path, publish):
    for number in range(1, 6):
        publish(f"2026-11-21.{number:02d}")
    (releases_dir(tmp_path) / "2026-11-21.06.duckdb").write_bytes(b"never sealed")
    prune(tmp_path, 2)
    assert sorted(path.name for path in releases_dir(tmp_path).iterdir()) == [
        "2026-11-21.04.duckdb",
        "2026-11-21.04.json",
        "2026-11-21.05.duckdb",
        "2026-11-21.05.json",
    ]


def test_pruning_spares_what_is_cited_and_what_is_served(tmp_path, publish):
    for number in range(1, 6):
        publish(f"2026-11-21.{number:02d}")
    for _ in range(2):
        pin(tmp_path, "2026-11-21.02", "masterplan 7F3A-19C2")
    with (tmp_path / "disematkan.txt").open("a", encoding="utf-8") as stream:
        stream.write("bukan rilis\n2026-11-2")  # by hand, or cut by a full disk
    point_to(tmp_path, "2026-11-21.01")
    assert prune(tmp_path, 2) == ["2026-11-21.03"]
    assert list_release_ids(tmp_path) == [f"2026-11-21.{number:02d}" for number in (1, 2, 4, 5)]
    assert (tmp_path / "disematkan.txt").read_text("utf-8").count("7F3A-19C2") == 1


@pytest.mark.parametrize("pointer", [b"", b"\0\0\0", b"\xff\xfe2", b"../2026-11-21.01"])
def test_a_damaged_pointer_serves_the_newest_release(tmp_path, publish, pointer):
    publish("2026-11-21.01")
    (tmp_path / "CURRENT").write_bytes(pointer)
    assert current_release(tmp_path) is None
    assert serving_release(tmp_path).release.release_id == "2026-11-21.01"
