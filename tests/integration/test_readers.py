"""Readers while releases are published: none fails, none sees half, none goes back in time."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from pipelines.building.build import run
from tests.integration.conftest import NOW
from tests.integration.test_random_kills import delivered
from warehouse.releases import serving_release
from warehouse.settings import load_settings

READERS, REDUCED_READERS = 12, 3
RELEASES, REDUCED_RELEASES = 100, 4
READ = """
import json, sys
from pathlib import Path
from warehouse.engine import open_release
from warehouse.releases import serving_release

state_dir, stop = Path(sys.argv[1]), Path(sys.argv[2])
told = {"reads": 0, "releases": [], "wrong": []}
print("mulai", flush=True)
last_round = False
while True:
    last_round = stop.exists()
    try:
        serving = serving_release(state_dir)
        named = serving.release.release_id
        engine = open_release(serving.release.path)
        with engine.connect() as connection:
            ask = lambda query: connection.exec_driver_sql(query).scalar_one()
            inside = ask("SELECT release_id FROM meta_release")
            value = ask("SELECT generation_daily_ton::INTEGER FROM core_waste_generation WHERE region_code = '35.16'")
            sent = ask("SELECT count(*) FROM meta_submission WHERE origin = 'inbox'")
        engine.dispose()
        if serving.damaged_id or inside != named or value != 500 + sent - 1:
            told["wrong"].append(f"torn: {named} {inside} {value} {sent} {serving.damaged_id}")
        if told["releases"] and int(named.split(".")[1]) < int(told["releases"][-1].split(".")[1]):
            told["wrong"].append(f"backward: {told['releases'][-1]} then {named}")
        if named not in told["releases"][-1:]:
            told["releases"].append(named)
    except Exception as error:
        told["wrong"].append(f"failed: {error!r}")
    told["reads"] += 1
    if last_round:
        break
print(json.dumps(told))
"""

pytestmark = pytest.mark.slow


def test_no_reader_fails_sees_half_or_goes_back(bare_settings, tmp_path, full_scale):
    readers, releases = (READERS, RELEASES) if full_scale else (REDUCED_READERS, REDUCED_RELEASES)
    settings = load_settings(data_dir=bare_settings.data_dir, contoh=False, keep_releases=3)
    delivered(settings, 0)
    run(settings, NOW)
    stop = tmp_path / "berhenti"
    command = [sys.executable, "-c", READ, str(settings.state_dir), str(stop)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(readers)]
    for process in processes:
        assert process.stdout.readline() == "mulai\n"
    try:
        for number in range(1, releases + 1):
            delivered(settings, number)
            assert run(settings, NOW + timedelta(minutes=number)).is_new
    finally:
        stop.touch()
        told = [json.loads(process.communicate()[0]) for process in processes]
    newest = serving_release(settings.state_dir).release.release_id
    print(f"{readers} pembaca, {releases} rilis, {sum(one['reads'] for one in told)} pembacaan")
    assert [one["wrong"] for one in told] == [[]] * readers
    assert {one["releases"][-1] for one in told} == {newest}
    assert max(len(one["releases"]) for one in told) > releases / 2
