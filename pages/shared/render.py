"""Draws a page's content on screen: the same value that a download and a paper are made of.

Refuses to compute: what it writes, it reads from the content.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from gettext import gettext as _

import streamlit as st

from pages.shared.export import offer_content
from pages.shared.figures import show_figures
from pages.shared.heading import link_definition, section
from pages.shared.marks import badge, plain, sample_mark, source_clock_mark
from pages.shared.pictures import show_picture
from pages.shared.tables import show_rows
from reports.clock_words import clocks_by_source
from reports.content import Block, Chart, Figures, Missing, PageContent, Section, Table, Words
from reports.desk import Desk
from reports.unread import words_help

__all__ = ["show_content", "show_message", "show_section", "show_sections"]

log = logging.getLogger("pendopo.pages")


def show_content(desk: Desk, content: PageContent) -> None:
    """Message, sections, and the buttons that take them away."""
    show_message(content)
    show_sections(desk, content.sections)
    offer_content(desk, content)


def show_message(content: PageContent) -> None:
    """What a leader can repeat, with the period and the cut it holds for."""
    st.markdown(f"#### {plain(content.message)}")
    words = content.cut_words
    if words:
        st.caption(plain(words))


def show_sections(desk: Desk, sections: Iterable[Section]) -> None:
    for one in sections:
        show_section(desk, one)


def show_section(desk: Desk, one: Section) -> None:
    """One part with its clocks; an error in it leaves the others standing."""
    with section(one.title, one.note):
        if one.is_failed:
            st.error("\n".join(block.text for block in one.blocks if isinstance(block, Words)))
            return
        for place, block in enumerate(one.blocks):
            _show_block(desk, block, f"{one.title}/{place}")
        _show_marks(desk, one)


def _show_block(desk: Desk, block: Block, key: str) -> None:
    match block:
        case Figures():
            show_figures(desk, block.figures, block.columns, with_links=block.with_links)
        case Table():
            show_rows(desk, block, f"tabel-{key}")
        case Chart():
            show_picture(desk, block, f"grafik-{block.name}-{key}")
        case Words():
            unread = words_help(block.text)
            told = st.caption if block.is_note else st.markdown
            told(plain(block.text), help=None if unread is None else plain(unread))
        case Missing():
            st.markdown(missing_words(block))


def missing_words(missing: Missing) -> str:
    """`◌ data belum disampaikan  Panggilan 112 · pemilik BPBD`."""
    words = " · ".join(
        part
        for part in (
            missing.title,
            _("pemilik {owners}").format(owners=", ".join(missing.owners)) if missing.owners else "",
            missing.reason,
        )
        if part
    )
    return f"{badge(_('◌ data belum disampaikan'), 'violet')}  {plain(words)}"


def _show_marks(desk: Desk, one: Section) -> None:
    """The clock of each source, the sample mark, and the way to the definition."""
    sources = clocks_by_source(one.clocks)
    marks = [source_clock_mark(source, with_title=len(sources) > 1) for source in sources]
    if one.is_sample:
        marks.append(sample_mark(True))
    if marks:
        st.markdown("  ".join(dict.fromkeys(marks)))
    if one.definition_id:
        link_definition(one.definition_id, _("Definisi dan baris sumber"))
