"""The mark of a value whose source nobody has read, explained once in each part of a page that shows one."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from reports.content import Block, Chart, Figures, Section, Table, Words
from reports.desk import Desk
from reports.figure_words import limit_words
from warehouse.rules.packs import UNREAD_MARK

UNREAD_LEGEND = _("{mark} belum diverifikasi: sumber batas ini belum dibaca langsung.").format(mark=UNREAD_MARK)


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
