"""What a paper is given: a table is whole up to a bound far beyond two thousand rows, and a cut is said in words."""

from __future__ import annotations

from typing import Any

import pytest

from reports import paper
from reports.content import Table
from reports.paper import paper_data
from tests.unit.reports.examples import desk, only, programmes


def written(table: Table) -> dict[str, Any]:
    (section,) = paper_data(desk(), only(table), "7F3A-19C2")["sections"][:1]
    (block,) = section["blocks"]
    return dict(block)


def test_two_thousand_rows_are_whole() -> None:
    block = written(programmes(2000))
    assert len(block["rows"]) == 2000
    assert block["note"] == ""


@pytest.mark.parametrize(("count", "rows", "note"), [
    (3, 3, ""),
    (4, 3, "Di sini 3 dari 4 baris, dari atas; semuanya ada di XLSX."),
])  # fmt: skip
def test_a_longer_table_says_what_it_leaves_to_the_workbook(
    monkeypatch: pytest.MonkeyPatch, count: int, rows: int, note: str
) -> None:
    monkeypatch.setattr(paper, "PAPER_ROWS", 3)
    block = written(programmes(count))
    assert (len(block["rows"]), block["note"]) == (rows, note)
    assert block["total"][0] == "Jumlah"
