"""One planted release for all tests of access, and what the page tests keep between their runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.planted import build_planted
from tests.access.seats import Office, opened_office
from tests.conftest import built_once
from tests.pages.conftest import _same_work_is_done_once  # noqa: F401 - drawn charts are kept between runs


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose release holds marked rows of two agencies."""
    return built_once(tmp_path_factory, "bertanda", build_planted)


@pytest.fixture(scope="module")
def office(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened_office(planted, tmp_path_factory.mktemp("kantor")) as opened:
        yield opened
