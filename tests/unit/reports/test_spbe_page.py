"""Page SPBE: the published result stays what it is; levels show the tree, agencies and the way up, each of its year."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal

import pytest

from reports.content import Chart, Figures, Missing, PageContent, Section, Table, Words
from reports.desk import Desk
from reports.dimension_catalogue import CATALOGUE_TITLE
from reports.opening import asking
from reports.pages import spbe
from reports.spbe_level_series import SERIES_TITLE
from reports.spbe_levels import MISSING_TITLE
from reports.spbe_path import PATH_TITLE
from tests.unit.warehouse.small_warehouse import (
    LEVELS,
    SPBE,
    SPBE_ROWS,
    at,
    deliver,
    fresh_warehouse,
    level_rows,
    owe_levels,
)
from warehouse import queries
from warehouse.catalogue import calculate_all
from warehouse.filters import FilterError, Filters
from warehouse.rules import load_rules
from warehouse.scope import machine_scope
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
READER = machine_scope("")
SETTINGS = load_settings(profile="kabupaten_mojokerto")


@contextmanager
def desk_with(*levels: list[dict[str, object]], published: bool = True):
    with fresh_warehouse() as connection:
        owe_levels(connection)
        if published:
            deliver(connection, SPBE, SPBE_ROWS, opd="DISKOMINFO")
        for rows in levels:
            deliver(connection, LEVELS, rows, opd="DISKOMINFO", is_sample=rows[0]["assessed_year"] == 2026)
        calculate_all(connection, SETTINGS.region.region_code, RULES)
        view = read_wall_view(connection, SETTINGS, RULES, at("2026-11-21 16:08"))
        yield Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)


def titles(content: PageContent) -> list[str]:
    assert [one.title for one in content.sections if one.is_failed] == []
    return [one.title for one in content.sections]


def section(content: PageContent, beginning: str) -> Section:
    (found,) = [one for one in content.sections if one.title.startswith(beginning)]
    return found


def tables(one: Section) -> list[Table]:
    return [block for block in one.blocks if isinstance(block, Table)]


def said(one: Section) -> str:
    return "\n".join(block.text for block in one.blocks if isinstance(block, Words))


def test_without_levels_the_page_says_what_to_deliver_and_makes_nothing_up():
    with desk_with() as desk:
        content = spbe.build(desk, Filters())
        assert PATH_TITLE not in titles(content)
        one = section(content, MISSING_TITLE)
    missing = [block for block in one.blocks if isinstance(block, Missing)]
    assert [block.owners for block in missing] == [("DISKOMINFO",)]
    assert "tingkat_indikator_TAHUN.xlsx" in said(one) and "Setor data" in said(one)
    assert not tables(one)


def test_a_self_assessment_never_takes_the_place_of_a_published_result():
    with desk_with(level_rows(2026, 20, "4")) as desk:
        content = spbe.build(desk, Filters())
        (facet,) = spbe.facets(desk, Filters())
    assert content.message.startswith("Indeks SPBE 2024 4,16, Sangat Baik")
    assert ([option.value for option in facet.options], facet.default) == (["2026", "2024", "2023"], "2024")
    series = section(content, "Indeks dari tahun ke tahun")
    assert tables(series)[0].rows[-1][:2] == ("2026", "Pemdi 2026: belum ada hasil")
    assert (series.is_sample, section(content, "Pemdi 2026: penilaian").is_sample) == (False, True)
    assert not any(
        one.is_sample
        for one in content.sections
        if "Pemdi" not in one.title and one.title not in (PATH_TITLE, CATALOGUE_TITLE)
    )


def test_a_pemdi_value_is_never_called_spbe():
    with desk_with(level_rows(2026, 20, "4")) as desk:
        content = spbe.build(desk, Filters(tahun="2026"))
    assert content.message == "Penilaian mandiri Pemdi 2026 4,00, Memuaskan"
    assert "dinilai dengan Indeks Pemdi" in said(section(content, "Indeks 2026"))
    one = section(content, "Pemdi 2026: penilaian")
    (figures,) = [block for block in one.blocks if isinstance(block, Figures)]
    assert [(figure.title, figure.value) for figure in figures.figures] == [
        ("Indeks penilaian mandiri, Pemdi", Decimal(4)),
        ("Indeks penilaian asesor, Pemdi", None),
    ]
    assert "bukan nilai SPBE" in said(one)


def test_the_tree_has_every_part_with_distance_times_weight():
    levels = level_rows(2024, 47, "3")
    levels[31] |= {"level": Decimal(5)}
    with desk_with(levels, level_rows(2024, 47, "2", "asesor")) as desk:
        content = spbe.build(desk, Filters())
    (parts,) = tables(section(content, "SPBE 2024: jarak tiap domain dan aspek"))
    (indicators,) = tables(section(content, "SPBE 2024: jarak tiap indikator"))
    assert (len(parts.rows), len(indicators.rows)) == (4 + 8, 47)
    assert parts.rows[0] == (
        "Domain 1. Kebijakan Internal SPBE", 13, Decimal(3), Decimal(2), Decimal(3), Decimal("0.39")
    )  # fmt: skip
    assert sum(row[-1] for row in parts.rows if row[0].startswith("Aspek")) == 3
    row = indicators.rows[31]
    assert row[0] == "32. Layanan Perencanaan"
    assert row[1:] == (
        Decimal(5), Decimal(2), Decimal(3), Decimal("0.0825"), "DISKOMINFO", False, "Interaksi", Decimal("2.75"), "7"
    )  # fmt: skip
    assert "Selisih mandiri dan asesor: 1,06." in said(section(content, "SPBE 2024: penilaian"))


@pytest.mark.parametrize(
    ("fives", "words"),
    [(36, "tidak sama. Yang berlaku terbitannya."), (0, "Indeks terbitan 4,16, dari tingkat asesor 4,00: tidak sama")],
)
def test_levels_of_an_assessor_are_held_against_what_was_published(fives, words):
    levels = level_rows(2024, 47, "4", "asesor")
    for row in levels[:fives]:
        row |= {"level": Decimal(5)}
    with desk_with(levels) as desk:
        content = spbe.build(desk, Filters())
    assert words in said(section(content, "SPBE 2024: penilaian"))
    assert content.message.startswith("Indeks SPBE 2024 4,16")


def test_agencies_share_the_index_that_is_still_to_gain():
    with desk_with(level_rows(2026, 20, "3")) as desk:
        content = spbe.build(desk, Filters())
    (table,) = tables(section(content, "Pemdi 2026: bagian tiap OPD"))
    assert [(row[0], row[1], row[5]) for row in table.rows] == [
        ("DISKOMINFO", 14, "7 dari 14"),
        ("BAPPEDA", 6, "3 dari 6"),
    ]
    assert sum(row[4] for row in table.rows) == 2


def test_years_of_two_schemes_stand_apart():
    with desk_with(level_rows(2024, 47, "3"), level_rows(2025, 47, "4"), level_rows(2026, 20, "3")) as desk:
        content = spbe.build(desk, Filters())
    one = section(content, "Penilaian mandiri dan asesor dari tahun ke tahun")
    (table,) = tables(one)
    assert [row[:4] for row in table.rows] == [
        ("2024", "SPBE", Decimal(3), "Baik"),
        ("2025", "SPBE", Decimal(4), "Sangat Baik"),
        ("2026", "berganti ke Pemdi (PermenPANRB 8/2026), tidak disambung", "", ""),
        ("2026", "Pemdi", Decimal(3), "Baik"),
    ]
    with desk_with(level_rows(2026, 20, "3")) as desk:
        assert SERIES_TITLE not in titles(spbe.build(desk, Filters()))


def test_the_way_up_is_recomputed_and_has_runners_up():
    with desk_with(level_rows(2026, 20, "3")) as desk:
        one = section(spbe.build(desk, Filters()), PATH_TITLE)
    assert "Langkah paling sedikit ke Sangat Baik: 4 langkah, indikator 19 (3 ke 5), 20 (3 ke 5)" in said(one)
    targets, moves, plans = tables(one)
    assert [row[0] for row in targets.rows] == ["Sangat Baik", "Memuaskan"]
    assert (len(moves.rows), moves.rows[0][:3]) == (2, (
        "20. Pengelolaan Kepuasan Pengguna Layanan Digital Pemerintah", "3 → 5", Decimal("0.3")
    ))  # fmt: skip
    assert len(plans.rows) == 4
    assert all(row[3] >= Decimal("3.5") and row[4] == "Sangat Baik" for row in plans.rows)


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (level_rows(2026, 18, "3"), "Tingkat indikator 19, 20 belum diisi"),
        (level_rows(2026, 20, "5"), "sudah di predikat tertinggi, Memuaskan"),
    ],
)
def test_where_there_is_no_way_up_to_tell(levels, words):
    with desk_with(levels) as desk:
        one = section(spbe.build(desk, Filters()), PATH_TITLE)
    assert words in said(one) and not tables(one)


def test_levels_alone_and_years_without_them():
    with desk_with(level_rows(2026, 20, "3"), published=False) as desk:
        content = spbe.build(desk, Filters())
        assert content.message == "Penilaian mandiri Pemdi 2026 3,00, Baik"
        with pytest.raises(FilterError, match="Pilih: 2026"):
            spbe.build(desk, Filters(tahun="2024"))
    with desk_with(level_rows(2026, 20, "3")) as desk:
        one = section(spbe.build(desk, Filters(tahun="2023")), MISSING_TITLE)
    assert "Tingkat indikator tahun 2023 belum disampaikan. Yang sudah: 2026." in said(one)


def test_an_assessor_whose_levels_are_whole_is_what_plans_start_from():
    with desk_with([*level_rows(2026, 20, "4"), *level_rows(2026, 20, "2", "asesor")]) as desk:
        content = spbe.build(desk, Filters(tahun="2026"))
    assert content.message == "Penilaian asesor Pemdi 2026 2,00, Cukup"
    chart, *_others = section(content, "Pemdi 2026: jarak tiap indikator").blocks
    assert isinstance(chart, Chart)
    assert "ke Baik" in said(section(content, PATH_TITLE))


def mean_row(year: int, name: str, *values: str | None) -> dict[str, object]:
    numbers = [None if value is None else Decimal(value) for value in values]
    named = dict(zip(("domain_1_index", "domain_2_index", "domain_3_index", "domain_4_index"), numbers, strict=False))
    own = {"result_year": year, "institution_name": name, "institution_kind": "rerata", "group_name": "Nasional"}
    return own | {"region_code": None, "predikat": None, "spbe_index": numbers[-1]} | named


def test_published_means_stand_beside_and_are_neither_institutions_nor_years():
    means = [
        mean_row(2018, "Nasional (rata-rata)", None, None, None, None, "1.98"),
        mean_row(2024, "Nasional (rata-rata)", "3.36", "2.62", "1.86", "3.78", "3.12"),
        mean_row(2024, "Kabupaten (rata-rata)", "3.23", "2.35", "1.65", "3.71", "2.97"),
        mean_row(2024, "Kota (rata-rata)", "3.64", "2.94", "2.03", "4.05", "3.39"),
    ]
    with desk_with() as plain:
        before = spbe.build(plain, Filters())
    with fresh_warehouse() as connection:
        deliver(connection, SPBE, [*SPBE_ROWS, *means], opd="DISKOMINFO")
        calculate_all(connection, "35.16", RULES)
        view = read_wall_view(connection, SETTINGS, RULES, at("2026-11-21 16:08"))
        desk = Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)
        content, (facet,) = spbe.build(desk, Filters()), spbe.facets(desk, Filters())
        stored = desk.ask(queries.indicator_values, "spbe.domain")
    assert sorted({row.period_start.year for row in stored.itertuples()}) == [2023, 2024]
    assert [option.value for option in facet.options] == ["2024", "2023"]
    assert content.message == before.message
    (domains,) = tables(section(content, "Nilai, bobot"))
    assert [column.title for column in domains.columns][4:6] == ["Rata-rata nasional", "Rata-rata kabupaten"]
    assert [row[4:6] for row in domains.rows] == [
        (Decimal("3.36"), Decimal("3.23")),
        (Decimal("2.62"), Decimal("2.35")),
        (Decimal("1.86"), Decimal("1.65")),
        (Decimal("3.78"), Decimal("3.71")),
    ]
    peers = section(content, "Pembanding di")
    (table,) = tables(peers)
    assert table.rows[-2:] == (
        ("Rata-rata nasional", Decimal("3.12"), "Baik"),
        ("Rata-rata kabupaten", Decimal("2.97"), "Baik"),
    )
    (others,) = tables(section(before, "Pembanding di"))
    assert table.rows[:-2] == others.rows
    assert "Nilai tertinggi nasional: tidak ada data" in peers.blocks[-1].text
    series = tables(section(content, "Indeks dari tahun ke tahun"))[0]
    assert series.columns[-1].title == "Rata-rata nasional"
    assert [row[-1] for row in series.rows if row[0] in ("2023", "2024")] == [None, Decimal("3.12")]
