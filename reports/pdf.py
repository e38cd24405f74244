"""A page's content on A4 landscape as PDF with selectable text; no browser, no clock.

The same content gives the same bytes on every machine: fonts come from packages, dates are left out.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import typst

from charts.lettering import FILES, FONT_DIR

TEMPLATE = Path(__file__).parent / "page.typ"


def draw_pdf(data: dict[str, Any]) -> bytes:
    """The pages of `paper_data` as one PDF."""
    drawn = open_compiler(data).compile(format="pdf")
    if not isinstance(drawn, bytes):
        raise TypeError("typst returned no single PDF")
    return drawn


def open_compiler(data: dict[str, Any]) -> typst.Compiler:
    """The template with its data, which it reads as JSON and writes as text."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return typst.Compiler(
        TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts()[0], ignore_system_fonts=True, sys_inputs={"isi": written}
    )


@cache
def _fonts() -> tuple[typst.Fonts, tempfile.TemporaryDirectory[str]]:
    """The files texts are measured with, in a folder of their own: their package holds each of them twice.

    Signs they lack come from the fonts inside the Typst package.
    """
    folder = tempfile.TemporaryDirectory(prefix="pendopo-huruf-")
    for name in sorted(FILES.values()):
        shutil.copyfile(FONT_DIR / name, Path(folder.name) / name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder.name]), folder
