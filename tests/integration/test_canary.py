"""People who do not exist are sent through every source; nobody sees them afterwards.

They stand in every column and next to it, in headers, letterheads, footnotes, names of files and sheets, comments and
broken rows. `test_what_stays_to_be_seen` counts where a plain name cannot be known.
"""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa
import streamlit as st
from google.protobuf.text_format import MessageToString
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from pages.shared import data
from pipelines.__main__ import main
from pipelines.contracts.contract import Contract, load_contracts
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.judging.restricted_store import RestrictedStore
from reports.desk import Desk
from reports.opening import opened_desk
from reports.pages import disiplin_data, indikator, jelajah
from reports.registry import PAGE_NAMES, find_page
from reports.side_files import SideFile
from reports.snapshot import take_snapshot
from tests.canaries import WRITTEN, Search, people
from tests.canary_files import Writer, limits
from tests.integration.conftest import NOW
from warehouse import schema
from warehouse.engine import open_release
from warehouse.filters import Filters, read_filters
from warehouse.releases import serving_release
from warehouse.scope import machine_scope
from warehouse.settings import Settings, load_settings

CONTRACTS = [contract for contract in load_contracts() if not contract.file.outlines]  # no row of it is kept
PAGES = sorted(path for path in (Path(__file__).parents[2] / "pages").glob("*.py") if path.stem != "__init__")
FEW = ("0812", "surel", "nama")
FEW_SOURCES = ("bpbd_kejadian_112", "dpupr_proyek")  # a workbook with persons, a dump; `make test` has half of them
HALF = tuple(contract.source_id for contract in CONTRACTS)[::2]  # `make test-long` has every source, and every spelling
AT = ("--now", NOW.isoformat())


@dataclass(frozen=True)
class Region:
    """A data folder with one release made of canaries, and what was said while it was built."""

    settings: Settings
    search: Search
    said: str
    files: int


def deliver(settings: Settings, count: int, kinds: tuple[str, ...], names: int, **more: Any) -> tuple[Search, int]:
    """Everyone's files in the inbox: of all `sources` unless some are named, with all slips unless `thinned`."""
    everyone, sources = people(count), more.get("sources")
    files = [
        (contract.source_id, written)
        for contract in CONTRACTS
        if not sources or contract.source_id in sources
        for written in Writer(contract, everyone, kinds, 3 if more.get("thinned", True) else 1).files(names)
    ]
    for source_id, written in files:
        written.write(settings.state_dir / "inbox" / source_id)
    return Search(everyone), len(files)


def columns(settings: Settings) -> Iterator[tuple[str, str, list[Any]]]:
    """Every column of the release with its different values."""
    engine = open_release(serving_release(settings.state_dir).release.path)
    with engine.connect() as connection:
        for table in schema.metadata.tables.values():
            for column in table.c:
                yield table.name, column.name, list(connection.scalars(sa.select(column).distinct()))
    engine.dispose()


def submissions(settings: Settings) -> list[sa.RowMapping]:
    engine = open_release(serving_release(settings.state_dir).release.path)
    with engine.connect() as connection:
        rows = list(connection.execute(sa.select(schema.meta_submission)).mappings())
    engine.dispose()
    return rows


def loaded_sources(region: Region, rows_at_least: int) -> set[str]:
    """Sources that had a file whose rows were loaded, not only held back."""
    rows = submissions(region.settings)
    return {row["source_id"] for row in rows if row["origin"] == "inbox" and row["accepted_count"] >= rows_at_least}


def hits_in_release(region: Region) -> list[tuple[str, str, set[str]]]:
    found = [(table, column, region.search.hits_in(values)) for table, column, values in columns(region.settings)]
    return [one for one in found if one[2]]


def left_on_disk(region: Region) -> list[tuple[str, set[str]]]:
    """Hits in whatever the build left behind, except in the archive, which is the deliveries themselves, and in the
    restricted store, which is where personal fields belong."""
    apart = {"archive", "inbox", "restricted"}
    found = []
    for path in sorted(region.settings.data_dir.rglob("*")):
        if path.is_file() and not apart & set(path.parts):
            texts = (path.name, *(path.read_bytes().decode(name, "replace") for name in ("latin-1", "utf-8")))
            found.append((path.name, region.search.hits_in(texts)))
    assert any(name.endswith(".duckdb") for name, _hits in found)
    return [(name, hits) for name, hits in found if hits]


@pytest.fixture
def build(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Callable[..., Region]:
    """Delivers and runs as the command line does."""
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PENDOPO_CONTOH", "false")
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "sementara"))
    caplog.set_level(logging.DEBUG)

    def build(count: int, kinds: tuple[str, ...], names: int, **more: Any) -> Region:
        settings = load_settings()
        search, files = deliver(settings, count, kinds, names, **more)
        assert main([*AT, "run", "--quiet"]) == 3
        return Region(settings, search, "".join(capsys.readouterr()) + caplog.text, files)

    return build


