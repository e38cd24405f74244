"""Columns on paper: numbers and words keep their line, the largest text that allows it, never wider than the room."""

from __future__ import annotations

import pytest

from charts.lettering import text_width
from reports.content import Column
from reports.table_layout import CELL_ROOM, SIZES, TableLayout, lay_out

TEXT, NUMBER = Column("a"), Column("a", "number")
SENTENCE = "Keterpaduan perencanaan, penganggaran dan pemantauan program lintas perangkat daerah melalui satu data"


@pytest.mark.parametrize(
    ("columns", "header", "row", "size"),
    [
        ([TEXT, NUMBER], ["Nama", "Nilai"], ["Ngoro", "1.234,5"], 8.5),
        ([TEXT, NUMBER], ["Nama", "Nilai"], [SENTENCE * 3, "1.234,5"], 8.5),
        ([TEXT, *[NUMBER] * 12], ["Nama", *["Nilai"] * 12], [SENTENCE, *["Rp 119.808.382"] * 12], 6.5),
        ([NUMBER] * 10, ["Realisasi"] * 10, ["119.808.382.419,25"] * 10, 7.5),
    ],
    ids=["roomy", "long text gives way", "many numbers", "no text to give way"],
)
def test_numbers_keep_their_line(columns: list[Column], header: list[str], row: list[str], size: float) -> None:
    layout = lay_out(columns, header, [row], 751)
    assert layout.size == size
    assert sum(layout.widths) <= 751 + 0.01
    for column, cell, width in zip(columns, row, layout.widths, strict=True):
        if column is NUMBER:
            assert text_width(cell, layout.size, 600) + CELL_ROOM <= width + 0.01


def test_a_short_text_column_keeps_its_words() -> None:
    header = ["Keadaan", "OPD", "Pekerjaan", "Keterangan"]
    layout = lay_out([TEXT] * 4, header, [["terlambat", "DISBUDPORAPAR", SENTENCE, SENTENCE]], 400)
    for cell, width in zip(("terlambat", "DISBUDPORAPAR"), layout.widths[:2], strict=True):
        assert text_width(cell, layout.size, 600) + CELL_ROOM <= width + 0.01
    assert layout.widths[2] == pytest.approx(layout.widths[3], rel=0.05)


def test_more_columns_than_a_paper_holds_all_give_way() -> None:
    layout = lay_out([NUMBER] * 60, ["Nilai"] * 60, [["119.808.382.419,25"] * 60], 751)
    assert layout.size == SIZES[-1]
    assert sum(layout.widths) == pytest.approx(751)


def test_a_table_without_rows_is_as_wide_as_its_header() -> None:
    layout = lay_out([TEXT], ["Penanggung jawab"], [], 751)
    assert isinstance(layout, TableLayout)
    assert layout.widths[0] == pytest.approx(text_width("Penanggung jawab", 8.5, 600) + CELL_ROOM)
