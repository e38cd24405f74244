"""Whatever a library logs, secrets and personal data are covered before any handler sees it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from pages.server.logs import _Covering, cover_line
from warehouse.failures import write_code

HIDDEN = [
    ("guessed ly_AbC123-x_y", "ly_AbC"),
    ("GET /layar/ly_AbC123 403", "AbC123"),
    ("GET /pendopo/layar/apa-saja?x", "apa-saja"),
    ("Cookie: pendopo_sesi=abc123; a=b", "abc123"),
    ("{'cookie': 'pendopo_sesi=abc123'}", "abc123"),
    ("pendopo_sesi=abc123 seen", "abc123"),
    ('"_streamlit_user": "MnxhYmM="', "MnxhYmM"),
    ("password='kucing 9'", "kucing"),
    ("kata_sandi: kucing9", "kucing9"),
    ("client_secret=abcDEF", "abcDEF"),
    ("GET /oauth2callback?code=4/0AX&state=xyz", "0AX"),
    ("Authorization: Bearer eyJhbGciOi.eyJzdWIi.sig", "eyJzdWIi"),
    ("postgresql://pendopo:kuc!ng@db/pendopo", "kuc!ng"),
    ("[parameters: ('Budi Santoso', 3)]", "Budi"),
    ("Could not convert string 'Budi Santoso' to INT32", "Budi"),
    ("budi@contoh.go.id tidak dikenal", "budi@"),
    ("telepon 0812-3456-7890", "3456"),
    ("NIK 3516010101900001", "3516010101900001"),
]
KEPT = ["K-TXBR-QM GET /spbe: ValueError", "release 2026-11-22.01", "OPD 2.11.2.16 terlambat 31 jam", "state: live"]


@pytest.mark.parametrize(("line", "hidden"), HIDDEN)
def test_covered(line: str, hidden: str) -> None:
    assert hidden not in cover_line(line)


@pytest.mark.parametrize("line", KEPT)
def test_kept(line: str) -> None:
    assert cover_line(line) == line


@pytest.mark.parametrize("line", ["{}: 404 GET /spbe", "{} GET /spbe: ValueError", "{} section 'Udara': KeyError"])
def test_every_code_is_found_again(line: str) -> None:
    codes = [write_code(number * 31_337) for number in range(2_000)]
    assert [code for code in codes if code not in cover_line(line.format(code))] == []


@pytest.mark.parametrize("piece", ["a", "08", "A", "@", "a@", "1 ", "eyJ.", "ly_", "x://a:"])
def test_a_long_line_costs_no_more_than_its_length(piece: str) -> None:
    cover_line(piece * (200_000 // len(piece)))  # minutes, if each place were searched from to the end


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a handler set up by others, before and after, writes."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    monkeypatch.setattr(logging, "_logRecordFactory", _Covering(logging.getLogRecordFactory()))
    logger = logging.getLogger("uvicorn.some_library")
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)


def test_what_somebody_sends_does_not_fill_the_log(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.some_library").warning("GET %s", "/" + "a" * 60_000)
    assert len(written.getvalue()) < 5_000


def test_nor_writes_a_line_of_its_own_there(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.some_library").warning("GET %s", "/a\n2026-11-22 CRITICAL all lost\u2028b")
    assert written.getvalue() == "GET /a 2026-11-22 CRITICAL all lost b\n"


def test_messages_arguments_and_traces_are_covered(written: io.StringIO) -> None:
    logger = logging.getLogger("uvicorn.some_library")
    logger.warning("from %s", "budi@contoh.go.id")
    try:
        try:
            raise KeyError("081234567890")
        except KeyError as error:
            raise ValueError("NIK 3516010101900001, tautan /layar/ly_AbC123") from error
    except ValueError:
        logger.exception("broken for %s", "ly_AbC123")
    text = written.getvalue()
    for hidden in ("budi@", "081234567890", "3516010101900001", "AbC123"):
        assert hidden not in text
    assert "raise KeyError" in text
    assert "ValueError: NIK" in text


def test_a_wrong_call_is_logged_all_the_same(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.some_library").warning("%d of %d", "x")  # noqa: PLE1206 - on purpose
    assert "%d of %d" in written.getvalue()