def test_a_few_canaries_leave_no_trace(build):
    region = build(5, FEW, 1, sources=FEW_SOURCES)
    store = RestrictedStore(region.settings.state_dir)
    cells = [cell for row in store.rows("bpbd_kejadian_112") for cell in row.cells.values()]
    assert region.search.hits_in(cells)  # that they were read at all
    assert loaded_sources(region, 2) == set(FEW_SOURCES)
    assert hits_in_release(region) == []
    assert region.search.hits(region.said) == set()
    assert left_on_disk(region) == []


@pytest.mark.slow
def test_a_name_told_names_nobody():
    """Each person in each way of writing, alone: as the name of a file, and as a header."""
    everyone = people(200)
    search, words = Search(everyone), [Vocabulary(contract) for contract in CONTRACTS]
    for person in everyone:
        known = words[person.number % len(words)]
        for kind, write in WRITTEN.items():
            told = known.file_told(f"{write(person)}.csv"), known.name_told(write(person))
            assert search.hits(write(person)), (kind, "the search is blind to this way of writing")
            assert search.hits_in(told) == set(), (kind, told)


@pytest.mark.slow
def test_canaries_leave_no_trace(build, capsys, caplog, monkeypatch, full_scale):
    """Releases, logs and messages, command line, exports, pages, caches and what is left on disk."""
    count, kinds, names = (200, tuple(WRITTEN), 7) if full_scale else (20, FEW, 1)
    sources = {contract.source_id for contract in CONTRACTS} if full_scale else set(HALF)
    region = build(count, kinds, names, thinned=not full_scale, sources=sources)
    confirm_held(region, 3 if full_scale else 2)
    assert loaded_sources(region, len(kinds)) == sources
    hits = {
        "release": hits_in_release(region),
        "build": region.search.hits(region.said),
        "commands": region.search.hits_in(commands(region, capsys, 1 if full_scale else 8)),
        "exports": {name: found for name, text in exports(region, full_scale) if (found := region.search.hits(text))},
        "pages and caches": {name: found for name, text in screens(monkeypatch) if (found := region.search.hits(text))},
        "log": region.search.hits(caplog.text),
        "disk": left_on_disk(region),
    }
    scale = f"{len(region.search.everyone)} orang, {len(kinds)} cara menulis, {region.files} berkas"
    print(
        f"{scale}, {len(sources)} dari {len(CONTRACTS)} sumber; {region.search.looked_at / 1e6:.0f} juta tanda dicari"
    )
    assert not any(hits.values()), hits


def confirm_held(region: Region, rounds: int) -> None:
    """What was held is loaded too: someone says that it is right, again where one loaded makes another doubtful."""
    for _round in range(rounds):
        for row in submissions(region.settings):
            if row["status"] == "ditahan":
                main([*AT, "confirm", row["submission_id"], "--by", "Petugas", "--reason", "Diperiksa"])
        assert main([*AT, "run", "--quiet"]) == 3


def commands(region: Region, capsys: pytest.CaptureFixture[str], step: int) -> Iterator[str]:
    """What status, confirm and validate print; validate sees every `step`th file under the name it was sent by."""
    main([*AT, "status"])
    main([*AT, "restricted", "list"])
    main([*AT, "confirm", "--list"])
    sent = [path for path in (region.settings.state_dir / "archive").glob("*/*/*") if path.suffix != ".json"]
    for path in sorted(sent)[::step]:
        main([*AT, "validate", str(path), "--source", path.parts[-3]])
    yield from capsys.readouterr()


def exports(region: Region, is_whole: bool) -> Iterator[tuple[str, str]]:
    """CSV, XLSX and PDF of every page and of indicators, with the files beside them; `is_whole`: of all indicators."""
    with opened_desk(region.settings, NOW, "", machine_scope("")) as desk:
        for name in PAGE_NAMES:
            page = find_page(name)
            offered = [facet for facet in page.facets(desk, read_filters({})) if facet.name == "indikator"]
            rows = {"baris": "ya"} if name == "jelajah" else {}
            each = [{"indikator": option.value} | rows for facet in offered for option in facet.options]
            if name == "disiplin_data":  # its paper holds whatever was held back: one source at a time
                each = [{"sumber": contract.source_id} for contract in CONTRACTS]
            for number, address in enumerate(each[:: 1 if is_whole else 25] or [{}]):
                content = page.build(desk, read_filters(address))
                yield f"{name} {address}", repr(content)
                snapshot = take_snapshot(desk, content)
                yield f"{name} {address} csv", snapshot.csv().decode("utf-8-sig")
                if number == 0 or is_whole:
                    yield f"{name} {address} xlsx", workbook_text(snapshot.xlsx())
                    yield f"{name} {address} pdf", pdf_text(snapshot.pdf())
                for file in beside(name, desk, read_filters(address)):
                    yield f"{name} {address} {file.file_name}", file.make().decode("utf-8-sig")


def beside(page: str, desk: Desk, filters: Filters) -> Iterator[SideFile]:
    """The files a page offers beside its own."""
    files: list[SideFile | None] = []
    if page == "disiplin_data":
        files = [*disiplin_data.held_files(desk, filters), disiplin_data.receipts(desk, filters)]
    if page == "jelajah":
        files = [jelajah.rows_file(desk, filters)]
    if page == "indikator":
        files = [indikator.rows_download(desk, filters)]
    yield from (file for file in files if file is not None)


