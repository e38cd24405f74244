"""The row of column names is found by any spelling the contract accepts."""

from __future__ import annotations

import pytest

from pipelines.contracts.contract import ContractProblem, load_contracts
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.headers import find_header
from tests.unit.pipelines.laid_out import contract

STAGES = {contract.source_id: contract for contract in load_contracts()}["opd_fisik"]
OURS = ["ID Tahap", "ID Kontrak", "Jadwal", "Target", "Realisasi"]
THEIRS = ["id_kegiatan_detail", "id_kegiatan", "jadwal_target", "target", "realisasi"]


@pytest.mark.parametrize("row", [OURS, THEIRS, ["No", *THEIRS], ["ID TAHAP ", "id kontrak", "jadwal", "TARGET", "x"]])
def test_the_header_row_is_found_by_names_and_other_names(row):
    found = find_header([["Laporan fisik"], [], row], STAGES)
    assert found is not None
    assert found.row_no == 3
    assert found.headers[:4] == ("ID Tahap", "ID Kontrak", "Jadwal", "Target")


def test_a_file_with_keys_alone_is_refused_also_where_the_sender_is_one_of_them():
    fields = tuple(field.model_copy(update={"required": False}) for field in STAGES.fields)
    fields = (fields[0].model_copy(update={"required": True}), *fields[1:])
    with pytest.raises(ContractProblem, match="hanya memuat ID Tahap"):
        find_header([["ID Tahap"]], STAGES.model_copy(update={"fields": fields}))


POPULATION = contract(
    {"name": "kecamatan", "from": "Kecamatan", "type": "text", "required": True},
    {"name": "men", "from": "Jumlah L", "type": "integer", "required": True},
    {"name": "women", "from": "P", "type": "integer", "required": True},
    {"name": "area", "from": "Luas", "type": "number", "unit": "ha"},
)
TITLE = ["LAPORAN PENDUDUK"]
UPPER, LOWER = ["No", "Kecamatan", "Jumlah", "", "Luas (ha)"], ["", "", "L", "P", ""]
BOXES = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4))
DATA = [1, "Puri", 3, 4, 5.5]


@pytest.mark.parametrize(
    ("rows", "merged", "row_no"),
    [
        ([TITLE, UPPER, LOWER, DATA], (), 3),
        ([TITLE, UPPER, LOWER, DATA], BOXES, 3),
        ([UPPER, LOWER, ["(1)", "(2)", "(3)", "(4)", "(5)"], DATA], (), 3),
        ([UPPER, LOWER, [1, 2, 3, 4, 5], DATA], (), 3),
        ([UPPER, LOWER, [], ["1", "2", "3", "4", "5=3+4"], DATA], (), 4),
        ([["No", "KECAMATAN ", "jumlah-l", "p", "LUAS\n(Ha)"], DATA], (), 1),
        ([["No", "", "", "", ""], ["", "Wilayah", "Penduduk", "", ""], UPPER, LOWER, DATA], (), 4),
        ([[]] * 60 + [UPPER, LOWER, DATA], (), 62),
    ],
)
def test_words_on_two_lines_are_joined(rows, merged, row_no):
    found = find_header(rows, POPULATION, merged)
    assert found is not None
    assert (found.row_no, found.columns) == (row_no, (1, 2, 3, 4))
    assert found.headers == ("Kecamatan", "Jumlah L", "P", "Luas")


def test_a_word_on_the_lower_line_that_stands_twice_is_refused():
    upper = ["Kecamatan", "Jumlah", "", "Pindah", ""]
    with pytest.raises(ContractProblem, match='Kolom "P" ada 2 kali'):
        find_header([upper, ["", "L", "P", "L", "P"]], POPULATION)


def test_a_declared_header_row_is_the_only_one_looked_at():
    one = POPULATION.model_copy(update={"file": FileShape(header_row=5)})
    head = ["Kecamatan", "Jumlah L", "P", "Luas"]
    found = find_header([head, ["Puri", 1, 2, 3], [], [], head, ["Puri", 1, 2, 3]], one)
    assert found is not None
    assert found.row_no == 5
    assert find_header([head, ["Puri", 1, 2, 3]], one) is None


WASTE = contract(
    {"name": "place", "from": "Lokasi", "type": "text", "required": True},
    {"name": "ton", "from": "Timbulan", "type": "number", "unit": "ton", "required": True},
    {"name": "share", "from": "Terkelola (%)", "type": "percent"},
    {"name": "done", "from": "Terkelola", "type": "number"},
)


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        (["Lokasi", "Timbulan (ton)"], (0, 1)),
        (["Lokasi", "Timbulan [Ton]", "Timbulan"], (0, 2)),
        (["Lokasi", "Timbulan (kg)"], None),
        (["Lokasi", "Timbulan (ribu ton)"], None),
        (["Lokasi", "Timbulan (ton)", "Terkelola (%)"], (0, 1, 2)),
        (["Lokasi", "Timbulan (ton)", "% Terkelola", "Terkelola (ton)"], (0, 1, 2, 3)),
    ],
)
def test_a_unit_in_brackets_is_no_part_of_the_name_unless_it_says_something_else(head, columns):
    if columns is None:
        with pytest.raises(ContractProblem, match=r'Apakah kolom "Timbulan'):
            find_header([head], WASTE)
    else:
        found = find_header([head], WASTE)
        assert found is not None
        assert found.columns == columns


@pytest.mark.parametrize(
    ("rows", "row_no"),
    [
        ([["Bulan", "L", "P"], [1, 2, 3], [2, 5, 6]], 1),  # the first row of data
        ([["Bulan", "L", "P"], ["(1)", "(2)", "(3)"], [1, 5, 6]], 2),
        ([["Bulan", "L", "P"], [1, 2, 3], [1, 5, 6]], 2),
    ],
)
def test_column_numbers_are_told_from_a_first_row_of_data(rows, row_no):
    fields = [{"name": word.lower(), "from": word, "type": "integer", "required": True} for word in ("Bulan", "L", "P")]
    found = find_header(rows, contract(*fields))
    assert found is not None
    assert found.row_no == row_no


@pytest.mark.parametrize("merged", [((0, 1, 0, 2),), ()])
def test_a_word_over_a_group_names_none_of_its_columns(merged):
    fields = [
        {"name": name, "from": word, "type": "text", "required": True}
        for name, word in (("a", "Desa"), ("b", "Jumlah"))
    ]
    with pytest.raises(ContractProblem, match=r'"Jumlah" .* berdiri di atas beberapa kolom: L, P'):
        find_header([["Desa", "Jumlah", ""], ["", "L", "P"], ["Puri", 1, 2]], contract(*fields), merged)


def test_a_header_merged_over_empty_columns_belongs_to_the_first():
    fields = [
        {"name": name, "from": word, "type": "text", "required": True} for name, word in (("a", "Desa"), ("b", "Ket"))
    ]
    one = contract(*fields)
    found = find_header([["Desa", "Ket", "", ""], ["Puri", "x", "", ""]], one, ((0, 1, 0, 2),))
    assert found is not None
    assert (found.row_no, found.columns) == (1, (0, 1))
    found = find_header([["Desa", "Ket", ""], ["", "", ""], ["Puri", "x", ""]], one, ((0, 0, 1, 0), (0, 1, 1, 2)))
    assert found is not None
    assert (found.row_no, found.columns) == (2, (0, 1))
