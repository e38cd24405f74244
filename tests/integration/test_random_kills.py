"""kill -9 at any moment of a build: what is served stays whole, what was delivered stays, the next run completes."""

from __future__ import annotations

import os
import random
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pipelines.building.build import run
from tests.integration.conftest import NOW
from tests.integration.test_build import GENERATION, SIPSN_HEADER, deliver, rows
from tests.integration.victims import build, start
from warehouse import schema
from warehouse.releases import list_release_ids, releases_dir, serving_release

POINTS, REDUCED_POINTS = 200, 6
SOURCE = "dlh_timbulan_sampah"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL; the same steps are tested where it exists"),
]


def start_build(settings, at):
    """A build that has just begun."""
    process, heard = start(build, settings.data_dir, at)
    assert heard.recv() == "mulai"
    return process


def delivered(settings, number):
    """A correction of one published figure, under a name of its own."""
    text = f"{SIPSN_HEADER}2024,Jawa Timur,Kab. Mojokerto,{500 + number}.00,\n"
    deliver(settings, SOURCE, f"sipsn_2024_Data_Timbulan_Sampah_{number}.csv", text)
    return text.encode()


def kept_files(settings, number):
    """Every whole copy of a delivery."""
    name = f"sipsn_2024_Data_Timbulan_Sampah_{number}.csv"
    found = (path for place in ("inbox", "archive") for path in (settings.state_dir / place).rglob(name))
    return [path.read_bytes() for path in found if path.parent.suffix != ".tmp"]


def whole_build_seconds(settings, at):
    begun = time.monotonic()
    process = start_build(settings, at)
    started = time.monotonic()
    process.join()
    assert process.exitcode == 0
    print(f"satu pembangunan {time.monotonic() - started:.1f} detik sesudah {started - begun:.1f} detik mulai")
    return time.monotonic() - started


def test_a_kill_at_any_moment_loses_and_shows_nothing_half(bare_settings, full_scale):
    points = POINTS if full_scale else REDUCED_POINTS
    chance = random.Random(5)
    settings, at = bare_settings, NOW
    delivered(settings, 0)
    run(settings, at)
    delivered(settings, 1)
    longest = whole_build_seconds(settings, at + timedelta(seconds=30))  # on top of a release, as those to be killed
    died, number = 0, 1
    while died < points:
        at, number = at + timedelta(minutes=1), number + 1
        content = delivered(settings, number)
        process = start_build(settings, at)
        time.sleep(chance.uniform(0, longest))
        process.kill()
        process.join()
        if process.exitcode == 0:  # it was over before: the next points are spread over less time
            longest *= 0.95
        else:
            died += 1

        serving = serving_release(settings.state_dir)
        assert serving.damaged_id is None
        assert [int(row[0]) for row in rows(settings, GENERATION)] in ([500 + number - 1], [500 + number])
        assert set(kept_files(settings, number)) == {content}

        run(settings, at + timedelta(seconds=30), wait=60)
        assert [int(row[0]) for row in rows(settings, GENERATION)] == [500 + number]
        own = sa.select(sa.func.count(), sa.func.sum(schema.meta_submission.c.accepted_count)).where(
            schema.meta_submission.c.origin == "inbox"
        )
        assert rows(settings, own) == [(number + 1, number + 1)]  # every delivered row, however often we were killed
        names = {path.name for path in releases_dir(settings.state_dir).iterdir()}
        assert names == {
            f"{item}.{kind}" for item in list_release_ids(settings.state_dir) for kind in ("duckdb", "json")
        }
    print(f"{number - 1} pembangunan, {died} di antaranya mati di tengah")
