"""One small release for all page tests, built from a short sample, and clean caches for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from journal.migrating import open_journal
from journal.store import Journal, journal_url
from pages.shared import data, wall_pictures
from pages.shared.opened_journal import _journal
from pipelines.building.build import run
from pipelines.sample import SampleScale, write_sample
from reports.desk import Desk
from reports.opening import opened_desk
from tests.conftest import built_once, copied
from warehouse.queries import indicator_rows
from warehouse.scope import Scope, machine_scope
from warehouse.settings import Settings, load_settings

NOW = datetime(2026, 11, 21, 16, 8)
READER = machine_scope("")
TEN_WEEKS, THREE_WEEKS = SampleScale(days=70, months=2), SampleScale(days=20, months=1)
NO_CALLS = ("bpbd_kejadian_112", "bappeda_program", "bappeda_target_program", "opd_progres_program")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Plain `pytest` builds the one release that most pages are read from."""
    for item in items:
        if {"kota_data_dir", "no_calls_data_dir"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


def build_release(
    folder: Path, profile: str = "kabupaten_mojokerto", scale: SampleScale = TEN_WEEKS, few: int | None = None
) -> Path:
    """A data folder with one release as of NOW; `few`: of each source this many files, the last."""
    settings = load_settings(data_dir=folder, profile=profile)
    write_sample(settings, NOW.date(), scale)
    if few:
        sources = [source for source in (settings.state_dir / "contoh").iterdir() if source.is_dir()]
        keep_files(settings.state_dir / "contoh", {path for one in sources for path in sorted(one.iterdir())[-few:]})
    run(settings, NOW)
    return folder


def keep_files(sample: Path, kept: set[Path]) -> None:
    """Of a written sample these files alone, with their receipts: fewer files build faster."""
    for path in {*sample.glob("*/*")} - kept:
        path.unlink()
    receipts = sample / "penerimaan.csv"
    header, *lines = receipts.read_text("utf-8").splitlines()
    names = {f"{path.parent.name},{path.name}" for path in kept}
    lines = [line for line in lines if line.rsplit(",", 1)[0] in names]
    receipts.write_text("\n".join([header, *lines, ""]), "utf-8")


@pytest.fixture(scope="session")
def built_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_once(tmp_path_factory, "kabupaten", build_release)


@pytest.fixture(scope="session")
def kota_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the other profile: a city that SIPSN does not list."""
    build = partial(build_release, profile="kota_mojokerto", scale=THREE_WEEKS, few=4)
    return built_once(tmp_path_factory, "kota", build)


@pytest.fixture(scope="session")
def no_calls_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release to which the call centre never delivered: of the sample it holds the incidents and programmes alone."""
    scale = replace(THREE_WEEKS, sources=NO_CALLS)
    return built_once(tmp_path_factory, "tanpa_panggilan", partial(build_release, scale=scale, few=10))


@pytest.fixture(scope="session", autouse=True)
def _same_work_is_done_once() -> Iterator[None]:
    """Every AppTest searches all installed packages for components, and with empty caches draws its charts anew."""
    drawn: dict[tuple[str, str], dict[str, Any]] = {}
    draw = data.chart_spec

    def draw_once(name: str, written: str, build: Callable[..., Any], arguments: tuple[Any, ...]) -> dict[str, Any]:
        if (name, written) not in drawn:
            drawn[name, written] = draw(name, written, build, arguments)
        return deepcopy(drawn[name, written])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wall_pictures, "PATIENCE_SECONDS", 120.0)  # on a busy machine a picture may take long
        patch.setattr(data, "chart_spec", draw_once)
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@contextmanager
def desk_on(
    folder: Path, profile: str = "kabupaten_mojokerto", instant: datetime = NOW, scope: Scope = READER
) -> Iterator[Desk]:
    """What a page is built on, without a screen."""
    with opened_desk(load_settings(data_dir=folder, profile=profile), instant, "", scope) as desk:
        yield desk


def remembering(desk: Desk) -> Desk:
    """Asks each question once: pages ask many of them again."""
    answers: dict[str, Any] = {}

    def ask(query: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        if query is indicator_rows:  # its indicator is told apart by its functions
            return desk.ask(query, *arguments, **named)
        key = repr((query.__qualname__, arguments, named))
        if key not in answers:
            answers[key] = desk.ask(query, *arguments, **named)
        return answers[key]

    return replace(desk, ask=ask)


@pytest.fixture(scope="session")
def kabupaten(built_data_dir: Path) -> Iterator[Desk]:
    with desk_on(built_data_dir) as desk:
        yield remembering(desk)


@pytest.fixture(scope="session")
def kota(kota_data_dir: Path) -> Iterator[Desk]:
    with desk_on(kota_data_dir, "kota_mojokerto") as desk:
        yield remembering(desk)


@pytest.fixture(scope="session")
def without_calls(no_calls_data_dir: Path) -> Iterator[Desk]:
    with desk_on(no_calls_data_dir) as desk:
        yield remembering(desk)


@pytest.fixture
def release(built_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of a built release, which the pages read at NOW."""
    yield from serve(built_data_dir, monkeypatch)


@pytest.fixture
def kota_release(kota_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PENDOPO_PROFILE", "kota_mojokerto")
    yield from serve(kota_data_dir, monkeypatch)


@pytest.fixture
def no_calls_release(no_calls_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield from serve(no_calls_data_dir, monkeypatch)


@pytest.fixture
def office(built_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A copy of the built data folder, served: what a test may write into."""
    copied(built_data_dir, tmp_path / "data")
    for _folder in serve(tmp_path / "data", monkeypatch):
        yield load_settings()


@pytest.fixture
def journal(office: Settings) -> Iterator[Journal]:
    opened = open_journal(journal_url("", office.state_dir))
    yield opened
    opened.close()


_served: list[Path] = []  # the folder whose answers are still remembered


def serve(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Point the pages at a data folder and a fixed minute. What they read of this release is remembered from test to
    test, as a server remembers it; settings, rules and pictures are not."""
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(folder))
    monkeypatch.setattr("pages.shared.data.local_now", lambda: NOW)
    if _served != [folder]:
        st.cache_resource.clear()
        st.cache_data.clear()
    _forget_but_for_answers()
    yield folder
    _served[:] = [Path(os.environ["PENDOPO_DATA_DIR"])]  # a test may have turned to another
    _forget_but_for_answers()


def _forget_but_for_answers() -> None:
    of_a_test = (
        data.settings,
        data.rules,
        wall_pictures._drawn_scene,
        wall_pictures._patience,
        wall_pictures._last_pictures,
        wall_pictures._told_failures,
        _journal,
    )
    for remembered in of_a_test:
        remembered.clear()
