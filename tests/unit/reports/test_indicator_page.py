"""Page Indikator: which value is open, its files and rows, its series within a period, the limits that judge it."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from reports import indicator_rows
from reports.content import Chart, Figures, PageContent, Section, Table, Words
from reports.desk import Desk
from reports.indicator_explanation import METHOD
from reports.opening import asking
from reports.pages import indikator
from tests.unit.warehouse.small_warehouse import (
    CALLS,
    INCIDENTS,
    SPBE,
    SPBE_ROWS,
    WASTE,
    WASTE_ROWS,
    at,
    calls_on,
    deliver,
    fresh_warehouse,
    incident_row,
)
from warehouse import queries
from warehouse.catalogue import INDICATORS, calculate_all
from warehouse.filters import FilterError, Filters
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.scope import machine_scope
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
READER = machine_scope("")
SETTINGS = load_settings(profile="kabupaten_mojokerto")
CALL_FIGURE, MANAGED, ARRIVALS = (
    "smart_living.panggilan_112",
    "smart_environment.sampah_terkelola",
    "smart_living.tiba_15_menit",
)


@contextmanager
def desk_on(connection):
    build_rollups(connection, RULES)
    calculate_all(connection, SETTINGS.region.region_code, RULES)
    view = read_wall_view(connection, SETTINGS, RULES, at("2026-11-21 16:08"))
    yield Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)


ONE_OF_EACH = tuple({one.dimension: one for one in INDICATORS}.values())


# Before the fixture below: the shared warehouse holds one transaction at a time.
@pytest.mark.parametrize(
    "indicators",
    [pytest.param(ONE_OF_EACH, marks=pytest.mark.core), pytest.param(INDICATORS, marks=pytest.mark.slow)],
    ids=["few", "all"],
)
def test_every_indicator_opens_before_anything_is_delivered(indicators):
    with fresh_warehouse() as connection, desk_on(connection) as empty:
        contents = {one: indikator.build(empty, Filters(indikator=one.id)) for one in indicators}
    assert [one.title for content in contents.values() for one in content.sections if one.is_failed] == []
    assert [one.id for one, content in contents.items() if not content.message.startswith(one.title_by(RULES))] == []


@pytest.fixture(scope="module")
def desk():
    with fresh_warehouse() as connection:
        deliver(connection, SPBE, SPBE_ROWS, opd="DISKOMINFO", received=at("2026-01-02 08:00"))
        deliver(connection, WASTE, WASTE_ROWS, opd="DLH", received=at("2026-01-03 08:00"))
        for day, count in (("2026-09-01", 2), ("2026-11-20", 1), ("2026-11-21", 3)):
            rows = calls_on(at(f"{day} 00:00").date(), [count] * 16)
            deliver(connection, CALLS, rows, since=at(f"{day} 00:00"), until=at(f"{day} 16:00"))
        fires = [
            incident_row("T-1", "2026-11-20 10:00", minutes=10, closed="2026-11-20 12:00"),
            incident_row("T-2", "2026-11-20 10:00", minutes=40, closed="2026-11-20 12:00", kecamatan="35.16.04"),
        ]
        deliver(connection, INCIDENTS, fires, opd="SATPOLPP", until=at("2026-11-21 12:00"), is_sample=True)
        with desk_on(connection) as opened:
            yield opened


def section(content: PageContent, title: str) -> Section:
    return next(one for one in content.sections if one.title == title)


def tables(content: PageContent, title: str) -> list[Table]:
    return [block for block in section(content, title).blocks if isinstance(block, Table)]


def test_the_page_opens_the_newest_value_of_its_first_indicator(desk):
    content = indikator.build(desk, Filters())
    assert content.message == "Indeks SPBE 4,16, 2024, Kabupaten Mojokerto"
    assert content.period == "2024"
    (latest,) = section(content, "Nilai terakhir").blocks
    assert isinstance(latest, Figures)
    assert latest.figures[0].value == Decimal("4.16")


def test_message_says_where_the_value_stands_to_its_limit(desk):
    content = indikator.build(desk, Filters(indikator=MANAGED))
    assert content.message == (
        "Sampah terkelola 50,41 %, 2024, Kabupaten Mojokerto; target 2025: 100 % · belum tercapai"
    )


def test_an_older_value_is_not_judged_by_the_limit_of_the_latest(desk):
    content = indikator.build(desk, Filters(baris="2023-01-01_region_35.16"))
    assert content.message == "Indeks SPBE 3,52, 2023, Kabupaten Mojokerto"
    words = [block.text for block in section(content, "Berkas dan baris sumber").blocks if isinstance(block, Words)]
    assert words == ["2023, Kabupaten Mojokerto: pembilang 352 · penyebut 100 · nilai 3,52 · dihitung",
                     "1 berkas, 1 baris"]  # fmt: skip


def test_rows_behind_a_value_carry_file_and_row_number(desk):
    files, rows = tables(indikator.build(desk, Filters(indikator=MANAGED)), "Berkas dan baris sumber")
    (file,) = files.rows
    assert (file[0], file[2], file[4]) == ("dlh_capaian_sampah_2.csv", "DLH", 1)
    titles = [column.title for column in rows.columns]
    own = dict(zip(titles, rows.rows[0], strict=True))
    assert (own["berkas"], own["baris"], own["tahun"]) == ("dlh_capaian_sampah_2.csv", 2, "2024")
    assert own["timbulan, ton"] == Decimal("164117.17")
    assert len(rows.rows) == 1


def test_a_part_of_the_region_has_rows_of_its_own(desk):
    filters = Filters(indikator=ARRIVALS, baris="2026-08-24_kecamatan_35.16.08")
    content = indikator.build(desk, filters)
    assert content.message == "Tiba dalam 15 menit 100 %, 90 hari s.d. 21 November 2026, kecamatan Mojosari"
    _files, rows = tables(content, "Berkas dan baris sumber")
    names = [column.title for column in rows.columns]
    assert [row[names.index("nomor tiket")] for row in rows.rows] == ["T-1"]
    assert section(content, "Berkas dan baris sumber").is_sample


@pytest.mark.parametrize(
    ("periode", "days"),
    [
        ("semua", ["21 November 2026", "20 November 2026", "1 September 2026"]),
        ("", ["21 November 2026", "20 November 2026", "1 September 2026"]),
        ("30h", ["21 November 2026", "20 November 2026"]),
        ("2026-11-20..2026-11-20", ["20 November 2026"]),
        ("2024-01-01..2024-12-31", []),
    ],
)
def test_series_within_a_period(desk, periode, days):
    (series,) = tables(indikator.build(desk, Filters(indikator=CALL_FIGURE, periode=periode)), "Deret")
    assert [row[0] for row in series.rows] == days
    assert series.is_leading


def test_series_has_both_parts_and_names_indicator_and_source(desk):
    (series,) = tables(indikator.build(desk, Filters(indikator=MANAGED)), "Deret")
    (row,) = series.rows
    assert row[2:5] == (Decimal("82730.41"), Decimal("164117.17"), Decimal("50.41"))
    assert row[-3:] == (MANAGED, WASTE, False)


def test_an_open_value_stays_open_outside_the_period(desk):
    filters = Filters(indikator=CALL_FIGURE, periode="2026-11-20..2026-11-20", baris="2026-09-01_region_35.16")
    content = indikator.build(desk, filters)
    assert content.message.startswith("Panggilan 112 32 panggilan, 1 September 2026")
    (rows,) = [facet for facet in indikator.facets(desk, filters) if facet.name == "baris"]
    assert [option.value for option in rows.options] == ["2026-11-20_region_35.16", "2026-09-01_region_35.16"]


def test_a_figure_that_is_not_stored_says_where_it_comes_from(desk):
    content = indikator.build(desk, Filters(indikator="data.ketepatan_waktu"))
    said = [block.text for block in section(content, "Berkas dan baris sumber").blocks if isinstance(block, Words)]
    assert "dihitung saat dilihat" in said[0]
    assert [facet.name for facet in indikator.facets(desk, Filters(indikator="data.ketepatan_waktu"))] == ["indikator"]


def test_all_rows_are_in_the_download(desk):
    download = indikator.rows_download(desk, Filters(indikator=CALL_FIGURE, baris="2026-11-21_region_35.16"))
    assert download is not None
    assert download.label == "Unduh semua baris, CSV (48)"
    lines = list(csv.DictReader(io.StringIO(download.make().decode("utf-8-sig"))))
    assert len(lines) == 48
    assert {(line["indikator"], line["rilis"], line["contoh"]) for line in lines} == {
        (CALL_FIGURE, "2026-11-21.01", "tidak")
    }
    assert sorted(int(line["row_no"]) for line in lines) == list(range(2, 50))


def test_rows_of_a_very_large_value_are_read_on_a_click(desk, monkeypatch):
    monkeypatch.setattr(indicator_rows, "MOST_ROWS", 47)
    filters = Filters(indikator=CALL_FIGURE)
    content = indikator.build(desk, filters)
    assert [one.name for one in tables(content, "Berkas dan baris sumber")] == ["Berkas"]
    said = [block.text for block in section(content, "Berkas dan baris sumber").blocks if isinstance(block, Words)]
    assert said[1] == "1 berkas, 48 baris"
    assert "memuatnya saat diklik" in said[2]
    download = indikator.rows_download(desk, filters)
    assert download is not None
    assert len(download.make().decode("utf-8-sig").splitlines()) == 1 + 48


@pytest.mark.parametrize(
    ("indicator_id", "limits", "rule"),
    [
        (MANAGED, ["100 %", "2 angka desimal"], ""),
        ("spbe.indeks", [Decimal("0"), Decimal("1.8"), Decimal("2.6"), Decimal("3.5"), Decimal("4.2")], "59_2020@1"),
        ("data.ketepatan_waktu", [], "tidak memakai batas"),
    ],
)
def test_limits_with_their_standing(desk, indicator_id, limits, rule):
    content = indikator.build(desk, Filters(indikator=indicator_id))
    found = tables(content, "Batas dan aturan")
    assert [row[1] for one in found for row in one.rows] == limits
    words = " ".join(block.text for block in section(content, "Batas dan aturan").blocks if isinstance(block, Words))
    assert rule in words


def test_a_trend_of_years_never_joins_two_schemes(desk):
    """2020 is another index: of ten years under two packs only those of the newest are counted."""
    frame = desk.ask(queries.indicator_values, "spbe.indeks")
    past = frame.iloc[:1].assign(rule_version="spbe_permenpanrb_5_2018@1")
    years = [
        past.assign(period_start=pd.Timestamp(year, 1, 1), period_end=pd.Timestamp(year, 12, 31))
        for year in range(2011, 2021)
    ]
    every = pd.concat([*years, frame])

    def ask(query, *arguments):
        return (
            every
            if query is queries.indicator_values and arguments[0] == "spbe.indeks"
            else desk.ask(query, *arguments)
        )

    found = section(indikator.build(replace(desk, ask=ask), Filters(indikator="spbe.indeks")), "Penjelasan")
    assert any("Dihitung dari 2 tahun lengkap" in block.text for block in found.blocks)


@pytest.mark.parametrize(
    ("indicator_id", "said"),
    [
        (
            "spbe.indeks",
            [
                "Indeks SPBE 4,16 (Sangat Baik): 0,66 di atas batas bawah 3,5, 0,04 di bawah batas Memuaskan 4,2.",
                "Yang paling menahan: domain 3 Manajemen SPBE, 2,82 dari 5; sampai tingkat tertinggi indeks naik 0,36.",
                "Jalan ke Memuaskan bila hanya satu domain naik, kenaikan terkecil dahulu: 4 Layanan SPBE dari 4,75 "
                "menjadi 4,84; 2 Tata Kelola SPBE dari 3,80 menjadi 3,96; 3 Manajemen SPBE dari 2,82 menjadi 3,07.",
                "Ke arah Memuaskan: belum cukup data untuk tren: perlu sedikitnya 8 titik. Dihitung dari 2 tahun "
                "lengkap terakhir, sampai 31 Desember 2024.",
                METHOD,
            ],
        ),
        (
            MANAGED,
            [
                "49,59 poin di bawah target 2025: 100 %, belum terpenuhi.",
                "Pada penyebut yang sama, sampah terkelola perlu bertambah paling sedikit 81.386,76 ton.",
                "Yang paling menahan: Penanganan sampah 22,28 %, kurang 47,72 poin dari target 2025: 70 %.",
                "Ke arah target: belum cukup data untuk tren: perlu sedikitnya 8 titik. Dihitung dari 1 tahun lengkap "
                "terakhir, sampai 31 Desember 2024.",
                METHOD,
            ],
        ),
        (
            "smart_living.panggilan_putus",
            [
                "5 poin di bawah batas 5 %, terpenuhi.",
                "Pada penyebut yang sama, panggilan yang putus boleh bertambah paling banyak 2 tanpa melewati batas.",
                "Ke arah batas: belum cukup data untuk tren: perlu sedikitnya 8 titik. Dihitung dari 2 hari lengkap "
                "terakhir, sampai 20 November 2026.",
                METHOD,
            ],
        ),
        (
            ARRIVALS,
            [
                "Terlambat terbanyak: kecamatan Trawas 1 dari 1.",
                "1 kecamatan lebih dari 20 % terlambat, batas untuk ditandai.",
            ],
        ),
        (CALL_FIGURE, ["Angka ini tidak punya batas, target atau kelas resmi."]),
        ("data.ketepatan_waktu", ["Belum ada nilai yang dapat dijelaskan."]),
    ],
)
def test_explanation_of_the_open_value(desk, indicator_id, said):
    found = section(indikator.build(desk, Filters(indikator=indicator_id)), "Penjelasan")
    assert [block.text for block in found.blocks] == said


def test_a_value_that_is_missing_is_explained_by_its_reason(desk):
    content = indikator.build(desk, Filters(indikator="smart_environment.ispu"))
    words = [block.text for block in section(content, "Penjelasan").blocks]
    assert words[0].startswith("tidak ada data: Belum pernah ada kiriman")


def test_sources_and_held_rows_are_those_of_the_indicator(desk):
    content = indikator.build(desk, Filters(indikator=MANAGED))
    (clocks,) = tables(content, "Sumber dan jam data")
    assert {row[1] for row in clocks.rows} == {"DLH"}
    (words,) = [block for block in section(content, "Baris dikarantina").blocks if isinstance(block, Words)]
    assert words.text == "Tidak ada baris dikarantina."


def test_series_of_the_open_value_is_drawn(desk):
    content = indikator.build(desk, Filters(indikator="spbe.indeks"))
    (chart,) = [block for block in section(content, "Deret").blocks if isinstance(block, Chart)]
    points, _frame = chart.arguments
    assert [(point.label, point.value) for point in points] == [("2023", Decimal("3.52")), ("2024", Decimal("4.16"))]


@pytest.mark.parametrize(
    ("filters", "word"),
    [
        (Filters(indikator="spbe.indek"), "spbe.indeks"),
        (Filters(baris="2023-01-01_region_35.17"), "2023-01-01_region_35.16"),
    ],
)
def test_what_names_nothing_says_what_there_is(desk, filters, word):
    with pytest.raises(FilterError, match=word):
        indikator.build(desk, filters)
