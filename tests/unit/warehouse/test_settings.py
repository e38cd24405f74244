"""The region is configuration: every wrong key is named with the nearest right one, and any region can be set."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from charts.wall import SCENES
from warehouse.screen_settings import SceneName
from warehouse.settings import PROJECT_DIR, SettingsError, load_settings

SHIPPED = (PROJECT_DIR / "pendopo.toml").read_text("utf-8")


@pytest.fixture
def configured(tmp_path, monkeypatch):
    def write(text: str) -> Path:
        path = tmp_path / "pendopo.toml"
        path.write_text(text, "utf-8")
        monkeypatch.setenv("PENDOPO_CONFIG", str(path))
        return path

    return write


def test_the_shipped_file_is_kabupaten_mojokerto():
    settings = load_settings()
    assert (settings.region.region_code, settings.region.region_name) == ("35.16", "Kabupaten Mojokerto")
    assert settings.region.zone.key == "Asia/Jakarta"
    assert settings.state_dir.name == "kabupaten_mojokerto"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("keep_releases = 10", "keep_release = 10", "kunci keep_release tidak dikenal; maksudnya 'keep_releases'?"),
        ("distance_m = 4.0", "distance = 4.0", "kunci screens.utama.distance tidak dikenal; maksudnya 'distance_m'?"),
        ('region_code = "35.16"', "region_code = 35.16", "profiles.kabupaten_mojokerto.region_code"),
        ('region_code = "35.16"', 'region_code = "3516"', "profiles.kabupaten_mojokerto.region_code"),
        ('profile = "kabupaten_mojokerto"', 'profile = "kab_mojokerto"', "pilih kabupaten_mojokerto, kota_mojokerto"),
        ('timezone_label = "WIB"', 'timezone_label = "GMT"', "timezone_label"),
        ('timezone = "Asia/Jakarta"', 'timezone = "Asia/Jakata"', "maksudnya 'Asia/Jakarta'?"),
        (
            'scenes = ["ringkasan", "spbe", "smart_environment", "smart_living", "masterplan"]',
            'scenes = ["ringkasn"]',
            "pilih 'ringkasan', 'spbe', 'smart_environment', 'smart_living', 'masterplan' atau 'peringatan'",
        ),
        ("keep_releases = 10", "keep_releases = ", "bukan TOML yang sah"),
    ],
)
def test_a_wrong_key_is_refused_by_name(configured, old, new, said):
    assert old in SHIPPED
    configured(SHIPPED.replace(old, new, 1))
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert said in str(refusal.value)


def test_a_screen_may_name_every_scene_there_is():
    assert get_args(SceneName) == SCENES


def test_a_missing_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PENDOPO_CONFIG", str(tmp_path / "tidak_ada.toml"))
    with pytest.raises(SettingsError, match=r"tidak_ada\.toml tidak ditemukan"):
        load_settings()


def test_the_environment_overrides_the_file(monkeypatch):
    monkeypatch.setenv("PENDOPO_PROFILE", "kota_mojokerto")
    monkeypatch.setenv("PENDOPO_PROFILES__KOTA_MOJOKERTO__TIMEZONE_LABEL", "WITA")
    settings = load_settings()
    assert (settings.region.region_code, settings.region.timezone_label) == ("35.76", "WITA")


def test_an_unknown_variable_is_refused_with_the_nearest(monkeypatch):
    monkeypatch.setenv("PENDOPO_PROFIL", "kota_mojokerto")
    with pytest.raises(SettingsError, match="maksudnya 'PENDOPO_PROFILE'"):
        load_settings()


def test_any_region_is_a_profile_away(configured):
    configured(
        SHIPPED.replace('profile = "kabupaten_mojokerto"', 'profile = "kota_ambon"')
        + "\n"
        + "[profiles.kota_ambon]\n"
        + 'region_code = "81.71"\nregion_name = "Kota Ambon"\nprovince_name = "Maluku"\n'
        + 'timezone = "Asia/Jayapura"\ntimezone_label = "WIT"\n'
    )
    assert load_settings().region.timezone_label == "WIT"
