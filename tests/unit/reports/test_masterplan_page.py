"""Page Masterplan: shares weighed over exactly the programmes of the cut, money that adds up, words on the cut."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.content import Figures, Missing, PageContent, Quantity, Section, Table
from reports.desk import Desk
from reports.masterplan_cut import read_cut
from reports.masterplan_overview import dimensions_section
from reports.opening import asking
from reports.pages import masterplan
from tests.unit.warehouse.programme_warehouse import (
    LRA,
    PROGRAMMES,
    STAGES,
    TARGETS,
    lra_row,
    programme_row,
    programme_warehouse,
    progress_row,
    report,
    stage_row,
    target_row,
)
from tests.unit.warehouse.small_warehouse import at, deliver
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
def desk_on(connection):
    calculate_all(connection, SETTINGS.region.region_code, RULES)
    view = read_wall_view(connection, SETTINGS, RULES, at("2026-11-21 16:08"))
    yield Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)


# Before the fixture below: the shared warehouse holds one transaction at a time.
def test_a_plan_nobody_delivered_is_said_with_its_owner():
    with programme_warehouse() as connection, desk_on(connection) as empty:
        content = masterplan.build(empty, Filters())
        assert masterplan.facets(empty, Filters()) == ()
    assert content.message == "Program masterplan belum pernah disampaikan"
    assert isinstance(content.sections[0].blocks[0], Missing)


@pytest.fixture(scope="module")
def desk():
    """Three programmes: DLH (100 million) and DPUPR (300 million) reported October, DISKOMINFO only September."""
    with programme_warehouse() as connection:
        rows = [
            programme_row("P-DLH", contributor_opd_codes="DPUPR"),
            programme_row("P-DPUPR", lead="DPUPR", programme_name="Perbaikan <b>jalan</b>"),
            programme_row("P-DISKOMINFO", lead="DISKOMINFO"),
        ]
        deliver(connection, PROGRAMMES, rows, opd="BAPPEDA", received=at("2026-01-05 08:00"))
        deliver(connection, TARGETS, [target_row("P-DLH", 2026, "33")], opd="BAPPEDA", received=at("2026-01-05 08:00"))
        reports = (
            ("DLH", "2026-10", progress_row("P-DLH", "2026-10", "70/60", "60/50", "100"), "2026-11-05 08:00"),
            ("DPUPR", "2026-10", progress_row("P-DPUPR", "2026-10", "80/78", "70/70", "300"), "2026-11-12 08:00"),
            ("DISKOMINFO", "2026-09", progress_row("P-DISKOMINFO", "2026-09", "50/50"), "2026-10-05 08:00"),
        )
        for opd, month, row, received in reports:
            report(connection, opd, month, row, received=received)
        for opd, realised in (("DLH", "400"), ("DPUPR", None)):
            accounts = [lra_row(opd, "2026-10-31", "5.1", "1000", realised)]
            deliver(connection, LRA, accounts, opd=opd, received=at("2026-11-12 08:00"))
        deliver(
            connection, STAGES, [stage_row("K-1", "2026-10-01", "50", "45")], opd="DPUPR", until=at("2026-11-01 00:00")
        )
        with desk_on(connection) as opened:
            yield opened


def section(content: PageContent, title: str) -> Section:
    return next(one for one in content.sections if one.title == title)


def table(content: PageContent, title: str) -> Table:
    return next(block for block in section(content, title).blocks if isinstance(block, Table))


def numbers(content: PageContent) -> dict[str, Decimal | None]:
    """Values of the cut's own table by name."""
    return {str(row[0]): row[1].value for row in table(content, "Angka utama").rows if isinstance(row[1], Quantity)}


