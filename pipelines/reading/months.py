"""The months by any name agencies give them, Indonesian or English, long or short; refuses words that name none."""

from __future__ import annotations

import re
from datetime import date, datetime

from pipelines.reading.indonesian import MONTHS

NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ENGLISH = {datetime(2000, month, 1).strftime("%B"): month for month in range(1, 13)}
BY_WORD = (
    {word.lower(): ENGLISH[english] for word, english in MONTHS.items()}
    | {word.lower(): month for word, month in ENGLISH.items()}
    | {word.lower(): month for month, word in enumerate(NAMES, start=1)}
)
PATTERN = re.compile(r"(?:bulan\s+)?([a-z]+)\.?(?:[\s/'-]*((?:19|20)\d\d|\d\d))?", re.IGNORECASE)


def month_name(month: int) -> str:
    return NAMES[month - 1]


def day_text(day: date) -> str:
    """21 November 2026."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def instant_text(at: datetime) -> str:
    """21 November 2026 pukul 16.08."""
    return f"{day_text(at)} pukul {at:%H.%M}"


def read_month(text: str) -> tuple[int, int | None] | None:
    """Month and year of a heading such as "Jan", "Nop. 2026" or "Bulan Mei"; None when it names no month."""
    found = PATTERN.fullmatch(text.strip())
    month = BY_WORD.get(found[1].lower()) if found else None
    if found is None or month is None:
        return None
    year = int(found[2]) if found[2] else None
    return month, year + 2000 if year is not None and year < 100 else year
