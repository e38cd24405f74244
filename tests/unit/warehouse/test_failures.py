"""A failure is told with a code that stays the same while it is the same failure, and tells nothing of the data."""

from __future__ import annotations

import logging
import re

import pytest

from warehouse.failures import failure_code, report


def fail(kind: type[Exception], text: str) -> Exception:
    try:
        raise kind(text)
    except Exception as error:
        return error


def test_same_failure_same_code_whatever_its_text() -> None:
    assert failure_code(fail(ValueError, "Budi")) == failure_code(fail(ValueError, "Siti"))
    assert failure_code(fail(ValueError, "Budi")) != failure_code(fail(KeyError, "Budi"))


def test_other_place_other_code() -> None:
    assert failure_code(fail(ValueError, "")) != failure_code(ValueError(""))


def test_the_log_has_the_trace_under_the_code(caplog: pytest.LogCaptureFixture) -> None:
    code = report(logging.getLogger("pendopo.test"), fail(ValueError, "x"), "section 'Udara'")
    assert re.fullmatch(r"K-[B-Z]{4}-[B-Z]{2}", code)
    assert f"{code} section 'Udara': ValueError" in caplog.text
    assert "raise kind(text)" in caplog.text
