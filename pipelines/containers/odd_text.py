"""Mends what programs do to a whole text: padding behind its end, line ends of several kinds, lines in quotation marks.

Changes no cell, and nothing that could be read in two ways.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

PADDING = b"\0\x1a"  # what fills a block behind the text, and the end of a text of DOS
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def without_padding(path: Path, work_dir: Path) -> tuple[Path, int]:
    """The file, or a copy that ends where its text does, and how many zero bytes stood behind it.

    UTF-16 is left alone: it has zero bytes of its own.
    """
    with path.open("rb") as stream:
        has_mark = stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        stream.seek(-1, io.SEEK_END)
        if has_mark or stream.read() not in (PADDING[:1], PADDING[1:]):
            return path, 0
    whole = path.read_bytes()
    text = whole.rstrip(PADDING)
    if not text or 0 in text:
        return path, 0
    copy = work_dir / "kiriman.tanpa-isian.txt"
    copy.write_bytes(text)
    return copy, whole[len(text) :].count(0)


def has_lone_returns(path: Path) -> bool:
    """Whether some lines end in CR alone."""
    returns = pairs = 0
    ended = False
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (ended and chunk.startswith(b"\n"))
            ended = chunk.endswith(b"\r")
    return returns > pairs


def with_line_feeds(text: str, delimiters: Sequence[str]) -> str:
    """Each CR that ends a line as LF; one within a cell, whose line is whole only with the next, as a blank."""
    if "\n" not in text:
        return text.replace("\r", "\n")
    lines = [line for line in LINE.findall(text) if line]
    sign = max(delimiters, key=text.count)
    signs = [line.count(sign) for line in lines] + [0]
    width = Counter(filter(None, signs)).most_common(1)[0][0] if any(signs) else 0
    returns = [place for place, line in enumerate(lines) if line.endswith("\r")]
    end_lines = any(signs[place] == width == signs[place + 1] for place in returns)
    first = signs.index(width)
    for place in returns:
        is_whole_with_next = signs[place] + signs[place + 1] == width and place >= first
        is_broken = is_whole_with_next and (not end_lines or max(signs[place : place + 2]) < width)
        lines[place] = lines[place][:-1] + (" " if is_broken else "\n")
    return "".join(lines)


def unwrapped(text: str, delimiters: Sequence[str]) -> str | None:
    """Lines that were each put into quotation marks whole, taken out of them; None where most are not."""
    lines = text.splitlines(keepends=True)
    filled = [line for line in lines if line.strip()]
    inner = {line: _inside(line.strip(), delimiters) for line in filled}
    wrapped = sum(inner[line] is not None for line in filled)
    if wrapped * 2 <= len(filled):
        return None
    return "".join(f"{told}\n" if (told := inner.get(line)) is not None else line for line in lines)


def _inside(line: str, delimiters: Sequence[str]) -> str | None:
    """What a line says that is one quoted cell with delimiters in it."""
    if len(line) < len('""') or line[0] != '"' or line[-1] != '"':
        return None
    try:
        cells = next(csv.reader([line], delimiter="\x1f", strict=True))
    except csv.Error:
        return None
    return cells[0] if any(sign in cells[0] for sign in delimiters) else None
