"""Every page runs alone, and every page is in the navigation."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.reading import WORK_PAGES

PROJECT = Path(__file__).resolve().parents[2]
NAVIGATION = PROJECT / "pages" / "shared" / "navigation.py"
PAGE_LIST = NAVIGATION.with_name("page_list.py")
PAGES = sorted(file for file in (PROJECT / "pages").glob("*.py") if file.stem != "__init__")


@pytest.mark.parametrize("page", [file for file in PAGES if file.stem not in WORK_PAGES], ids=lambda file: file.stem)
def test_page_runs_alone(page: Path, release: Path) -> None:
    """The work pages run so in `test_work_pages.py`."""
    shown = AppTest.from_file(str(page), default_timeout=120).run()
    assert [error.value for error in shown.exception] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.stem)
def test_page_script_is_a_table_of_contents(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.stem)
def test_page_reads_through_the_one_door(page: Path) -> None:
    imported = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(page.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    doors = {
        "pages.shared.data",
        "pages.shared.access",
        "pages.shared.heading.open_desk",
        "pages.shared.heading.open_page",
    }
    assert imported & doors, "the others ask pages.shared.data before anything else"


def test_navigation_lists_every_page_file() -> None:
    tree = ast.parse(PAGE_LIST.read_text("utf-8"))
    routed = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".py")
    }
    assert {file.name for file in PAGES} == routed


def test_only_navigation_sets_page_config_and_no_page_names_an_icon() -> None:
    """Streamlit fetches icons by name from the internet for the browser tab."""
    for file in (PROJECT / "pages").rglob("*.py"):
        assert file == NAVIGATION or "set_page_config" not in file.read_text("utf-8"), file
    assert ":material/" not in PAGE_LIST.read_text("utf-8")
