"""Colours of the three themes; status colours are for status marks and their words, nothing else may use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FONT_FAMILY = '"Source Sans", "Source Sans Pro", sans-serif'  # the browser's own first, the TTF for drawing next

Severity = Literal["kritis", "perlu tindakan", "data"]


@dataclass(frozen=True)
class Theme:
    """One set of colours. Text reaches 4.5:1 on both grounds, marks 3:1 (measured by a test)."""

    name: str
    background: str
    surface: str  # a tile
    text_strong: str
    text_normal: str
    text_quiet: str
    rule: str  # hairlines; decoration, not a mark
    track: str  # empty part of a bar
    band: str  # usual band
    data: str  # neutral data marks
    steps: tuple[str, str, str]  # neutral shades of a map, low to high
    step_text: str  # text on any of the shades
    kritis: str
    perlu_tindakan: str
    data_status: str  # overdue or missing data
    status_text: str  # text on a filled status area

    def status(self, severity: Severity) -> str:
        """Colour of a status mark."""
        return {"kritis": self.kritis, "perlu tindakan": self.perlu_tindakan, "data": self.data_status}[severity]


GELAP = Theme(
    name="gelap",
    background="#10161d",
    surface="#172029",
    text_strong="#e8eef3",
    text_normal="#a9b7c4",
    text_quiet="#7f909e",
    rule="#2a3743",
    track="#22303b",
    band="#223442",
    data="#7fa7b8",
    steps=("#1f3542", "#2a4a5a", "#3a6478"),
    step_text="#e8eef3",
    kritis="#e45b3f",
    perlu_tindakan="#ffc814",
    data_status="#a594d6",
    status_text="#10161d",
)

TERANG = Theme(
    name="terang",
    background="#edf0f3",
    surface="#ffffff",
    text_strong="#17212b",
    text_normal="#46545f",
    text_quiet="#586670",
    rule="#c9d2d9",
    track="#dfe5e9",
    band="#d3dde4",
    data="#6b8798",
    steps=("#dde6eb", "#c3d3dc", "#a9c0cd"),
    step_text="#17212b",
    kritis="#660f05",
    perlu_tindakan="#996100",
    data_status="#6a55a8",
    status_text="#ffffff",
)

KERTAS = Theme(
    name="kertas",
    background="#ffffff",
    surface="#ffffff",
    text_strong="#000000",
    text_normal="#2e3942",
    text_quiet="#56636d",
    rule="#c3ccd3",
    track="#dfe5e9",
    band="#d3dde4",
    data="#5f7c8d",
    steps=("#e3eaee", "#c9d7df", "#aec4d0"),
    step_text="#000000",
    kritis="#710b00",
    perlu_tindakan="#9b6508",
    data_status="#6a55a8",
    status_text="#ffffff",
)

THEMES = {theme.name: theme for theme in (GELAP, TERANG, KERTAS)}


def find_theme(name: str) -> Theme:
    """The theme of that name. Raises ValueError naming the known ones."""
    if name not in THEMES:
        raise ValueError(f"tema {name!r} tidak dikenal; pilih salah satu: {', '.join(THEMES)}")
    return THEMES[name]
