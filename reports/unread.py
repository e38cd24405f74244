"""The mark of a value whose source nobody has read, explained once in each part of a page that shows one."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from reports.content import Block, Chart, Figures, Section, Table, Words
from reports.desk import Desk
from reports.figure_words import limit_words
from warehouse.catalogue import BY_ID
from warehouse.figures import Figure
from warehouse.rules.packs import UNREAD_MARK

UNREAD_LEGEND = _("{mark} belum diverifikasi: sumber batas ini belum dibaca langsung.").format(mark=UNREAD_MARK)


def unread_help(desk: Desk, figure: Figure) -> str | None:
    """What stands behind the mark of a figure: which value, whence, and how a region replaces it; None without one."""
    if UNREAD_MARK not in limit_words(figure, desk.rules, desk.locale):
        return None
    indicator = BY_ID.get(figure.indicator_id)
    limit = desk.rules.limit_on(indicator.target_key, figure.day) if indicator and indicator.target_key else None
    if indicator is None or limit is None:
        return UNREAD_LEGEND
    words = _("{legend} {article}; asalnya: {source}. Daerah dapat menggantinya di pendopo.toml, [thresholds], {key}.")
    return words.format(legend=UNREAD_LEGEND, article=limit.article, source=limit.source, key=indicator.target_key)


def words_help(text: str) -> str | None:
    """What the mark in a sentence means; None without one."""
    return UNREAD_LEGEND if UNREAD_MARK in text and text != UNREAD_LEGEND else None


def with_legend(desk: Desk, section: Section) -> Section:
    """The section as it is, or with what its mark means right below the first block that shows one."""
    marked = [place for place, block in enumerate(section.blocks, 1) if _is_marked(desk, block)]
    told = any(isinstance(block, Words) and block.text == UNREAD_LEGEND for block in section.blocks)
    if not marked or told:
        return section
    is_sentence = isinstance(section.blocks[marked[0] - 1], Words)  # one of several that are read together
    place = len(section.blocks) if is_sentence else marked[0]
    legend = Words(UNREAD_LEGEND, is_note=True)
    return replace(section, blocks=(*section.blocks[:place], legend, *section.blocks[place:]))


def _is_marked(desk: Desk, block: Block) -> bool:
    match block:
        case Figures():
            return any(UNREAD_MARK in limit_words(figure, desk.rules, desk.locale) for figure in block.figures)
        case Table():
            return any(isinstance(cell, str) and UNREAD_MARK in cell for row in block.rows for cell in row)
        case Words():
            return UNREAD_MARK in block.text
        case Chart():
            return UNREAD_MARK in repr(block.arguments)
    return False
