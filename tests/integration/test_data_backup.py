"""A backup holds everything that cannot be made again, and only a whole one fills an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from datetime import datetime

import pytest

from journal.migrating import open_journal
from journal.model import Person
from journal.store import journal_url
from pipelines.__main__ import main
from pipelines.building.build import run
from pipelines.building.building_lock import BuildBusy, one_builder
from pipelines.building.data_backup import MANIFEST, DataBackupError, restore_backup, write_backup
from pipelines.building.rebuilding import rebuild
from tests.conftest import built_once
from tests.integration.conftest import NOW
from tests.integration.test_build import SIPSN_HEADER, deliver
from tests.unit.journal.examples import ADMIN, AT, person
from warehouse.pins import pin
from warehouse.releases import serving_release
from warehouse.settings import load_settings

WASTE = "dlh_timbulan_sampah"
pytestmark = pytest.mark.slow


def fill(folder):
    settings = load_settings(data_dir=folder, contoh=False)
    deliver(settings, WASTE, "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER)
    run(settings, NOW)
    deliver(settings, WASTE, "menunggu.tmp", "isi")
    pin(settings.state_dir, "2026-11-21.01", "masterplan 7F3A-19C2")
    journal = open_journal(journal_url(settings.journal_url, settings.state_dir))
    with journal.writing(ADMIN, AT) as session:
        session.add(person("ani"))
    journal.close()
    (settings.state_dir / "releases" / "draf.duckdb").write_bytes(b"setengah")
    (settings.state_dir / "operasi.json").write_text("{}", "utf-8")
    (settings.state_dir / "sementara").mkdir(exist_ok=True)
    (settings.state_dir / "sementara" / "salinan").write_bytes(b"pribadi")


@pytest.fixture
def filled(tmp_path, tmp_path_factory):
    """A release, an archived delivery, one that waits, a pin, a journal with one person; and what is of the moment."""
    shutil.copytree(built_once(tmp_path_factory, "backed_up", fill), tmp_path, dirs_exist_ok=True)
    return load_settings(data_dir=tmp_path, contoh=False)


def content(settings):
    """What must come back: name to bytes, without journal, locks and drafts."""
    kept = {"CURRENT", "disematkan.txt", "inbox", "archive", "releases"}
    files = (path for path in settings.state_dir.rglob("*") if path.is_file())
    found = {path.relative_to(settings.state_dir).as_posix(): path.read_bytes() for path in files}
    return {name: said for name, said in found.items() if name.split("/")[0] in kept and "draf.duckdb" not in name}


def test_a_restored_folder_is_as_the_one_that_was_backed_up(filled, tmp_path):
    before, served = content(filled), serving_release(filled.state_dir).release.release_id
    file = tmp_path / "cadangan.zip"
    manifest = write_backup(filled, file, NOW)
    assert set(manifest.files) == {*before, "jurnal.zip"}
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    elsewhere = load_settings(data_dir=tmp_path / "lain", contoh=False)
    restore_backup(elsewhere, file, NOW)
    assert content(elsewhere) == before
    assert serving_release(elsewhere.state_dir).release.release_id == served
    journal = open_journal(journal_url(elsewhere.journal_url, elsewhere.state_dir))
    with journal.reading() as session:
        assert session.get_one(Person, 1).login == "ani"
    journal.close()
    assert rebuild(elsewhere, "", NOW).is_equal


def test_nothing_is_written_over(filled, tmp_path):
    file = tmp_path / "cadangan.zip"
    write_backup(filled, file, NOW)
    with pytest.raises(DataBackupError, match="sudah ada dan tidak ditimpa"):
        write_backup(filled, file, NOW)
    before = content(filled)
    with pytest.raises(DataBackupError, match="sudah berisi"):
        restore_backup(filled, file, NOW)
    assert content(filled) == before


def change(file, edit):
    """The same zip with its entries edited."""
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    edit(entries)
    with zipfile.ZipFile(file, "w") as archive:
        for name, said in entries.items():
            archive.writestr(name, said)


def escape(entries):
    told = json.loads(entries[MANIFEST])
    told["files"]["../../keluar"] = told["files"].pop("CURRENT")
    entries["data/../../keluar"] = entries.pop("data/CURRENT")
    entries[MANIFEST] = json.dumps(told).encode()


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda entries: entries.update({"data/CURRENT": b"2026-11-21.09"}), "rusak atau terpotong"),
        (lambda entries: entries.pop("data/CURRENT"), "rusak atau terpotong"),
        (lambda entries: entries.update({"data/tambahan": b"x"}), "rusak atau terpotong"),
        (lambda entries: entries.pop(MANIFEST), "bukan cadangan data Pendopo"),
        (escape, "bukan cadangan data Pendopo"),
    ],
)
def test_a_backup_that_is_not_as_it_says_is_refused_whole(filled, tmp_path, edit, said):
    file = tmp_path / "cadangan.zip"
    write_backup(filled, file, NOW)
    change(file, edit)
    elsewhere = load_settings(data_dir=tmp_path / "lain", contoh=False)
    with pytest.raises(DataBackupError, match=said):
        restore_backup(elsewhere, file, NOW)
    assert not (tmp_path / "lain").exists()
    assert not (tmp_path / "keluar").exists()


def test_a_file_that_breaks_off_or_is_of_another_region_is_told(filled, tmp_path, monkeypatch, capsys):
    file = tmp_path / "cadangan.zip"
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(filled.data_dir))
    assert main(["backup", str(file), "--quiet"]) == 0
    assert "sudah dibaca ulang" in capsys.readouterr().out
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path / "lain"))
    assert main(["--profile", "kota_mojokerto", "restore", str(file), "--quiet"]) == 2
    assert "milik profil kabupaten_mojokerto (35.16)" in capsys.readouterr().err
    file.write_bytes(file.read_bytes()[:-100])
    assert main(["restore", str(file), "--quiet"]) == 2
    assert "terpotong" in capsys.readouterr().err


def test_nobody_builds_while_it_is_written(filled, tmp_path):
    with one_builder(filled.state_dir, datetime(2026, 11, 21)), pytest.raises(BuildBusy):
        write_backup(filled, tmp_path / "cadangan.zip", NOW)
    assert list(tmp_path.glob("cadangan*")) == []


def test_what_a_killed_restore_left_is_cleared_by_the_next(filled, tmp_path, monkeypatch):
    file = tmp_path / "cadangan.zip"
    write_backup(filled, file, NOW)
    elsewhere = load_settings(data_dir=tmp_path / "lain", contoh=False)
    draft = elsewhere.state_dir.with_name(f"{elsewhere.profile}.pemulihan")
    shutil.copytree(filled.state_dir / "archive", draft / "archive")  # what a killed one left
    restore_backup(elsewhere, file, NOW)
    assert not draft.exists()
    assert content(elsewhere) == content(filled)
