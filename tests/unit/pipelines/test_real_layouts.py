"""Tables of agencies that stand in no plain file are read as counted apart from this project."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.contracts.contract import load_contract
from tests.unit.pipelines.laid_out import judge_file

FIXTURES = Path("tests/fixtures/contracts")
SLS_BOOK = "kota_mojokerto_usaha_per_sls.xlsx"
pytestmark = pytest.mark.real


@pytest.fixture
def read(real_data, tmp_path):
    def judge(source_id, *place, sheet=None):
        one = load_contract(FIXTURES / source_id / "contract.yml")
        if sheet:
            one = one.model_copy(update={"file": one.file.model_copy(update={"sheet": sheet})})
        return judge_file(one, real_data.joinpath(*place), tmp_path)

    return judge


def test_village_funds_under_headers_on_two_lines(read):
    judged = read("sumut_dana_desa", "anggaran", "dana_desa_sumut_20220720.xls")
    assert (judged.accepted, judged.rejected) == (27, 0)
    assert judged.sum_of("allocated_idr") == 4_396_783_707_000
    assert judged.sum_of("realised_idr") == 252_305_716_800
    assert judged.sum_of("village_count") == 5417
    # The total row is told and agrees with its rows; its percentage, a fraction, is no sum.
    assert [rule for rule, _message in judged.notes] == ["disisihkan"]


def test_agencies_of_toba(read):
    judged = read("toba_skpd", "anggaran", "toba_skpd.csv")
    assert (judged.accepted, judged.rejected, judged.notes) == (44, 0, [])
    assert judged.sum_of("spending_idr") == 12_126_873_778_769


def test_ceilings_of_toba(read):
    judged = read("toba_pagu_skpd", "anggaran", "toba_pagu_skpd_2022.csv")
    assert (judged.accepted, judged.rejected, judged.notes) == (524, 0, [])
    spending = [row["ceiling_idr"] for row in judged.rows if row["account_code"] == "5"]
    assert (len(spending), sum(spending)) == (56, 5_308_682_316_495)
    assert sum(row["account_code"] == "4.3.4.01.02" for row in judged.rows) > 1  # written with a blank behind


def test_monthly_spending_of_toba_lacks_a_month_in_some_rows(read):
    judged = read("toba_realisasi_bulanan", "anggaran", "toba_realisasi_skpd_bulanan_2022.csv")
    assert (judged.accepted, judged.rejected, judged.notes) == (1269, 45, [])
    assert Counter(judged.findings) == {(cell, "rentang"): 1 for cell, _rule in judged.findings}
    assert all(cell.endswith("kolom bulan") for cell, _rule in judged.findings)
    assert set(Counter(row["account_code"] for row in judged.rows).values()) == {141}


@pytest.mark.parametrize(
    ("name", "total", "highest", "empty"),
    [("kota_bandung", "2142.3", "63.4", 56), ("kab_bogor", "3703.2", "107.2", 35)],
)
def test_daily_weather_with_facts_of_its_station_at_the_right(read, name, total, highest, empty):
    judged = read("bmkg_harian", "cuaca", f"bmkg_harian_2024_{name}.csv")
    assert (judged.accepted, judged.rejected) == (366, 0)
    assert judged.sum_of("rain_mm") == Decimal(total)
    assert max(row["rain_mm"] for row in judged.rows if row["rain_mm"] is not None) == Decimal(highest)
    assert judged.empty("rain_mm") == empty
    assert [rule for rule, _message in judged.notes] == ["kolom"]  # the number of the station is a header of nothing
    if name == "kota_bandung":
        assert sum(row["rain_mm"] is not None and row["rain_mm"] >= 1 for row in judged.rows) == 158


def test_daily_rain_seen_from_space(read):
    judged = read("hujan_satelit_harian", "cuaca", "hujan_harian_sidoarjo_2024.csv")
    assert (judged.accepted, judged.rejected, judged.notes) == (366, 0, [])
    assert abs(judged.sum_of("rain_mm") - Decimal("1881.0271")) < Decimal("0.02")
    assert sum(row["rain_mm"] > 0 for row in judged.rows) == 164


@pytest.mark.parametrize(("sheet", "kdm"), [("3.11", 19_124), ("27.10", 18_891), ("06.10", 18_114), ("22.8", 7_149)])
def test_businesses_of_one_week(read, sheet, kdm):
    judged = read("mojokerto_usaha_sls", "statistik", SLS_BOOK, sheet=sheet)
    # One code is "357602000401300]": a zero is missing. Its row holds one business of the first list.
    assert (judged.accepted, judged.rejected, [rule for _cell, rule in judged.findings]) == (713, 1, ["bentuk"])
    assert judged.sum_of("plkumkm_count") == 19_107 - 1
    assert kdm - judged.sum_of("kdm_count") in (0, 1)
    assert len({row["sls_code"] for row in judged.rows if len(row["sls_code"]) == 16}) == 713


def test_the_first_week_is_taken_and_the_others_are_told(read):
    judged = read("mojokerto_usaha_sls", "statistik", SLS_BOOK)
    assert judged.sum_of("kdm_count") == 19_124
    assert [rule for rule, _message in judged.notes].count("lembar") == 9


def test_a_week_with_more_blocks_has_more_rows(read):
    """Eight fields and yards that the other weeks do not list; no code stands there twice."""
    judged = read("mojokerto_usaha_sls", "statistik", SLS_BOOK, sheet="26.8")
    assert (judged.accepted, judged.rejected) == (721, 1)


def test_a_total_without_a_word_is_no_row(read):
    judged = read("mojokerto_usaha_plkumkm", "statistik", SLS_BOOK)
    assert (judged.sum_of("business_count"), judged.rejected) == (19_107, 0)
    assert any("(isinya jumlah baris lain)" in message for rule, message in judged.notes if rule == "disisihkan")


def test_subtotals_above_their_rows_lack_a_name(read):
    judged = read("mojokerto_usaha_kdm", "statistik", SLS_BOOK)
    assert judged.sum_of("business_count") == 7_181
    assert [message for rule, message in judged.notes if rule == "disisihkan"] == [
        "Tidak dimuat sebagai data: baris 495 (baris jumlah)."
    ]
