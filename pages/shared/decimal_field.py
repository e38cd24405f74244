"""A field for a number as it is written here: 8,81 and 1.234,5; what is typed stays exact.

Refuses what is no such number, with an example: a point before two digits could be meant either way.
"""

from __future__ import annotations

import re
from decimal import Decimal
from gettext import gettext as _

import streamlit as st

from charts.formats import format_number
from pages.shared.marks import plain

WRITTEN = re.compile(r"(\d+|\d{1,3}(\.\d{3})+)(,\d+)?")
MOST_DIGITS = 15


def ask_decimal(label: str, start: Decimal | None, key: str) -> Decimal | None:
    """A number from zero up; None where nothing is written, or nothing that can be read."""
    typed = st.text_input(label, write_decimal(start), key=key, placeholder=_("belum ada nilainya"))
    try:
        return read_decimal(typed)
    except ValueError as error:
        st.error(plain(str(error)))
        return None


def write_decimal(value: Decimal | None) -> str:
    """With the places it has; grouped by thousands."""
    if value is None:
        return ""
    exponent = value.as_tuple().exponent
    return format_number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def read_decimal(typed: str) -> Decimal | None:
    """None of nothing. Raises ValueError with a right example."""
    text = typed.strip()
    if not text:
        return None
    if WRITTEN.fullmatch(text) is None or len(text) > MOST_DIGITS:
        raise ValueError(
            _("\u201c{text}\u201d bukan angka. Contoh yang benar: 8,81 atau 1.234,5.").format(text=text[:40])
        )
    return Decimal(text.replace(".", "").replace(",", "."))
