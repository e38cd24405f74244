"""Writes a bug of ours into the log: where it happened, never what the delivery said."""

from __future__ import annotations

import logging
import traceback


def log_bug(log: logging.Logger, doing: str, what: str, error: Exception) -> None:
    """The message of an error may quote a cell, so its kind and the lines of the program must do."""
    kinds = " <- ".join(dict.fromkeys(type(one).__name__ for one in _causes(error)))
    lines = "".join(line for one in _causes(error) for line in traceback.format_tb(one.__traceback__))
    log.error("Kesalahan program saat %s %s: %s\n%s", doing, what, kinds, lines)


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
