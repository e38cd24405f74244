"""Proposes the known word closest to a wrong one, as a hint to end a message with."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest_hint(word: str, known: Iterable[str]) -> str:
    """`; maksudnya 'data_dir'?`, or nothing when no known word is close."""
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; maksudnya {match[0]!r}?" if match else ""
