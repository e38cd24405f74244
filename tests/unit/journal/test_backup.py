"""A backup is whole, private and checked; a restore takes all of it or none, and signs everybody out."""

from __future__ import annotations

import json
import os
import zipfile

import pytest
import sqlalchemy as sa

from journal.backup import BackupError, Who, backup, restore
from journal.migrating import head_revision, is_current, open_journal
from journal.model import Entry, Kind, ScreenPass, SignIn, WrongTry
from journal.store import server_scope
from tests.unit.journal.examples import ADMIN, AT, content_of, person
from tests.unit.journal.schema_checks import differences, make_previous

WHO = Who(server_scope(), AT.replace(hour=20), "mesin baru")


@pytest.fixture
def filled(journal, url):
    """People, a wall, two sign-ins of which one is over, a wrong try, and their entries."""
    with journal.writing(ADMIN, AT, 'pegawai "baru" é') as session:
        session.add_all([person(password_hash="$argon2id$x"), person("siti@mojokertokab.go.id", opd_code="2.11")])
        session.flush()
        same = {"way": "akun", "opened_at": AT, "seen_at": AT, "ends_at": AT.replace(hour=23), "address": "10.0.0.1"}
        session.add_all(
            [SignIn(person_id=1, key_digest="a", **same), SignIn(person_id=2, key_digest="b", ended_at=AT, **same)]
        )
        session.add(WrongTry(of="c", at=AT.replace(microsecond=250)))
        session.add(ScreenPass(label="Mini PC", screen_id="utama", key_digest="d", created_at=AT))
    return url


@pytest.fixture
def file(filled, tmp_path):
    path = tmp_path / "cadangan" / "jurnal.zip"
    backup(filled, path, AT)
    return path


@pytest.fixture
def empty(tmp_path):
    return f"sqlite:///{tmp_path}/lain/journal.db"


