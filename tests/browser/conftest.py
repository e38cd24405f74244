"""Real processes for the browser tests: a built data folder, a Streamlit server, Debian's Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.driver import FLAGS, PATIENCE_S, PROJECT, Server, chromium_path
from tests.conftest import built_once, copied

# The release is built as of yesterday morning, so that later sample deliveries are still to come.
BUILD = """
from datetime import datetime, time, timedelta
from pipelines.building.build import run
from pipelines.sample import SampleScale, write_sample
from warehouse.settings import load_settings
settings = load_settings()
yesterday = datetime.now(settings.region.zone).date() - timedelta(days=1)
write_sample(settings, yesterday, SampleScale(days=70, months=2))
run(settings, datetime.combine(yesterday, time(6, 30)))
"""


expect.set_options(timeout=PATIENCE_S * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def built_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder holding one release built from the sample, as on a first start."""

    def build(folder: Path) -> None:
        environment = os.environ | {"PENDOPO_DATA_DIR": str(folder)}
        subprocess.run([sys.executable, "-c", BUILD], cwd=PROJECT, env=environment, check=True)

    folder = tmp_path_factory.mktemp("data")  # a copy: the server of a worker publishes into it
    return copied(built_once(tmp_path_factory, "peramban", build), folder)


@pytest.fixture(scope="session")
def server(built_data_dir: Path) -> Iterator[Server]:
    running = Server(built_data_dir)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def fresh_server(built_data_dir: Path) -> Iterator[Server]:
    """A server of its own that nobody has visited, over the shared data."""
    running = Server(built_data_dir)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def stopped_server(built_data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """As `own_server`, to be started when its environment is set."""
    copied(built_data_dir, tmp_path / "data")
    running = Server(tmp_path / "data")
    yield running
    running.kill()


@pytest.fixture
def own_server(stopped_server: Server) -> Server:
    """A server over its own copy of the data, free to be damaged."""
    stopped_server.start()
    return stopped_server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed when a worker goes on with other tests: while it is open, nothing else can run an event loop there."""
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*FLAGS, "--force-prefers-reduced-motion"]
        )  # else skeletons shimmer, frame by frame
        instance.on("context", lambda context: context.set_default_timeout(PATIENCE_S * 1000))
        yield instance
        instance.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window; an uncaught JavaScript error fails the test."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []
