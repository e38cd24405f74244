"""Records of JSON stand under the names of their fields, each number exactly as it was written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape


def read(tmp_path, text, records=None):
    path = tmp_path / "data.csv"
    path.write_text(text, "utf-8")
    opened = open_file(path, tmp_path, FileShape(records=records))
    (grid,) = opened.grids
    return opened.kind, [list(row) for row in grid.cells]


@pytest.mark.parametrize(
    ("text", "records", "expected"),
    [
        ('[{"a": 1, "b": "75,57"}, {"b": null, "c": true}]', None, [["a", "b", "c"], [1, "75,57", ""], ["", "", True]]),
        ('{"result": {"records": [{"a": "x"}], "fields": ["a"]}}', None, [["a"], ["x"]]),
        ('{"result": {"records": [{"a": "x"}], "fields": [{"id": "a"}]}}', "result.records", [["a"], ["x"]]),
        ('{"a": "x"}\n\n{"a": "y"}\n', None, [["a"], ["x"], ["y"]]),
        ('{"a": "x"}', None, [["a"], ["x"]]),
        ('{"Info": {"gempa": {"a": "x"}}}', None, [["a"], ["x"]]),
        ('{"portals": {"p": {"a": "x"}, "q": {"a": "y"}}}', "portals", [["kunci", "a"], ["p", "x"], ["q", "y"]]),
        ('[["a", "b"], ["x", "y"]]', None, [["a", "b"], ["x", "y"]]),
        ('[{"a": {"b": [1.50, "x"]}}]', None, [["a"], ['{"b": [1.50, "x"]}']]),
        ('[{"a": "Caf\\u00e9"}]', None, [["a"], ["Café"]]),
    ],
)
def test_where_records_are(tmp_path, text, records, expected):
    assert read(tmp_path, text, records) == ("json", expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("75.57", Decimal("75.57")),
        ("0.1", Decimal("0.1")),
        ("1.50", Decimal("1.50")),
        ("12345678901234567890", Decimal("12345678901234567890")),
        ("1e3", Decimal("1E+3")),
        ("1e999999999", "1e999999999"),
        ("9" * 5000, "9" * 5000),
        ("NaN", "NaN"),
        ('"75,57"', "75,57"),
    ],
)
def test_a_number_is_exact(tmp_path, written, expected):
    _kind, cells = read(tmp_path, f'[{{"a": {written}}}]')
    assert cells[1] == [expected]
    assert type(cells[1][0]) is type(expected)


def test_properties_and_points_of_geojson(tmp_path):
    text = """{"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"kode": "35.16"}, "geometry": {"type": "Point", "coordinates": [112, -7.50]}},
      {"type": "Feature", "properties": {"kode": "35.76"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}},
      {"type": "Feature", "properties": null, "geometry": null}]}"""
    kind, cells = read(tmp_path, text)
    assert kind == "geojson"
    assert cells == [
        ["kode", "longitude", "latitude"],
        ["35.16", Decimal("112"), Decimal("-7.50")],
        ["35.76", "", ""],
        ["", "", ""],
    ]


@pytest.mark.parametrize(
    ("text", "records", "said"),
    [
        ('[{"a": 1}, {"a": 2', None, "rusak atau terpotong di baris 1"),
        ('{"a": 1}\n{"a": 2', None, "rusak atau terpotong di baris 2"),
        ('{"x": [{"a": 1}], "y": {"z": [{"a": 1}]}}', None, r"2 daftar: x, y\.z"),
        ('{"x": [{"a": 1}]}', "result.records", r'tidak memuat "result\.records".*Kunci yang ada: x\.'),
        ("[]", None, "satu rekaman pun"),
        ('[{"a": 1}, 2]', None, "Rekaman ke-2"),
        ('[{"a": 1, "a": 2}]', None, "dua kali"),
        ("[" * 100_000 + "]" * 100_000, None, "bersarang"),
        ('[{"a": ' + "[" * 200 + "]" * 200 + "}]", None, "bersarang"),
        ("[" + ",".join(["[]"] * 1_100_000) + "]", None, "terlalu banyak data"),
        ("[" + ",".join(f'{{"k{number}": 1}}' for number in range(3000)) + "]", None, "terlalu banyak data"),
        ('{"type": "FeatureCollection", "features": 1}', None, "features"),
    ],
    ids=range(12),
)
def test_what_is_in_doubt_or_damaged_is_refused(tmp_path, text, records, said):
    with pytest.raises(ContractProblem, match=said) as refused:
        read(tmp_path, text, records)
    assert "data.csv" in str(refused.value)
