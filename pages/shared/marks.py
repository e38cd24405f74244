"""Marks in words and shapes: the clock of a figure, DATA CONTOH, severities; colour only where someone must act.

Refuses to pass delivered text through as markup: `plain` takes the meaning out of every sign Markdown knows.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from gettext import gettext as _

from charts.formats import format_date, format_delay, format_time, no_data_text
from warehouse.figures import ActionItem, ClockReading, ClockState

CLOCK_SHAPES = {
    ClockState.FRESH: "●",
    ClockState.DUE: "◔",
    ClockState.OVERDUE: "◌",
    ClockState.UNKNOWN: "○",
    ClockState.NEVER: "—",
}
SEVERITY_SHAPES = {"kritis": "◆", "perlu tindakan": "▲", "data": "◌"}
SEVERITY_COLOURS = {"kritis": "red", "perlu tindakan": "orange", "data": "violet"}
STANDING_WORDS = {
    "dibaca": _("sudah dibaca"),
    "ingatan": _("belum diverifikasi"),
    "pilihan daerah": _("pilihan daerah"),
}
CADENCE_WORDS = {
    "hourly": _("tiap jam"),
    "daily": _("harian"),
    "monthly": _("bulanan"),
    "yearly": _("tahunan"),
}
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>$~#|:!^=])")
BULLET_START = re.compile(r"^(\s*)([-+])")
BARE_ADDRESS = re.compile(r"(https?\\?:(?=/)|www(?=\.)|@(?=[^\s@]*\.\w))", re.IGNORECASE)
WORD_JOINER = "\u2060"  # unseen; an escape does not keep Markdown from making a link of a bare address
NUMBER_START = re.compile(r"^(\s*\d+)([.)]\s)")


def plain(text: str) -> str:
    """Text as it stands, with nothing for Markdown to act on."""
    signs = MARKDOWN_SIGNS.sub(r"\\\1", text.replace("\n", " "))
    signs = BARE_ADDRESS.sub(rf"\1{WORD_JOINER}", signs)
    return NUMBER_START.sub(r"\1\\\2", BULLET_START.sub(r"\1\\\2", signs))


def clock_words(clock: ClockReading) -> str:
    """`● mutakhir`, `◌ terlambat 9 hari, DLH`, `○ tenggat tidak diketahui`."""
    state = _("tenggat tidak diketahui") if clock.state is ClockState.UNKNOWN else clock.state.value
    words = f"{CLOCK_SHAPES[clock.state]} {state}"
    if clock.state is ClockState.OVERDUE:
        words += f" {format_delay(clock.overdue_minutes)}"
    if clock.state in (ClockState.OVERDUE, ClockState.NEVER) and clock.opd_code:
        words += f", {clock.opd_code}"
    return words


def clock_mark(clock: ClockReading) -> str:
    """The clock as a badge in Markdown: violet only when someone owes a delivery."""
    return badge(clock_words(clock), "violet" if clock.state is ClockState.OVERDUE else "gray")


def sample_mark(is_sample: bool) -> str:
    return badge(_("DATA CONTOH"), "gray") if is_sample else ""


def severity_mark(action: ActionItem) -> str:
    words = f"{SEVERITY_SHAPES[action.severity]} {action.severity}"
    return badge(words, SEVERITY_COLOURS[action.severity])


def badge(words: str, colour: str) -> str:
    return f":{colour}-badge[{plain(words)}]"


def until_words(until: datetime | None, zone_label: str, locale: str) -> str:
    """Up to when: a day when it ends at midnight, else day and time."""
    if until is None:
        return no_data_text()
    if until.hour == 0 and until.minute == 0:
        return format_date(until.date() - timedelta(days=1), locale)
    return f"{format_date(until.date(), locale)} {format_time(until, zone_label)}"


def instant_words(instant: datetime | None, zone_label: str, locale: str) -> str:
    """`21 November 2026 16.08 WIB`."""
    if instant is None:
        return no_data_text()
    return f"{format_date(instant.date(), locale)} {format_time(instant, zone_label)}"
