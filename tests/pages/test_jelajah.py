"""Page Jelajah and the filters of an address, over one small release: widgets, links, older releases, rows."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st

from pages.shared import data, filter_bar
from pages.shared.filter_bar import pinned_link
from reports.csv import content_csv
from reports.desk import Desk
from reports.pages import jelajah
from tests.pages.reading import open_page, words_of
from warehouse.filters import FilterError, Filters, read_filters
from warehouse.measures import MEASURES, Measure
from warehouse.releases import Serving
from warehouse.scope import machine_scope

ARRIVALS = "smart_living.tiba_15_menit"
KEY = "saring:jelajah:{}".format


@pytest.fixture
def desk(release: Path) -> Desk:
    release_id = data.current().release.release_id

    scope = machine_scope("")

    def ask(query, *arguments):  # type: ignore[no-untyped-def]
        return data.ask(release_id, scope, query, *arguments)

    view = data.wall_view(release_id, data.this_minute())
    return Desk(view, data.settings().region, release_id, data.rules(), ask, scope)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_every_measure_shows_what_its_download_holds(measure: Measure, desk: Desk) -> None:
    content = jelajah.build(desk, Filters(indikator=measure.id, banding="sebelumnya"))
    assert [section.title for section in content.sections if section.is_failed] == []
    table = next(block for block in content.sections[0].blocks if getattr(block, "is_leading", False))
    lines = list(csv.reader(io.StringIO(content_csv(content, desk.release_id).decode("utf-8-sig"))))
    shown = [row[1] for row in table.rows]
    held = [Decimal(line[1]) if line[1] else None for line in lines[1:]]
    assert held == shown
    assert any(value is not None for value in shown)
    assert content.filter_words in lines[1]


def test_a_widget_writes_only_what_differs_into_the_address(release: Path) -> None:
    shown = open_page("jelajah")
    assert dict(shown.query_params) == {}
    shown.selectbox(key=KEY("indikator")).select(ARRIVALS).run()
    assert shown.query_params == {"indikator": ARRIVALS}
    shown.multiselect(key=KEY("kecamatan")).select("35.16.07").run()
    shown.multiselect(key=KEY("kecamatan")).select("35.16.06").run()
    shown.selectbox(key=KEY("menurut")).select("waktu").run()
    shown.selectbox(key=KEY("menurut")).select("kecamatan").run()  # the page's own choice again
    assert shown.query_params == {"indikator": ARRIVALS, "kecamatan": "35.16.07,35.16.06"}
    assert "Kecamatan Kutorejo dan Pungging · " in words_of(shown)
    shown.button(key=KEY("hapus")).click().run()
    assert dict(shown.query_params) == {}


@pytest.mark.parametrize("place", ["settle", "_draw"])
def test_a_choice_is_kept_when_its_run_is_cut_short(release: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """As by the next click: the run that follows has no callback of its own for the first one."""
    shown, cut = open_page("jelajah"), []
    before = getattr(filter_bar, place)

    def once(*arguments: Any) -> Any:
        if not cut:
            cut.append(place)
            st.rerun()
        return before(*arguments)

    shown.selectbox(key=KEY("periode")).select("7h")
    monkeypatch.setattr(filter_bar, place, once)
    shown.run()
    assert (cut, shown.query_params) == ([place], {"periode": "7h"})
    shown.query_params["periode"] = "45h"  # and the address wins again afterwards
    assert shown.run().selectbox(key=KEY("periode")).value == "45h"


def test_filters_are_cleared_when_the_run_is_cut_short(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, cut = open_page("jelajah", periode="7h"), []
    before = filter_bar.settle

    def once(*arguments: Any) -> Any:
        if not cut:
            cut.append("settle")
            st.rerun()
        return before(*arguments)

    shown.button(key=KEY("hapus")).click()
    monkeypatch.setattr(filter_bar, "settle", once)
    shown.run()
    assert shown.query_params == {}
    shown.selectbox(key=KEY("periode")).select("7h").run()
    assert shown.query_params == {"periode": "7h"}


def test_the_address_wins_when_it_changed(release: Path) -> None:
    shown = open_page("jelajah", periode="7h")
    assert shown.selectbox(key=KEY("periode")).value == "7h"
    shown.query_params["periode"] = "45h"  # a pasted link, or the back button
    shown.run()
    assert shown.selectbox(key=KEY("periode")).value == "45h"
    assert "45 hari terakhir" in shown.selectbox(key=KEY("periode")).options


def test_dates_of_ones_own(release: Path) -> None:
    shown = open_page("jelajah", periode="2026-11-01..2026-11-10")
    assert shown.selectbox(key=KEY("periode")).value == "tanggal"
    assert "1–10 November 2026" in words_of(shown)
    fresh = open_page("jelajah")
    fresh.selectbox(key=KEY("periode")).select("tanggal").run()
    assert fresh.query_params == {"periode": "2026-11-01..2026-11-21"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"periode": "30x"}, "periode=30x tidak dikenal. Contoh: 30h"),
        ({"menurut": "warna"}, "menurut=warna tidak dikenal. Pilihan: waktu."),
        ({"indikator": "spbe.index"}, "indikator=spbe.index tidak dikenal"),
        ({"baris": "2020-01-01"}, "baris=2020-01-01 tidak dikenal"),
        ({"tahun": "2024"}, "Saringan tahun tidak dipakai di halaman ini."),
    ],
)
def test_a_value_without_meaning_is_told_and_left_out(address: dict[str, str], words: str, release: Path) -> None:
    shown = open_page("jelajah", **address)
    assert [error.value for error in shown.exception] == []
    told = [warning.value.replace("\\", "") for warning in shown.warning]
    assert len(told) == 1
    assert words in told[0]
    assert dict(shown.query_params) == {}
    assert "Panggilan 112" in words_of(shown)


def test_a_filter_the_numbers_do_not_know_is_told_beside_them(release: Path) -> None:
    words = words_of(open_page("jelajah", kecamatan="35.16.07"))
    assert "Saringan kecamatan tidak berlaku: data angka ini tidak mencatatnya." in words
    assert "Kecamatan Kutorejo" not in words  # the caption names only what made the numbers


def test_down_to_file_and_row_number(release: Path) -> None:
    shown = open_page("jelajah", indikator=ARRIVALS)
    shown.selectbox(key=KEY("baris")).select("35.16.07").run()
    assert shown.query_params == {"indikator": ARRIVALS, "baris": "35.16.07"}
    words = words_of(shown)
    row = next(line for line in words.splitlines() if line.startswith("kejadian_112_"))
    assert row.split(" | ")[0].endswith(".xlsx")
    assert row.split(" | ")[2].isdigit()
    shown.selectbox(key=KEY("menurut")).select("opd").run()  # other groups: nothing is open
    assert shown.query_params == {"indikator": ARRIVALS, "menurut": "opd"}


def test_a_copied_link_names_the_release_and_shows_the_same(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = open_page("jelajah", indikator=ARRIVALS, kecamatan="35.16.07", periode="30h")
    link = shown.code[0].value
    asked = {key: value[0] for key, value in parse_qs(urlsplit(link).query).items()}
    assert asked == {
        "kecamatan": "35.16.07", "indikator": ARRIVALS, "periode": "30h", "rilis": data.newest().release.release_id,
    }  # fmt: skip
    again = open_page("jelajah", **asked)
    assert again.query_params == asked
    assert [table.value.to_dict() for table in again.table] == [table.value.to_dict() for table in shown.table]
    assert "Anda melihat rilis lama" not in words_of(again)


def test_an_older_release_is_said(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = data.newest()

    def newer() -> Serving:
        from dataclasses import replace  # noqa: PLC0415

        return Serving(replace(newest.release, release_id="2026-12-24.01"), None)

    monkeypatch.setattr("pages.shared.data.newest", newer)
    words = words_of(open_page("jelajah", rilis=newest.release.release_id))
    assert f"Anda melihat rilis lama {newest.release.release_id}, bukan yang terbaru (2026-12-24.01)" in words


def test_a_release_no_longer_kept_is_said_without_figures(release: Path) -> None:
    words = words_of(open_page("jelajah", rilis="2020-01-01.01"))
    assert "Rilis 2020-01-01.01 tidak ada atau tidak lagi disimpan" in words
    assert "Panggilan" not in words


def test_a_pinned_page_judges_clocks_as_the_release_came_out(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = data.newest().release
    assert data.reading_minute(info) == data.this_minute()
    monkeypatch.setattr("pages.shared.data.pinned_id", lambda: info.release_id)
    assert data.reading_minute(info) == info.built_at.replace(second=0, microsecond=0)


def test_link_of_no_filters_still_pins_the_release(release: Path) -> None:
    assert pinned_link("spbe", Filters(), "2026-11-21.01") == "/spbe?rilis=2026-11-21.01"


def test_the_command_line_refuses_what_the_page_would_tell(desk: Desk) -> None:
    with pytest.raises(FilterError, match="tidak dapat dijelajahi"):
        jelajah.build(desk, read_filters({"indikator": "spbe.index"}))


def test_the_address_of_a_content_makes_the_same_content(desk: Desk) -> None:
    content = jelajah.build(desk, Filters(indikator=ARRIVALS, kecamatan=("35.16.07",), baris="35.16.07", tampil="peta"))
    assert jelajah.build(desk, read_filters(dict(content.address))) == content
    assert len(content.sections) == 2


def test_the_rows_of_the_whole_cut_open_and_download_with_file_and_row(desk: Desk) -> None:
    filters = Filters(indikator=ARRIVALS, kecamatan=("35.16.07", "35.16.06"), baris="semua")
    result, rows = jelajah.build(desk, filters).sections
    (groups, opened) = result.blocks[-1], rows.blocks[0]
    counts = [column.title for column in groups.columns].index("Baris sumber")
    assert len(opened.rows) == sum(row[counts] for row in groups.rows) > 0
    file = jelajah.rows_file(desk, filters)
    assert file is not None
    held = list(csv.DictReader(io.StringIO(file.make().decode("utf-8-sig"))))
    assert [(line["berkas"], int(line["baris"])) for line in held] == [(row[0], row[2]) for row in opened.rows]
    assert {line["rilis"] for line in held} == {desk.release_id}
    assert jelajah.rows_file(desk, Filters(indikator=ARRIVALS)) is None
