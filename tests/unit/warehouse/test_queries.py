"""Queries of the pages: what they answer, with which dtypes, and how many rows stand behind a value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
import sqlalchemy as sa

from tests.unit.warehouse.small_warehouse import (
    CALLS,
    COMPOSITION,
    GENERATION,
    GENERATION_ROWS,
    INCIDENTS,
    KAB,
    SENDERS,
    SOURCES,
    SPBE,
    SPBE_ROWS,
    WASTE,
    WASTE_ROWS,
    at,
    call_row,
    deliver,
    empty_warehouse,
    incident_row,
)
from warehouse import queries
from warehouse.catalogue import BY_ID, INDICATORS, calculate_all
from warehouse.frames import read_frame
from warehouse.indicators.model import RowKey
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.schema import meta_finding, meta_quarantine

RULES = load_rules({})
DAY = date(2026, 11, 21)
CALL_ROWS = (
    call_row(at("2026-11-21 08:00"), ticket="T-1"),
    call_row(at("2026-11-21 08:05"), ticket="T-1"),  # a second call about the same incident
    call_row(at("2026-11-21 09:00"), ticket="T-2"),
    call_row(at("2026-11-21 09:30"), ticket="T-3"),
    call_row(at("2026-11-21 10:00"), kind="prank"),
    call_row(at("2026-11-21 10:30"), kind="putus"),
    call_row(at("2026-11-20 10:30"), kind="ghost"),
)
INCIDENT_ROWS = (
    incident_row("T-1", "2026-11-21 08:00", minutes=9, closed="2026-11-21 10:00"),
    incident_row("T-2", "2026-11-21 09:00", minutes=30),
    incident_row("T-9", "2026-11-02 09:00", minutes=30, closed="2026-11-02 12:00", kind="kecelakaan", opd="DINKES"),
)


@pytest.fixture(scope="module")
def connection():
    with empty_warehouse().connect() as opened:
        deliver(opened, CALLS, CALL_ROWS, until=at("2026-11-21 16:00"), is_sample=True)
        deliver(opened, INCIDENTS, INCIDENT_ROWS, opd="SATPOLPP", until=at("2026-11-21 12:00"), is_sample=True)
        deliver(opened, SPBE, SPBE_ROWS, opd="DISKOMINFO")
        deliver(opened, WASTE, WASTE_ROWS, opd="DLH")
        deliver(opened, GENERATION, GENERATION_ROWS, opd="DLH")
        composition = {
            "region_code": KAB,
            "data_year": 2024,
            "province_name": "Jawa Timur",
            "region_name": "Kab. Mojokerto",
            "food_pct": Decimal("47.88"),
            "plastic_pct": Decimal("21.07"),
        }
        deliver(opened, COMPOSITION, [composition], opd="DLH")
        _findings(opened)
        build_rollups(opened, RULES)
        calculate_all(opened, KAB, RULES)
        yield opened


def _findings(connection):
    base = {"submission_id": "kiriman-001", "source_id": CALLS, "row_no": 9}
    finding = {"severity": "ditolak", "rule": "jenis", "message": "Waktu Masuk bukan waktu", "cell": "baris 9"}
    connection.execute(sa.insert(meta_finding), [base | finding])
    connection.execute(sa.insert(meta_quarantine), [base | {"reasons": "Waktu Masuk", "row_json": "{}"}])


DTYPES = {"value": "float64", "period_start": "datetime64[us]", "is_sample": "bool", "status": "str"}


def test_indicator_values(connection):
    frame = queries.indicator_values(connection, "spbe.indeks")
    assert frame["value"].tolist() == [3.52, 4.16]
    assert frame["predikat"].tolist() == ["Sangat Baik", "Sangat Baik"]
    assert {name: str(frame[name].dtype) for name in DTYPES} == DTYPES
    assert len(queries.indicator_values(connection, "smart_living.tiba_15_menit", "kecamatan")) == 18
    assert len(queries.indicator_values(connection, "smart_living.tiba_15_menit", "region")) == 1


def test_an_empty_answer_keeps_its_columns_and_dtypes(connection):
    frame = queries.indicator_values(connection, "tidak.ada")
    assert frame.empty
    assert {name: str(frame[name].dtype) for name in DTYPES} == DTYPES


def test_a_column_without_declared_type_is_refused(connection):
    with pytest.raises(TypeError, match="aneh"):
        read_frame(connection, sa.select(sa.func.now_or_never().label("aneh")))


@pytest.mark.parametrize(
    ("indicator_id", "entity", "start", "end", "count"),
    [
        ("spbe.indeks", KAB, date(2024, 1, 1), date(2024, 12, 31), 1),
        ("spbe.domain", "1", date(2024, 1, 1), date(2024, 12, 31), 1),
        ("smart_environment.sampah_terkelola", KAB, date(2024, 1, 1), date(2024, 12, 31), 1),
        ("smart_environment.timbulan_sampah", KAB, date(2024, 1, 1), date(2024, 12, 31), 1),
        ("smart_living.panggilan_112", KAB, DAY, DAY, 6),
        ("smart_living.respons_kebakaran", KAB, date(2026, 11, 1), date(2026, 11, 30), 2),
        ("smart_living.tiba_15_menit", KAB, date(2026, 8, 24), DAY, 3),
        ("smart_living.tiba_15_menit", "35.16.01", date(2026, 8, 24), DAY, 0),
        ("smart_living.tiket_terbuka", KAB, DAY, DAY, 1),
    ],
)
def test_rows_behind_a_value(connection, indicator_id, entity, start, end, count):  # noqa: PLR0917
    found = queries.indicator_rows(connection, BY_ID[indicator_id], RowKey(KAB, entity, start, end))
    assert found.row_count == count == len(found.rows)
    assert sum(file.row_count for file in found.files) == count
    assert {"file_name", "sheet_name", "row_no", "submission_id"} <= set(found.rows.columns)


def test_rows_behind_a_value_are_limited_but_counted(connection):
    key = RowKey(KAB, KAB, DAY, DAY)
    found = queries.indicator_rows(connection, BY_ID["smart_living.panggilan_112"], key, limit=2)
    assert (len(found.rows), found.row_count) == (2, 6)
    assert found.files[0].file_name == "bpbd_panggilan_112_1.csv"
    assert found.files[0].is_sample


def test_every_stored_value_with_rows_can_be_questioned(connection):
    for indicator in INDICATORS:
        for row in queries.indicator_values(connection, indicator.id).itertuples():
            if row.status == "dihitung":
                start, end = row.period_start.date(), row.period_end.date()
                key = RowKey(row.region_code, row.entity_code, start, end)
                assert queries.indicator_rows(connection, indicator, key).row_count > 0 or row.denominator == 0


def test_sources_and_deliveries(connection):
    frame = queries.sources(connection).set_index("source_id")
    assert len(frame) == len(SOURCES)
    assert set(frame.loc[INCIDENTS, "senders"].split(", ")) == set(SENDERS)
    assert frame.loc[CALLS, "accepted_count"] == len(CALL_ROWS)
    assert frame.loc[CALLS, "is_sample"]
    assert not frame.loc[SPBE, "is_sample"]
    assert pd.isna(frame.loc[SPBE, "grace_minutes"])
    assert len(queries.submissions(connection)) == 6
    assert queries.submissions(connection, CALLS)["title"].tolist() == ["Panggilan 112"]


def test_findings_and_quarantine(connection):
    assert queries.findings(connection, submission_id="kiriman-001")["file_name"].tolist() == [
        "bpbd_panggilan_112_1.csv"
    ]
    assert len(queries.findings(connection, source_id=CALLS)) == 1
    assert queries.findings(connection, source_id=SPBE).empty
    assert queries.quarantined_rows(connection, CALLS)["reasons"].tolist() == ["Waktu Masuk"]


def test_values_are_bound_not_written_into_sql(connection):
    assert queries.findings(connection, source_id="x' OR '1'='1").empty
    assert queries.spbe_peers(connection, 2024, "Jawa Timur'; DROP TABLE core_spbe_result; --").empty
    assert len(queries.spbe_peers(connection, 2024, "Jawa Timur")) == 2


def test_spbe_peers(connection):
    assert queries.spbe_years(connection) == (2023, 2024)
    frame = queries.spbe_peers(connection, 2024, "Jawa Timur")
    assert frame["spbe_index"].tolist() == [4.32, 4.16]
    best = queries.spbe_national_best(connection, 2024)
    assert (best.spbe_index, best.institutions) == (Decimal("4.32"), ("Pemerintah Kota Mojokerto",))
    assert queries.spbe_national_best(connection, 2024, "kabupaten").spbe_index == Decimal("4.16")
    assert queries.spbe_national_best(connection, 2022) is None


def test_waste_peers_keep_unknown_shares_last_and_empty(connection):
    frame = queries.waste_peers(connection, 2024, "Jawa Timur")
    assert frame["region_name"].tolist() == ["Kab. Mojokerto", "Kab. Pacitan", "Kab. Jember"]
    assert frame["managed_pct"].isna().tolist() == [False, False, True]
    assert frame["generation_daily_ton"].tolist()[0] == 449.64
    assert queries.waste_years(connection) == (2024,)


def test_waste_composition(connection):
    frame = queries.waste_composition(connection, KAB)
    assert frame["part_name"].tolist()[:4] == ["Sisa makanan", "Kayu dan ranting", "Kertas dan karton", "Plastik"]
    assert frame["share_pct"].tolist()[0] == 47.88
    assert pd.isna(frame["share_pct"].tolist()[1])
    assert queries.waste_composition(connection, "35.76").empty


def test_funnel_links_calls_to_incidents_by_ticket(connection):
    steps = queries.call_funnel(connection, KAB, DAY, DAY)
    assert [(step.code, step.count) for step in steps] == [
        ("offered", 6),
        ("answered", 5),
        ("genuine", 4),
        ("dispatched", 2),
        ("arrived", 2),
        ("closed", 1),
    ]


def test_funnel_without_a_source_is_unknown_not_zero():
    with empty_warehouse().connect() as connection:
        assert [step.count for step in queries.call_funnel(connection, KAB, DAY, DAY)] == [None] * 6
        deliver(connection, CALLS, CALL_ROWS, until=at("2026-11-21 16:00"))
        assert [step.count for step in queries.call_funnel(connection, KAB, DAY, DAY)] == [6, 5, 4, None, None, None]


def test_fire_response_by_month(connection):
    frame = queries.fire_response_by_month(connection, KAB)
    assert frame["mean_minutes"].tolist() == [19.5]
    assert frame["fire_count"].tolist() == [2]


def test_open_tickets(connection):
    assert [ticket.ticket_no for ticket in queries.open_tickets(connection, KAB)] == ["T-2"]
