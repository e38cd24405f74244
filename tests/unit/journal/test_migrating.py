"""Tables from nothing and from the previous version, by two at once, whole or not at all."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from journal.failures import JournalError, JournalUnavailableError
from journal.migrating import FOLDER, head_revision, is_current, known_revisions, migrate, open_journal
from journal.model import Entry, Person
from journal.store import open_engine
from tests.unit.journal.schema_checks import differences, make_previous, stored_revision


@pytest.fixture
def fresh(tmp_path):
    return f"sqlite:///{tmp_path}/baru/journal.db"


def execute(url, *statements):
    engine = open_engine(url)
    with engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def test_from_nothing(fresh):
    assert not is_current(fresh)
    assert migrate(fresh) == known_revisions() == [f"{number:04}" for number in range(1, len(known_revisions()) + 1)]
    assert is_current(fresh)
    assert differences(fresh) == []
    assert migrate(fresh) == []


def test_looking_creates_nothing(fresh, tmp_path):
    assert not is_current(fresh)
    assert list(tmp_path.iterdir()) == []


def test_from_the_previous_version_with_its_rows(fresh):
    make_previous(fresh)
    assert not is_current(fresh)
    assert migrate(fresh) == known_revisions()[1:]
    assert differences(fresh) == []
    journal = open_journal(fresh)
    with journal.reading() as session:
        assert session.scalars(sa.select(Person.login)).all() == ["budi"]
        assert session.scalars(sa.select(Entry.after)).all() == [{"a": 1}]
    journal.close()


def test_a_journal_opens_created_or_current(fresh):
    open_journal(fresh).close()
    assert is_current(fresh)
    open_journal(fresh).close()


def test_an_older_journal_is_not_changed_by_opening_it(fresh):
    make_previous(fresh)
    with pytest.raises(JournalUnavailableError, match=r"versi 0001\. Jalankan: python -m journal migrate"):
        open_journal(fresh)
    assert stored_revision(fresh) == "0001"


@pytest.mark.parametrize("act", [migrate, open_journal])
def test_a_journal_of_a_newer_program_is_left_alone(url, act):
    execute(url, "UPDATE journal_version SET version_num = '9999'")
    with pytest.raises(JournalUnavailableError, match=r"lebih baru \(versi 9999\)"):
        act(url)
    assert not is_current(url)


@pytest.mark.parametrize("act", [migrate, open_journal])
def test_tables_of_another_program_are_left_alone(fresh, act):
    execute(fresh, "CREATE TABLE person (id INTEGER)")
    with pytest.raises(JournalError, match="tabel person milik program lain"):
        act(fresh)


def test_two_at_once_make_the_tables_once(fresh):
    applied, start = [], threading.Barrier(4)

    def run():
        start.wait()
        applied.append(migrate(fresh))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(applied) == [[], [], [], known_revisions()]
    assert differences(fresh) == []


def test_a_step_that_fails_leaves_the_old_tables_whole(fresh):
    make_previous(fresh)

    def interrupt(connection):
        connection.execute(sa.text("CREATE TABLE screen_pass (id INTEGER)"))  # the step will find its table there

    with pytest.raises(JournalUnavailableError):
        migrate(fresh, before=interrupt)
    assert stored_revision(fresh) == "0001"
    assert migrate(fresh) == known_revisions()[1:]


def test_what_comes_before_the_steps_comes_only_when_there_is_something_to_lose(fresh):
    seen = []
    migrate(fresh, before=lambda _connection: seen.append("kosong"))
    migrate(fresh, before=lambda _connection: seen.append("mutakhir"))
    assert seen == []


def test_steps_form_one_line_and_their_files_say_their_number():
    scripts = ScriptDirectory(str(FOLDER))
    assert scripts.get_heads() == [head_revision()]
    for script in scripts.walk_revisions():
        assert script.path.rpartition("/")[2].startswith(f"v{script.revision}_")
