"""A small but whole region: ten weeks of DATA CONTOH, built for real."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from pipelines.sample import SampleScale, write_sample
from warehouse.settings import Settings, load_settings

AS_OF = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 16, 8)
SCALE = SampleScale(days=70, calls_per_day=30)


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
