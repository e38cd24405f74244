"""Shared by all tests: the scale of long checks and the folder of real files."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

# A plain `pip install -r requirements.txt` has no playwright; `make test` installs it.
collect_ignore = [] if importlib.util.find_spec("playwright") else ["browser"]


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


@pytest.fixture(autouse=True)
def _own_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PENDOPO_ setting of the developer's shell may change a result."""
    for variable in list(os.environ):
        if variable.startswith("PENDOPO_") and variable != "PENDOPO_REAL_DATA":
            monkeypatch.delenv(variable)
