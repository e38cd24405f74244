"""Reads a page as a person would: every text on it, in order, without Markdown's own signs; or its content alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.shared import data
from pages.shared.wall_pictures import Place
from reports.cells import Manner, row_words, total_words
from reports.clock_words import clocks_by_source, source_clock_words
from reports.content import Block, Chart, Figures, Missing, PageContent, Section, Table, Words
from reports.desk import Desk
from reports.figure_words import context_words, limit_words, value_words
from reports.registry import PAGE_NAMES, find_page
from warehouse.filters import read_filters

PAGES_DIR = Path(__file__).resolve().parents[2] / "pages"
WORK_PAGES = PAGE_NAMES


def read_content(desk: Desk, page: str, **query: str) -> str:
    """All that a page says, without a screen: the same value is drawn, downloaded and printed."""
    return content_words(desk, find_page(page).build(desk, read_filters(query)))


def content_words(desk: Desk, content: PageContent) -> str:
    assert [one.title for one in content.sections if one.is_failed] == []
    lines = [content.message, content.cut_words]
    for section in content.sections:
        lines += [section.title, section.note]
        lines += [line for block in section.blocks for line in _block_lines(desk, block)]
        lines += _mark_lines(section)
    return "\n".join(lines)


def _block_lines(desk: Desk, block: Block) -> Iterator[str]:
    manner = Manner(desk.locale, desk.region.timezone_label)
    match block:
        case Figures():
            for one in block.figures:
                yield f"{one.title} {value_words(one, desk.locale)}"
                yield from (context_words(one, desk.locale), limit_words(one, desk.rules, desk.locale), one.reason)
                owes = one.value is None and one.clock.opd_code
                yield f"Pemilik data: {one.clock.opd_code}" if owes else ""
        case Table():
            yield " | ".join(column.title for column in block.columns)
            yield from (" | ".join(row_words(row, block, manner)) for row in block.rows)
            yield " | ".join(total_words(block, manner))
            yield block.note
        case Missing():
            yield f"data belum disampaikan: {block.title}, pemilik {', '.join(block.owners)}. {block.reason}"
        case Chart():
            yield block.words
        case Words():
            yield block.text


def _mark_lines(section: Section) -> list[str]:
    return [source_clock_words(source) for source in clocks_by_source(section.clocks)]


def open_page(page: str, **query: str) -> AppTest:
    shown = AppTest.from_file(str(PAGES_DIR / f"{page}.py"), default_timeout=120)
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


def place_of(screen_id: str) -> Place:
    """A screen of the settings in its own theme."""
    screen = data.settings().screens[screen_id]
    return Place(screen_id, screen, screen.theme)
