"""Cells of an XLSX sheet in which some words are struck through, though the style of the cell strikes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRIKE = re.compile(rb'<(?:\w+:)?strike\b(?![^>]*\bval="(?:0|false)")')
_STRING = re.compile(rb"<(?:\w+:)?si\b(?:[^>]*/>|.*?</(?:\w+:)?si>)", re.DOTALL)
_SHARED = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"[^>]*\bt="s"[^>]*>\s*<v>(\d{1,9})</v>')
_INLINE = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"[^>]*\bt="inlineStr"[^>]*>(.*?)</c>', re.DOTALL)


def struck_strings(xml: bytes) -> frozenset[int]:
    """Of xl/sharedStrings.xml, the numbers of those with such words."""
    if not _STRIKE.search(xml):
        return frozenset()
    return frozenset(number for number, found in enumerate(_STRING.finditer(xml)) if _STRIKE.search(found[0]))


def cells_struck(xml: bytes, strings: frozenset[int]) -> Iterator[bytes]:
    """The tags of such cells of a sheet that is tidy."""
    if strings:
        yield from (found[0] for found in _SHARED.finditer(xml) if int(found[1]) in strings)
    if _STRIKE.search(xml):
        yield from (found[0][: found[0].index(b">")] for found in _INLINE.finditer(xml) if _STRIKE.search(found[1]))
