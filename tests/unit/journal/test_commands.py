"""The command line of the journal: what it does, what it prints, and the exit code it ends with."""

from __future__ import annotations

import zipfile
from datetime import datetime

import pytest

from journal.__main__ import DONE, UNAVAILABLE, WRONG_USE, main
from journal.history import write_entry
from journal.migrating import head_revision, is_current, open_journal
from journal.model import Kind
from journal.store import server_scope
from tests.unit.journal.examples import ADMIN, AT, content_of, person
from tests.unit.journal.schema_checks import make_previous

NOW = "2026-11-21T16:08"


@pytest.fixture
def state(tmp_path, monkeypatch):
    """The data folder of the profile in use."""
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    return tmp_path / "kabupaten_mojokerto"


@pytest.fixture
def url(state):
    return f"sqlite:///{state.as_posix()}/journal.db"


@pytest.fixture
def peopled(url):
    journal = open_journal(url)
    with journal.writing(ADMIN, AT, "pegawai baru") as session:
        session.add(person(password_hash="$argon2id$x"))
    journal.close()
    return url


def run(*arguments, now=NOW):
    return main([*map(str, arguments)], datetime.fromisoformat(now))


def test_nobody_dates_an_entry(url):
    with pytest.raises(SystemExit):
        main(["--now", NOW, "migrate"])


def entries(url):
    return [(entry["kind"], entry["subject"], entry["actor"]) for entry in content_of(url)["entry"]]


def test_migrate_creates_then_says_it_is_current(url, capsys):
    assert run("migrate") == DONE
    assert is_current(url)
    assert f"kini versi {head_revision()}" in capsys.readouterr().out
    assert run("migrate") == DONE
    assert f"sudah mutakhir (versi {head_revision()})" in capsys.readouterr().out
    assert entries(url) == []  # an empty journal can still take a backup


def test_migrate_backs_up_what_it_is_about_to_change(url, state, capsys):
    make_previous(url)
    assert run("migrate") == DONE
    (file,) = (state / "cadangan").iterdir()
    assert file.name == f"jurnal_sebelum_{head_revision()}_2026-11-21_160800.zip"
    assert str(file) in capsys.readouterr().out
    assert zipfile.ZipFile(file).read("person.jsonl").startswith(b'{"id": 1, "login": "budi"')
    assert entries(url)[-1] == (Kind.MAINTAINED.value, "migrate", server_scope().actor)


def test_backup_then_restore_on_another_machine(peopled, state, tmp_path, monkeypatch, capsys):
    assert run("backup") == DONE
    file = state / "cadangan" / "jurnal_2026-11-21_160800.zip"
    told = capsys.readouterr().out
    assert str(file) in told
    assert "sidik kata sandi" in told
    assert entries(peopled)[-1][:2] == (Kind.MAINTAINED.value, "backup")

    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path / "lain"))
    assert run("restore", file, "--why", "mesin baru", now="2026-11-22T08:00") == DONE
    told = capsys.readouterr().out
    assert "2 baris dari cadangan 21 November 2026 16.08. Semua orang harus masuk lagi." in told
    restored = f"sqlite:///{tmp_path}/lain/kabupaten_mojokerto/journal.db"
    assert content_of(restored)["person"] == content_of(peopled)["person"]
    assert content_of(restored)["entry"][-1]["why"] == "mesin baru"


def test_restore_over_something_is_refused_or_keeps_it(peopled, state, capsys):
    run("backup")
    file = state / "cadangan" / "jurnal_2026-11-21_160800.zip"
    before = content_of(peopled)
    assert run("restore", file) == WRONG_USE
    assert "--replace" in capsys.readouterr().err
    assert content_of(peopled) == before
    assert run("restore", file, "--replace") == DONE
    kept = state / "cadangan" / "jurnal_sebelum_restore_2026-11-21_160800.zip"
    assert str(kept) in capsys.readouterr().out
    assert kept.exists()


@pytest.mark.parametrize(("out", "written"), [("x.zip", "x.zip"), ("simpan", "simpan/jurnal_2026-11-21_160800.zip")])
def test_a_backup_goes_where_it_is_told(peopled, tmp_path, out, written):
    assert run("backup", "--out", tmp_path / out) == DONE
    assert (tmp_path / written).exists()


