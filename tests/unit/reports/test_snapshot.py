"""One code for one state, and the same numbers in each file of it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reports.cells import Manner, cell_words
from reports.content import Column, Figures, PageContent, Section, Table
from reports.figure_words import value_words
from reports.snapshot import FORMATS, snapshot_code, take_snapshot
from tests.unit.reports.examples import FIGURE, FULL, INSTANT, LATE, SMALL, VIEW, desk, page
from tests.unit.reports.reading import said, together

MANNER = Manner("id_ID", "WIB")


def test_code_is_short_and_can_be_said() -> None:
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", snapshot_code(desk(), FULL))


@pytest.mark.parametrize(
    ("content", "view", "is_same"),
    [
        (FULL, VIEW, True),
        (FULL, replace(VIEW, instant=INSTANT + timedelta(minutes=5)), True),
        (replace(FULL, address=(*FULL.address, ("rilis", VIEW.release_id))), VIEW, True),
        (FULL, replace(VIEW, instant=INSTANT + timedelta(days=1)), False),
        (FULL, replace(VIEW, release_id="2026-11-21.02"), False),
        (FULL, replace(VIEW, clocks=(LATE,)), False),
        (replace(FULL, address=(("tahun", "2025"),)), VIEW, False),
        (replace(FULL, page="spbe"), VIEW, False),
    ],
    ids=["same", "minutes later", "pinned", "tomorrow", "release", "clock", "filter", "page"],
)
def test_code_names_the_state(content: PageContent, view: object, is_same: bool) -> None:
    assert (snapshot_code(desk(view), content) == snapshot_code(desk(), FULL)) is is_same  # type: ignore[arg-type]


def test_files_carry_page_region_release_and_code() -> None:
    snapshot = take_snapshot(desk(), SMALL)
    stem = f"pendopo_masterplan_35.16_2026-11-21.01_{snapshot.code}"
    assert [item.file_name for item in snapshot.downloads] == [
        f"{stem}.pdf", f"{stem}_png.zip", f"{stem}.xlsx", f"{stem}.csv"
    ]  # fmt: skip
    names = [name for kind in FORMATS for name, _content in snapshot.files(kind)]
    assert names[0] == f"{stem}.pdf"
    assert names[-2:] == [f"{stem}.xlsx", f"{stem}.csv"]
    assert {name[-7:] for name in names[1:-2]} == {f"_{place:02d}.png" for place in range(1, len(names) - 2)}


numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False, allow_infinity=False)
columns = st.builds(
    Column,
    title=st.sampled_from(["Pagu", "Realisasi", "Nilai", "Deviasi"]),
    kind=st.sampled_from(["number", "percent", "money"]),
    decimals=st.integers(0, 3),
    unit=st.sampled_from(["", "ton", "poin"]),
)
names = st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("áéµ·–≤"), min_size=1, max_size=40)


@st.composite
def contents(draw: st.DrawFn) -> PageContent:
    """Some figures and a small table, with any words in them."""
    header = draw(st.lists(columns, min_size=1, max_size=4))
    cells = st.tuples(names, *(st.none() | numbers for _ in header))
    rows = draw(st.lists(cells, max_size=5))
    figures = tuple(
        replace(FIGURE, value=draw(st.none() | numbers), decimals=draw(st.integers(0, 3)), trend=(), target=None)
        for _ in range(draw(st.integers(0, 2)))
    )
    table = Table((Column("Nama"), *header), tuple(rows), name="Tabel")
    return page(Section(draw(names), (Figures(figures), table)), message=draw(names))


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_what_the_page_writes_is_in_every_file(content: PageContent) -> None:
    snapshot = take_snapshot(desk(), content)
    figures, table = content.sections[0].blocks
    assert isinstance(figures, Figures)
    assert isinstance(table, Table)
    values = [figure.value for figure in figures.figures if figure.value is not None]
    values += [cell for row in table.rows for cell in row if isinstance(cell, Decimal)]
    assert sorted(_csv_numbers(snapshot.csv())) == sorted(values)
    assert sorted(_sheet_numbers(snapshot.xlsx(), content)) == sorted(map(float, values))
    paper = said(snapshot.pdf())
    written = [value_words(figure, "id_ID") for figure in figures.figures]
    written += [
        cell_words(cell, column, MANNER) for row in table.rows for cell, column in zip(row, table.columns, strict=True)
    ]
    assert [words for words in written if together(words) not in paper] == []


def _csv_numbers(written: bytes) -> list[Decimal]:
    lines = csv.DictReader(io.StringIO(written.decode("utf-8-sig")))
    return [Decimal(line["nilai"]) for line in lines if line["nilai"]]


def _sheet_numbers(written: bytes, content: PageContent) -> list[float]:
    """Numbers of the table, and the value of each figure."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    name = [name for name in book.sheet_names if name.startswith("Tabel")][-1]  # a title of signs is named so too
    table = book.get_sheet_by_name(name).to_python()[1:]
    found = [cell for row in table for cell in row if isinstance(cell, float)]
    figures = content.sections[0].blocks[0]
    if isinstance(figures, Figures) and figures.figures:
        header, *rows = book.get_sheet_by_index(1).to_python()
        values = (row[header.index("Nilai")] for row in rows)
        found += [value for value in values if isinstance(value, float)]
    return found
