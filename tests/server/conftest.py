"""Real servers of Debian's packages: a PostgreSQL of its own, reached through a socket nobody else can open."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

DATABASE_NUMBERS = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/server/"):
            item.add_marker(pytest.mark.server)


def as_postgres(*command: object) -> None:
    """PostgreSQL refuses to run as root: then its own account runs it."""
    who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    result = subprocess.run([*who, *map(str, command)], cwd="/", capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Path]:
    """The socket folder of a running server whose account `postgres` needs no password."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folder = Path(tempfile.mkdtemp(prefix="pendopo-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    as_postgres(programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses= -c fsync=off -c unix_socket_directories={folder}"
    server = (programs / "pg_ctl", "-D", folder / "data", "-w")
    as_postgres(*server, "-o", options, "-l", folder / "log", "start")
    yield folder
    as_postgres(*server, "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def database(postgresql: Path) -> Iterator[str]:
    """The URL of a new, empty database."""
    name = f"uji_{next(DATABASE_NUMBERS)}"
    with psycopg.connect(f"host={postgresql} user=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://postgres@/{name}?host={postgresql}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
