"""Patterns of personal data in text, and how they are covered before anybody sees the text again."""

from __future__ import annotations

import re

COVER = "[disamarkan]"
PATTERNS = (
    re.compile(r"[\w.%+-]+@[\w.-]+"),  # e-mail
    re.compile(r"(\+?62|\b0)[ .-]?8[0-9 .-]{7,14}"),  # Indonesian mobile number
    re.compile(r"\b\d{16}\b"),  # NIK
)


def cover(text: str) -> str:
    """The text with everything that looks personal covered."""
    for pattern in PATTERNS:
        text = pattern.sub(COVER, text)
    return text
