"""A journal of its own for each test, in a SQLite file; its empty tables are made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.migrating import migrate, open_journal
from journal.store import Journal
from tests.conftest import built_once


@pytest.fixture
def url(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of an empty journal."""
    empty = built_once(tmp_path_factory, "journal", lambda folder: migrate(f"sqlite:///{folder}/journal.db"))
    shutil.copy(empty / "journal.db", tmp_path / "journal.db")
    return f"sqlite:///{tmp_path}/journal.db"


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    opened = open_journal(url)
    yield opened
    opened.close()
