"""One content, many forms: whatever the filters, page, CSV, workbook and paper say the same numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports import explore_facets
from reports.choices import settle
from reports.content import Cell, Column, PageContent, Section, Table
from reports.desk import Desk
from reports.facets import Facet
from reports.opening import opened_desk
from reports.pages import jelajah
from reports.registry import find_page
from reports.snapshot import take_snapshot
from tests.pages.conftest import NOW
from tests.pages.reading import open_page
from tests.pages.taken_away import (
    bare,
    csv_differences,
    paper_differences,
    screen_differences,
    tables_of,
    xlsx_differences,
)
from warehouse.filters import LISTS, Filters, read_filters, write_filters
from warehouse.measures import find_measure
from warehouse.scope import machine_scope
from warehouse.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = ("indikator", "menurut"), ("baris",)  # what other choices depend on, and what depends on them
BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
EXAMPLES = {  # how many plain `pytest` draws, and how many `make test` and `make test-long`; the first are the same
    "masterplan": (1, 2, 6),
    "jelajah": (2, 5, 16),
    "spbe": (1, 2, 4),
    "smart_environment": (1, 2, 4),
    "smart_living": (1, 2, 4),
    "indikator": (1, 2, 4),
}
COMPARED, PARTS = "Pembanding", ("Pembilang", "Penyebut")
ROUNDED = Decimal("0.01")  # shares are published with two places


def fixed(count: int) -> Callable[[Any], Any]:
    """The same examples at every run."""
    return settings(
        max_examples=count, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk(built_data_dir: Path) -> Iterator[Desk]:
    """Asks the release anew each time: two equal contents were read twice."""
    with opened_desk(load_settings(data_dir=built_data_dir), NOW, "", machine_scope("")) as opened:
        yield opened


@pytest.fixture(scope="module")
def offering(desk: Desk) -> Desk:
    """The same desk with a memory, to find out what there is to choose."""
    answers: dict[Any, Any] = {}

    def ask(query: Callable[..., Any], *arguments: Any) -> Any:
        key = (query, *map(repr, arguments))
        if key not in answers:
            answers[key] = desk.ask(query, *arguments)
        return answers[key]

    return replace(desk, ask=ask)


@pytest.mark.parametrize("page", EXAMPLES)
@pytest.mark.parametrize(
    "is_all",
    [pytest.param(False, marks=pytest.mark.core), pytest.param(True, marks=pytest.mark.slow)],
    ids=["few", "all"],
)
def test_every_form_of_a_page_says_the_same(
    page: str, is_all: bool, desk: Desk, offering: Desk, full_scale: bool
) -> None:
    count = EXAMPLES[page][is_all + (is_all and full_scale)]
    print(f"{page}: {count} pilihan saringan")

    @fixed(count)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        filters = draw_filters(data, offering, page)
        content = find_page(page).build(desk, filters)
        assert [section.title for section in content.sections if section.is_failed] == []
        assert differences(desk, content) == {"csv": [], "xlsx": [], "pdf": []}
        assert [wrong for table in tables_of(content) for wrong in wrong_totals(table, filters)] == []
        assert find_page(page).build(desk, read_filters(dict(content.address))) == content

    with pytest.MonkeyPatch.context() as patch:  # a number that only a chart says must not pass for one of a table
        patch.setattr("reports.paper.draw_chart", lambda *_arguments: BLANK)
        check()


def differences(desk: Desk, content: PageContent, shown: PageContent | None = None) -> dict[str, list[object]]:
    """What each file of `shown`, by itself the same content, says otherwise than the content."""
    snapshot = take_snapshot(desk, shown or content)
    return {
        "csv": csv_differences(content, snapshot.csv()),
        "xlsx": xlsx_differences(content, snapshot.xlsx()),
        "pdf": paper_differences(desk, content, snapshot.pdf()),
    }


@pytest.mark.parametrize(("before", "after"), [(Decimal(147), Decimal(148)), (Decimal("0.25"), None)])
def test_a_number_that_differs_in_a_file_is_found(before: Decimal, after: Decimal | None, desk: Desk) -> None:
    table = Table((Column("Hal"), Column("Nilai", "number", 2)), (("a", before), ("b", Decimal(9))), is_leading=True)
    content = jelajah.build(desk, Filters())
    content, other = (
        replace(content, sections=(Section("Bagian", (replace(table, rows=(("a", cell), table.rows[1])),)),))
        for cell in (before, after)
    )
    assert [len(found) for found in differences(desk, content, other).values()] == [1, 1, 1]


def draw_filters(data: st.DataObject, desk: Desk, page: str) -> Filters:
    """Any of what the page offers, as it honours it; what is offered follows from what was chosen before."""
    chosen = Filters()
    for names in (FIRST, (), LAST):
        offered = find_page(page).facets(desk, chosen)
        for facet in offered:
            if facet.options and (facet.name in names if names else facet.name not in (*FIRST, *LAST)):
                chosen = replace(chosen, **{facet.name: data.draw(values(facet, desk), label=facet.name)})
    if page == "jelajah":
        chosen = replace(chosen, per=data.draw(st.sampled_from(("", "", *days(desk))), label="per"))
    return settle(chosen, find_page(page).facets(desk, chosen)).filters


def values(facet: Facet, desk: Desk) -> st.SearchStrategy[Any]:
    options = st.sampled_from([option.value for option in facet.options])
    if facet.name in LISTS:
        return st.lists(options, unique=True, max_size=3 if facet.is_multiple else 1).map(tuple)
    if facet.name == "periode":
        first, *_between, last = days(desk)
        options |= st.sampled_from(["45h", "2b", f"{last}..{first}"])
    return st.just("") | options


def days(desk: Desk) -> list[str]:
    return [(desk.instant.date() - timedelta(days=count)).isoformat() for count in range(0, 60, 7)]


# Totals


def wrong_totals(table: Table, filters: Filters) -> list[object]:
    """Columns whose total is neither the sum of what adds up nor a value recomputed from its parts."""
    if table.total is None:
        return []
    wrong: list[object] = []
    total = {column.title: bare(cell) for column, cell in zip(table.columns, table.total, strict=True)}
    for place, column in enumerate(table.columns):
        found, cells = bare(table.total[place]), numbers_of(bare(row[place]) for row in table.rows)
        if not numbers_of([found]) or column.title == COMPARED:  # its rows may be of other days
            continue
        if column.title == "Perubahan":
            is_right = found == bare(table.total[1]) - total[COMPARED]
        elif adds_up(table, place, cells, filters):
            is_right = abs(found - sum(cells)) <= (ROUNDED * len(cells) if column.title in PARTS else 0)
        else:
            is_right = min(cells) - ROUNDED <= found <= max(cells) + ROUNDED
        wrong += [] if is_right else [(column.title, found, cells)]
    return wrong


def numbers_of(cells: Iterable[Cell]) -> list[Any]:
    return [cell for cell in cells if isinstance(cell, Decimal | int) and not isinstance(cell, bool)]


def adds_up(table: Table, place: int, cells: list[Any], filters: Filters) -> bool:
    """Rupiah, counts and the parts of a value add up; so does what is explored when it is a count itself."""
    column = table.columns[place]
    if table.is_leading and place == 1:
        return find_measure(filters.indikator or explore_facets.FIRST).kind == "additive"
    return column.kind == "money" or column.title in PARTS or all(isinstance(cell, int) for cell in cells)


@pytest.mark.parametrize(
    "filters", [Filters(opd=("DLH",)), Filters(opd=("BKPSDM",), sumber="dpupr_proyek", data=("mutakhir",))]
)
def test_a_cut_of_the_deliveries_says_the_same_even_of_none(filters: Filters, desk: Desk) -> None:
    content = find_page("disiplin_data").build(desk, filters)
    assert [section.title for section in content.sections if section.is_failed] == []
    assert differences(desk, content) == {"csv": [], "xlsx": [], "pdf": []}


# Screen and paper


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("masterplan", {"dimensi": "4,6", "data": "contoh,mutakhir"}),
        ("jelajah", {"indikator": "smart_living.tiba_15_menit", "banding": "sebelumnya", "baris": "35.16.07"}),
        ("jelajah", {"indikator": "masterplan.tanpa_laporan", "menurut": "waktu", "urut": "-nilai"}),
        ("spbe", {"tahun": "2023"}),
    ],
)
def test_the_screen_says_the_same(page: str, address: dict[str, str], desk: Desk, release: Path) -> None:
    content = find_page(page).build(desk, read_filters(address))
    shown = open_page(page, **address)
    assert [error.value for error in (*shown.exception, *shown.error, *shown.warning)] == []
    assert shown.query_params == dict(content.address) == write_filters(read_filters(address))
    assert screen_differences(desk, content, shown) == []


@pytest.mark.slow
def test_another_process_draws_the_same_bytes(desk: Desk, built_data_dir: Path, tmp_path: Path) -> None:
    """The command and the page: other order of sets, other temporary folders, the same file."""
    command = [sys.executable, "-m", "reports", "snapshot", "--page", "jelajah", "--filter", "periode=7h"]
    command += ["--now", NOW.isoformat(), "--format", "pdf", "--out", str(tmp_path)]
    environment = os.environ | {"PENDOPO_DATA_DIR": str(built_data_dir), "PYTHONHASHSEED": "7"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    snapshot = take_snapshot(desk, jelajah.build(desk, Filters(periode="7h")))
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [*snapshot.files("pdf")]
    assert snapshot.pdf() == snapshot.pdf()
