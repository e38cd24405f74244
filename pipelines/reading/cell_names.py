"""Names a cell as spreadsheets do. XlsxWriter knows it too, but loads its whole self for it at every start."""

from __future__ import annotations

LETTERS = 26


def column_letters(column: int) -> str:
    """Of a column counted from 0: A, ..., Z, AA, ..."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, LETTERS)
        letters = chr(ord("A") + letter) + letters
        column -= 1
    return letters


def cell_name(row: int, column: int) -> str:
    """Of a cell counted from 0, such as B3."""
    return f"{column_letters(column)}{row + 1}"
