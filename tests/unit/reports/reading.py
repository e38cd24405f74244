"""Reads a paper back as a reader would."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader


def open_pdf(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in open_pdf(pdf).pages]


def together(text: str) -> str:
    """Without spaces and line ends: where a cell was broken is layout, not content."""
    return re.sub(r"\s", "", text)


def said(pdf: bytes) -> str:
    return together("".join(page_texts(pdf)))
