"""Writers die by kill -9 at any moment, and many write at once: every acknowledged write is there, none is half."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
import zipfile

import pytest
import sqlalchemy as sa

from journal.backup import backup
from journal.migrating import open_journal
from journal.model import Base, Entry, Person, WrongTry
from tests.integration.victims import rest_of, restore_journal, start, write_until_killed
from tests.unit.journal.examples import ADMIN, AT, content_of, person
from tests.unit.journal.schema_checks import differences
from tests.unit.journal.writers import WRITERS, WRITES, entries_and_versions

POINTS, REDUCED_POINTS = 50, 10
MOST_SECONDS = 0.4  # a writer gets through some hundred writes in this time

pytestmark = pytest.mark.slow


@pytest.fixture
def url(tmp_path):
    """A journal with one person."""
    url = f"sqlite:///{tmp_path}/journal.db"
    journal = open_journal(url)
    with journal.writing(ADMIN, AT) as session:
        session.add(person())
    journal.close()
    return url


def kill_a_writer(url, point, seconds):
    """Versions it said were written, until it was killed."""
    writer, heard = start(write_until_killed, url, str(point))
    assert heard.recv() == "mulai"
    time.sleep(seconds)
    writer.kill()
    writer.join()
    return rest_of(heard)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_writer_loses_nothing_it_has_acknowledged(url, tmp_path, full_scale):
    points = POINTS if full_scale else REDUCED_POINTS
    delays = random.Random(2026)
    acknowledged = []
    for point in range(points):
        acknowledged += kill_a_writer(url, point, delays.uniform(0, MOST_SECONDS))
        check = sqlite3.connect(tmp_path / "journal.db")
        assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        check.close()
        journal = open_journal(url)
        with journal.writing(ADMIN, AT) as session:  # the next write works
            row = session.get_one(Person, 1)
            row.name = f"sesudah {point}"
        acknowledged.append(row.version)
        with journal.reading() as session:
            versions = session.scalars(sa.select(Entry.subject_version).order_by(Entry.id)).all()
            assert versions == list(range(1, session.get_one(Person, 1).version + 1))  # no change without its entry
            assert set(acknowledged) <= set(versions)
        journal.close()
    print(f"{points} kali dibunuh, {len(acknowledged)} penulisan diakui, semuanya ada")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_restore_leaves_the_old_journal_or_the_restored_one(url, tmp_path, full_scale):
    journal = open_journal(url)
    with journal.writing(ADMIN, AT) as session:
        session.add_all(WrongTry(of=str(number), at=AT) for number in range(3_000))
    backup(url, tmp_path / "banyak.zip", AT)
    delays, seen = random.Random(2027), set()
    for point in range(POINTS if full_scale else REDUCED_POINTS):
        with journal.writing(ADMIN, AT) as session:
            session.get_one(Person, 1).name = f"sebelum {point}"
        journal.engine.dispose()
        restorer, heard = start(restore_journal, url, tmp_path / "banyak.zip", tmp_path / f"{point}.zip")
        assert heard.recv() == "mulai"
        time.sleep(delays.uniform(0, MOST_SECONDS))
        restorer.kill()
        restorer.join()
        heard.close()
        found = content_of(url)
        is_restored = found["entry"][-1]["subject"] == "restore"
        assert found["person"][0]["name"] == ("Budi" if is_restored else f"sebelum {point}")
        assert len(found["wrong_try"]) == 3_000
        assert differences(url) == []
        kept = tmp_path / f"{point}.zip"  # of what is replaced: whole or not there
        assert not kept.exists() or len(zipfile.ZipFile(kept).namelist()) == len(Base.metadata.tables) + 1
        seen.add(is_restored)
    journal.close()
    print(f"dibunuh saat memulihkan: {sorted(seen)}")


def test_twenty_processes_changing_one_person_lose_nothing(url):
    subprocess.run([sys.executable, "-m", "tests.unit.journal.writers", url], check=True)
    journal = open_journal(url)
    names, versions, version = entries_and_versions(journal)
    journal.close()
    assert names == {f"{writer}.{number}" for writer in range(WRITERS) for number in range(WRITES)}
    assert versions == list(range(1, version + 1)) == list(range(1, WRITERS * WRITES + 2))
