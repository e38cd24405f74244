"""One small release for all page tests, built from a short sample, and clean caches for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import streamlit as st

from pipelines.build import run
from pipelines.sample import SampleScale, write_sample
from warehouse.settings import load_settings

NOW = datetime(2026, 11, 21, 16, 8)


@pytest.fixture(scope="session")
def built_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    settings = load_settings(data_dir=folder)
    write_sample(settings, NOW.date(), SampleScale(days=70))
    run(settings, NOW)
    return folder


@pytest.fixture
def release(built_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of a built release, which the pages read at NOW."""
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(built_data_dir))
    monkeypatch.setattr("pages.shared.data.local_now", lambda: NOW)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield built_data_dir
    st.cache_resource.clear()
    st.cache_data.clear()
