"""What the navigation refuses and prepares before any page runs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from pipelines.building.first_run import BuildBusy
from pipelines.sample import SampleScale, write_sample
from warehouse.releases import current_release
from warehouse.settings import load_settings

SMALL = SampleScale(days=20, months=1, sources=("bpbd_panggilan_112", "bpbd_kejadian_112"))
APP = str(Path(__file__).resolve().parents[2] / "pages" / "shared" / "navigation.py")


@pytest.fixture
def served_address(request: pytest.FixtureRequest) -> Iterator[str]:
    before = config.get_option("server.address")
    config.set_option("server.address", request.param)
    yield request.param
    config.set_option("server.address", before)


@pytest.mark.parametrize("served_address", ["0.0.0.0", "192.168.1.10", ""], indirect=True)
def test_network_address_is_refused_with_the_remedy(served_address: str, release: Path) -> None:
    shown = AppTest.from_file(APP, default_timeout=120).run()
    assert len(shown.error) == 1
    assert "--server.address 127.0.0.1" in shown.error[0].value
    assert (served_address or "0.0.0.0") in shown.error[0].value


@pytest.mark.parametrize("served_address", ["127.0.0.1"], indirect=True)
def test_wrong_setting_is_explained(
    served_address: str, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "pendopo.toml"
    wrong.write_text('profil = "kota"\n', "utf-8")
    monkeypatch.setenv("PENDOPO_CONFIG", str(wrong))
    st.cache_resource.clear()
    shown = AppTest.from_file(APP, default_timeout=120).run()
    assert "kunci profil tidak dikenal; maksudnya 'profile" in shown.error[0].value


@pytest.mark.parametrize("served_address", ["127.0.0.1"], indirect=True)
def test_app_opens_at_the_overview(served_address: str, release: Path) -> None:
    shown = AppTest.from_file(APP, default_timeout=120).run()
    assert not shown.error
    assert not shown.exception


@pytest.mark.parametrize("served_address", ["127.0.0.1"], indirect=True)
def test_a_build_already_running_is_said(
    served_address: str, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*arguments: object) -> None:
        raise BuildBusy("Rilis sedang dibangun oleh proses lain. Tunggu sampai selesai.")

    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("pipelines.building.first_run.write_sample", lambda *arguments: None)
    monkeypatch.setattr("pipelines.building.first_run.run", busy)
    st.cache_resource.clear()
    shown = AppTest.from_file(APP, default_timeout=120).run()
    assert not shown.exception
    assert "sedang dibangun" in shown.info[0].value


@pytest.mark.slow
@pytest.mark.parametrize("served_address", ["127.0.0.1"], indirect=True)
def test_first_start_builds_the_sample(
    served_address: str, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("pipelines.building.first_run.write_sample", partial(write_sample, scale=SMALL))
    st.cache_resource.clear()
    shown = AppTest.from_file(APP, default_timeout=120).run()
    assert not shown.exception
    assert current_release(load_settings().state_dir) is not None
