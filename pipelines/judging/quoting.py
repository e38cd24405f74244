"""How declarations and staged cells are named in generated SQL; delivered text itself is never made part of it."""

from __future__ import annotations

from pipelines.reading.grids import DOUBTS, NATIVE

FAULT, UNCALCULATED = NATIVE + "e", NATIVE + "f"
FAULTS = r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|#+)|Err:[0-9]{3}"


def literal(text: str) -> str:
    """A declaration as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def alias_key_sql(expression: str) -> str:
    """Spelling without case, blanks and punctuation, as stored in ref_alias."""
    return f"regexp_replace(lower({expression}), '[^0-9a-z]', '', 'g')"


def bare(expression: str) -> str:
    """Cell text without the marks of a cell the container itself typed."""
    plain = f"regexp_replace({expression}, '{NATIVE}[ndtpef{DOUBTS}]?', '', 'g')"
    return f"CASE WHEN contains({expression}, '{NATIVE}') THEN {plain} ELSE {expression} END"


def is_native(text: str, kinds: str = "") -> str:
    """Whether a cell carries one of these marks, or any."""
    if not kinds:
        return f"starts_with({text}, '{NATIVE}')"
    return "(" + " OR ".join(f"starts_with({text}, '{NATIVE}{kind}')" for kind in kinds) + ")"


def matches(text: str, pattern: str) -> str:
    """Whether all of a text fits a pattern."""
    return f"regexp_full_match({text}, {literal(pattern)})"


def replaced(text: str, pattern: str, by: str) -> str:
    return f"regexp_replace({text}, {literal(pattern)}, {literal(by)})"
