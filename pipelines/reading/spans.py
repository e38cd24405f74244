"""Reads the period a report states in words: "Januari s.d Nopember 2022", "s.d 15 Juli 2022", "Februari 2022".

Refuses to guess: dots left open, a month that does not exist or a period without year is no span.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.reading.indonesian import parse_indonesian

_UNTIL = re.compile(r"\b(?:s\s*[./]?\s*d|sampai(?:\s+dengan)?|hingga)\b\.?|\s[-–—]\s", re.IGNORECASE)
_LEAD = re.compile(r"^\W*(?:periode|bulan|per|keadaan|untuk|tanggal|tahun)\b[\s:]*", re.IGNORECASE)
_SIDE = re.compile(r"^(?:(\d{1,2})\s+)?([A-Za-z]+)\.?(?:\s+(\d{4}))?$")
_OPEN = re.compile(r"…|\.{3,}|_{2,}")  # left to be filled in
_YEAR = re.compile(r"\b(20\d{2})\b")
_FILE_MONTH = re.compile(r"_(20\d{2})-(0[1-9]|1[0-2])\b")


@dataclass(frozen=True)
class Span:
    """First and last day, both included."""

    start: date
    end: date


def read_span(text: str) -> Span | None:
    """The period a text states; None when any part of it is open, unreadable or impossible."""
    if _OPEN.search(text):
        return None
    left, found, right = _halves(text)
    last = _side(right, None)
    if last is None:
        return None
    end = last.end
    if not found:  # "per 31 Oktober 2022" counts from the start of the year, "Februari 2022" is the month
        return Span(date(end.year, 1, 1), end) if last.start == end else last
    if not left:
        return Span(date(end.year, 1, 1), end)
    first = _side(left, end.year)
    return Span(first.start, end) if first is not None and first.start <= end else None


def whole_year(text: str) -> Span | None:
    """The year a text names at least, when it names exactly one."""
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return None
    year = int(years.pop())
    return Span(date(year, 1, 1), date(year, 12, 31))


def month_of_name(file_name: str) -> Span | None:
    """The month a file name ends in: lra_DINSOS_2022-10.xlsx."""
    match = _FILE_MONTH.search(file_name)
    return _month(int(match.group(1)), int(match.group(2))) if match else None


def _halves(text: str) -> tuple[str, bool, str]:
    bare = text.strip()
    while (match := _LEAD.match(bare)) is not None:
        bare = bare[match.end() :]
    parts = _UNTIL.split(bare, maxsplit=1)
    left, right = (parts[0], parts[1]) if len(parts) == 2 else ("", parts[0])
    return left.strip(" .,:"), len(parts) == 2, right.strip(" .,:")


def _side(text: str, year: int | None) -> Span | None:
    """One end of a period: a day, or a month when no day is written."""
    match = _SIDE.match(text)
    stated = int(match.group(3)) if match and match.group(3) else year
    if match is None or stated is None:
        return None
    first = parse_indonesian(f"1 {match.group(2)} {stated}", "%d %B %Y")
    if first is None:
        return None
    month = _month(first.year, first.month)
    if match.group(1) is None:
        return month
    if not 1 <= int(match.group(1)) <= month.end.day:
        return None
    day = date(first.year, first.month, int(match.group(1)))
    return Span(day, day)


def _month(year: int, month: int) -> Span:
    after = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), after - timedelta(days=1))