def workbook_text(written: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return "\n".join("\t".join(map(str, row)) for rows in sheets for row in rows) + "\n".join(book.sheet_names)


def pdf_text(written: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written)).pages)


def screens(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """The elements of every page, and every answer that was remembered for it."""
    remembered: list[str] = []
    answer = data._answer

    def remember(*arguments: Any, **named: Any) -> Any:
        found = answer(*arguments, **named)
        remembered.append(found.to_csv() if hasattr(found, "to_csv") else repr(found))
        return found

    monkeypatch.setattr(data, "local_now", lambda: NOW)
    monkeypatch.setattr(data, "_answer", remember)
    st.cache_data.clear()
    st.cache_resource.clear()
    for page in PAGES:
        shown = AppTest.from_file(str(page), default_timeout=120).run()
        assert [error.value for error in shown.exception] == []
        yield page.stem, elements_text(shown)
    st.cache_data.clear()
    st.cache_resource.clear()
    assert remembered
    yield "caches", "\n".join(remembered)


def elements_text(shown: AppTest) -> str:
    """Whatever was sent to the browser: every element, with the rows of its tables."""
    protos = [element.proto for element in (*shown.main, *shown.sidebar)]
    parts = [MessageToString(proto, as_utf8=True) for proto in protos if proto is not None]  # a bare box has none
    parts += [table.value.to_csv() for table in (*shown.dataframe, *shown.table)]
    return "\n".join(parts)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.source_id)
def test_what_stays_to_be_seen(contract: Contract):
    """Where a plain name, a public address or a bare number is taken for what the column is about: all of it."""
    assert limits(contract) == [
        (header, kind) for header, kinds in SEEN.get(contract.source_id, {}).items() for kind in kinds
    ]


PLAIN, IN_WORDS, BARE = ("nama", "beberapa", "alamat"), ("nama", "beberapa"), ("tanpa 0",)
SEEN: dict[str, dict[str, tuple[str, ...]]] = {
    "bappeda_program": dict.fromkeys(("Nama Program", "Indikator", "Satuan"), PLAIN),
    "bappeda_target_program": {"Target": IN_WORDS, "Anggaran (Rp)": BARE},
    "bmkg_peringatan": dict.fromkeys(("areaDesc", "references", "event", "headline"), PLAIN)
    | {"description": IN_WORDS, "instruction": IN_WORDS, "polygon": PLAIN},
    "bpkad_pagu": {"Pagu (Rp)": BARE},
    "diskominfo_spbe": dict.fromkeys(("institution", "group"), PLAIN),
    "diskominfo_spbe_tingkat": {"Bukti Dukung": IN_WORDS},
    "dlh_capaian_sampah": dict.fromkeys(("Provinsi", "Kabupaten/Kota"), PLAIN)
    | dict.fromkeys(
        (
            "Timbulan Sampah Tahunan (ton/tahun)(A)",
            "Pengurangan Sampah Tahunan (ton/tahun)(B)",
            "%Pengurangan Sampah(B/A)",
            "Penanganan Sampah Tahunan (ton/tahun)(C)",
            "%Penanganan Sampah(C/A)",
            "Sampah Terkelola Tahunan (ton/tahun)(B+C)",
            "%Sampah Terkelola(B+C)/A",
            "Daur ulang Sampah Tahunan (ton/tahun)(D)",
            "Bahan baku Sampah Tahunan (ton/tahun)(E)",
            "Recycling Rate(D+E)/A",
        ),
        BARE,
    ),
    "dlh_ispu": dict.fromkeys(("stasiun", "critical", "categori"), PLAIN),
    "dlh_komposisi_sampah": dict.fromkeys(("Provinsi", "Kabupaten/Kota"), PLAIN),
    "dlh_timbulan_sampah": dict.fromkeys(("Provinsi", "Kabupaten/Kota"), PLAIN)
    | dict.fromkeys(("Timbulan Sampah Harian(ton)", "Timbulan Sampah Tahunan(ton)"), BARE),
    "dpupr_ambang_pos": dict.fromkeys(("Pos", "Sungai", "Dasar Penetapan"), PLAIN),
    "dpupr_pos_air": {"pos": PLAIN},
    "dpupr_proyek": dict.fromkeys(("nama_proyek", "alamat"), PLAIN),
    "opd_kontrak": {"Pagu": BARE, "No Kontrak": PLAIN, "Pekerjaan": PLAIN, "Nilai Kontrak": BARE},
    "opd_lra": {"URAIAN": PLAIN, "ANGGARAN": BARE, "REALISASI": BARE, "SERAPAN OPD": BARE},
    "opd_progres_program": {
        "Pagu (Rp)": BARE,
        "Realisasi (Rp)": BARE,
        "Capaian Indikator": BARE,
        "Kendala": IN_WORDS,
    },
}
