"""Indonesian dates as agencies write them: month names, their usual misspellings and short forms, for Python and SQL.

Refuses nothing itself: a word that names no month is left as it stands, and the date then does not fit its format.
"""

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
    "Jan": "January",
    "Feb": "February",
    "Peb": "February",
    "Mar": "March",
    "Apr": "April",
    "Jun": "June",
    "Jul": "July",
    "Agt": "August",
    "Agu": "August",
    "Agst": "August",
    "Ags": "August",
    "Aug": "August",
    "Sep": "September",
    "Sept": "September",
    "Okt": "October",
    "Oct": "October",
    "Nov": "November",
    "Nop": "November",
    "Des": "December",
    "Dec": "December",
}
EXAMPLE_INSTANT = datetime(2026, 11, 21, 16, 5, 9)
_PATTERN = rf"\b({'|'.join(MONTHS)})\b\.?"  # a short form may end in a full stop
_NAMES = re.compile(_PATTERN, re.IGNORECASE)


def parse_indonesian(text: str, format_: str) -> datetime | None:
    """Read a date or instant written with Indonesian months; None when it does not fit the format."""
    english = _NAMES.sub(lambda match: MONTHS[match.group(1).capitalize()], text.strip())
    try:
        return datetime.strptime(english, format_)
    except ValueError:
        return None


def english_months_sql(expression: str) -> str:
    """SQL that replaces the Indonesian month of a text expression by the English one."""
    found = f"regexp_extract({expression}, '{_PATTERN}', 0, 'i')"
    pairs = " ".join(f"WHEN '{indonesian.lower()}' THEN '{english}'" for indonesian, english in MONTHS.items())
    english = f"CASE rtrim(lower({found}), '.') {pairs} END"
    return f"CASE WHEN {found} = '' THEN {expression} ELSE replace({expression}, {found}, {english}) END"


def example_of(format_: str) -> str:
    """A right example in a format."""
    return EXAMPLE_INSTANT.strftime(format_)  # November is spelled alike in both languages
