"""Writers that change one person at the same time, each trying again when its edit is refused as stale.

`python -m tests.unit.journal.writers URL` runs them as processes; they load their modules once and fork.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import threading
import time

import sqlalchemy as sa

from journal.migrating import open_journal
from journal.model import Entry, Person
from journal.store import Journal, StaleEditError, get_for_edit
from tests.unit.journal.examples import ADMIN, AT

WRITERS, WRITES = 20, 5


def write(journal: Journal, writer: int, writes: int) -> None:
    pauses = random.Random(writer)
    for number in range(writes):
        while True:
            with journal.reading() as session:
                read_version = session.get_one(Person, 1).version
            try:
                with journal.writing(ADMIN, AT) as session:
                    get_for_edit(session, Person, 1, read_version).name = f"{writer}.{number}"
                break
            except StaleEditError:
                time.sleep(pauses.uniform(0, 0.1))  # as people do: not all at the same moment again


def run_writers(journal: Journal, writers: int, writes: int) -> None:
    threads = [threading.Thread(target=write, args=(journal, writer, writes)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def entries_and_versions(journal: Journal) -> tuple[set[str], list[int | None], int]:
    """Names that entries tell of, versions in the order of entries, the version of the person now."""
    with journal.reading() as session:
        entries = session.scalars(sa.select(Entry).order_by(Entry.id)).all()
        names = {entry.after["name"] for entry in entries if entry.after and entry.before}
        return names, [entry.subject_version for entry in entries], session.get_one(Person, 1).version


def _write_to(url: str, writer: int) -> None:
    write(open_journal(url), writer, WRITES)


if __name__ == "__main__":
    start = multiprocessing.get_context("fork" if os.name == "posix" else "spawn")
    processes = [start.Process(target=_write_to, args=(sys.argv[1], writer)) for writer in range(WRITERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    sys.exit(max(abs(process.exitcode or 0) for process in processes))
