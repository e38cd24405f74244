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
    "Mrt": "March",
    "Maret": "March",
    "Mei": "May",
    "Juni": "June",
    "Juli": "July",
    "Agustus": "August",
    "Agust": "August",
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
NUMBERS = {"peb": 2, "mrt": 3, "mei": 5, "agt": 8, "agu": 8, "ags": 8, "okt": 10, "nop": 11, "des": 12} | {
    datetime(2026, number, 1).strftime("%b").lower(): number for number in range(1, 13)
}  # by the first three letters, which no two months share
MONTH_NAMES = "|".join(sorted({word.lower() for word in (*MONTHS, *MONTHS.values(), "April")}, key=len, reverse=True))
DAY_NAMES = r"^(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|(mon|tue|wed|thu|fri|sat|sun)[a-z]*)\b[.,]? *"
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


def write_indonesian(instant: datetime, format_: str) -> str:
    """An instant in a format, months in Indonesian."""
    indonesian = {english: name for name, english in reversed(MONTHS.items())}  # the full and usual name comes first
    written = instant.strftime(format_)
    english = instant.strftime("%B")
    return written.replace(english, indonesian.get(english, english)) if "%B" in format_ else written


def english_months_sql(expression: str) -> str:
    """SQL that replaces the Indonesian month of a text expression by the English one."""
    found = f"regexp_extract({expression}, '{_PATTERN}', 0, 'i')"
    pairs = " ".join(f"WHEN '{indonesian.lower()}' THEN '{english}'" for indonesian, english in MONTHS.items())
    english = f"CASE rtrim(lower({found}), '.') {pairs} END"
    return f"CASE WHEN {found} = '' THEN {expression} ELSE replace({expression}, {found}, {english}) END"


def month_number_sql(expression: str) -> str:
    """SQL that replaces the month of a lower-case text by its number between marks: "5 agt 2026", "5 #8# 2026"."""
    found = f"regexp_extract(worded, '(?:^|[^a-z])({MONTH_NAMES})(?:[^a-z]|$)', 1)"
    pairs = " ".join(f"WHEN '{word}' THEN '#{number}#'" for word, number in NUMBERS.items())
    numbered = f"replace(worded, {found}, CASE left({found}, 3) {pairs} END)"
    return f"list_transform([{expression}], worded -> CASE WHEN {found} = '' THEN worded ELSE {numbered} END)[1]"


def example_of(format_: str) -> str:
    """A right example in a format."""
    return EXAMPLE_INSTANT.strftime(format_)  # November is spelled alike in both languages
