"""Downloads: no cell runs in a spreadsheet, missing stays empty, every row says where it comes from."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from pages.shared import data
from pages.shared.delivery_sections import held_csv
from pages.shared.export import ExportRow, csv_bytes, neutralise, neutralise_frame, page_csv
from pages.shared.heading import Desk
from pages.shared.marks import plain


@pytest.fixture
def desk(release: Path) -> Desk:
    serving = data.current()
    region = data.settings().region
    release_id = serving.release.release_id
    view = data.wall_view(release_id, data.this_minute())
    return Desk(view, region, release_id, data.rules(), partial(data.ask, release_id))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+62 812", "'+62 812"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1+1", "'  =1+1"),
        ("-5", "-5"),
        ("-1.234,5", "-1.234,5"),
        ("MJK-20261119-0018", "MJK-20261119-0018"),
        ("", ""),
        (Decimal("-5.5"), Decimal("-5.5")),
        (7, 7),
        (None, None),
    ],
)
def test_a_cell_is_never_a_formula(cell: object, written: object) -> None:
    assert neutralise(cell) == written


def test_grid_on_the_page_is_as_safe_as_a_download() -> None:
    frame = pd.DataFrame({"=kepala": ["=1+1", "aman"], "angka": [1.5, -2.0]})
    safe = neutralise_frame(frame)
    assert list(safe.columns) == ["'=kepala", "angka"]
    assert list(safe["'=kepala"]) == ["'=1+1", "aman"]
    assert list(safe["angka"]) == [1.5, -2.0]
    assert list(frame["=kepala"]) == ["=1+1", "aman"]


def test_missing_is_an_empty_cell() -> None:
    written = csv_bytes(("a", "b", "c", "d"), [(None, float("nan"), pd.NaT, 0)]).decode("utf-8-sig")
    assert written.splitlines()[1] == ",,,0"


def test_page_download_says_unit_period_source_release_and_sample(desk: Desk) -> None:
    row = ExportRow("SPBE", "Indeks", Decimal("4.16"), "", "2024", "Sangat Baik", "diskominfo_spbe", False)
    content = page_csv(desk, [row, ExportRow("112", "=1", None, "menit", "2026", "tidak ada data", "x", True)])
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines[0] == {
        "bagian": "SPBE", "ukuran": "Indeks", "nilai": "4.16", "satuan": "", "periode": "2024",
        "keterangan": "Sangat Baik", "sumber": "diskominfo_spbe", "rilis": desk.release_id, "contoh": "tidak",
    }  # fmt: skip
    assert (lines[1]["ukuran"], lines[1]["nilai"], lines[1]["contoh"]) == ("'=1", "", "ya")


def test_held_rows_keep_their_reasons_and_run_nothing(desk: Desk) -> None:
    held = pd.DataFrame(
        [
            {
                "file_name": "=berkas.csv",
                "sheet_name": None,
                "submission_id": "s1",
                "row_no": 4,
                "reasons": "angka tidak terbaca",
                "row_json": json.dumps({"=Kolom": "=HYPERLINK()", "Status": "+x"}),
            }
        ]
    )
    (line,) = csv.DictReader(io.StringIO(held_csv(desk, "sumber", held, {"s1"}).decode("utf-8-sig")))
    assert line["berkas"] == "'=berkas.csv"
    assert line["'=Kolom"] == "'=HYPERLINK()"
    assert line["Status"] == "'+x"
    assert (line["alasan"], line["baris"], line["contoh"]) == ("angka tidak terbaca", "4", "ya")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jalan *Raya* [a](b)", r"Jalan \*Raya\* \[a\](b)"),
        ("1. Kebijakan", r"1\. Kebijakan"),
        ("- butir", r"\- butir"),
        ("4,16", "4,16"),
        ("acuan@1, paket@2.", "acuan@1, paket@2."),
    ],
)
def test_delivered_text_is_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["![t](http://x.example/t.png)", "HTTPS://x.example", "WWW.x.example", "a@x.example"])
def test_delivered_address_is_no_link(text: str) -> None:
    shown = plain(text).replace("\\", "")
    assert not re.search(r"https?://|www\.|@x", shown, re.IGNORECASE), "Markdown makes a link of a bare address"
    assert shown.replace("\u2060", "") == text
