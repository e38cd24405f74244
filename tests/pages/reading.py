"""Reads a page as a person would: every text on it, in order, without Markdown's own signs."""

from __future__ import annotations

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

PAGES_DIR = Path(__file__).resolve().parents[2] / "pages"
WORK_PAGES = ("ringkasan", "spbe", "smart_environment", "smart_living", "indikator", "disiplin_data")


def open_page(page: str, **query: str) -> AppTest:
    shown = AppTest.from_file(str(PAGES_DIR / f"{page}.py"), default_timeout=60)
    for name, value in query.items():
        shown.query_params[name] = value
    return shown.run()


def read_page(page: str, **query: str) -> str:
    """All words of the page; a section that could not be drawn or an exception fails at once."""
    shown = open_page(page, **query)
    assert [error.value for error in shown.exception] == []
    assert [error.value for error in shown.error] == []
    return words_of(shown)


def words_of(shown: AppTest) -> str:
    parts = [element.value for kind in ("title", "subheader", "markdown", "caption", "info", "warning") for element in
             getattr(shown, kind)]  # fmt: skip
    parts += [f"{metric.label} {metric.value}" for metric in shown.metric]
    for table in (*shown.table, *shown.dataframe):
        parts += [" | ".join(map(str, table.value.columns))]
        parts += [" | ".join(map(str, row)) for row in table.value.itertuples(index=False)]
    return re.sub(r"\\(.)", r"\1", "\n".join(map(str, parts)))