def test_whole_page_shows_the_stored_figures(desk):
    content = masterplan.build(desk, Filters())
    (figures,) = section(content, "Angka utama").blocks
    assert isinstance(figures, Figures)
    by_id = {figure.indicator_id: figure.value for figure in figures.figures}
    # (60 x 100 + 78 x 300) / 400
    assert by_id["masterplan.realisasi_fisik"] == Decimal("73.5")
    assert by_id["masterplan.deviasi_fisik"] == Decimal(-4)
    assert content.message == "Realisasi fisik masterplan 73,5 %, tertinggal 4,0 poin; 1 dari 3 program belum melapor"
    assert "Oktober 2026" in content.period


@pytest.mark.parametrize(
    ("filters", "realised", "deviation", "spent_pct"),
    [
        (Filters(opd=("DLH",)), "60", "-10", "50"),
        (Filters(opd=("DPUPR",)), "78", "-2", "70"),
        (Filters(opd=("DLH", "DPUPR")), "73.5", "-4", "65"),
        (Filters(dimensi=("6",)), "60", "-10", "50"),
        (Filters(dimensi=("1",), data=("mutakhir",)), "78", "-2", "70"),
        (Filters(data=("contoh",)), None, None, None),
    ],
)
def test_a_cut_is_weighed_over_its_own_programmes(desk, filters, realised, deviation, spent_pct):
    found = numbers(masterplan.build(desk, filters))
    expected = [None if text is None else Decimal(text) for text in (realised, deviation, spent_pct)]
    assert [found["Realisasi fisik"], found["Deviasi fisik"], found["Serapan anggaran"]] == expected


def test_a_cut_of_every_agency_equals_the_stored_figures(desk):
    found = numbers(masterplan.build(desk, Filters(opd=("DISKOMINFO", "DLH", "DPUPR"))))
    figures = desk.view.figures
    assert found["Realisasi fisik"] == figures["masterplan.realisasi_fisik"].value
    assert found["Deviasi fisik"] == figures["masterplan.deviasi_fisik"].value
    assert found["Deviasi keuangan"] == figures["masterplan.deviasi_keuangan"].value
    assert found["Serapan anggaran"] == figures["masterplan.serapan"].value
    assert found["Program keroyokan"] == figures["masterplan.keroyokan"].numerator
    assert found["Program tanpa laporan"] == figures["masterplan.tanpa_laporan"].numerator


def test_the_list_adds_money_and_nothing_else(desk):
    listed = table(masterplan.build(desk, Filters()), "Daftar program")
    assert [row[0] for row in listed.rows] == ["P-DLH", "P-DPUPR", "P-DISKOMINFO"]  # most points behind first
    assert listed.total is not None
    titles = [column.title for column in listed.columns]
    totals = dict(zip(titles, listed.total, strict=True))
    assert totals["Pagu"] == Decimal(500_000_000)
    assert totals["Rencana fisik"] is None
    assert totals["Deviasi"] is None
    assert listed.note == "Jumlah: realisasi menurut laporan terakhir tiap program, bulannya berbeda."


def test_dimensions_are_recomputed_in_the_total(desk):
    dimensions = table(masterplan.build(desk, Filters()), "Tiap dimensi")
    assert dimensions.total is not None
    assert dimensions.total[:4] == ("Seluruhnya", 3, 1, 1)
    assert dimensions.total[4:7] == (Decimal("77.5"), Decimal("73.5"), Decimal(-4))


def test_every_dimension_tells_the_month_of_the_total(desk):
    """DLH is ahead of a month that is not due yet: November is shown for nobody."""
    october, ahead = read_cut(desk, Filters(), 2026), date(2026, 11, 1)
    own = [row for row in october.months if row.report_month == date(2026, 10, 1)]
    november = [
        replace(
            row, report_month=ahead, last_receipt=at("2026-11-12 08:00"), grace_minutes=0,
            physical_actual_pct=Decimal(99) if row.lead_opd_code == "DLH" else None, financial_actual_pct=None,
            realised_idr=None,
        )
        for row in own
    ]  # fmt: skip
    cut = replace(october, months=(*october.months, *november))
    assert cut.month == date(2026, 10, 1)
    *_chart, dimensions = dimensions_section(desk, cut).blocks
    *_chart, same = dimensions_section(desk, october).blocks
    assert dimensions == same


