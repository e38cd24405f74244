"""What holds for a journal in SQLite holds on a real PostgreSQL: tables, history, many writers, backups both ways."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa

from journal.__main__ import DONE, main
from journal.audit import AuditQuery, find_entries
from journal.backup import BackupError, Who, backup, restore
from journal.failures import JournalError, JournalUnavailableError
from journal.migrating import is_current, known_revisions, migrate, open_journal
from journal.model import Kind, Person, ScreenPass, SignIn, WrongTry
from journal.store import StaleEditError, get_for_edit, server_scope
from tests.integration.victims import rest_of, start, write_until_killed
from tests.unit.journal.examples import ADMIN, AT, content_of, person
from tests.unit.journal.schema_checks import differences, make_previous, stored_revision
from tests.unit.journal.writers import WRITERS, WRITES, entries_and_versions, run_writers

WHO = Who(server_scope(), AT.replace(hour=20))


@pytest.fixture
def journal(database):
    opened = open_journal(database)
    yield opened
    opened.close()


@pytest.fixture
def peopled(journal):
    with journal.writing(ADMIN, AT, 'pegawai "baru" é') as session:
        session.add_all([person(password_hash="$argon2id$x"), person("siti@mojokertokab.go.id", opd_code="2.11")])
        session.flush()
        same = {"way": "akun", "opened_at": AT, "seen_at": AT, "ends_at": AT, "address": "10.0.0.1"}
        session.add(SignIn(person_id=1, key_digest="a", **same))
        session.add(WrongTry(of="c", at=AT.replace(microsecond=250)))
        session.add(ScreenPass(label="Mini PC", screen_id="utama", key_digest="d", created_at=AT))
    return journal


def test_tables_from_nothing(database):
    assert not is_current(database)
    assert migrate(database) == known_revisions()
    assert is_current(database)
    assert differences(database) == []
    assert migrate(database) == []


def test_tables_from_the_previous_version_with_their_rows(database):
    make_previous(database)
    with pytest.raises(JournalUnavailableError, match="python -m journal migrate"):
        open_journal(database)
    assert migrate(database) == known_revisions()[1:]
    assert differences(database) == []
    assert [row["login"] for row in content_of(database)["person"]] == ["budi"]


def test_two_at_once_make_the_tables_once(database):
    applied, start = [], threading.Barrier(4)

    def run():
        start.wait()
        applied.append(migrate(database))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(applied) == [[], [], [], known_revisions()]


def test_a_step_that_fails_leaves_the_old_tables_whole(database):
    make_previous(database)
    with pytest.raises(sa.exc.ProgrammingError):
        migrate(database, before=lambda connection: connection.execute(sa.text("CREATE TABLE screen_pass (id int)")))
    assert stored_revision(database) == "0001"
    assert migrate(database) == known_revisions()[1:]


@pytest.mark.parametrize("statement", ["UPDATE entry SET why = ''", "DELETE FROM entry", "TRUNCATE entry"])
def test_entries_can_neither_be_changed_nor_deleted(peopled, statement):
    before = peopled.revision()
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), peopled.writing(ADMIN, AT) as session:
        session.execute(sa.text(statement))
    assert peopled.revision() == before == 3


def test_twenty_threads_changing_one_person_lose_nothing(peopled):
    run_writers(peopled, writers=20, writes=3)
    names, _versions, version = entries_and_versions(peopled)
    assert names == {f"{writer}.{number}" for writer in range(20) for number in range(3)}
    assert version == 61


def test_twenty_processes_changing_one_person_lose_nothing(database, journal):
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
    subprocess.run([sys.executable, "-m", "tests.unit.journal.writers", database], check=True)
    names, versions, version = entries_and_versions(journal)
    assert names == {f"{writer}.{number}" for writer in range(WRITERS) for number in range(WRITES)}
    assert versions == list(range(1, version + 1)) == list(range(1, WRITERS * WRITES + 2))


def test_a_killed_writer_neither_loses_what_it_acknowledged_nor_blocks_the_next(database, peopled):
    writer, heard = start(write_until_killed, database, "x")
    assert heard.recv() == "mulai"
    for _write in range(20):
        heard.recv()
    writer.kill()
    writer.join()
    acknowledged = rest_of(heard)
    with peopled.writing(ADMIN, AT) as session:
        session.get_one(Person, 1).name = "sesudah"
    _names, versions, version = entries_and_versions(peopled)
    assert set(acknowledged) <= set(versions)
    assert version >= 20


def test_readers_neither_wait_for_a_writer_nor_see_what_it_has_not_committed(peopled):
    with peopled.reading() as reader:
        assert reader.get_one(Person, 1).name == "Budi"
        with peopled.writing(ADMIN, AT) as session:
            session.get_one(Person, 1).name = "Budi S."
            session.flush()
            with peopled.reading() as other:
                assert other.get_one(Person, 1).name == "Budi"
        assert reader.scalar(sa.select(Person.name).where(Person.id == 1)) == "Budi"  # one moment


def test_a_stale_edit_is_told_what_changed(peopled):
    with peopled.writing(ADMIN, AT) as session:
        get_for_edit(session, Person, 1, 1).role = "walidata"
    with pytest.raises(StaleEditError, match="peran: analis → walidata"), peopled.writing(ADMIN, AT) as session:
        get_for_edit(session, Person, 1, 1)


def test_a_row_brought_along_from_an_older_read_is_not_written_over(peopled):
    with peopled.reading() as session:
        old = session.get_one(Person, 1)
    with peopled.writing(ADMIN, AT) as session:
        session.get_one(Person, 1).role = "walidata"
    with pytest.raises(StaleEditError, match="peran: analis → walidata"), peopled.writing(ADMIN, AT) as session:
        session.add(old)
        old.role = "admin"


def test_a_writer_that_waits_too_long_is_told_to_come_again(database, peopled, monkeypatch):
    monkeypatch.setattr("journal.store.POSTGRESQL_OPTIONS", "-c lock_timeout=100ms")
    other = open_journal(database)
    with peopled.writing(ADMIN, AT) as session:
        session.get_one(Person, 1).name = "lama"
        with pytest.raises(JournalUnavailableError, match="proses lain"), other.writing(ADMIN, AT) as late:
            late.get(Person, 1)
    other.close()


def test_a_missing_database_and_account_are_told(postgresql):
    with pytest.raises(JournalUnavailableError, match="belum ada"):
        open_journal(f"postgresql://postgres@/tidak_ada?host={postgresql}")
    with pytest.raises(JournalUnavailableError, match="menolak akun"):
        open_journal(f"postgresql://siapa:rahasia@/postgres?host={postgresql}")
    with pytest.raises(JournalError, match="tabel entry milik program lain"):
        engine = sa.create_engine(f"postgresql+psycopg://postgres@/postgres?host={postgresql}")
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE entry (id int)"))
        engine.dispose()
        open_journal(f"postgresql://postgres@/postgres?host={postgresql}")


@pytest.mark.parametrize(
    ("text", "count"), [("BUDI@", 1), ('"BARU" É', 3), ("utama", 1), ("2.11", 1), ("%", 0), ("2_11", 0)]
)
def test_the_trail_is_searched_as_typed(peopled, text, count):
    assert find_entries(peopled, ADMIN, AuditQuery(text)).total == count


def test_a_journal_moves_from_sqlite_to_postgresql_and_back(database, tmp_path):
    first, last = f"sqlite:///{tmp_path}/1.db", f"sqlite:///{tmp_path}/2.db"
    journal = open_journal(first)
    with journal.writing(ADMIN, AT, 'pegawai "baru" é') as session:
        session.add_all([person(password_hash="$argon2id$x"), person("siti@mojokertokab.go.id", opd_code="2.11")])
        session.add(WrongTry(of="c", at=AT.replace(microsecond=250)))
        session.add(ScreenPass(label="Mini PC", screen_id="utama", key_digest="d", created_at=AT))
    journal.close()
    backup(first, tmp_path / "1.zip", AT)
    restore(database, tmp_path / "1.zip", WHO)
    assert differences(database) == []
    backup(database, tmp_path / "2.zip", AT)
    restore(last, tmp_path / "2.zip", WHO)
    before, there, back = content_of(first), content_of(database), content_of(last)
    assert before["person"] == there["person"] == back["person"]
    assert before["screen_pass"] == there["screen_pass"] == back["screen_pass"]
    assert before["wrong_try"] == there["wrong_try"] == back["wrong_try"]
    assert before["entry"] == there["entry"][:-1] == back["entry"][:-2]


def test_numbers_go_on_after_a_restore(database, peopled, tmp_path):
    backup(database, tmp_path / "1.zip", AT)
    restored = restore(database, tmp_path / "1.zip", WHO, replaced=tmp_path / "sebelum.zip")
    assert restored.replaced == tmp_path / "sebelum.zip"
    peopled.engine.dispose()
    with peopled.writing(ADMIN, AT) as session:
        session.add(person("tono@mojokertokab.go.id"))
    assert [row["id"] for row in content_of(database)["person"]] == [1, 2, 3]
    assert [row["id"] for row in content_of(database)["entry"]] == [1, 2, 3, 4, 5]
    assert [row["ended_at"] for row in content_of(database)["sign_in"]] == [WHO.at]
    with pytest.raises(BackupError, match="--replace"):
        restore(database, tmp_path / "1.zip", WHO)


def test_the_command_line_keeps_a_journal_on_a_server(database, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_JOURNAL_URL", database)
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    make_previous(database)
    assert main(["migrate"], AT) == DONE
    folder = tmp_path / "kabupaten_mojokerto" / "cadangan"
    assert [path.name for path in folder.iterdir()] == [f"jurnal_sebelum_{known_revisions()[-1]}_2026-11-21_160800.zip"]
    assert main(["backup"], AT) == DONE
    assert main(["audit", "--kind", Kind.MAINTAINED.value]) == DONE
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 dari 2 catatan")
