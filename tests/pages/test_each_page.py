"""Every page runs alone, and every page is in the navigation."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted(file for file in (PROJECT / "pages").glob("*.py") if file.stem != "__init__")


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.stem)
def test_page_runs_alone(page: Path, release: Path) -> None:
    shown = AppTest.from_file(str(page), default_timeout=60).run()
    assert [error.value for error in shown.exception] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.stem)
def test_page_script_is_a_table_of_contents(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.stem)
def test_page_reads_through_the_one_door(page: Path) -> None:
    """The door also sends a visitor back to app.py whom Streamlit's own routing led past it."""
    imported = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(page.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    doors = {"pages.shared.data", "pages.shared.heading.open_desk"}
    assert imported & doors, "open_desk asks pages.shared.data before anything else"


def test_navigation_lists_every_page_file() -> None:
    tree = ast.parse((PROJECT / "app.py").read_text("utf-8"))
    routed = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".py")
    }
    assert {file.name for file in PAGES} == routed


def test_only_app_sets_page_config_and_no_page_names_an_icon() -> None:
    """Streamlit fetches icons by name from the internet for the browser tab."""
    for file in (PROJECT / "pages").rglob("*.py"):
        assert "set_page_config" not in file.read_text("utf-8"), file
    assert ":material/" not in (PROJECT / "app.py").read_text("utf-8")
