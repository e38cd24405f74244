"""What tests kill: each a process of its own, forked from one that has imported everything once for all of them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from journal.backup import Who, restore
from journal.migrating import open_journal
from journal.model import Person
from journal.store import server_scope
from pipelines.building.build import run
from tests.unit.journal.examples import ADMIN, AT
from warehouse.settings import load_settings

MAKING = get_context("forkserver" if os.name == "posix" else "spawn")
MAKING.set_forkserver_preload([__name__])


def start(act: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, Connection]:
    """A process that does it, and what it tells."""
    heard, tells = MAKING.Pipe(duplex=False)
    process = MAKING.Process(target=act, args=(tells, *arguments), daemon=True)
    with pytest.MonkeyPatch.context() as patch:  # else it runs what a page left there, where one was tested before
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        process.start()
    tells.close()
    return process, heard


def rest_of(heard: Connection) -> list[Any]:
    """What it told until it ended; nothing of a word it died in."""
    told = []
    try:
        while True:
            told.append(heard.recv())
    except (EOFError, OSError):
        heard.close()
    return told


def build(tells: Connection, data_dir: Path, at: datetime) -> None:
    settings = load_settings(data_dir=data_dir, contoh=False)
    tells.send("mulai")
    run(settings, at, wait=60)


def build_and_die(_tells: Connection, data_dir: Path, step: int, at: datetime) -> None:
    settings = load_settings(data_dir=data_dir, contoh=False)
    run(settings, at, after_step=lambda done: os.kill(os.getpid(), signal.SIGKILL) if done == step else None)


def write_until_killed(tells: Connection, url: str, name: str) -> None:
    """Tells the version after each change that was committed."""
    journal = open_journal(url)
    tells.send("mulai")
    for number in count():
        with journal.writing(ADMIN, AT) as session:
            row = session.get_one(Person, 1)
            row.name = f"{name}.{number}"
        tells.send(row.version)


def restore_journal(tells: Connection, url: str, backup: Path, replaced: Path) -> None:
    tells.send("mulai")
    restore(url, backup, Who(server_scope(), AT), replaced)
