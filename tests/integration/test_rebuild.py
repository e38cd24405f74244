"""A release can be built again from its originals, whatever arrived since; what differs is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipelines.__main__ import main
from pipelines.building.build import run
from pipelines.building.rebuilding import rebuild
from pipelines.contracts.contract import ContractProblem
from tests.integration.conftest import NOW
from tests.integration.test_build import SIPSN_HEADER, deliver
from warehouse.releases import current_release, list_release_ids, releases_dir
from warehouse.settings import load_settings

WASTE = "dlh_timbulan_sampah"
NAME = "sipsn_2024_Data_Timbulan_Sampah_x.csv"
OLD, NEW = (f"{SIPSN_HEADER}2024,Jawa Timur,Kab. Mojokerto,{tons}.00,\n" for tons in (450, 460))
pytestmark = pytest.mark.slow


@pytest.fixture
def after_three(bare_settings):
    """A value, its correction, and the first value sent again: a release of each."""
    for minute, text in enumerate((OLD, NEW, OLD)):
        deliver(bare_settings, WASTE, NAME, text)
        assert run(bare_settings, NOW + timedelta(minutes=minute)).is_new
    return bare_settings


def test_every_release_is_built_again_as_of_its_own_instant(after_three):
    ids = list_release_ids(after_three.state_dir)
    assert len(ids) == 3
    before = {path.name: path.read_bytes() for path in releases_dir(after_three.state_dir).iterdir()}
    for release_id in ("", *ids):
        done = rebuild(after_three, release_id, NOW + timedelta(days=1))
        assert (done.is_equal, done.inputs, done.tables) == (True, (), ())
    assert {path.name: path.read_bytes() for path in releases_dir(after_three.state_dir).iterdir()} == before


def test_what_differs_is_named(built_bare_settings, capsys, monkeypatch):
    release = current_release(built_bare_settings.state_dir)
    deliver(built_bare_settings, WASTE, NAME, OLD)
    run(built_bare_settings, NOW)  # as if it had been there already
    changed = load_settings(data_dir=built_bare_settings.data_dir, contoh=False)
    done = rebuild(changed, release.release_id, NOW)
    assert not done.is_equal
    assert done.inputs == ("deliveries",)
    assert {"core_waste_generation", "meta_submission"} <= set(done.tables)
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(changed.data_dir))
    monkeypatch.setenv("PENDOPO_CONTOH", "false")
    assert main(["rebuild", release.release_id, "--quiet"]) == 3
    assert "kiriman, contoh, konfirmasi atau pemakluman" in capsys.readouterr().out


def test_a_damaged_release_can_still_be_compared(built_bare_settings):
    current_release(built_bare_settings.state_dir).path.write_bytes(b"rusak")
    assert rebuild(built_bare_settings, "", NOW).is_equal


def test_a_release_that_is_not_there_is_told_with_those_that_are(built_bare_settings):
    with pytest.raises(ContractProblem, match=r"2026-01-01\.01 tidak ada .*2026-11-21\.01"):
        rebuild(built_bare_settings, "2026-01-01.01", NOW)
