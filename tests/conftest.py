"""Shared by all tests: how they spread over the cores, the scale of long checks, the folder of real files."""

from __future__ import annotations

import gc
import gettext
import importlib.util
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import duckdb_sqlalchemy
import pytest
import yaml
from filelock import FileLock
from hypothesis import HealthCheck
from hypothesis import settings as examples
from hypothesis.internal.conjecture import providers

from warehouse import rules, settings
from warehouse.rules.loading import read_pack
from warehouse.rules.packs import Pack

# A plain `pip install -r requirements.txt` has no playwright; `make test` installs it.
collect_ignore = [] if importlib.util.find_spec("playwright") else ["browser"]
WALLS = ("tests/browser/test_wall_", "tests/browser/test_screens.py")
BUILD_FIRST = ("tests/access/test_alternating.py", "tests/pages/test_app.py")  # others wait for what these fill
LONG = ("tests/integration/", "tests/browser/")
OTHERS = ("tests/access/", "tests/pages/", "tests/server/")
BUILD_NOTHING = ("tests/architecture/", "tests/corpus/", "tests/unit/")
# The tests start hundreds of processes: without compiled modules each would compile them all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Thousands of tests and all modules live to the end: the collector need not walk through them again and again.
gc.set_threshold(20_000, 20, 20)
MOST_WORKERS = 4  # each holds pandas, DuckDB and Streamlit in memory


# The same examples at every run, and none too slow: a busy machine draws them slowly.
examples.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("steady")
# Nor from the words of whichever modules a worker has loaded: to gather them reads all of our program once more.
providers._get_local_constants = lambda: providers._local_constants


def read_same_text_once() -> None:
    """Every build and every page reads all contracts and rule packs, and so do many modules of tests when they are
    collected. The disk is searched for time zones and translations once, the words of each statement are told apart
    once."""
    packs: dict[tuple[Path, bytes], Pack] = {}

    def read_once(path: Path) -> Pack:
        known = path, path.read_bytes()
        if known not in packs:
            packs[known] = read_pack(path)
        return packs[known]

    find = cache(gettext.find)

    def find_once(
        domain: str, localedir: str | None = None, languages: Iterable[str] | None = None, **how: bool
    ) -> object:
        return find(domain, localedir, None if languages is None else tuple(languages), **how)

    yaml.compose = cache(yaml.compose)
    rules.read_pack = read_once
    settings.available_timezones = cache(settings.available_timezones)
    gettext.find = find_once
    duckdb_sqlalchemy._top_level_sql_words = cache(duckdb_sqlalchemy._top_level_sql_words)


read_same_text_once()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Folders of tests run on all cores; a file, a single test, `-s` and `--pdb` stay in this process, like `-n0`."""
    if not config.pluginmanager.hasplugin("xdist") or hasattr(config, "workerinput"):
        return
    option = config.option
    folders = all(Path(argument).is_dir() for argument in config.args)
    if option.numprocesses is None and option.dist == "no" and folders:
        talks = option.usepdb or option.trace or option.capture == "no"
        option.numprocesses = 0 if talks else "logical"
        option.maxprocesses = option.maxprocesses or MOST_WORKERS
        if not talks and "not browser" not in option.markexpr:  # one more: who has the walls mostly waits
            option.numprocesses = config.hook.pytest_xdist_auto_num_workers(config=config) + 1
    if option.numprocesses and option.dist == "no":
        option.dist, option.loadscopereorder = "loadfile", False


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One worker takes a whole file, a single function of the slow folders, or all that measures a wall."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - not there without requirements-dev.txt

    class Shares(LoadFileScheduling):
        @property
        def nodes(self) -> list[Any]:
            return sorted(super().nodes, key=lambda node: node.gateway.id)  # the first worker has the walls

        def _split_scope(self, nodeid: str) -> str:
            if nodeid.startswith(WALLS):
                return "walls"
            is_slow = nodeid.startswith(("tests/integration/", "tests/pages/"))
            return nodeid.split("[" if is_slow else "::", 1)[0]

    return Shares(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long work first and the thousands of short tests last, so that no worker is left alone with a long one.

    The walls measure delays and mostly wait: the first worker begins with them, its server and its browser, and the
    others fill the cores, but stand back whenever a wall has something to do.

    A proof that runs whole leaves out its core.
    """

    def turn(item: pytest.Item) -> int:
        turns = (WALLS, BUILD_FIRST, LONG, OTHERS, BUILD_NOTHING)
        return next((at for at, places in enumerate(turns) if item.nodeid.startswith(places)), turns.index(OTHERS))

    whole = {_function(item) for item in items if item.get_closest_marker("slow")}
    items[:] = [item for item in items if not item.get_closest_marker("core") or _function(item) not in whole]
    items.sort(key=turn)
    has_walls = bool(items) and items[0].nodeid.startswith(WALLS)
    if has_walls and os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        os.nice(10)


def _function(item: pytest.Item) -> str:
    return item.nodeid.split("[", 1)[0]


def pytest_collection_finish() -> None:
    gc.freeze()


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """A folder that one worker fills and all read; who writes into it takes a copy."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with FileLock(base / f"{name}.lock"):
        if not (base / name).exists():
            draft = factory.mktemp(name)
            build(draft)
            draft.rename(base / name)
    return base / name


def copied(built: Path, folder: Path) -> Path:
    """A copy of such a folder. SQLite copies the journal: its -wal and -shm come and go with whoever has it open."""
    shutil.copytree(built, folder, ignore=shutil.ignore_patterns("journal.db*"), dirs_exist_ok=True)
    for journal in built.rglob("journal.db"):
        copy = folder / journal.relative_to(built)
        with closing(sqlite3.connect(journal)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full-scale", action="store_true", help="run long checks at full scale")


def pytest_report_header(config: pytest.Config) -> str:
    if config.getoption("--full-scale"):
        return "long checks: full scale, ten years with about 1.8 million calls"
    return "long checks: reduced scale, 90 days with about 11 thousand calls (make test-long runs them in full)"


@pytest.fixture(scope="session")
def full_scale(request: pytest.FixtureRequest) -> bool:
    """True under `make test-long`; otherwise long checks run reduced and print their scale."""
    return bool(request.config.getoption("--full-scale"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of files written by others, named by PENDOPO_REAL_DATA."""
    folder = Path(os.environ["PENDOPO_REAL_DATA"])
    assert folder.is_dir(), f"{folder} tidak ada"
    return folder


@pytest.fixture(scope="session", autouse=True)
def _a_worker_has_one_core(full_scale: bool) -> Iterator[None]:
    """DuckDB starts a thread for each core in every worker, and a query waits for all of them: half the speed.

    A table of less than 122,880 rows is read by one thread anyway. Full scale keeps them all.
    """
    connect = duckdb.connect

    def connect_with_one(*arguments: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        return connect(*arguments, **named | {"config": {"threads": 1} | named.get("config", {})})

    with pytest.MonkeyPatch.context() as patch:
        if "PYTEST_XDIST_WORKER" in os.environ and not full_scale:
            patch.setattr(duckdb, "connect", connect_with_one)
        yield


@pytest.fixture(autouse=True)
def _own_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PENDOPO_ setting of the developer's shell may change a result."""
    for variable in list(os.environ):
        if variable.startswith("PENDOPO_") and variable != "PENDOPO_REAL_DATA":
            monkeypatch.delenv(variable)
