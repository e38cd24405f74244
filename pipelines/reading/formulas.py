"""Tells what a workbook computes in a cell; opened only when a stored total is wrong, and changes no number."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

_RANGE = re.compile(r"\$?([A-Z]+)\$?\d+:\$?([A-Z]+)\$?\d+")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")  # texts and names of sheets may name people
_UNREADABLE = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError)


def describe_formula(path: Path, sheet_name: str, cell: str) -> str:
    """A sentence on the formula of a cell, with the number of columns it adds up."""
    if not zipfile.is_zipfile(path):
        return f"Rumus {cell} tidak dapat dibaca dari berkas .xls; periksa di Excel."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of the workbook that are not asked for
            book = openpyxl.load_workbook(path)
            formula = book[sheet_name][cell].value
            book.close()
    except _UNREADABLE:
        return f"Rumus {cell} tidak terbaca; periksa di Excel."
    if not isinstance(formula, str) or not formula.startswith("="):
        return f"{cell} ditulis sebagai angka, bukan rumus."
    return f"Rumus {cell}: {_QUOTED.sub('...', formula)}{_columns(formula)}."


def _columns(formula: str) -> str:
    for first, last in _RANGE.findall(formula):
        count = abs(column_index_from_string(last) - column_index_from_string(first)) + 1
        if count > 1:
            return f", menjumlahkan {count} kolom ({first} sampai {last})"
    return ""
