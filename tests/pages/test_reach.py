"""Ten ways to the rows of another agency, for every page: none of them leads there, nor to a number of a part that
looks like the region's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from pages.shared import data
from reports.content import Missing, PageContent
from reports.desk import Desk
from reports.opening import asking, find_release
from reports.pages import disiplin_data, indikator, jelajah
from reports.registry import PAGE_NAMES, find_page
from reports.snapshot import take_snapshot
from tests.pages.conftest import NOW, desk_on, remembering
from tests.pages.readers import DLH, KUTOREJO, NARROW, OWN, PEOPLE, opened, read_as
from tests.pages.reading import content_words, words_of
from warehouse import queries, schema
from warehouse.catalogue import INDICATORS
from warehouse.engine import open_release
from warehouse.filters import FilterError, read_filters
from warehouse.rights import NEEDED
from warehouse.scope import ALLOWED, WHOLE, Action, NotPermittedError, Reach, Role, Scope
from warehouse.settings import load_settings

TEXTS = {  # what names one row of an agency
    "core_programme": ("programme_code", "programme_name"),
    "core_contract": ("contract_no", "work_name"),
    "core_physical_progress": ("activity_id",),
    "core_programme_progress": ("obstacle",),
    "core_incident": ("ticket_no",),
    "meta_submission": ("file_name", "sha256"),
    "meta_quarantine": ("row_json",),
    "core_project": ("project_name",),
}
ROUTES = (  # address of each page that leads to somebody else
    ("ringkasan", ""),
    ("smart_living", ""),
    ("smart_living", "opd=DPUPR"),
    ("smart_living", "kecamatan=35.16.01"),
    ("smart_environment", ""),
    ("spbe", ""),
    ("masterplan", ""),
    ("masterplan", "opd=DPUPR"),
    ("masterplan", "program={programme}"),
    ("jelajah", "indikator=smart_living.tiba_15_menit&menurut=opd&baris=DPUPR&opd=DPUPR"),
    ("jelajah", "indikator=smart_living.tiba_15_menit&menurut=opd&baris=semua"),
    ("jelajah", "indikator=smart_living.tiba_15_menit&kecamatan=35.16.01&baris=35.16.01"),
    ("jelajah", "indikator=masterplan.serapan&menurut=opd&baris=semua"),
    ("jelajah", "indikator=anggaran.serapan&menurut=opd&baris=DPUPR"),
    ("jelajah", "indikator=smart_living.panggilan_112&baris=semua"),
    ("indikator", "indikator=masterplan.realisasi_fisik&periode=semua"),
    ("indikator", "indikator=masterplan.realisasi_fisik&baris=2026-10-01_programme_{programme}"),
    ("indikator", "indikator=anggaran.serapan&baris=2026-10-01_opd_DPUPR"),
    ("indikator", "indikator=smart_living.tiket_terbuka"),
    ("indikator", "indikator=smart_living.panggilan_112"),
    ("indikator", "indikator=masterplan.kontrak_kritis"),
    ("disiplin_data", ""),
    ("disiplin_data", "opd=DPUPR"),
    ("disiplin_data", "sumber=opd_kontrak"),
)
FIRST = dict(reversed(ROUTES))  # the one that plain `pytest` follows


@pytest.fixture(scope="module")
def secrets(built_data_dir: Path) -> dict[str, frozenset[str]]:
    """By kind of reader: words that name rows of others, and no row of theirs."""
    path = find_release(load_settings(data_dir=built_data_dir)).path
    seen = {name: _texts(path, scope.reach) for name, scope in NARROW.items()}
    every = _texts(path, WHOLE)
    return {name: frozenset(every - own) for name, own in seen.items()}


def _texts(path: Path, reach: Reach) -> set[str]:
    engine, found = open_release(path, reach), set()
    with engine.connect() as connection:
        for table, columns in TEXTS.items():
            for column in columns:
                select = sa.select(schema.metadata.tables[table].c[column]).distinct()
                found |= {text for text in connection.execute(select).scalars() if text and len(text) > 5}
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def foreign_programme(secrets: dict[str, frozenset[str]]) -> str:
    return min(text for text in secrets["opd"] if text.startswith("SC.") and " " not in text)


@pytest.fixture(scope="module", params=["opd", pytest.param("kecamatan", marks=pytest.mark.slow)])
def reader(request: pytest.FixtureRequest, built_data_dir: Path) -> Iterator[tuple[str, Desk]]:
    with desk_on(built_data_dir, scope=NARROW[request.param]) as desk:
        yield request.param, remembering(desk)


def built(desk: Desk, page: str, address: str) -> PageContent | str:
    """The page, or the words it refuses an address with."""
    try:
        return find_page(page).build(desk, read_filters(dict(parse_qsl(address))))
    except FilterError as error:
        return str(error)


def told(text: str, secrets: frozenset[str]) -> list[str]:
    return sorted(word for word in secrets if word in text)[:5]


def test_there_are_secrets_to_keep(secrets: dict[str, frozenset[str]]) -> None:
    assert all(len(words) > 100 for words in secrets.values())


@pytest.mark.parametrize(
    ("page", "address"),
    [
        pytest.param(page, address, id=f"{page}?{address}", marks=[] if FIRST[page] == address else [pytest.mark.slow])
        for page, address in ROUTES
    ],
)
def test_no_page_file_or_address_tells_of_others(
    page: str,
    address: str,
    reader: tuple[str, Desk],
    secrets: dict[str, frozenset[str]],
    foreign_programme: str,
) -> None:
    kind, desk = reader
    asked = address.format(programme=foreign_programme)
    content = built(desk, page, asked)
    hidden = secrets[kind] - {foreign_programme}  # an address may be told back to who wrote it
    if isinstance(content, str):
        assert told(content, hidden) == []
        return
    said = content_words(desk, content)
    assert told(said, hidden) == []
    assert "Cakupan: hanya" in content.cut_words
    snapshot = take_snapshot(desk, content)
    taken = snapshot.csv().decode("utf-8")
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(snapshot.xlsx()))
    taken += repr([workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names])
    assert told(taken, hidden) == []
    assert "Cakupan: hanya" in taken
    facets = repr(find_page(page).facets(desk, read_filters(dict(parse_qsl(asked)))))
    assert told(facets, hidden) == []


@pytest.mark.slow
def test_no_indicator_tells_of_others(reader: tuple[str, Desk], secrets: dict[str, frozenset[str]]) -> None:
    kind, desk = reader
    for indicator in INDICATORS:
        if indicator.id.startswith(("spbe.", "smart_environment.")):  # published: the same for all
            continue
        content = built(desk, "indikator", f"indikator={indicator.id}&periode=12b")
        assert isinstance(content, PageContent)
        assert told(content_words(desk, content), secrets[kind]) == []


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_what_lies_outside_is_not_called_missing(page: str, reader: tuple[str, Desk], kabupaten: Desk) -> None:
    _kind, desk = reader
    content, whole = built(desk, page, ""), built(kabupaten, page, "")
    assert isinstance(content, PageContent)
    assert isinstance(whole, PageContent)
    assert set(missing_of(content)) <= set(missing_of(whole))


def missing_of(content: PageContent) -> list[str]:
    return [block.title for part in content.sections for block in part.blocks if isinstance(block, Missing)]


def test_figures_of_the_region_are_the_region_s(reader: tuple[str, Desk], kabupaten: Desk) -> None:
    _kind, desk = reader
    assert desk.view.figures == kabupaten.view.figures
    assert desk.view.clocks == kabupaten.view.clocks
    assert (desk.view.opd_on_time_count, desk.view.opd_count) == (
        kabupaten.view.opd_on_time_count,
        kabupaten.view.opd_count,
    )
    funnel = kabupaten.ask(queries.call_funnel, "35.16", NOW.date() - timedelta(days=6), NOW.date())
    assert desk.ask(queries.call_funnel, "35.16", NOW.date() - timedelta(days=6), NOW.date()) == funnel


def test_lists_are_the_reader_s_own(kabupaten: Desk, built_data_dir: Path) -> None:
    with desk_on(built_data_dir, scope=DLH) as desk:
        assert {ticket.opd_code for ticket in desk.view.open_tickets} <= {OWN}
        assert all(OWN in (line.lead_opd_code, *line.contributor_opd_codes) for line in desk.view.programmes)
        assert 0 < len(desk.view.programmes) < len(kabupaten.view.programmes)
    with desk_on(built_data_dir, scope=KUTOREJO) as desk:
        assert {area.region_code for area in desk.view.late_arrivals} <= {"35.16.07"}


def test_a_number_of_a_part_says_so(built_data_dir: Path) -> None:
    with desk_on(built_data_dir, scope=DLH) as desk:
        for page in ("masterplan", "disiplin_data"):
            content = built(desk, page, "")
            assert isinstance(content, PageContent)
            assert "dalam cakupan Anda" in content.message
        explored = built(desk, "jelajah", "indikator=smart_living.tiba_15_menit")
        counted = built(desk, "jelajah", "indikator=smart_living.panggilan_112")
        assert isinstance(explored, PageContent)
        assert isinstance(counted, PageContent)
        assert "dalam cakupan Anda" in explored.message
        assert "dalam cakupan Anda" not in counted.message


def test_a_snapshot_of_a_part_has_another_code(kabupaten: Desk) -> None:
    def code(desk: Desk) -> str:
        return take_snapshot(desk, find_page("spbe").build(desk, read_filters({}))).code

    codes = [code(kabupaten)]
    others = (DLH, KUTOREJO, Scope(Role.OPD, "b", True, ("DINKES",)), Scope(Role.LEADER, "p", True))
    codes += [code(replace(kabupaten, scope=scope)) for scope in others]
    assert len(set(codes)) == 5
    assert code(replace(kabupaten, scope=Scope(Role.ANALYST, "a", True))) == codes[0]


# Rights, by direct call


@pytest.mark.parametrize("role", PEOPLE)
def test_a_question_needs_its_right_whoever_asks(role: Role, release: Path) -> None:
    release_id, scope, memory = data.current().release.release_id, PEOPLE[role], sa.create_engine("duckdb:///:memory:")
    for query, action in {queries.sources: Action.SEE_PAGES, **NEEDED}.items():
        if action in ALLOWED[role]:
            continue
        with pytest.raises(NotPermittedError):
            data.ask(release_id, scope, query)
        with memory.connect() as connection, pytest.raises(NotPermittedError):
            asking(connection, scope)(query)


def test_files_need_their_right(built_data_dir: Path) -> None:
    rows = read_filters({"indikator": "smart_living.tiba_15_menit", "baris": "semua"})
    with desk_on(built_data_dir, scope=PEOPLE[Role.OPERATOR]) as desk:
        for make in (indikator.rows_download, disiplin_data.held_files):
            with pytest.raises(NotPermittedError):
                make(desk, read_filters({}))
        content = find_page("indikator").build(desk, read_filters({"indikator": "smart_living.tiba_15_menit"}))
        assert any(table.holds_rows for table in content.tables)
        assert not any(table.holds_rows for table in take_snapshot(desk, content).content.tables)
    with desk_on(built_data_dir, scope=PEOPLE[Role.LEADER]) as desk, pytest.raises(NotPermittedError):
        jelajah.rows_file(desk, rows)
    with desk_on(built_data_dir, scope=PEOPLE[Role.ADMIN]) as desk:
        content = find_page("spbe").build(desk, read_filters({}))
        with pytest.raises(NotPermittedError):
            take_snapshot(desk, content)


def test_a_section_without_its_right_says_so(built_data_dir: Path) -> None:
    with desk_on(built_data_dir, scope=PEOPLE[Role.LEADER]) as desk:
        said = content_words(desk, find_page("disiplin_data").build(desk, read_filters({})))
        assert "Peran pimpinan tidak berhak melihat dan mengunduh karantina" in said
        said = content_words(desk, find_page("indikator").build(desk, read_filters({})))
        assert "Peran pimpinan tidak berhak melihat baris yang dikirim" in said


@pytest.mark.parametrize("has_right", [False, True])
def test_a_place_is_shown_with_its_own_right_only(has_right: bool, built_data_dir: Path) -> None:
    scope = Scope(Role.ANALYST, "a", True, granted_restricted=has_right)
    with desk_on(built_data_dir, scope=scope) as desk:
        content = find_page("indikator").build(desk, read_filters({"indikator": "smart_living.tiba_15_menit"}))
        table = next(table for table in content.tables if table.holds_rows)
        titles = {column.title for column in table.columns}
        assert ({"lintang", "bujur"} <= titles) is has_right
        assert bool(table.restricted) is has_right
        assert ("Kolom lintang, bujur tidak ditampilkan" in table.note) is not has_right
        file = indikator.rows_download(desk, read_filters({"indikator": "smart_living.tiba_15_menit"}))
        assert file is not None
        header = file.make().decode("utf-8-sig").splitlines()[0]
        assert ("latitude" in header) is has_right


# Pages and caches


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("masterplan", "opd=DPUPR"),
        ("jelajah", "indikator=smart_living.tiba_15_menit&opd=DPUPR&baris=semua"),
        ("disiplin_data", "opd=DPUPR"),
        ("smart_living", "opd=DPUPR"),
    ],
)
def test_a_page_says_that_an_address_leads_outside(
    page: str, address: str, release: Path, secrets: dict[str, frozenset[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with read_as(DLH, monkeypatch):
        said = words_of(opened(page, **dict(parse_qsl(address))))
    assert "di luar cakupan Anda" in said
    assert "Cakupan: hanya" in said
    assert told(said, secrets["opd"]) == []


@pytest.mark.slow
def test_two_readers_in_turn_find_nothing_of_each_other_in_memory(
    release: Path, secrets: dict[str, frozenset[str]]
) -> None:
    release_id, minute = data.current().release.release_id, data.this_minute()
    whole = PEOPLE[Role.ANALYST]
    region, rules = data.settings().region, data.rules()
    for _turn in range(2):  # each is asked once after each of the others
        for scope in (whole, DLH, KUTOREJO):
            view = data.view_of(release_id, minute, scope)
            desk = Desk(view, region, release_id, rules, partial(data.ask, release_id, scope), scope)
            for page in ("masterplan", "smart_living", "disiplin_data", "indikator"):
                said = content_words(desk, find_page(page).build(desk, read_filters({})))
                for kind, narrow in NARROW.items():
                    if narrow is scope:
                        assert told(said, secrets[kind]) == []
