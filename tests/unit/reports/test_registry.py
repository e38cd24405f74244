"""Every work page can be shown, downloaded and printed: one module each, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.registry import PAGE_NAMES, UnknownPageError, find_page

ROOT = Path(__file__).resolve().parents[3]


def test_every_work_page_has_its_content() -> None:
    scripts = {file.stem for file in (ROOT / "pages").glob("[!_]*.py")} - {"dinding", "kelola", "masuk", "setor_data"}
    modules = {file.stem for file in (ROOT / "reports" / "pages").glob("[!_]*.py")}
    assert scripts == modules == set(PAGE_NAMES)


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_a_page_says_its_title_facets_and_content(name: str) -> None:
    page = find_page(name)
    assert page.TITLE
    assert callable(page.facets)
    assert callable(page.build)


@pytest.mark.parametrize(("name", "near"), [("masterplam", "'masterplan'"), ("smartliving", "'smart_living'")])
def test_a_wrong_page_says_what_is_near(name: str, near: str) -> None:
    with pytest.raises(UnknownPageError, match=f"maksudnya {near}"):
        find_page(name)
