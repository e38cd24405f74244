"""Marks as Markdown: the clock of a figure, DATA CONTOH; colour only where someone must act.

Refuses to pass delivered text through as markup: `plain` takes the meaning out of every sign Markdown knows.
"""

from __future__ import annotations

import re
from gettext import gettext as _

from reports.clock_words import (
    SourceClock,
    clock_words,
    source_clock_words,
)
from warehouse.figures import ClockReading, ClockState

MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>$~#|:!^=])")
BULLET_START = re.compile(r"^(\s*)([-+])")
BARE_ADDRESS = re.compile(r"(https?\\?:(?=/)|www(?=\.)|@(?=[^\s@]*\.\w))", re.IGNORECASE)
WORD_JOINER = "\u2060"  # unseen; an escape does not keep Markdown from making a link of a bare address
NUMBER_START = re.compile(r"^(\s*\d+)([.)])[ \t]")
NO_BREAK = "\u00a0"  # no list begins before it


def plain(text: str) -> str:
    """Text as it stands, with nothing for Markdown to act on."""
    signs = MARKDOWN_SIGNS.sub(r"\\\1", text.replace("\n", " "))
    signs = BARE_ADDRESS.sub(rf"\1{WORD_JOINER}", signs)
    return NUMBER_START.sub(r"\1\\\2 ", BULLET_START.sub(r"\1\\\2", signs))


def field_name(text: str) -> str:
    """Text as the label of a field, which is also its name: a backslash before "20." would be read aloud."""
    return plain(NUMBER_START.sub(rf"\1\2{NO_BREAK}", text))


def clock_mark(clock: ClockReading) -> str:
    """The clock as a badge in Markdown: violet only when someone owes a delivery."""
    return badge(clock_words(clock), "violet" if clock.state is ClockState.OVERDUE else "gray")


def source_clock_mark(source: SourceClock, with_title: bool = False) -> str:
    """All senders of a source as one badge."""
    words = source_clock_words(source)
    return badge(f"{source.title}: {words}" if with_title else words, "violet" if source.late else "gray")


def sample_mark(is_sample: bool) -> str:
    return badge(_("DATA CONTOH"), "gray") if is_sample else ""


def badge(words: str, colour: str) -> str:
    return f":{colour}-badge[{plain(words)}]"
