"""A disk full at any level of a build: said in words, the old release readable, nothing lost once there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest

from pipelines.__main__ import DONE, WRONG_USE
from pipelines.building.build import run
from tests.integration.conftest import NOW
from tests.integration.test_build import GENERATION, rows
from tests.integration.test_random_kills import delivered, kept_files
from warehouse.releases import list_release_ids, releases_dir, serving_release
from warehouse.settings import PROJECT_DIR, load_settings

LEVELS, REDUCED_LEVELS = 10, 3
DISK_MB = 96
LIMITED = """
import sys
if int(sys.argv[1]):
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from pipelines.__main__ import main
sys.exit(main(sys.argv[2:]))
"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="no small disk can be made without a tool")]


@contextmanager
def small_disk(folder):
    """A disk of its own at `folder`; False where this account may mount none."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    try:
        is_mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", str(folder)], check=True)


def build(settings, at, most_bytes=0):
    """The command as an administrator runs it; no file may grow past `most_bytes`."""
    environment = os.environ | {"PENDOPO_DATA_DIR": str(settings.data_dir), "PENDOPO_CONTOH": "false"}
    command = [sys.executable, "-c", LIMITED, str(most_bytes), "--now", at.isoformat(), "run", "--quiet"]
    return subprocess.run(command, cwd=PROJECT_DIR, env=environment, check=False, capture_output=True, text=True)


def free_bytes(folder):
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def fill(folder, leave):
    """A file that leaves so much room."""
    ballast = folder / "pemberat"
    with ballast.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, free_bytes(folder) - leave)
    return ballast


def test_a_full_disk_is_told_and_costs_nothing(tmp_path, full_scale):
    levels = LEVELS if full_scale else REDUCED_LEVELS
    with small_disk(tmp_path / "cakram") as is_mounted:
        settings = load_settings(data_dir=tmp_path / "cakram", contoh=False, keep_releases=2)
        print("cakram tmpfs sendiri" if is_mounted else "batas besar berkas (RLIMIT_FSIZE): tmpfs tidak boleh dipasang")
        delivered(settings, 0)
        run(settings, NOW)
        size = serving_release(settings.state_dir).release.byte_count
        failed = 0
        for level in range(levels):
            number, at = level + 1, NOW + timedelta(minutes=level + 1)
            content = delivered(settings, number)
            room = 2 * size * level // levels  # from nothing to almost twice the release
            before = serving_release(settings.state_dir).release.release_id
            if is_mounted:
                ballast = fill(tmp_path / "cakram", room)
                done = build(settings, at)
            else:
                done = build(settings, at, most_bytes=max(1, room))
            if done.returncode != DONE:
                failed += 1
                assert done.returncode == WRONG_USE, done.stderr
                assert "uang cakram" in done.stderr
                assert "Traceback" not in done.stderr
                serving = serving_release(settings.state_dir)
                assert (serving.release.release_id, serving.damaged_id) == (before, None)
                assert [int(row[0]) for row in rows(settings, GENERATION)] == [500 + number - 1]
                assert set(kept_files(settings, number)) == {content}
            if is_mounted:
                ballast.unlink()
            run(settings, at + timedelta(seconds=30))
            assert [int(row[0]) for row in rows(settings, GENERATION)] == [500 + number]
            names = {path.name for path in releases_dir(settings.state_dir).iterdir()}
            ids = list_release_ids(settings.state_dir)
            assert names == {f"{item}.{kind}" for item in ids for kind in ("duckdb", "json")}
        print(f"{levels} tingkat, {failed} di antaranya tidak cukup")
        assert failed >= levels / 2
