"""Indonesian dates as agencies write them: month names and their usual misspellings, for Python and for SQL."""

from __future__ import annotations

import re
from datetime import datetime

MONTHS = {
    "Januari": "January",
    "Februari": "February",
    "Pebruari": "February",
    "Maret": "March",
    "Mei": "May",
    "Juni": "June",
    "Juli": "July",
    "Agustus": "August",
    "Oktober": "October",
    "Nopember": "November",
    "Desember": "December",
}
EXAMPLE_INSTANT = datetime(2026, 11, 21, 16, 5, 9)
_NAMES = re.compile(rf"\b({'|'.join(MONTHS)})\b", re.IGNORECASE)


def parse_indonesian(text: str, format_: str) -> datetime | None:
    """Read a date or instant written with Indonesian months; None when it does not fit the format."""
    english = _NAMES.sub(lambda match: MONTHS[match.group(1).capitalize()], text.strip())
    try:
        return datetime.strptime(english, format_)
    except ValueError:
        return None


def english_months_sql(expression: str) -> str:
    """SQL that replaces Indonesian month names in a text expression by English ones."""
    for indonesian, english in MONTHS.items():
        expression = f"regexp_replace({expression}, '\\b{indonesian}\\b', '{english}', 'i')"
    return expression


def example_of(format_: str) -> str:
    """A right example in a format."""
    return EXAMPLE_INSTANT.strftime(format_)  # November is spelled alike in both languages
