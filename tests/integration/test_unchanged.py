"""A run with nothing new ends at once and says the same; whatever differs, or is damaged, is built."""

from __future__ import annotations

import errno
import json
from datetime import timedelta

import pytest

from pipelines.building.build import BUG_MESSAGE, BuildBusy, run
from pipelines.building.building_lock import one_builder
from pipelines.building.drafting import Draft
from tests.integration.conftest import NOW
from tests.integration.test_build import SIPSN_HEADER, deliver
from warehouse.releases import current_release, releases_dir
from warehouse.settings import load_settings

WASTE = "dlh_timbulan_sampah"
LATER = NOW + timedelta(minutes=1)
pytestmark = pytest.mark.slow


@pytest.fixture
def loads(monkeypatch):
    """Grows by one with every draft that is loaded."""
    counted, load = [], Draft.load

    def counting(self, connection, submissions, scratch, increment=None, *others):
        counted.append(len(submissions))
        load(self, connection, submissions, scratch, increment, *others)

    monkeypatch.setattr(Draft, "load", counting)
    return counted


def test_what_is_refused_is_told_again_without_loading_anything(built_bare_settings, loads):
    deliver(built_bare_settings, WASTE, "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER)
    deliver(built_bare_settings, "dinas_lain", "a.csv", "isi")
    first = run(built_bare_settings, NOW)
    again = run(built_bare_settings, LATER)
    assert len(loads) == 1
    assert (first.is_new, again.is_new) == (True, False)
    assert again.release_id == first.release_id
    assert (again.submission_count, again.accepted_count, again.rejected_count) == (
        first.submission_count,
        first.accepted_count,
        first.rejected_count,
    )
    assert again.problems == first.problems
    assert [problem.source_id for problem in again.problems] == ["dinas_lain", WASTE]


@pytest.mark.parametrize("change", ["delivery", "threshold", "region", "program", "release"])
def test_whatever_differs_is_loaded(built_bare_settings, loads, monkeypatch, change):
    settings = built_bare_settings
    if change == "delivery":
        deliver(settings, WASTE, "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER)
    elif change == "threshold":
        settings = load_settings(
            data_dir=settings.data_dir, contoh=False, thresholds={"layanan_112.open_ticket_hours": "23"}
        )
    elif change == "region":
        profile = settings.region.model_copy(update={"timezone_label": "WITA"})
        settings = settings.model_copy(update={"profiles": {**settings.profiles, settings.profile: profile}})
    elif change == "program":
        monkeypatch.setattr("pipelines.building.inputs.LIBRARIES", ("duckdb",))
    else:
        current_release(settings.state_dir).path.write_bytes(b"rusak")
    report = run(settings, LATER)
    assert len(loads) == 1
    assert report.is_new == (change in ("delivery", "release"))
    assert run(settings, LATER).release_id == report.release_id
    assert len(loads) == 1  # equal content from other inputs is remembered too


def test_a_release_without_known_inputs_is_built_once(built_bare_settings, loads):
    manifest = next(releases_dir(built_bare_settings.state_dir).glob("*.json"))
    facts = json.loads(manifest.read_text("utf-8"))
    del facts["inputs"]
    manifest.write_text(json.dumps(facts), "utf-8")
    assert [run(built_bare_settings, LATER).is_new for _ in range(2)] == [False, False]
    assert len(loads) == 1


def test_what_a_fault_of_ours_refused_is_tried_again(built_bare_settings, loads, monkeypatch):
    deliver(built_bare_settings, WASTE, "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER)

    def fail(*arguments):
        raise RuntimeError("kesalahan yang disengaja")

    monkeypatch.setattr("pipelines.deliveries.source_deliveries.Waiting.add", fail)
    assert BUG_MESSAGE in {problem.message for problem in run(built_bare_settings, NOW).problems}
    monkeypatch.undo()
    (problem,) = run(built_bare_settings, LATER).problems
    assert "Tidak ada baris data yang terbaca" in problem.message


def test_a_full_disk_stops_the_build_and_refuses_nobody(built_bare_settings, monkeypatch):
    before = current_release(built_bare_settings.state_dir)
    deliver(built_bare_settings, WASTE, "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER)

    def fill_disk(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipelines.deliveries.source_deliveries.Waiting.add", fill_disk)
    with pytest.raises(OSError, match="ruang cakram habis"):
        run(built_bare_settings, LATER)
    assert current_release(built_bare_settings.state_dir) == before
    assert sorted(path.name for path in releases_dir(built_bare_settings.state_dir).iterdir()) == [
        f"{before.release_id}.duckdb",
        f"{before.release_id}.json",
    ]


def test_a_second_builder_waits_or_is_refused_by_name(bare_settings):
    with one_builder(bare_settings.state_dir, NOW), pytest.raises(BuildBusy, match=r"oleh proses \d+ di .*, mulai"):
        run(bare_settings, NOW, wait=0.01)
    assert run(bare_settings, NOW, wait=0.01).is_new
