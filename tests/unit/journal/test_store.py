"""One journal, many writers: nothing lost, nothing overwritten unseen, nothing half read, failures told in words."""

from __future__ import annotations

import os
import sqlite3

import pytest
import sqlalchemy as sa

from journal.failures import JournalError, JournalUnavailableError
from journal.migrating import open_journal
from journal.model import Entry, Person, ScreenPass
from journal.store import StaleEditError, get_for_edit, journal_url, open_engine, read_url, server_scope
from tests.unit.journal.examples import ADMIN, AT, person
from tests.unit.journal.writers import entries_and_versions, run_writers


def count(journal, table=Entry):
    with journal.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def test_twenty_threads_changing_one_person_lose_nothing(journal):
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
    run_writers(journal, writers=20, writes=3)
    names, versions, version = entries_and_versions(journal)
    assert names == {f"{writer}.{number}" for writer in range(20) for number in range(3)}
    assert versions == list(range(1, version + 1)) == list(range(1, 62))


def test_a_change_is_whole_or_not_there(journal):
    with pytest.raises(ZeroDivisionError), journal.writing(ADMIN, AT) as session:
        session.add(person())
        session.flush()
        1 / 0  # noqa: B018
    assert (count(journal), count(journal, Person)) == (0, 0)


def test_readers_neither_wait_for_a_writer_nor_see_what_it_has_not_committed(journal):
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
        session.flush()
        assert count(journal) == 0
    assert count(journal) == 1


def test_a_reader_sees_one_moment(journal):
    with journal.reading() as reader:
        assert reader.scalar(sa.select(sa.func.count(Person.id))) == 0
        with journal.writing(ADMIN, AT) as session:
            session.add(person())
        assert reader.scalar(sa.select(sa.func.count(Person.id))) == 0


def test_the_revision_is_the_number_of_the_newest_entry(journal):
    assert journal.revision() == 0
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
    assert journal.revision() == 1


def test_a_row_that_is_gone_is_told(journal):
    with pytest.raises(JournalError, match="tidak ditemukan"), journal.writing(ADMIN, AT) as session:
        get_for_edit(session, Person, 7, 1)


def test_a_row_brought_along_from_an_older_read_is_not_written_over(journal):
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
    with journal.reading() as session:
        old = session.get(Person, 1)
    with journal.writing(ADMIN, AT) as session:
        get_for_edit(session, Person, 1, 1).role = "walidata"
    with pytest.raises(StaleEditError, match="peran: analis → walidata"), journal.writing(ADMIN, AT) as session:
        session.add(old)
        old.role = "admin"
    with journal.reading() as session:
        assert session.get(Person, 1).role == "walidata"


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Person).values(role="admin"),
        sa.update(ScreenPass).values(used_at=AT, label="lain"),
        sa.delete(Person),
        sa.delete(ScreenPass),
    ],
    ids=str,
)
def test_a_statement_cannot_change_a_remembered_row_past_its_history(journal, statement):
    with pytest.raises(TypeError, match="remembered"), journal.writing(ADMIN, AT) as session:
        session.execute(statement)


def test_a_remembered_row_is_ended_not_deleted(journal):
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
    with pytest.raises(TypeError, match="end it"), journal.writing(ADMIN, AT) as session:
        session.delete(session.get(Person, 1))


def test_a_writer_that_waits_too_long_is_told_to_come_again(journal, monkeypatch):
    monkeypatch.setattr("journal.store.BUSY_SECONDS", 0.05)
    other = open_journal(str(journal.engine.url))
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
        session.flush()
        with pytest.raises(JournalUnavailableError, match="proses lain"), other.writing(ADMIN, AT) as late:
            late.add(person("siti@mojokertokab.go.id"))
    other.close()
    assert count(journal, Person) == 1


def test_a_damaged_file_is_told(tmp_path):
    (tmp_path / "journal.db").write_bytes(b"bukan basis data" * 200)
    with pytest.raises(JournalUnavailableError, match=r"rusak.*python -m journal restore"):
        open_journal(f"sqlite:///{tmp_path}/journal.db")


def test_tables_that_went_missing_are_told(journal):
    sqlite3.connect(journal.engine.url.database).execute("DROP TABLE sign_in").connection.close()
    with pytest.raises(JournalUnavailableError, match="python -m journal migrate"), journal.reading() as session:
        session.execute(sa.text("SELECT * FROM sign_in"))


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "berkas").write_text("", "utf-8")
    with pytest.raises(JournalUnavailableError, match="tidak dapat dibuat"):
        open_engine(f"sqlite:///{tmp_path}/berkas/jurnal/journal.db")


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights on files")
def test_only_its_own_account_reads_a_new_journal(tmp_path):
    open_journal(f"sqlite:///{tmp_path}/baru.db").close()
    assert (tmp_path / "baru.db").stat().st_mode & 0o777 == 0o600


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path):
    with pytest.raises(JournalUnavailableError) as told:
        open_journal(f"postgresql://pendopo:rahasia@/jurnal?host={tmp_path}")
    assert str(tmp_path) in str(told.value)
    assert "rahasia" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [("mysql://x/y", "bukan mysql"), ("jurnal.db", "bukan alamat"), ("foo://x", "SQLite atau PostgreSQL")],
)
def test_other_databases_are_refused(url, said):
    with pytest.raises(JournalError, match=said):
        read_url(url)


def test_the_journal_stands_beside_the_releases_unless_told_otherwise(tmp_path):
    assert journal_url("", tmp_path) == f"sqlite:///{tmp_path.as_posix()}/journal.db"
    assert journal_url("postgresql://x/y", tmp_path) == "postgresql://x/y"


def test_the_command_line_is_known_by_the_operating_system_alone(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "siti")
    assert (server_scope().actor, server_scope().is_verified) == ("server:siti", False)


def test_an_error_gives_the_lock_back_at_once(journal, monkeypatch):
    monkeypatch.setattr("journal.store.BUSY_SECONDS", 0.05)
    other = open_journal(str(journal.engine.url))
    with pytest.raises(ZeroDivisionError), journal.writing(ADMIN, AT) as session:
        session.add(person())
        session.flush()
        1 / 0  # noqa: B018
    with other.writing(ADMIN, AT) as session:
        session.add(person())
    other.close()
    assert count(journal, Person) == 1