def changed(path, target, name, change):
    """A copy of a backup in which one member is changed, or taken away by None."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for member in source.namelist():
            content = change(source.read(member)) if member == name else source.read(member)
            if content is not None:
                archive.writestr(member, content)
    return target


def with_manifest(path, target, **values):
    return changed(path, target, "manifest.json", lambda text: json.dumps(json.loads(text) | values).encode())


def test_everything_comes_back(filled, file, empty):
    restored = restore(empty, file, WHO)
    before, after = content_of(filled), content_of(empty)
    for table in ("person", "wrong_try", "screen_pass"):
        assert after[table] == before[table]
    assert after["entry"][:-1] == before["entry"]
    assert restored.manifest.row_count == sum(len(rows) for rows in before.values()) == 9
    assert is_current(empty)
    assert differences(empty) == []


def test_no_sign_in_survives_a_restore(file, empty):
    restore(empty, file, WHO)
    assert [row["ended_at"] for row in content_of(empty)["sign_in"]] == [WHO.at, AT]


def test_the_restore_is_the_newest_entry(file, empty):
    restore(empty, file, WHO)
    entry = content_of(empty)["entry"][-1]
    assert (entry["kind"], entry["subject"], entry["actor"], entry["at"], entry["why"]) == (
        Kind.MAINTAINED.value,
        "restore",
        WHO.scope.actor,
        WHO.at,
        "mesin baru",
    )
    assert entry["after"] == {"cadangan": "jurnal.zip", "dibuat": AT.isoformat(), "versi": head_revision(), "baris": 9}


def test_work_goes_on_after_a_restore(file, empty):
    restore(empty, file, WHO)
    journal = open_journal(empty)
    with journal.writing(ADMIN, AT) as session:
        session.add(person("tono@mojokertokab.go.id"))
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), journal.writing(ADMIN, AT) as session:
        session.execute(sa.delete(Entry))
    journal.close()


def test_a_backup_holds_one_moment(filled, tmp_path, journal):
    first = backup(filled, tmp_path / "1.zip", AT)
    with journal.writing(ADMIN, AT) as session:
        session.add(person("tono@mojokertokab.go.id"))
        session.flush()
        assert backup(filled, tmp_path / "2.zip", AT).tables == first.tables  # neither waits nor sees half
    assert backup(filled, tmp_path / "3.zip", AT).tables != first.tables


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights on files")
def test_only_its_owner_reads_a_backup(file):
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["jurnal.zip"]


def test_a_backup_is_never_written_over(filled, file):
    with pytest.raises(BackupError, match="sudah ada"):
        backup(filled, file, AT)


def test_there_is_nothing_to_back_up_in_a_missing_journal(empty, tmp_path):
    with pytest.raises(BackupError, match="masih kosong"):
        backup(empty, tmp_path / "x.zip", AT)
    assert not (tmp_path / "lain").exists()
    assert not (tmp_path / "x.zip").exists()


def test_a_place_that_cannot_be_written_is_told(filled, tmp_path):
    (tmp_path / "berkas").write_text("", "utf-8")
    with pytest.raises(BackupError, match="tidak dapat ditulis"):
        backup(filled, tmp_path / "berkas" / "x.zip", AT)


def test_an_empty_journal_takes_a_backup(file, empty):
    open_journal(empty).close()
    restore(empty, file, WHO)
    assert len(content_of(empty)["person"]) == 2


def test_a_filled_journal_is_not_mixed_with_a_backup(filled, file):
    before = content_of(filled)
    with pytest.raises(BackupError, match=r"sudah berisi \(.*person.*\)\. Tambahkan --replace"):
        restore(filled, file, WHO)
    assert content_of(filled) == before


def test_what_is_replaced_is_backed_up_first(filled, file, journal, empty, tmp_path):
    with journal.writing(ADMIN, AT) as session:
        session.add(person("tono@mojokertokab.go.id"))
    restored = restore(filled, file, WHO, replaced=tmp_path / "sebelum.zip")
    assert restored.replaced == tmp_path / "sebelum.zip"
    assert [row["login"] for row in content_of(filled)["person"]] == [
        "budi@mojokertokab.go.id",
        "siti@mojokertokab.go.id",
    ]
    restore(empty, tmp_path / "sebelum.zip", WHO)
    assert [row["login"] for row in content_of(empty)["person"]][-1] == "tono@mojokertokab.go.id"


def test_nothing_to_replace_needs_no_backup(file, empty, tmp_path):
    assert restore(empty, file, WHO, replaced=tmp_path / "sebelum.zip").replaced is None
    assert not (tmp_path / "sebelum.zip").exists()


def test_a_backup_of_the_previous_version_is_brought_to_this_one(tmp_path, empty):
    old = f"sqlite:///{tmp_path}/tua.db"
    make_previous(old)
    assert backup(old, tmp_path / "tua.zip", AT).revision == "0001"
    restore(empty, tmp_path / "tua.zip", WHO)
    assert differences(empty) == []
    assert [entry["subject"] for entry in content_of(empty)["entry"]] == ["budi", "restore"]


def test_a_damaged_byte_anywhere_is_noticed(file, empty, tmp_path):
    whole = file.read_bytes()
    for place in range(20, len(whole), max(1, len(whole) // 12)):
        (tmp_path / "rusak.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            restore(empty, tmp_path / "rusak.zip", WHO)
        except BackupError:
            assert not (tmp_path / "lain").exists() or not content_of(empty)
        else:  # a byte of the zip's own notes, such as a date: the content was whole
            assert content_of(empty)["person"]
            (tmp_path / "lain" / "journal.db").unlink()


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_backup_is_refused(file, empty, tmp_path, kept):
    whole = file.read_bytes()
    (tmp_path / "pendek.zip").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(BackupError, match="rusak atau terpotong"):
        restore(empty, tmp_path / "pendek.zip", WHO)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("person.jsonl", lambda text: text.replace(b"analis", b"admin!"), "rusak"),
        ("person.jsonl", lambda text: text.splitlines(keepends=True)[0], "rusak"),
        ("entry.jsonl", lambda _text: None, "rusak"),
        ("manifest.json", lambda _text: None, "bukan cadangan"),
        ("manifest.json", lambda _text: b"{", "rusak"),
        ("manifest.json", lambda _text: b"[]", "rusak"),
        ("manifest.json", lambda _text: b'{"format": "lain"}', "bukan cadangan"),
    ],
)
def test_a_backup_that_was_changed_is_refused(file, empty, name, change, said):
    with pytest.raises(BackupError, match=said):
        restore(empty, changed(file, file.with_name("ubah.zip"), name, change), WHO)


def test_a_backup_of_a_newer_program_is_refused(file, empty, tmp_path):
    with pytest.raises(BackupError, match="lebih baru"):
        restore(empty, with_manifest(file, tmp_path / "baru.zip", revision="9999"), WHO)


def test_tables_that_do_not_fit_their_version_are_refused_whole(file, empty, tmp_path):
    open_journal(empty).close()
    with pytest.raises(BackupError, match="tidak cocok"):
        restore(empty, with_manifest(file, tmp_path / "lain.zip", revision="0001"), WHO)
    assert is_current(empty)
    assert not any(content_of(empty).values())


def test_no_zip_and_no_file_are_told(empty, tmp_path):
    (tmp_path / "teks.zip").write_text("bukan zip", "utf-8")
    with pytest.raises(BackupError, match="rusak"):
        restore(empty, tmp_path / "teks.zip", WHO)
    with pytest.raises(BackupError, match="tidak dapat dibaca"):
        restore(empty, tmp_path / "tidak-ada.zip", WHO)
