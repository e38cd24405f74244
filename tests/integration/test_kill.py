"""kill -9 after each numbered step of a build: no partial release is ever visible, the next run completes."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest

from pipelines.building.build import STEPS, run
from tests.integration.conftest import NOW
from tests.integration.victims import build_and_die, start
from warehouse.engine import open_release
from warehouse.releases import list_release_ids, releases_dir, serving_release

NEW_FILE = (
    "Tahun,Provinsi,Kabupaten/Kota,Timbulan Sampah Harian(ton),Timbulan Sampah Tahunan(ton)\n"
    "2024,Jawa Timur,Kab. Mojokerto,450.00,\n"
)
POINTED = 8  # from this step on the new release is the one served


def killed_after(step, settings, at) -> bool:
    process, _heard = start(build_and_die, settings.data_dir, step, at)
    process.join()
    return process.exitcode == -signal.SIGKILL


def generation(settings) -> float:
    engine = open_release(serving_release(settings.state_dir).release.path)
    with engine.connect() as connection:
        query = "SELECT generation_daily_ton FROM core_waste_generation WHERE region_code = '35.16'"
        value = connection.exec_driver_sql(query).scalar_one()
    engine.dispose()
    return float(value)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL; the same steps are tested where it exists")
@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_a_kill_leaves_the_old_release_or_the_new_one(built_bare_settings, step):
    inbox = built_bare_settings.state_dir / "inbox" / "dlh_timbulan_sampah"
    inbox.mkdir(parents=True)
    (inbox / "sipsn_2024_Data_Timbulan_Sampah_baru.csv").write_text(NEW_FILE, "utf-8")

    assert killed_after(step, built_bare_settings, NOW + timedelta(minutes=5))

    assert serving_release(built_bare_settings.state_dir).damaged_id is None
    assert generation(built_bare_settings) == (450.0 if step >= POINTED else 449.64)

    report = run(built_bare_settings, NOW + timedelta(minutes=10))
    assert report.is_new == (step < POINTED)
    assert generation(built_bare_settings) == 450.0
    names = {path.name for path in releases_dir(built_bare_settings.state_dir).iterdir()}
    ids = list_release_ids(built_bare_settings.state_dir)
    assert names == {f"{item}.{kind}" for item in ids for kind in ("duckdb", "json")}  # nothing left behind
