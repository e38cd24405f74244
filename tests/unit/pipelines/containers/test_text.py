"""Delimited text of every encoding and delimiter becomes UTF-8 that DuckDB can read; what is in doubt is refused."""

from __future__ import annotations

import codecs

import pytest

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape

TABLE = 'Kode;Nama\n1;"Dua\nbaris"\n2;Café\n'


def open_text(tmp_path, content, **shape):
    path = tmp_path / "data.xls"  # no name is ever believed
    path.write_bytes(content)
    opened = open_file(path, tmp_path, FileShape(**shape))
    assert (opened.kind, opened.grids) == ("csv", ())
    return opened


@pytest.mark.parametrize(
    ("content", "is_itself", "rules"),
    [
        (TABLE.encode(), True, []),
        (TABLE.replace("\n", "\r\n").encode(), True, []),
        (codecs.BOM_UTF8 + TABLE.encode(), False, []),
        (TABLE.encode("utf-16"), False, []),
        (TABLE.encode("utf-16-le"), False, []),
        (TABLE.encode("utf-16-be"), False, []),
        (TABLE.replace("\n", "\r").encode(), False, []),
        (TABLE.encode("cp1252"), False, ["pengkodean"]),
    ],
    ids=["utf-8", "crlf", "bom", "utf-16", "utf-16-le", "utf-16-be", "cr", "cp1252"],
)
def test_every_encoding_and_line_end(tmp_path, content, is_itself, rules):
    opened = open_text(tmp_path, content)
    assert opened.text.path.read_bytes().replace(b"\r\n", b"\n") == TABLE.encode()
    assert (opened.text.path == tmp_path / "data.xls") is is_itself
    assert opened.text.delimiter == ";"
    assert [rule for rule, _said in opened.notes] == rules


@pytest.mark.parametrize(
    ("text", "declared", "expected", "rules"),
    [
        ("a,b\n1,2\n", None, ",", []),
        ("a\tb\n1\t2\n", None, "\t", []),
        ("a|b\n1|2\n", None, "|", []),
        ("a;b\n1;2\n", ",", ";", ["pemisah"]),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ",", ";", ["pemisah"]),
        ("Tanggal;PM2,5\n1;1,5\n2;2,5\n", ",", ";", ["pemisah"]),
        ("a;b\n1;2\n", ";", ";", []),
        ('a,b\n"x;y",1\n"x;y",2\n', ";", ",", ["pemisah"]),
        ("a;b,c\n1;2,3\n", ",", ",", []),  # either will do: as agreed
        ("a;b,c\n1;2,3\n", ";", ";", []),
        ("Laporan bulan ini\n\na;b\n1;2,5\n3;4,5\n", ",", ";", ["pemisah"]),
        ("nama\nSawo\n", ";", ";", []),
        ("sep=;\na;b\n", None, ";", []),
        ('"sep=|"\r\na|b\r\n', ",", "|", ["pemisah"]),
    ],
)
def test_the_delimiter_is_found_in_the_content(tmp_path, text, declared, expected, rules):
    opened = open_text(tmp_path, text.encode(), delimiter=declared)
    assert opened.text.delimiter == expected
    assert "sep=" not in opened.text.path.read_text("utf-8")  # no spreadsheet shows or counts that line
    assert [rule for rule, _said in opened.notes] == rules


def test_a_sign_that_marks_typed_cells_is_not_taken_from_text(tmp_path):
    opened = open_text(tmp_path, b"a;b\n\x02n5;1\n")
    assert opened.text.path.read_text("utf-8") == "a;b\n\ufffdn5;1\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"kosong \(0 byte\)"),
        (b" \r\n\n", "kosong"),
        (codecs.BOM_UTF8, "kosong"),
        (b"a;b\n1;\x002\n", "biner"),
        (b"a;b\n" + b"1;2\n" * 40_000 + b"\0;3\n", "biner"),
        (bytes(range(1, 256)) * 3, "biner"),
        ("a;b\n1;Café".encode()[:-1], "terpotong"),
        ("a;b\n1;Café\n".encode() + b"2;Caf\xe9\n", "sebagian UTF-8"),
        (b"a;b\n1;\x81\n", "terpotong atau rusak"),
        (codecs.BOM_UTF16_LE + b"a\0;\0b", "terpotong"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "gambar PNG"),
        (b"\xff\xd8\xff\xe0", "gambar JPEG"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", r"halaman web \(HTML\)"),
        (b'\xef\xbb\xbf\r\n<?xml version="1.0"?>\n<!DOCTYPE html>\n<p>', r"halaman web \(HTML\)"),
        (b"\x1f\x8b\x08", "GZIP"),
    ],
)
def test_what_is_no_text_is_refused_in_plain_words(tmp_path, content, said):
    with pytest.raises(ContractProblem, match=rf"data\.xls .*{said}|{said}.*data\.xls"):
        open_text(tmp_path, content)


def test_a_file_too_large_is_refused_unless_the_caller_allows_it(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(b"a;b\n1;2\n" * 50)
    with pytest.raises(ContractProblem, match="terlalu besar"):
        open_file(path, tmp_path, FileShape(), max_bytes=399)
    assert open_file(path, tmp_path, FileShape(), max_bytes=400).text is not None
