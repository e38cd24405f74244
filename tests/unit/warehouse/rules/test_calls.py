"""The 112 line: funnel and standards from a log, published totals added up again, percentiles as DuckDB has them."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus
from warehouse.formulas.call_totals import counts_of_share
from warehouse.formulas.quantiles import quantile_cont, quantile_disc

START = datetime(2026, 3, 2, 8)
STAGES = ("diangkat", "dikirim", "berangkat", "tiba", "selesai")
HEAD = "ditawarkan,putus,jenis,kejadian,tiket," + ",".join(STAGES) + "\n"


def call(*seconds, kind="normal", incident="kebakaran", ticket="", dropped=None, at=0):
    """`seconds` since the call came in, of each stage; None where it was not recorded."""
    start = START + timedelta(seconds=at)
    when = ["" if one is None else str(start + timedelta(seconds=one)) for one in (*seconds, *[None] * 5)[:5]]
    gone = "" if dropped is None else str(start + timedelta(seconds=dropped))
    return f"{start},{gone},{kind},{incident},{ticket},{','.join(when)}\n"


def judged(*lines, **options):
    (case,) = judge("112", HEAD + "".join(lines), **options)
    return case


def test_the_funnel_counts_each_part_once():
    case = judged(
        call(5, 60, 120, 600, 900, ticket="T1"),
        call(8, at=30, ticket="T1"),  # the same fire again
        call(9, 40, ticket="T2", incident="ambulans"),
        call(4, kind="prank"), call(4, kind="ghost"), call(6, kind="informasi"), call(6, kind=""),
        call(kind="", dropped=30), call(kind="ghost", dropped=2), call(kind=""),
    )  # fmt: skip
    names = (
        "masuk", "terhubung", "putus", "darurat", "informasi", "prank", "ghost", "tak_berjenis", "insiden", "dikirim",
        "tiba", "selesai", "putus_pct",
    )  # fmt: skip
    assert [case.results[name] for name in names] == [10, 7, 3, 3, 1, 1, 1, 1, 2, 2, 1, 1, Decimal("30.00")]
    steps = {one.name: one.value for one in case.steps}
    assert (steps["dinilai"], steps["putus_tanpa_waktu"], steps["jenis_tanpa_jawab"]) == (10, 1, 1)


def test_each_standard_by_its_own_statistic():
    fires = [call(5, 50, 110, 300 + 60 * n, 3000, at=n) for n in range(20)]
    late = [call(5, 50, 110, 3000, 4000, at=n) for n in range(2)]
    case = judged(*fires, *late)
    results = case.results
    assert results["spm_kebakaran"] == Decimal("17.73")  # the mean fails although 11 of 22 came within 15 minutes
    assert results["proses"] == Decimal("100.00")
    assert results["bersiap_kebakaran"] == Decimal("100.00")
    assert results["bersiap_medis"] is None
    assert results["perjalanan_kebakaran"] == Decimal("4.55")
    assert results["p90_respons_cont_menit"] is None
    told = " ".join(case.explanation)
    assert "17,73 menit dari 22 kejadian, 2,73 menit di atas batas 15 menit." in told
    assert "11 dari 22 insiden tiba dalam 15 menit, batas daerah (bukan SPM)." in told
    assert "Belum ada kejadian untuk menilai: Bersiap medis dalam batas NFPA 1710." in told


def test_percentiles_need_thirty_events_and_are_named():
    case = judged(*(call(5, 50, 110, 60 * n, 9000, at=n) for n in range(3, 33)))
    assert case.results["p90_respons_cont_menit"] == Decimal("29.10")
    assert case.results["p90_respons_disc_menit"] == Decimal("29.00")
    assert "n=30; 13 dari 30" in next(one.note for one in case.steps if one.name == "p90_cont")


@pytest.mark.parametrize(
    ("waits", "nfpa", "nena_1", "nena_2"),
    [
        ((10,) * 9 + (11,), "90.00", "100.00", "100.00"),  # the limit itself is within
        ((10,) * 9 + (None,), "90.00", "90.00", "90.00"),
        ((15, 15, 16, 20, 21), "0.00", "40.00", "80.00"),
    ],
)
def test_service_level_counts_those_who_hung_up(waits, nfpa, nena_1, nena_2):
    case = judged(*(call(kind="", dropped=40) if one is None else call(one) for one in waits))
    names = ("jawab_nfpa", "jawab_nena_1", "jawab_nena_2")
    assert [str(case.results[name]) for name in names] == [nfpa, nena_1, nena_2]


def test_what_cannot_be_timed_is_counted_and_told_with_its_lines():
    lines = [call(5, 60, 120, 600, 900), call(5, 60, None, 600), call(5, 60, 120, 50), call(-3, 60, 120, 600)]
    case = judged(*lines)
    assert case.results["dikecualikan"] == 3
    assert case.explanation[-2:] == (
        "1 insiden tidak dihitung waktunya: tanpa waktu berangkat (baris 3).",
        "2 insiden tidak dihitung waktunya: urutan waktu salah (baris 4, 5).",
    )
    assert next(one.note for one in case.steps if one.name == "jawab_urutan_salah") == "baris 5"
    by_stage = judged(*lines, waktu="per_tahap")
    assert (by_stage.results["dikecualikan"], by_stage.results["rata_respons_detik"]) == (2, Decimal("600.00"))


def test_a_time_the_log_never_records_excludes_nothing():
    case = judged(call(5, 60, None, 600), call(5, 60, None, 720))
    assert (case.results["dikecualikan"], case.results["spm_kebakaran"]) == (0, Decimal("11.00"))
    assert case.results["rata_bersiap_detik"] is None


REKAP = "masuk,putus,diangkat,darurat,informasi,prank,ghost,prank_ghost,tak_berjenis\n"


@pytest.mark.parametrize(
    ("line", "expected", "words"),
    [  # repronews.id; jatimtimes.com; portalmca.com; javasatu.com and Tribun Jatim
        ("22021,,,9576,3949,,,8496,", {"iseng_pct": "38.58", "sisa_tanpa_jenis": "0", "cocok": "ya"}, "38,58 %"),
        ("61897,57073,1308,67,,97,306,,380", {"terhubung": "4824", "cocok": "ya"}, "57.073 putus + 4.824 terhubung"),
        ("5761,,,158,,2447,3165,,", {"sisa_tanpa_jenis": "-9", "cocok": "tidak"}, "lebih 9 dari 5.761"),
        (
            "86161,,,496,,18557,,,",
            {"sisa_tanpa_jenis": "67108", "darurat_pct": "0.58"},
            "67.108 panggilan tidak disebut",
        ),
        ("100,120,,,,,,,", {"cocok": "tidak", "terhubung": "None"}, "120 lebih banyak dari keseluruhannya 100"),
        (",40,,,,,,,", {"putus": "40", "putus_pct": "None"}, "Tidak ada jenis"),
    ],
)
def test_published_totals(line, expected, words):
    (case,) = judge("112-rekap", REKAP + line + "\n")
    assert {name: str(case.results.get(name)) for name in expected} == expected
    assert words in " ".join(case.explanation)


def test_published_shares_that_contradict_each_other():
    """Gresik, 28 March to 7 April 2025: 11.9 % and 2.1 % for the same calls (suaraglobal.net)."""
    head = "masuk,prank_pct,ghost_pct,informasi_pct,darurat_pct\n"
    first, second = judge("112-rekap", head + "859,45.5,28.9,13.7,11.9\n859,45.5,28.9,13.7,2.1\n")
    assert (first.results["cocok"], second.results["cocok"]) == ("ya", "tidak")
    assert "darurat 11,9 % dari 859 sama dengan 102 panggilan." in first.explanation
    assert "Persen yang diterbitkan berjumlah 90,2 %, bukan 100 %." in second.explanation
    (mixed,) = judge("112-rekap", "masuk,darurat,darurat_pct\n859,102,2.1\n")
    assert mixed.results["cocok"] == "tidak"
    assert "darurat terbit 2,1 %, hitungan 11,87 %." in mixed.explanation


@pytest.mark.parametrize(
    ("base", "pct", "remainder"),
    [("otomatis", "7.42", "458"), ("masuk", "0.16", "61047"), ("jumlah_jenis", "11.41", "None")],
)
def test_shares_of_another_base(base, pct, remainder):
    (case,) = judge("112-rekap", REKAP + "61897,57073,1308,67,,97,306,,380\n", dasar=base)
    assert (str(case.results["prank_pct"]), str(case.results["sisa_tanpa_jenis"])) == (pct, remainder)


def test_no_count_at_all_is_no_data():
    (case,) = judge("112-rekap", "wilayah,masuk\nA,\n")
    assert case.status is ValueStatus.NO_DATA


@given(st.integers(1, 2000), st.data())
@settings(max_examples=40)
def test_a_printed_share_leads_back_to_its_count(total, data):
    count = data.draw(st.integers(0, total))
    printed = (Decimal(count) * 100 / total).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    low, high = counts_of_share(printed, total)
    assert low <= count <= high


def test_percentiles_are_those_of_duckdb():
    with duckdb.connect() as connection:
        for values in ([7], [1, 2], [3, 1, 2, 10], list(range(31)), [5, 5, 5, 9, 100, 2, 4]):
            for share in ("0.5", "0.9", "0.95"):
                query = f"SELECT quantile_cont(v, {share}), quantile_disc(v, {share}) FROM (SELECT unnest(?) AS v)"
                cont, disc = connection.execute(query, [values]).fetchone()
                numbers = [Decimal(one) for one in values]
                assert float(quantile_cont(numbers, Decimal(share))) == pytest.approx(cont)
                assert quantile_disc(numbers, Decimal(share)) == disc


def test_a_log_of_incidents_has_no_abandoned_calls():
    head = "ditawarkan,kejadian,selesai\n"
    (case,) = judge("112", head + "2026-03-02 08:00,kebakaran,2026-03-02 09:00\n2026-03-02 08:30,odgj,\n")
    results = case.results
    assert (results["terhubung"], results["putus"], results["insiden"], results["selesai"]) == (None, None, 2, 1)
    assert (results["jawab_nfpa"], results["rata_penyelesaian_detik"]) == (None, Decimal("3600.00"))
    assert "tanpa waktu diangkat" in case.explanation[0]


def test_times_with_a_zone_are_refused():
    with pytest.raises(InputProblem, match=r"baris 2, kolom ditawarkan: .* memakai zona waktu"):
        judge("112", "ditawarkan\n2026-03-02T08:00+07:00\n")


@pytest.mark.real
def test_the_incidents_of_sumenep(real_data):
    """159 incidents of 2021 and 2022: three never closed, two closed before they came in; half within an hour."""
    months = [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
        "Desember",
    ]  # fmt: skip
    lines = ["ditawarkan,kejadian,selesai"]
    path = real_data / "panggilan112" / "sumenep_112_kejadian_2021_2022.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            times = []
            for text in (row["tanggal_terima"], row["tanggal_selesai"]):
                day, month, year, clock = text.split() if text else ("", "", "", "")
                times.append(f"{year}-{months.index(month) + 1:02}-{int(day):02} {clock}" if text else "")
            lines.append(f"{times[0]},{row['kejadian'].lower()},{times[1]}")
    (case,) = judge("112", "\n".join(lines))
    assert (case.results["insiden"], case.results["selesai"], case.results["dikecualikan"]) == (159, 156, 2)
    assert case.results["median_penyelesaian_detik"] == 3600
    assert case.results["spm_kebakaran"] is None  # no time of arrival in this log