def test_a_backup_is_not_written_over_another(peopled, tmp_path, capsys):
    assert run("backup", "--out", tmp_path / "x.zip") == DONE
    assert run("backup", "--out", tmp_path / "x.zip") == WRONG_USE
    assert "sudah ada" in capsys.readouterr().err


def test_old_backups_go_when_asked_and_only_those_made_by_date(peopled, state):
    folder = state / "cadangan"
    folder.mkdir()
    for name in ("jurnal_sebelum_0002_2026-01-01_000000.zip", "catatan.zip"):
        (folder / name).write_bytes(b"")
    for day in (19, 20, 21):
        run("backup", "--keep", 2, now=f"2026-11-{day}T01:30")
    assert sorted(path.name for path in folder.iterdir()) == [
        "catatan.zip",
        "jurnal_2026-11-20_013000.zip",
        "jurnal_2026-11-21_013000.zip",
        "jurnal_sebelum_0002_2026-01-01_000000.zip",
    ]


def test_audit_prints_lines_newest_first(peopled, capsys):
    run("backup")
    capsys.readouterr()
    assert run("audit") == DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"2026-11-21 16.08 | {server_scope().actor} (tidak terverifikasi) | pemeliharaan jurnal")
    assert lines[1].startswith(f"2026-11-21 16.08 | {ADMIN.actor} | {ADMIN.address} | tambah orang budi@")
    assert lines[1].endswith("| pegawai baru")
    assert lines[2] == "2 dari 2 catatan, terbaru di atas."


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (["--text", "BUDI"], "1 dari 1"),
        (["--kind", "ubah", "--kind", "tambah"], "2 dari 2"),
        (["--actor", "admin@"], "1 dari 1"),
        (["--since", "2026-11-22"], "0 dari 0"),
        (["--until", "2026-11-21", "--limit", "1"], "1 dari 2"),
    ],
)
def test_audit_is_narrowed(peopled, capsys, arguments, total):
    journal = open_journal(peopled)
    with journal.writing(server_scope(), AT) as session:
        write_entry(session, Kind.CHANGED, "orang", "siti")
    journal.close()
    assert run("audit", *arguments) == DONE
    assert capsys.readouterr().out.splitlines()[-1] == f"{total} catatan, terbaru di atas."


def test_audit_writes_a_table_and_says_so_in_the_trail(peopled, tmp_path):
    assert run("audit", "--csv", tmp_path / "jejak.csv") == DONE
    assert "budi@mojokertokab.go.id" in (tmp_path / "jejak.csv").read_text("utf-8-sig")
    assert entries(peopled)[-1][:2] == (Kind.EXPORTED.value, "jejak")


@pytest.mark.parametrize(
    "arguments",
    [["backup", "--keep", "0"], ["audit", "--since", "kemarin"], ["audit", "--kind", "apa"], ["restore"], []],
)
def test_wrong_commands_end_with_two(url, arguments):
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == WRONG_USE


def test_an_older_journal_is_not_used_but_can_be_backed_up(url, state, capsys):
    make_previous(url)
    assert run("audit") == UNAVAILABLE
    assert "python -m journal migrate" in capsys.readouterr().err
    assert run("backup") == DONE


def test_failures_are_words_on_stderr(url, tmp_path, monkeypatch, capsys):
    assert run("backup") == WRONG_USE  # nothing there
    assert run("restore", tmp_path / "tidak-ada.zip") == WRONG_USE
    monkeypatch.setenv("PENDOPO_JOURNAL_URL", f"postgresql://pendopo:rahasia@/jurnal?host={tmp_path}")
    assert run("audit") == UNAVAILABLE
    assert run("migrate") == UNAVAILABLE
    monkeypatch.setenv("PENDOPO_JOURNAL_URL", "bukan alamat")
    assert run("audit") == WRONG_USE
    assert main(["--profile", "tidak-ada", "audit"]) == WRONG_USE
    told = capsys.readouterr()
    assert told.out == ""
    assert "rahasia" not in told.err
    assert "Traceback" not in told.err


def test_a_folder_that_cannot_be_written_is_told(peopled, tmp_path, capsys):
    (tmp_path / "berkas").write_text("bukan folder", "utf-8")
    assert run("audit", "--csv", tmp_path / "berkas" / "x.csv") == WRONG_USE
    assert "hak akses" in capsys.readouterr().err
