"""Guards on Streamlit itself: hidden options and internals this project relies on."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit import config

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / ".streamlit" / "config.toml"
WRITTEN = {
    f"{section}.{name}": value
    for section, options in tomllib.loads(FILE.read_text("utf-8")).items()
    for name, value in options.items()
    if not isinstance(value, dict)
}


@pytest.mark.parametrize("key", sorted(WRITTEN))
def test_option_exists_in_the_installed_streamlit(key: str) -> None:
    assert key in config._config_options_template


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("runner.postScriptGC", False),
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
        ("client.toolbarMode", "minimal"),
        ("server.fileWatcherType", "none"),
        ("server.address", "127.0.0.1"),
        ("server.maxUploadSize", 50),
        ("server.enableStaticServing", False),
    ],
)
def test_option_is_set(key: str, value: object) -> None:
    assert WRITTEN[key] == value


def test_no_font_or_theme_from_the_internet() -> None:
    assert "http" not in FILE.read_text("utf-8")


def test_streamlit_runs_no_page_by_itself() -> None:
    """The script st.App starts has no `pages` folder beside it, or Streamlit would route past it."""
    assert not (PROJECT / "pages" / "shared" / "pages").exists()
    assert 'st.App(\n    "pages/shared/navigation.py"' in (PROJECT / "app.py").read_text("utf-8")
