"""Complaints in working days: Nyepi, Lebaran and the leave days around them do not count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.due import after_working_days, has_estimated_holidays, is_working_day, working_days_between
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus

HEAD = "nomor,opd,jenis,diterima,diverifikasi,selesai,per_tanggal\n"
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("line", "days", "due", "state"),
    [
        ("pengaduan,2026-03-16,,2026-03-30,", 5, "2026-03-30", "selesai dalam batas"),  # Nyepi and Lebaran between
        ("pengaduan,2026-03-16,,2026-03-31,", 6, "2026-03-30", "selesai lewat batas"),
        ("informasi,2025-03-27,,2025-04-14,", 5, "2025-04-14", "selesai dalam batas"),
        ("informasi,2026-08-14,,2026-08-14,", 0, "2026-08-24", "selesai dalam batas"),  # 17 August is no working day
        ("pengaduan,2026-08-15,,2026-08-18,", 1, "2026-08-24", "selesai dalam batas"),  # came in on a Saturday
        ("tanpa_periksa,2026-09-01,,,2026-09-21", 14, "2026-09-21", "berjalan"),
        ("tanpa_periksa,2026-09-01,,,2026-09-22", 15, "2026-09-21", "berjalan lewat batas"),
        ("periksa,2026-06-02,,,2026-06-30", 19, "2026-08-28", "berjalan"),  # 60 days without 16 June, 17 and 25 August
    ],
)
def test_days_used_against_the_limit(line, days, due, state):
    case, _whole = judge("aduan", HEAD + f"A-1,,{line}\n")
    assert (case.results["hari"], case.results["jatuh_tempo"], case.results["keadaan"]) == (days, due, state)


def test_days_of_the_calendar_are_an_option():
    case, _whole = judge("aduan", HEAD + "A-1,,pengaduan,2026-03-16,,2026-03-30,\n", hari="kalender")
    assert (case.results["hari"], case.results["keadaan"]) == (14, "selesai lewat batas")


def test_the_whole_counts_what_is_decided():
    text = HEAD + (
        "A-1,X,pengaduan,2026-09-01,2026-09-02,2026-09-04,2026-09-30\n"
        "A-2,X,pengaduan,2026-09-01,2026-09-11,2026-09-21,2026-09-30\n"
        "A-3,Y,pengaduan,2026-09-07,,,2026-09-30\n"
        "A-4,Y,periksa,2026-09-28,,,2026-09-30\n"
        "A-5,Y,aspirasi,2026-09-28,,,2026-09-30\n"
    )
    cases = judge("aduan", text)
    assert cases[4].status is ValueStatus.NOT_APPLICABLE
    assert "tidak ditemukan" in cases[4].reason
    whole = cases[-1].results
    assert (whole["dalam_batas_pct"], whole["verifikasi_dalam_batas_pct"]) == (Decimal("33.33"), Decimal("33.33"))
    assert (whole["berjalan"], whole["berjalan_lewat_batas"], whole["umur_berjalan_tertua"]) == (2, 1, 17)
    assert (whole["rata_hari_selesai"], whole["tidak_dinilai"]) == (Decimal("8.50"), 1)
    assert cases[-1].explanation == (
        "1 dari 3 aduan yang selesai atau lewat batas ada dalam batas.",
        "1 masih berjalan lewat batas, paling lama 12 hari kerja (A-3).",
        "Paling dekat dengan batasnya: A-4, sisa 58 hari kerja.",
        "Jenis dengan lewat batas terbanyak: pengaduan, 2 aduan.",
    )
    assert [case.key["ringkasan"] for case in judge("aduan", text, rincian="tidak")] == ["X", "Y", "semua"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A,,pengaduan,2026-09-02,,2026-09-01,", "baris 2, kolom selesai: 2026-09-01 mendahului"),
        ("A,,pengaduan,2026-09-02,2026-09-01,,", "kolom diverifikasi: 2026-09-01 mendahului"),
        ("A,,pengaduan,2026-09-02,,2026-09-09,2026-09-08", "sesudah tanggal penilaian 2026-09-08"),
        ("A,,keluhan,2026-09-02,,,", "harus salah satu dari informasi, pengaduan"),
    ],
)
def test_dates_that_cannot_be_are_refused(line, words):
    with pytest.raises(InputProblem, match=words):
        judge("aduan", HEAD + line + "\n")


def test_a_complaint_is_counted_once_with_each_agency():
    with pytest.raises(InputProblem, match="baris 3, kolom nomor: A sudah ditulis di baris 2"):
        judge("aduan", HEAD + "A,X,pengaduan,2026-09-02,,,\nA,X,pengaduan,2026-09-03,,,\n")
    judge("aduan", HEAD + "A,X,pengaduan,2026-09-02,,,\nA,Y,pengaduan,2026-09-02,,,\n,X,pengaduan,2026-09-02,,,\n")


@given(DAYS, st.integers(1, 60))
def test_the_last_day_in_time_is_a_working_day_with_so_many_before_it(start, count):
    due = after_working_days(start, count)
    assert is_working_day(due)
    assert working_days_between(start, due) == count


def test_feast_days_not_announced_yet_are_told():
    assert [has_estimated_holidays(year) for year in (2025, 2026, 2027)] == [False, False, True]
    cases = judge("aduan", HEAD + "A-1,,pengaduan,2027-03-01,,2027-03-15,\n")
    assert cases[-1].explanation[-1] == "Hari raya tahun 2027 masih perkiraan."
