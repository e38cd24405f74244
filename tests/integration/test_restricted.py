"""Personal cells leave the restricted store only by one command, after the journal knows who and why."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from datetime import timedelta

import pytest

from journal.audit import AuditQuery, find_entries
from journal.migrating import open_journal
from journal.store import journal_url
from pipelines.__main__ import main
from pipelines.building.build import run
from pipelines.building.data_backup import write_backup
from pipelines.judging.restricted_store import RestrictedStore
from tests.integration.conftest import NOW
from warehouse.scope import Role, Scope
from warehouse.settings import load_settings

SOURCE = "bpbd_kejadian_112"
pytestmark = pytest.mark.slow


@pytest.fixture
def command(built_112_settings, monkeypatch, capsys):
    """The command line over a built region; returns exit code and what was printed."""
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(built_112_settings.data_dir))

    def command(*words):
        code = main(["--now", NOW.isoformat(), *words])
        return code, "".join(capsys.readouterr())

    return command


def entries(settings):
    journal = open_journal(journal_url(settings.journal_url, settings.state_dir))
    scope = Scope(Role.ADMIN, "admin", is_verified=True)
    found = find_entries(journal, scope, AuditQuery(kinds=("lihat terbatas",))).entries
    journal.close()
    return found


def test_an_export_is_written_down_before_it_is_written_out(built_112_settings, command, tmp_path):
    out = tmp_path / "keluar.csv"
    kept = RestrictedStore(built_112_settings.state_dir).rows(SOURCE)
    assert command("restricted", "list")[1].startswith(f"{SOURCE}: {len(kept)} baris, diterima 2026-")
    code, said = command("restricted", "export", "--source", SOURCE, "--reason", "Uji 12", "--out", str(out))
    assert (code, said.split(" ditulis")[0]) == (0, f"{len(kept)} baris")
    table = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [row["Nama Pelapor"] for row in table] == [row.cells.get("Nama Pelapor", "") for row in kept]
    assert table[0]["kunci"].startswith("ticket_no=")
    assert table[0]["contoh"] == "ya"
    (entry,) = entries(built_112_settings)
    assert (entry.subject, entry.why, entry.after["rows"]) == (SOURCE, "Uji 12", len(kept))
    assert entry.actor.startswith("server:")
    again = command("restricted", "export", "--source", SOURCE, "--reason", "Uji", "--out", str(out))
    assert (again[0], "tidak ditimpa" in again[1], len(entries(built_112_settings))) == (2, True, 1)


@pytest.mark.parametrize(
    ("source", "reason", "said"),
    [("opd_lra", "Uji", "Tidak ada data pribadi sumber opd_lra"), (SOURCE, " ", "Tulis untuk apa")],
)
def test_nothing_leaves_without_reason_or_rows(command, tmp_path, source, reason, said):
    out = tmp_path / "keluar.csv"
    code, printed = command("restricted", "export", "--source", source, "--reason", reason, "--out", str(out))
    assert (code, said in printed, out.exists()) == (2, True, False)


def test_nothing_leaves_when_the_journal_cannot_be_written(built_112_settings, command, tmp_path):
    out = tmp_path / "keluar.csv"
    (built_112_settings.state_dir / "journal.db").write_bytes(b"bukan basis data" * 100)
    code, _said = command("restricted", "export", "--source", SOURCE, "--reason", "Uji", "--out", str(out))
    assert (code, out.exists()) == (2, False)


def test_a_run_purges_what_is_past_its_days_and_makes_again_what_is_gone(built_112_settings, monkeypatch, command):
    state_dir = built_112_settings.state_dir
    store = RestrictedStore(state_dir)
    run(built_112_settings, NOW + timedelta(days=1))  # everything of the sample has arrived
    every, release = len(store.rows(SOURCE)), (state_dir / "CURRENT").read_text()
    shutil.rmtree(store.folder)
    assert not run(built_112_settings, NOW + timedelta(days=1)).is_new
    assert len(store.rows(SOURCE)) == every
    oldest = store.contents().oldest
    assert f"data pribadi {every} baris dari 1 sumber" in command("status")[1]
    few = NOW + timedelta(days=365) - (NOW - oldest) + timedelta(minutes=1)
    assert not run(built_112_settings, few).is_new  # nothing was delivered: only time went by
    assert 0 < len(store.rows(SOURCE)) < every
    assert store.contents().oldest > oldest
    assert (state_dir / "CURRENT").read_text() == release
    monkeypatch.setenv("PENDOPO_RETENTION__RESTRICTED_DAYS", "1")
    assert not run(load_settings(), NOW + timedelta(days=30)).is_new
    assert (store.contents().held, "Penyimpanan terbatas kosong" in command("status")[1]) == ((), True)


def test_a_backup_leaves_the_store_out(built_112_settings, tmp_path):
    write_backup(built_112_settings, tmp_path / "cadangan.zip", NOW)
    with zipfile.ZipFile(tmp_path / "cadangan.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert any(name.startswith("releases/") for name in manifest["files"])
    assert not [name for name in manifest["files"] if name.startswith("restricted/")]
