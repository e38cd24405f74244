"""Programmes against their plan: weighed by budget, who is left out and why, months that are not due."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.unit.warehouse.programme_warehouse import (
    PROGRAMMES,
    PROGRESS,
    TARGETS,
    programme_row,
    programme_warehouse,
    progress_row,
    report,
    target_row,
)
from tests.unit.warehouse.small_warehouse import KAB, at, deliver
from warehouse.catalogue import BY_ID, calculate_indicator
from warehouse.due import Agreement
from warehouse.figures import ValueStatus
from warehouse.indicators.model import RowKey
from warehouse.indicators.periods import is_month_due, month_end
from warehouse.queries import indicator_rows
from warehouse.rules import load_rules
from warehouse.schema import core_programme, meta_source, metadata

RULES = load_rules({})
OCTOBER = date(2026, 10, 1)
DONE, PART, NONE, NOT = (
    ValueStatus.CALCULATED,
    ValueStatus.INCOMPLETE,
    ValueStatus.NO_DATA,
    ValueStatus.NOT_APPLICABLE,
)
MATRIX = (
    programme_row("P-1"),
    programme_row("P-2"),
    programme_row("P-3", lead="DPUPR", contributor_opd_codes="DLH, DISKOMINFO"),
    programme_row("P-9", lead="DPUPR", start_year=2027),
)


@pytest.fixture
def connection():
    with programme_warehouse() as opened:
        deliver(opened, PROGRAMMES, MATRIX, opd="BAPPEDA", received=at("2026-01-05 08:00"))
        yield opened


def values(connection, name, rules=RULES):
    found = calculate_indicator(connection, BY_ID[name], KAB, rules)
    return {(one.entity_kind, one.entity_code, one.period_start): one for one in found}


def one_of(connection, name, kind="region", code=KAB, month=OCTOBER):
    return values(connection, name)[kind, code, month]


def october(connection, *rows, received="2026-11-12 09:00"):
    for opd in ("DLH", "DPUPR"):
        own = [row for row in rows if (row["programme_code"] == "P-3") == (opd == "DPUPR")]
        if own:
            report(connection, opd, "2026-10", *own, received=received)


@pytest.mark.parametrize(
    ("name", "value", "numerator", "denominator"),
    [
        ("masterplan.deviasi_fisik", "-1", "-400000000", "400000000"),  # (100 x -10 + 300 x 2) / 400
        ("masterplan.deviasi_keuangan", "-5", "-2000000000", "400000000"),
        ("masterplan.realisasi_fisik", "71.75", "28700000000", "400000000"),
        ("masterplan.serapan", "55", "220000000", "400000000"),
    ],
)
def test_shares_are_weighed_by_budget(connection, name, value, numerator, denominator):
    october(
        connection,
        progress_row("P-1", "2026-10", "60/50", "60/40"),
        progress_row("P-3", "2026-10", "77/79", "60/60", "300"),
    )
    found = one_of(connection, name)
    assert (found.status, found.value) == (DONE, Decimal(value))
    assert (found.numerator, found.denominator) == (Decimal(numerator), Decimal(denominator))
    assert found.reason == "2 dari 3 program; 1 belum melapor"
    assert found.rule_version == "acuan_program@1"


def test_every_agency_dimension_and_programme_has_its_own(connection):
    october(connection, progress_row("P-1", "2026-10", "60/50"), progress_row("P-3", "2026-10", "77/79", budget="300"))
    found = values(connection, "masterplan.deviasi_fisik")
    assert {(kind, code): (one.value, one.status, one.opd_code) for (kind, code, _month), one in found.items()} == {
        ("region", KAB): (Decimal(-1), DONE, None),
        ("opd", "DLH"): (Decimal(-10), DONE, "DLH"),
        ("opd", "DPUPR"): (Decimal(2), DONE, "DPUPR"),
        ("dimension", "6"): (Decimal(-10), DONE, None),
        ("dimension", "1"): (Decimal(2), DONE, None),
        ("programme", "P-1"): (Decimal(-10), DONE, "DLH"),
        ("programme", "P-2"): (None, NONE, "DLH"),
        ("programme", "P-3"): (Decimal(2), DONE, "DPUPR"),
    }


@pytest.mark.parametrize(
    ("row", "name", "status", "reason", "own"),
    [
        (("60/",), "masterplan.deviasi_fisik", DONE, "1 dari 3 program; 1 belum melapor; 1 tanpa realisasi", None),
        (("60/50", "50/"), "masterplan.serapan", DONE, "1 dari 3 program; 1 belum melapor; 1 tanpa realisasi", None),
        (
            ("60/50", "50/", None),
            "masterplan.deviasi_fisik",
            DONE,
            "1 dari 3 program; 1 belum melapor; 1 tanpa pagu",
            -10,
        ),
        (
            ("60/50", "50/50", "0"),
            "masterplan.deviasi_fisik",
            DONE,
            "1 dari 3 program; 1 belum melapor; 1 pagunya nol",
            -10,
        ),
        (
            ("60/50", "50/50", None),
            "masterplan.serapan",
            DONE,
            "1 dari 3 program; 1 belum melapor; 1 tanpa realisasi",
            None,
        ),
    ],
)
def test_who_is_left_out_is_said(connection, row, name, status, reason, own):  # noqa: PLR0917
    october(connection, progress_row("P-1", "2026-10", *row), progress_row("P-3", "2026-10", "77/79", budget="300"))
    found = one_of(connection, name)
    assert (found.status, found.reason) == (status, reason)
    assert found.denominator == 300_000_000  # nobody left out weighs
    assert one_of(connection, name, "programme", "P-1").value == own  # alone, a programme needs no weight


@pytest.mark.parametrize(
    ("row", "status", "reason"),
    [
        (("60/", "50/50"), PART, "0 dari 2 program; 1 belum melapor; 1 tanpa realisasi"),
        (("60/50", "50/50", None), PART, "0 dari 2 program; 1 belum melapor; 1 tanpa pagu"),
        (("60/", "50/"), NONE, "0 dari 2 program; 2 belum melapor"),  # a plan without realisation is no report
    ],
)
def test_incomplete_is_no_number(connection, row, status, reason):
    october(connection, progress_row("P-1", "2026-10", *row))
    for name in ("masterplan.deviasi_fisik", "masterplan.realisasi_fisik"):
        found = one_of(connection, name, "opd", "DLH")
        assert (found.value, found.numerator, found.status, found.reason) == (None, None, status, reason)


@pytest.mark.parametrize("name", ["masterplan.deviasi_fisik", "masterplan.deviasi_keuangan", "masterplan.serapan"])
def test_not_applicable_where_every_budget_is_zero(connection, name):
    october(connection, progress_row("P-3", "2026-10", "60/50", "50/40", "0", realised_idr=Decimal(0)))
    found = one_of(connection, name, "opd", "DPUPR")
    assert (found.value, found.status, found.reason) == (None, NOT, "0 dari 1 program; 1 pagunya nol")


@pytest.mark.parametrize(
    ("instant", "agreement", "month"),
    [
        ("2026-11-11 00:00", Agreement(minutes=14400), "2026-09-01"),  # the tenth day has passed, not yet exceeded
        ("2026-11-11 00:01", Agreement(minutes=14400), "2026-10-01"),
        ("2026-01-05 08:00", Agreement(minutes=14400), "2025-11-01"),
        ("2026-01-12 08:00", Agreement(minutes=14400), "2025-12-01"),
        ("2026-11-07 00:00", Agreement(working_days=5), "2026-09-01"),  # October ends on a Saturday
        ("2026-11-07 00:01", Agreement(working_days=5), "2026-10-01"),
        ("2026-11-04 00:01", Agreement(days=3), "2026-10-01"),
    ],
)
def test_the_last_month_that_is_due(instant, agreement, month):
    last = date.fromisoformat(month)
    after = month_end(last) + timedelta(days=1)
    assert [is_month_due(one, at(instant), agreement) for one in (last, after)] == [True, False]


def test_an_early_report_alone_is_not_the_region(connection):
    october(connection, progress_row("P-1", "2026-10", "60/50"), progress_row("P-2", "2026-10", "60/60"))
    report(connection, "DLH", "2026-11", progress_row("P-1", "2026-11", "70/20"), received="2026-12-01 08:00")
    found = values(connection, "masterplan.deviasi_fisik")
    november = date(2026, 11, 1)
    assert {(kind, code) for kind, code, month in found if month == november} == {("programme", "P-1")}
    rows = progress_row("P-2", "2026-11", "70/70"), progress_row("P-3", "2026-11", "70/70")
    report(connection, "DLH", "2026-11", rows[0], received="2026-12-02 08:00")
    report(connection, "DPUPR", "2026-11", rows[1], received="2026-12-02 08:00")
    assert one_of(connection, "masterplan.deviasi_fisik", month=november).reason == ""


def test_a_report_outside_the_matrix_counts_for_its_agency(connection):
    report(connection, "DISKOMINFO", "2026-10", progress_row("X-1", "2026-10", "50/40"), received="2026-11-12 08:00")
    assert one_of(connection, "masterplan.deviasi_fisik", "opd", "DISKOMINFO").value == -10
    assert one_of(connection, "masterplan.deviasi_fisik").reason == "1 dari 4 program; 3 belum melapor"


@pytest.mark.parametrize(
    ("received", "month", "missing", "whole"),
    [
        ("2026-11-12 09:00", "2026-10-01", 1, 3),
        ("2026-11-12 09:00", "2026-09-01", 3, 3),  # nobody reported September
        ("2026-12-12 09:00", "2026-11-01", 3, 3),
    ],
)
def test_programmes_without_report(connection, received, month, missing, whole):
    report(connection, "DLH", "2026-08", progress_row("P-1", "2026-08", "40/40"), received="2026-09-05 08:00")
    october(
        connection, progress_row("P-1", "2026-10", "60/50"), progress_row("P-3", "2026-10", "60/50"), received=received
    )
    found = one_of(connection, "masterplan.tanpa_laporan", month=date.fromisoformat(month))
    assert (found.value, found.numerator, found.denominator) == (missing, missing, whole)
    last = max(key[2] for key in values(connection, "masterplan.tanpa_laporan"))
    assert last == at(received).date().replace(day=1, month=at(received).month - 1)


def test_reports_without_agreement_or_matrix_are_not_counted(connection):
    october(connection, progress_row("X-1", "2026-10", "60/50"))
    found = one_of(connection, "masterplan.tanpa_laporan", "opd", "DLH")
    assert (found.value, found.status) == (2, DONE)
    connection.execute(core_programme.delete())
    found = one_of(connection, "masterplan.tanpa_laporan")
    assert (found.value, found.status) == (None, PART)
    assert found.reason.startswith("Matriks program belum disampaikan")
    connection.execute(meta_source.update().values(grace_minutes=None, due_working_days=5))
    assert one_of(connection, "masterplan.tanpa_laporan").status is PART
    connection.execute(meta_source.update().values(due_working_days=None))
    found = one_of(connection, "masterplan.tanpa_laporan")
    assert (found.value, found.status, found.reason) == (None, NOT, "Tenggang laporan bulanan belum disepakati")


@pytest.mark.parametrize("part", [None, "core_programme", "core_programme_progress", "core_programme_target"])
@pytest.mark.parametrize(
    ("name", "parts", "month"),
    [
        ("masterplan.deviasi_fisik", {"core_programme", "core_programme_progress"}, OCTOBER),
        ("masterplan.tanpa_laporan", {"core_programme", "core_programme_progress"}, OCTOBER),
        (
            "masterplan.capaian",
            {"core_programme", "core_programme_progress", "core_programme_target"},
            date(2026, 1, 1),
        ),
    ],
)
def test_one_sample_part_makes_a_figure_sample(connection, part, name, parts, month):
    deliver(connection, TARGETS, [target_row("P-1", 2026, "10")], opd="BAPPEDA", received=at("2026-01-05 08:00"))
    october(connection, progress_row("P-1", "2026-10", "60/50", achieved_value=Decimal(8)))
    if part:
        connection.execute(metadata.tables[part].update().values(is_sample=True))
    assert one_of(connection, name, month=month).is_sample == (part in parts)


@pytest.mark.parametrize(
    ("target", "achieved", "value", "predikat", "status", "reason"),
    [
        (("20",), "18.2", "91", "Sangat Tinggi", DONE, "s.d. Oktober 2026"),
        (("20",), "18.198", "90.99", "Tinggi", DONE, "s.d. Oktober 2026"),  # not rounded first
        (("20",), "30", "150", "Sangat Tinggi", DONE, "s.d. Oktober 2026"),
        (("20",), "0", "0", "Sangat Rendah", DONE, "s.d. Oktober 2026"),
        (("20",), None, None, "", PART, "Capaian tahun 2026 belum dilaporkan"),
        ((None, "tiga puluh unit"), "18", None, "", PART, "Target tidak berupa angka: tiga puluh unit"),
        (("0",), "18", None, "", NOT, "Target tahun 2026 nol"),
        (None, "18", None, "", NOT, "Tidak ada target tahun 2026"),
    ],
)
def test_achievement_of_a_programme(connection, target, achieved, value, predikat, status, reason):  # noqa: PLR0917
    if target:
        deliver(connection, TARGETS, [target_row("P-1", 2026, *target)], opd="BAPPEDA", received=at("2026-01-05 08:00"))
    amount = None if achieved is None else Decimal(achieved)
    october(connection, progress_row("P-1", "2026-10", "60/50", achieved_value=amount))
    found = one_of(connection, "masterplan.capaian", "programme", "P-1", date(2026, 1, 1))
    assert (found.value, found.predikat) == (None if value is None else Decimal(value), predikat)
    assert (found.status, found.reason) == (status, reason)


def test_achievement_of_several_is_a_mean_of_capped_ones(connection):
    rows = [target_row("P-1", 2026, "10"), target_row("P-2", 2026, "10"), target_row("P-3", 2026, "10")]
    deliver(connection, TARGETS, rows, opd="BAPPEDA", received=at("2026-01-05 08:00"))
    october(
        connection,
        progress_row("P-1", "2026-10", "60/50", achieved_value=Decimal(30)),
        progress_row("P-2", "2026-10", "60/50", achieved_value=Decimal(5)),
    )
    year = date(2026, 1, 1)
    found = one_of(connection, "masterplan.capaian", month=year)
    assert (found.value, found.numerator, found.denominator) == (75, 150, 2)  # 300 % counts as 100
    assert (found.predikat, found.reason) == ("Sedang", "2 dari 3 program")
    assert one_of(connection, "masterplan.capaian", "opd", "DPUPR", year).status is PART
    other = values(connection, "masterplan.capaian", load_rules({"kinerja.bounds": "desimal"}))["region", KAB, year]
    assert (other.predikat, other.rule_version) == ("Sedang", "permendagri_86_2017@1+daerah")


def test_joint_programmes_of_each_year(connection):
    rows = (
        programme_row("P-4", contributor_opd_codes="DLH", lead="DLH"),  # its own lead once more
        programme_row("P-5", contributor_opd_codes="DPUPR", start_year=2026, end_year=2026),
    )
    deliver(connection, PROGRAMMES, rows, opd="BAPPEDA", received=at("2026-11-01 08:00"))
    found = values(connection, "masterplan.keroyokan")
    shares = {year: found["region", KAB, date(year, 1, 1)] for year in range(2023, 2027)}
    assert {year: (int(one.numerator), int(one.denominator)) for year, one in shares.items()} == {
        2023: (1, 4),
        2024: (1, 4),
        2025: (1, 4),
        2026: (2, 5),
    }
    assert max(key[2] for key in found) == date(2026, 1, 1)  # P-9 begins in a year that has not come
    assert found["opd", "DPUPR", date(2026, 1, 1)].value == 100
    assert found["dimension", "6", date(2026, 1, 1)].numerator == 1


def test_no_joint_programmes_in_a_year_without_programmes(connection):
    connection.execute(core_programme.update().values(start_year=2023, end_year=2024))
    found = one_of(connection, "masterplan.keroyokan", month=date(2026, 1, 1))
    assert (found.value, found.status, found.reason) == (None, NOT, "Tidak ada program tahun 2026")


@pytest.mark.parametrize(
    ("name", "kind", "code", "count"),
    [
        ("masterplan.deviasi_fisik", "region", KAB, 2),
        ("masterplan.deviasi_fisik", "opd", "DLH", 1),
        ("masterplan.deviasi_fisik", "dimension", "1", 1),
        ("masterplan.deviasi_fisik", "programme", "P-1", 1),
        ("masterplan.deviasi_fisik", "", "P-1", 1),
        ("masterplan.deviasi_fisik", "", KAB, 2),
        ("masterplan.keroyokan", "dimension", "6", 2),
        ("masterplan.keroyokan", "", "DPUPR", 1),
    ],
)
def test_rows_behind_a_value(connection, name, kind, code, count):
    october(connection, progress_row("P-1", "2026-10", "60/50"), progress_row("P-3", "2026-10", "60/50"))
    key = RowKey(KAB, code, OCTOBER, date(2026, 10, 31), kind)
    behind = indicator_rows(connection, BY_ID[name], key)
    assert behind.row_count == count
    assert {file.file_name.startswith((PROGRESS, PROGRAMMES)) for file in behind.files} == {True}
