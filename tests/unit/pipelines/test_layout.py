"""What agencies put around and between their rows: letterhead, totals, signatures, merged cells, months as columns."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.contracts.contract import ContractProblem
from pipelines.reading.grids import Grid
from tests.unit.pipelines.laid_out import contract, of_rows, of_sheets

HEAD = ["No", "Kecamatan", "Desa", "Jumlah"]
ONE, TWO = [1, "Puri", "Puri", 10], [2, "Puri", "Sumolawang", 5]
THREE = [3, "Gedeg", "Gedeg", 7]
VILLAGES = contract()
FILLED = contract(
    {"name": "kecamatan", "from": "Kecamatan", "type": "text", "required": True, "fill_down": True},
    {"name": "desa", "from": "Desa", "type": "text", "required": True},
    {"name": "jiwa", "from": "Jumlah", "type": "integer"},
)
BY_NAME = contract(
    {"name": "kecamatan", "from": "Kecamatan", "type": "text", "required": True},
    {"name": "jiwa", "from": "Jumlah", "type": "integer"},
)


@pytest.mark.parametrize(
    ("below", "kinds"),
    [
        ([["JUMLAH", "", "", 15]], {4: "jumlah"}),
        ([["", "J U M L A H", "", 15]], {4: "jumlah"}),
        ([["", "Jumlah Kecamatan Puri", "", 15]], {4: "jumlah"}),
        ([[3, "TOTAL", "", 15]], {4: "jumlah"}),
        ([["Rata-rata", "", "", 7.5]], {4: "lain"}),
        ([["Keterangan: angka sementara"]], {4: "lain"}),
        ([["*) termasuk pendatang"]], {4: "lain"}),
        ([["", "Sumber: Dispendukcapil"]], {4: "lain"}),
        (
            [[], ["", "", "Mojokerto, 5 Januari 2026"], ["", "", "Kepala Dinas"], [], ["", "", "Nama Contoh"]],
            {5: "lain", 6: "lain", 8: "lain"},
        ),
        ([["JUMLAH", "", "", 15], ["", "a. catatan kecil"]], {4: "jumlah", 5: "lain"}),
        ([["JUMLAH", "", "", 15], HEAD, THREE], {4: "jumlah", 5: "lain", 6: "data"}),
        ([HEAD, ["1", "2", "3", "4"], THREE], {4: "lain", 5: "lain", 6: "data"}),
        # What holds a value, or stands among the rows, is data, whatever it lacks: it will be told, not dropped.
        ([["", "", "", 15]], {4: "data"}),
        ([["", "Gedeg", ""], THREE], {4: "lain", 5: "data"}),  # all others are numbered: the name of a group
        ([[3], [4]], {4: "lain", 5: "lain"}),  # only numbered, nothing of ours
        ([["", "Total Persada", "Puri", 4]], {4: "data"}),
        ([["", "Puri", "Total", 4]], {4: "jumlah"}),  # of one of them: told, as it does not add up
        ([["JUMLAH", "", "", 15], ["", "Gedeg", "", 9]], {4: "jumlah", 5: "data"}),
    ],
)
def test_rows_that_are_no_data_are_known_by_their_words(below, kinds):
    laid = of_rows(VILLAGES, HEAD, ONE, TWO, *below)
    assert laid.kinds() == {2: "data", 3: "data", **kinds}
    told = [message for rule, message in laid.notes if rule == "disisihkan"]
    aside = [row_no for row_no, kind in kinds.items() if kind != "data"]
    assert bool(told) == bool(aside)
    assert all(str(row_no) in told[0] for row_no in (aside[0], aside[-1]) if told) if aside else True


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["TOTAL", 12], "jumlah"),
        (["Total Persada", 12], "data"),
        (["Jumlah", 12], "jumlah"),
        (["Mengetahui", ""], "lain"),
        (["Puri", ""], "data"),
    ],
)
def test_one_key_alone_is_a_total_only_by_the_whole_word(row, kind):
    assert of_rows(BY_NAME, ["Kecamatan", "Jumlah"], ["Gedeg", 12], row).kinds()[3] == kind


def test_a_word_the_contract_allows_in_its_column_is_no_total():
    damage = {"name": "rusak", "from": "Kerusakan", "type": "text", "required": True, "one_of": ["Total", "Ringan"]}
    one = contract(damage, {"name": "rumah", "from": "Rumah", "type": "integer"})
    assert of_rows(one, ["Kerusakan", "Rumah"], ["Ringan", 2], ["Total", 3]).kinds() == {2: "data", 3: "data"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ONE, TWO, ["JUMLAH", "", "", 15]], []),
        ([ONE, TWO, ["JUMLAH", "", "", 16]], ['Baris jumlah 4 menyebut 16 di kolom "Jumlah", jumlah barisnya 15.']),
        ([ONE, TWO, ["SUBTOTAL", "", "", 15], THREE, ["SUBTOTAL", "", "", 7], ["TOTAL", "", "", 22]], []),
        (
            [ONE, TWO, ["SUBTOTAL", "", "", 15], THREE, ["SUBTOTAL", "", "", 8], ["TOTAL", "", "", 23]],
            [
                'Baris jumlah 6 menyebut 8 di kolom "Jumlah", jumlah barisnya 7.',
                'Baris jumlah 7 menyebut 23 di kolom "Jumlah", jumlah barisnya 22.',
            ],
        ),
        ([["TOTAL", "", "", 15], ONE, TWO], []),
        ([["TOTAL", "", "", 9], ONE, TWO], ['Baris jumlah 2 menyebut 9 di kolom "Jumlah", jumlah barisnya 15.']),
        ([ONE, [2, "Puri", "", 5], ["JUMLAH", "", "", 15]], []),  # a refused row counts where it can be read
        ([ONE, [2, "Puri", "X", "lima"], ["JUMLAH", "", "", 10]], []),
        ([ONE, ["JUMLAH", "", "", "-"]], []),
    ],
)
def test_a_total_is_held_against_its_rows(rows, said):
    laid = of_rows(VILLAGES, HEAD, *rows)
    assert [message for rule, message in laid.notes if rule == "jumlah"] == said


def test_keys_of_merged_cells_stand_for_all_their_rows_and_amounts_for_one():
    laid = of_rows(
        VILLAGES,
        ["Kecamatan", "Desa", "Jumlah"],
        ["Puri", "Puri", 10],
        ["", "Sumolawang", ""],
        ["Gedeg", "Gedeg", 7],
        merged=((1, 0, 2, 0), (1, 2, 2, 2)),
    )
    assert laid.data() == [(2, "Puri", "Puri", "10"), (3, "Puri", "Sumolawang", None), (4, "Gedeg", "Gedeg", "7")]
    assert [rule for rule, _message in laid.notes] == ["sel_gabung"]


def test_keys_written_once_are_repeated_only_where_the_contract_says_so_and_not_past_a_total():
    rows = (HEAD, ONE, [2, "", "Sumolawang", 5], ["JUMLAH", "", "", 15], [3, "", "Gedeg", 7])
    assert of_rows(FILLED, *rows).data() == [
        (2, "Puri", "Puri", "10"),
        (3, "Puri", "Sumolawang", "5"),
        (5, None, "Gedeg", "7"),
    ]
    assert of_rows(VILLAGES, *rows).data()[1] == (3, None, "Sumolawang", "5")


def test_a_key_on_a_line_of_its_own_is_repeated_below_it():
    laid = of_rows(FILLED, HEAD, ["", "Puri"], [1, "", "Puri", 10], ["", "Gedeg"], [2, "", "Gedeg", 7])
    assert laid.data() == [(3, "Puri", "Puri", "10"), (5, "Gedeg", "Gedeg", "7")]
    assert (laid.kinds()[2], laid.kinds()[4]) == ("lain", "lain")


def test_hidden_rows_and_columns_are_read_and_named():
    laid = of_rows(VILLAGES, HEAD, ONE, TWO, hidden_rows=frozenset({2}), hidden_columns=frozenset({0, 3}))
    assert len(laid.data()) == 2
    assert [message for rule, message in laid.notes if rule == "tersembunyi"] == [
        "Baris tersembunyi ikut dibaca: 3. Hapus bila bukan data.",
        "Kolom tersembunyi ikut dibaca: D.",
    ]


TABLE = (HEAD, ONE)


@pytest.mark.parametrize(
    ("sheet", "grids", "said"),
    [
        (None, [Grid("Rekap", (["a"],)), Grid("Data", TABLE)], None),
        ("data*", [Grid("Lama", TABLE), Grid("DATA 2026 ", TABLE)], None),
        ("Data", [Grid("Lama", TABLE)], 'Lembar "Data" tidak ada .* Lembar yang ada: Lama'),
        (None, [Grid("Rekap", (["a"],)), Grid("Data", TABLE, is_visible=False)], 'lembar "Data" yang disembunyikan'),
        ("Data", [Grid("Rekap", TABLE), Grid("Data", TABLE, is_visible=False)], 'lembar "Data" yang disembunyikan'),
        (None, [Grid("Rekap", (["a"],))], "Baris judul kolom tidak ditemukan"),
    ],
)
def test_the_sheet_is_the_named_or_the_first_visible_one_with_the_table(sheet, grids, said):
    one = contract(file={"sheet": sheet} if sheet else {})
    if said is None:
        assert of_sheets(one, *grids).data() == [(2, "Puri", "Puri", "10")]
    else:
        with pytest.raises(ContractProblem, match=said):
            of_sheets(one, *grids)


MONTHLY = (
    {"name": "desa", "from": "Desa", "type": "text", "required": True},
    {"name": "bulan", "from": "Bulan", "type": "text", "required": True},
    {"name": "ton", "from": "Timbulan", "type": "number", "required": True},
)
CROSS = contract(*MONTHLY, crosstab={"columns": "months", "into": "bulan", "value": "ton"})


def test_months_as_columns_become_rows_that_keep_their_cell():
    laid = of_rows(
        CROSS,
        ["Desa", "Jan", "Peb.", "MARET", "Triwulan I", "Apr 2026", date(2026, 5, 1), "Jumlah"],
        ["Puri", 1, 2, "tiga", 6, "", 5, 99],
        ["JUMLAH", 1, 3, "", 4, "", 5, 9],
    )
    assert laid.data() == [
        (2, "Puri", "Januari", "1"),
        (2, "Puri", "Februari", "2"),
        (2, "Puri", "Maret", "tiga"),
        (2, "Puri", "Mei 2026", "5"),
    ]
    assert laid.findings == [("D2", "angka")]
    assert [message for rule, message in laid.notes if rule == "jumlah"] == [
        'Baris jumlah 3 menyebut 3 di kolom "Timbulan", jumlah barisnya 2.'
    ]


def test_listed_headings_become_rows_and_a_missing_one_is_refused():
    fields = (MONTHLY[0], {"name": "jenis", "from": "Jenis", "type": "text"}, {**MONTHLY[2], "required": False})
    one = contract(*fields, crosstab={"columns": ["L", "P"], "into": "jenis", "value": "ton"})
    laid = of_rows(one, ["Desa", "Penduduk", ""], ["", "L", "P"], ["Puri", 3, 4])
    assert laid.data() == [(3, "Puri", "L", "3"), (3, "Puri", "P", "4")]
    with pytest.raises(ContractProblem, match='Kolom wajib "P" tidak ada'):
        of_rows(one, ["Desa", "L"], ["Puri", 3])


def test_a_crosstab_nobody_declared_is_refused():
    with pytest.raises(ContractProblem, match=r'Kolom wajib "Bulan" tidak ada|judul kolom tidak ditemukan'):
        of_rows(contract(*MONTHLY), ["Desa", "Jan", "Feb"], ["Puri", 1, 2])