def test_who_has_not_reported_is_named(desk):
    (row,) = table(masterplan.build(desk, Filters()), "Program tanpa laporan").rows
    assert row[:3] == ("DISKOMINFO", 1, "September 2026")


def test_sources_never_delivered_say_who_owes_them(desk):
    places = section(masterplan.build(desk, Filters()), "Proyek yang titiknya perlu diperiksa")
    (missing,) = places.blocks
    assert isinstance(missing, Missing)
    assert missing.owners


def test_caption_says_the_cut(desk):
    assert masterplan.build(desk, Filters()).filter_words == "tanpa saringan"
    words = masterplan.build(desk, Filters(opd=("DLH",), dimensi=("6",))).filter_words
    assert "DLH" in words
    assert "Smart Environment" in words


@pytest.mark.parametrize(
    ("title", "filters", "said"),
    [
        ("Serapan anggaran OPD (LRA)", Filters(), ""),
        ("Serapan anggaran OPD (LRA)", Filters(opd=("DLH",)), ""),
        ("Serapan anggaran OPD (LRA)", Filters(dimensi=("6",)), "Saringan dimensi tidak berlaku di bagian ini."),
        (
            "Kontrak kritis dan terlambat",
            Filters(dimensi=("6",), data=("mutakhir",)),
            "Saringan dimensi dan keadaan data tidak berlaku di bagian ini.",
        ),
    ],
)
def test_a_section_says_which_filter_it_cannot_follow(desk, title, filters, said):
    assert section(masterplan.build(desk, filters), title).note == said


def test_agencies_without_a_whole_report_leave_spending_without_a_total(desk):
    spending = table(masterplan.build(desk, Filters()), "Serapan anggaran OPD (LRA)")
    assert [(row[0], row[4], row[5]) for row in spending.rows if row[0] in ("DLH", "DPUPR")] == [
        ("DLH", Decimal(400), Decimal(40)),
        ("DPUPR", None, None),  # one of its accounts has no realisation
    ]
    assert spending.total is None
    whole = table(masterplan.build(desk, Filters(opd=("DLH",))), "Serapan anggaran OPD (LRA)")
    assert whole.total[3:6] == (Decimal(1000), Decimal(400), Decimal(40))


def test_a_programme_is_captioned_without_the_cut_of_the_list(desk):
    content = masterplan.build(desk, Filters(program="P-DLH", opd=("DPUPR",)))
    assert "DPUPR" not in content.filter_words
    assert dict(content.address) == {"program": "P-DLH"}


def test_one_programme_shows_agencies_targets_and_reports_with_rows(desk):
    content = masterplan.build(desk, Filters(program="P-DLH"))
    assert content.message == "Program P-DLH: realisasi fisik 60,0 %, tertinggal 10,0 poin"
    assert [row[:2] for row in table(content, "OPD yang memikul").rows] == [
        ("DLH", "penanggung jawab"),
        ("DPUPR", "pendukung"),
    ]
    (target,) = table(content, "Target dan anggaran tiap tahun").rows
    assert target[:3] == ("2026", "33", Decimal(33))
    (month,) = table(content, "Laporan bulanan").rows
    assert month[:3] == ("Oktober 2026", Decimal(70), Decimal(60))
    assert isinstance(month[-1], int)


@pytest.mark.parametrize(
    ("filters", "word"),
    [
        (Filters(program="P-DHL"), "P-DLH"),
        (Filters(opd=("DKH",)), "DLH"),
        (Filters(dimensi=("9",)), "dimensi=9"),
        (Filters(tahun="2040"), "2032"),
    ],
)
def test_a_filter_that_names_nothing_says_what_there_is(desk, filters, word):
    with pytest.raises(FilterError, match=word):
        masterplan.build(desk, filters)
