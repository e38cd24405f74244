"""Covers personal data and secrets in every line of the log, whichever library writes it.

A record is covered when it is made, not when it is written: loggers and handlers that others add later get it covered.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from warehouse.personal import COVER, cover

LONGEST = 4_000  # characters of a message; traces are kept whole
SECRETS = (
    (re.compile(r"\bly_[\w-]+"), COVER),  # token of a wall
    (re.compile(r"(/layar/)[^\s\"'?#]+"), rf"\g<1>{COVER}"),
    (re.compile(r"\beyJ[\w-]+(\.[\w-]+)*"), COVER),  # token of a provider
    (re.compile(r"(\b\w+://[^\s:/@]+:)[^\s/]+(@)"), rf"\g<1>{COVER}\2"),  # password in a database address
    (re.compile(r"((?:set-)?cookie\W{1,4})[^\r\n]+", re.IGNORECASE), rf"\g<1>{COVER}"),
    (re.compile(r"((?:pendopo_sesi|pendopo_layar|_streamlit\w*)[\"']?\s*[=:]\s*)[^\s;,]+"), rf"\g<1>{COVER}"),
    (re.compile(r"(authorization\W{1,4})[^\r\n]+", re.IGNORECASE), rf"\g<1>{COVER}"),
    (
        re.compile(
            r"((?:pass(?:word)?|kata_?sandi|sandi|secret|token|tiket|ticket|id_token)[\"']?\s*[=:]\s*)"
            r"(?:\"[^\"]*\"|'[^']*'|[^\s&;,)}]+)",
            re.IGNORECASE,
        ),
        rf"\g<1>{COVER}",
    ),
    (re.compile(r"([?&](?:code|state|tiket)=)[^\s&\"']+"), rf"\g<1>{COVER}"),  # what a provider sends back
    # What a database could not store or convert is what somebody delivered or typed.
    (re.compile(r"(\[parameters: ).*?\](?=\n|$)", re.DOTALL), rf"\g<1>{COVER}]"),
    (re.compile(r"((?:string|value) )(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE), rf"\g<1>{COVER}"),
)


def cover_line(text: str) -> str:
    """The text with secrets and everything that looks personal covered."""
    for pattern, covered in SECRETS:
        text = pattern.sub(covered, text)
    return cover(text)


def cover_logs() -> None:
    """From now on every log record of this process is covered, and uncaught errors become records."""
    made = logging.getLogRecordFactory()
    if getattr(made, "covers", False):
        return
    logging.setLogRecordFactory(_Covering(made))
    _write_own_lines()
    logging.getLogger("streamlit.error_util").addFilter(_is_news)
    logging.getLogger("streamlit.runtime.caching.cache_data_api").addFilter(_is_news)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda caught: _log_uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)


def _write_own_lines() -> None:
    """Pendopo's own lines, with time and place, from INFO on: a refusal's code is found there."""
    own = logging.getLogger("pendopo")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    own.addHandler(handler)
    own.setLevel(logging.INFO)
    own.propagate = False


class _Covering:
    """Makes records whose message and trace are already text, covered."""

    covers = True

    def __init__(self, made: Any) -> None:
        self.made = made

    def __call__(self, *arguments: Any, **named: Any) -> logging.LogRecord:
        record: logging.LogRecord = self.made(*arguments, **named)
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = str(record.msg)
        # One line: an address with a line break in it must not look like two records.
        record.msg, record.args = " ".join(cover_line(message[:LONGEST]).splitlines()), None
        if record.exc_info and record.exc_info[1] is not None:
            # Handlers print `exc_text`; the error itself, which any of them could print anew, goes no further.
            record.exc_text = cover_line("".join(traceback.format_exception(record.exc_info[1])).rstrip())
        record.exc_info = None
        if record.stack_info:
            record.stack_info = cover_line(record.stack_info)
        return record


def _is_news(record: logging.LogRecord) -> bool:
    """Not what `errors.report` tells under a code, nor that the pages' cache is set up before the server runs."""
    return record.msg not in ("Uncaught app execution", "No runtime found, using MemoryCacheStorageManager")


def _log_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is None or issubclass(kind, SystemExit):
        return
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("pendopo").critical("uncaught", exc_info=(kind, error, trace))
