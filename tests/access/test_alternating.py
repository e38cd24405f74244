"""Readers in turn over all pages, with the caches they share: what one was told is never told to the next."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from journal.people import PersonEdit, change_person, list_people
from journal.store import server_scope
from reports.registry import PAGE_NAMES, find_page
from reports.snapshot import take_snapshot
from tests.access.planted import KECAMATAN, MARKS, NOW, PROGRAMMES, told, words_of_opd, words_outside_kecamatan
from tests.access.routes import desk_of, told_by
from tests.access.seats import Office, everything_sent, opened_office
from tests.pages.reading import content_words
from warehouse.filters import read_filters

WHOLE, AREA = "walidata", "pacet"
ADDRESSES = [(page, {}) for page in PAGE_NAMES] + [
    ("jelajah", {"indikator": "masterplan.serapan", "menurut": "opd", "baris": "semua"}),
    ("indikator", {"indikator": "anggaran.serapan", "periode": "semua"}),
    ("indikator", {"indikator": "masterplan.realisasi_fisik"}),
    ("disiplin_data", {"sumber": "opd_kontrak"}),
]
PAIRS = [(WHOLE, "dlh"), ("dlh", "dpupr"), (WHOLE, AREA), ("dpupr", AREA)]
OPENED = {"dlh": MARKS["DLH"], "dpupr": MARKS["DPUPR"], AREA: "sc.4.1.31", WHOLE: MARKS["DPUPR"]}  # each finds its own


@pytest.fixture(scope="module")
def office(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened_office(planted, tmp_path_factory.mktemp("bergantian")) as opened:
        opened.add(WHOLE, "walidata", has_restricted=True)
        opened.add(AREA, "analis", kecamatan_code=KECAMATAN)
        for opd in MARKS:
            opened.add(opd.lower(), "opd", opd_code=opd)
        yield opened


@pytest.fixture(scope="module")
def foreign(planted: Path) -> dict[str, frozenset[str]]:
    """By reader: words of what they may not see."""
    own = {opd: words_of_opd(planted, opd) for opd in MARKS}
    outside = words_outside_kecamatan(planted, KECAMATAN)
    return {"dlh": own["DPUPR"], "dpupr": own["DLH"], AREA: outside, WHOLE: frozenset()}


def walk(office: Office, who: str) -> str:
    """All pages of a reader, built out of what is remembered."""
    desk = desk_of(office, who)
    return "\n".join(told_by(desk, page, **address) for page, address in ADDRESSES)


@pytest.mark.slow
def test_readers_in_turn_find_nothing_of_each_other(office: Office, foreign: dict[str, frozenset[str]]) -> None:
    for who in (WHOLE, "dlh", "dpupr", AREA, "dlh"):
        said = walk(office, who)
        assert told(said, foreign[who]) == []
        assert OPENED[who] in said.lower()


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_readers_alternate_a_hundred_times(
    first: str, second: str, office: Office, foreign: dict[str, frozenset[str]], full_scale: bool
) -> None:
    turns = 100 if full_scale else 2
    found = sum(len(told(walk(office, who), foreign[who])) for _turn in range(turns) for who in (first, second))
    print(f"{first} dan {second}: {turns} kali bergantian atas {len(ADDRESSES)} halaman, {found} nilai asing")
    assert found == 0


@pytest.mark.slow
def test_readers_at_the_same_moment_find_nothing_of_each_other(
    office: Office, foreign: dict[str, frozenset[str]], full_scale: bool
) -> None:
    """Each in a thread of their own, as a server runs them."""
    turns = 25 if full_scale else 2
    readers = list(OPENED) * turns
    with ThreadPoolExecutor(len(OPENED)) as pool:
        said = list(pool.map(lambda who: walk(office, who), readers))
    found = sum(len(told(words, foreign[who])) for who, words in zip(readers, said, strict=True))
    print(f"{len(readers)} pembacaan serentak, {found} nilai asing")
    assert found == 0
    assert all(OPENED[who] in words.lower() for who, words in zip(readers, said, strict=True))


@pytest.mark.slow
def test_files_of_two_readers_stay_their_own(office: Office, foreign: dict[str, frozenset[str]]) -> None:
    for who in (WHOLE, "dlh", WHOLE, "dpupr"):
        desk = desk_of(office, who)
        taken = [take_snapshot(desk, find_page(page).build(desk, read_filters({}))) for page in PAGE_NAMES]
        said = "\n".join(one.csv().decode("utf-8") + content_words(desk, one.content) for one in taken)
        assert told(said, foreign[who]) == []
        assert OPENED[who] in said.lower()


# One session


def test_another_cookie_in_an_open_session_finds_nothing_of_the_first(
    office: Office, foreign: dict[str, frozenset[str]]
) -> None:
    shown = office.open(WHOLE, "masterplan", program=PROGRAMMES["DPUPR"])
    assert MARKS["DPUPR"] in everything_sent(shown)
    for who in ("dlh", WHOLE, "dlh"):
        office.cookies = office.brought[who]
        said = everything_sent(shown.run())
        assert told(said, foreign[who] - {PROGRAMMES["DPUPR"].lower()}) == []
        assert (MARKS["DPUPR"] in said) is (who == WHOLE)


@pytest.mark.parametrize("changes", [{"role": "pimpinan"}, {"kecamatan_code": KECAMATAN}, {"is_active": False}])
def test_a_session_ends_with_the_right_it_began_with(office: Office, changes: dict[str, object]) -> None:
    login = "geser." + "".join(changes).replace("_", "")
    office.add(login, "analis")
    shown = office.open(login, "masterplan")
    assert MARKS["DPUPR"] in everything_sent(shown)
    (line,) = (one for one in list_people(office.journal, server_scope()) if one.login == login)
    change_person(office.journal, server_scope(), NOW, PersonEdit(line.id, line.version, changes), "pindah tugas")
    said = everything_sent(shown.run())
    assert MARKS["DPUPR"] not in said
    assert "Masa masuk Anda berakhir" in said
