"""A small but whole region: ten weeks of DATA CONTOH, built for real."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from pipelines.building.build import run
from pipelines.sample import SampleScale, write_sample
from tests.conftest import built_once
from warehouse.settings import Settings, load_settings

AS_OF = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 16, 8)
SCALE = SampleScale(days=70, calls_per_day=30, months=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Kabupaten Mojokerto with its sample written, nothing built."""
    settings = load_settings(data_dir=tmp_path)
    write_sample(settings, AS_OF, SCALE)
    return settings


@pytest.fixture
def bare_settings(tmp_path: Path) -> Settings:
    """Kabupaten Mojokerto without sample: builds in a second."""
    return load_settings(data_dir=tmp_path, contoh=False)


@pytest.fixture
def built_settings(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """As `settings`, with the release of NOW built: a copy of its own."""

    def build(folder: Path) -> None:
        settings = load_settings(data_dir=folder)
        write_sample(settings, AS_OF, SCALE)
        report = run(settings, NOW)
        assert (report.is_new, report.problems) == (True, ())

    shutil.copytree(built_once(tmp_path_factory, "integration", build), tmp_path, dirs_exist_ok=True)
    return load_settings(data_dir=tmp_path)


@pytest.fixture
def built_112_settings(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """As `built_settings`, of the sample only the calls and incidents: builds in a third of the time."""

    def build(folder: Path) -> None:
        settings = load_settings(data_dir=folder)
        write_sample(settings, AS_OF, replace(SCALE, sources=("bpbd_panggilan_112", "bpbd_kejadian_112")))
        run(settings, NOW)

    shutil.copytree(built_once(tmp_path_factory, "integration_112", build), tmp_path, dirs_exist_ok=True)
    return load_settings(data_dir=tmp_path)


@pytest.fixture
def built_bare_settings(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """As `bare_settings`, with the release of NOW built: a copy of its own."""

    def build(folder: Path) -> None:
        run(load_settings(data_dir=folder, contoh=False), NOW)

    shutil.copytree(built_once(tmp_path_factory, "integration_bare", build), tmp_path, dirs_exist_ok=True)
    return load_settings(data_dir=tmp_path, contoh=False)
