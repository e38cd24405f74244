"""Ten routes to the rows of another agency. Every row of two agencies carries a word of its own; a person of the one
finds nothing of the other on any of them, and finds their own, so that the routes are known to lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.planted import MARKS, told, words_of_opd
from tests.access.routes import ROUTES, WHOLE_READER, by_paper
from tests.access.seats import Office, opened_office

PAIRS = [("DLH", "DPUPR"), pytest.param("DPUPR", "DLH", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def office(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened_office(planted, tmp_path_factory.mktemp("sepuluh")) as opened:
        opened.add(WHOLE_READER, "walidata", has_restricted=True)
        for opd in MARKS:
            opened.add(opd.lower(), "opd", opd_code=opd)
        yield opened


@pytest.fixture(scope="module")
def words(planted: Path) -> dict[str, frozenset[str]]:
    return {opd: words_of_opd(planted, opd) for opd in MARKS}


def test_there_are_ten() -> None:
    assert len(ROUTES) == 10


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("own", "other"), PAIRS)
def test_no_route_leads_to_rows_of_another_agency(
    route: str, own: str, other: str, office: Office, words: dict[str, frozenset[str]]
) -> None:
    said = ROUTES[route](office, own.lower(), own, other)
    assert told(said, words[other]) == []
    assert MARKS[own] in told(said, words[own])


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES)
def test_every_route_leads_there_for_who_may(route: str, office: Office, words: dict[str, frozenset[str]]) -> None:
    said = ROUTES[route](office, WHOLE_READER, "DLH", "DPUPR")
    for opd in MARKS:
        assert MARKS[opd] in told(said, words[opd])


@pytest.mark.slow
def test_no_paper_tells_of_another_agency(office: Office, words: dict[str, frozenset[str]]) -> None:
    for own, other in (("DLH", "DPUPR"), ("DPUPR", "DLH")):
        said = by_paper(office, own.lower())
        assert told(said, words[other]) == []
        assert MARKS[own] in told(said, words[own])
    assert set(MARKS.values()) <= set(told(by_paper(office, WHOLE_READER), MARKS.values()))
