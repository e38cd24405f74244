"""What a cell may say: lists of codes, quantities in sentences, months, money, words for "not delivered"."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from pipelines.contracts.contract import FieldRule, FileShape, Period, load_contracts
from pipelines.judging.checking import check_staged
from pipelines.judging.field_findings import OWN
from pipelines.judging.staging import open_staging
from pipelines.reading.grids import NATIVE
from tests.unit.pipelines.loaded import warehouse
from warehouse.engine import frame_as_table

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
RECEIVED = datetime(2026, 11, 21, 17)


def contract(fields, target, *, decimal=",", grain=("programme_code",), period="programme_code", ahead=True):
    """An installed contract with the fields under test in place of its own."""
    base = CONTRACTS["opd_progres_program"]
    update = {
        "fields": tuple(FieldRule.model_validate(field) for field in fields),
        "target_table": target,
        "grain": grain,
        "period": Period(field=period, may_be_future=ahead),
        "file": FileShape(pattern="uji_*.csv", decimal=decimal),
        "checks": (),
    }
    return base.model_copy(update=update)


@pytest.fixture(scope="module")
def connection():
    with warehouse() as open_connection:
        yield open_connection


def judge(connection, one, *rows):
    """Rows of `checked` for staged cells in the order of the contract's headers."""
    open_staging(connection, one)
    names = [f"c{index}" for index in range(len(one.headers))]
    frame = pd.DataFrame(
        [[0, number, *row] for number, row in enumerate(rows, start=2)], columns=["delivery_no", "row_no", *names]
    ).astype({"delivery_no": "int32", "row_no": "int32"} | dict.fromkeys(names, "object"))
    facts = {
        "delivery_no": 0,
        "latest_at": RECEIVED,
        "is_1904": False,
        "minutes_ahead": 420,
        "opd_code": "DLH",
        "basis": "bulanan",
    }
    arrivals = pd.DataFrame([facts])
    arrivals = arrivals.astype({"delivery_no": "int32", "opd_code": "object", "basis": "object"})
    with frame_as_table(connection, "rows_given", frame), frame_as_table(connection, "arrivals", arrivals):
        connection.exec_driver_sql("INSERT INTO staged BY NAME SELECT * FROM rows_given")
        check_staged(connection, one, "35.16")
    found = connection.exec_driver_sql("SELECT * FROM judged ORDER BY row_no")
    return [dict(row) for row in found.mappings()]


def field(type_, **more):
    return {"name": "value", "from": "Isi", "type": type_, **more}


def value_of(connection, one_field, text, *, decimal=","):
    rows = judge(
        connection,
        contract([field(**one_field)], "core_programme", decimal=decimal, grain=("value",), period="value"),
        [text],
    )
    return rows[0]


OPD_LIST = {"type_": "code", "ref": "ref_opd", "separator": ";"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DLH", "DLH"),
        ("DPUPR;DLH", "DLH, DPUPR"),
        ("DLH; dpupr ; Diskominfo", "DISKOMINFO, DLH, DPUPR"),
        ("DLH; DLH; Dinas Lingkungan Hidup", "DLH"),
        ("DLH; ;DPUPR;", "DLH, DPUPR"),
        ("DLH; -", "DLH"),
        (" ; ", None),
        ("-", None),
        (None, None),
    ],
)
def test_a_cell_with_several_codes(connection, text, codes):
    row = value_of(connection, OPD_LIST, text)
    assert (row["v_value"], row["findings"]) == (codes, [])


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("DLH; DPUPRR", ["DPUPRR"]), ("XX ; DLH; YY", ["XX", "YY"]), ("DLH, DPUPR", ["DLH, DPUPR"])],
)
def test_an_unknown_code_among_several_is_named(connection, text, unknown):
    row = value_of(connection, OPD_LIST, text)
    assert (row["v_value"], row["is_rejected"]) == (None, True)
    assert [finding["value"] for finding in row["findings"]] == unknown
    assert {finding["rule"] for finding in row["findings"]} == {"kode"}
    assert all(f'"{OWN}" di kolom "Isi"' in finding["message"] for finding in row["findings"])  # told when filed


def test_a_list_may_be_empty_where_codes_are_not_required_to_match(connection):
    row = value_of(connection, OPD_LIST | {"unmatched": "empty"}, "DLH; XX")
    assert (row["v_value"], row["findings"]) == (None, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17.149,75 ton", "17149.75"),
        ("33 (tiga puluh tiga) unit", "33"),
        ("Rp 1.234,5", "1234.5"),
        ("Rp1.234.567,-", "1234567"),
        ("sebesar 85 (delapan puluh lima) persen", "85"),
        ("minimal >= 85%, naik tiap tahun", "85"),
        ("Pembangunan 300 Kampung  Bersinar (Bersih Narkoba)", "300"),
        ("unit terbangun: 26 (26)", "26"),
        ("26 unit pada tahun 2026", "26"),
        ("26 unit, Tahun Anggaran 2026-2027", "26"),
        ("TA 2026: 4 paket", "4"),
        ("2026", "2026"),
        ("-2,5 persen", "-2.5"),
        (f"{NATIVE}n17149.75", "17149.75"),
        (f"{NATIVE}n0", "0"),
        ("beasiswa S1, S2, S3 sebanyak 40 orang", "40"),
    ],
)
def test_the_one_number_of_a_sentence(connection, text, value):
    row = value_of(connection, {"type_": "quantity"}, text)
    assert row["v_value"] == Decimal(value)
    assert row["findings"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("beasiswa S1, S2, S3", "tidak memuat angka yang terbaca"),
        ("covid-19 melalui pola 3T", "tidak memuat angka yang terbaca"),
        ("Predikat A", "tidak memuat angka yang terbaca"),
        ("Pekan Olahraga Nasional XXI Tahun 2024", "tidak memuat angka yang terbaca"),
        ("20-30 unit", "tidak memuat angka yang terbaca"),
        ("17,149.75 ton", "tidak memuat angka yang terbaca"),
        ("218,22 kilometer dan 85 (delapan puluh lima) persen", "memuat 2 angka berbeda"),
        ("1. Pembangunan 26 unit", "memuat 2 angka berbeda"),
    ],
)
def test_a_sentence_in_doubt_has_no_number_and_a_warning(connection, text, said):
    row = value_of(connection, {"type_": "quantity"}, text)
    (finding,) = row["findings"]
    assert (row["v_value"], row["is_rejected"], finding["severity"]) == (None, False, "peringatan")
    assert said in finding["message"]


def test_a_word_of_magnitude_is_left_to_the_unit_and_said(connection):
    row = value_of(connection, {"type_": "quantity"}, "35,55 (tiga puluh lima koma lima puluh lima) juta eq. Co2")
    assert row["v_value"] == Decimal("35.55")
    assert "dibaca apa adanya" in row["findings"][0]["message"]


def test_a_sentence_that_is_not_there_has_no_finding(connection):
    row = value_of(connection, {"type_": "quantity"}, "-")
    assert (row["v_value"], row["findings"]) == (None, [])


ZERO_IS_MISSING = {"type_": "number", "missing": ["0", "TIDAK ADA DATA"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", None),
        ("0,0", None),
        ("0,00", None),
        (f"{NATIVE}n0", None),
        ("tidak ada data", None),
        ("0,5", "0.5"),
        ("10", "10"),
        ("100", "100"),
        ("10,0", "10"),
        (f"{NATIVE}n7", "7"),
    ],
)
def test_words_that_mean_not_delivered(connection, text, value):
    row = value_of(connection, ZERO_IS_MISSING, text)
    assert (row["v_value"], row["findings"]) == (value and Decimal(value), [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rp 1.234.567,-", "1234567"),
        ("Rp. 1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("12%", "12"),
        ("1.234.567,--", "1234567"),
    ],
)
def test_money_as_offices_write_it(connection, text, value):
    assert value_of(connection, {"type_": "number"}, text)["v_value"] == Decimal(value)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Januari 2026", 1),
        ("Pebruari 2026", 2),
        ("Peb 2026", 2),
        ("Mar 2026", 3),
        ("April 2026", 4),
        ("Mei 2026", 5),
        ("Jun 2026", 6),
        ("juli 2026", 7),
        ("Agustus 2026", 8),
        ("Agt 2026", 8),
        ("Agt. 2026", 8),
        ("AGS 2026", 8),
        ("Sept 2026", 9),
        ("September 2026", 9),
        ("Okt 2026", 10),
        ("Nopember 2026", 11),
        ("Nop. 2026", 11),
        ("Des 2026", 12),
        ("Desember 2026", 12),
        (f"{NATIVE}d2026-07-19T00:00:00", 7),
    ],
)
def test_a_month_is_its_first_day(connection, text, month):
    assert value_of(connection, {"type_": "date", "format": "%B %Y"}, text)["v_value"] == date(2026, month, 1)


@pytest.mark.parametrize("text", ["Marez 2026", "13/2026", "2026", "Maret"])
def test_a_month_nobody_can_read_is_rejected(connection, text):
    row = value_of(connection, {"type_": "date", "format": "%B %Y"}, text)
    assert (row["v_value"], [finding["rule"] for finding in row["findings"]]) == (None, ["tanggal"])


@pytest.mark.parametrize(
    ("text", "value"),
    [("-7.4528", -7.4528), ("-7,4528", -7.4528), (f"{NATIVE}n-7.5", -7.5), ("-688.356", None), ("10.759.733", None)],
)
def test_a_coordinate_of_its_own_column(connection, text, value):
    row = value_of(connection, {"type_": "latitude"}, text)
    assert row["v_value"] == value
    if value is None:
        assert row["findings"][0]["message"].endswith("Contoh yang benar: -7.47.")


STAGE = [
    {"name": "stage_id", "from": "ID", "type": "code"},
    {"name": "scheduled_date", "from": "Jadwal", "type": "date", "format": "%d/%m/%Y"},
]


@pytest.mark.parametrize(("ahead", "rejected"), [(True, False), (False, True)])
def test_a_plan_may_be_dated_ahead_and_nothing_else(connection, ahead, rejected):
    one = contract(
        STAGE, "core_physical_progress", grain=("opd_code", "stage_id"), period="scheduled_date", ahead=ahead
    )
    (row,) = judge(connection, one, ["1", "01/01/2030"])
    assert row["is_rejected"] == rejected


def test_the_sender_is_a_column_where_no_field_says_it(connection):
    one = contract(STAGE, "core_physical_progress", grain=("opd_code", "stage_id"), period="scheduled_date")
    first, second = judge(connection, one, ["1", "01/01/2026"], ["1", "02/01/2026"])
    assert first["v_opd_code"] == "DLH"
    assert "v_basis" not in first  # the table has no such column
    assert [finding["rule"] for finding in second["findings"]] == ["ganda"]
    assert "ID sama" in second["findings"][0]["message"]


def test_the_basis_is_a_column_where_the_table_has_it(connection):
    account = {"name": "account_code", "from": "Kode", "type": "code"}
    one = contract([account], "core_budget_realisation", grain=("opd_code", "account_code"), period="account_code")
    (row,) = judge(connection, one, ["5.1"])
    assert (row["v_opd_code"], row["v_basis"]) == ("DLH", "bulanan")


def test_a_field_for_the_agency_outweighs_the_sender(connection):
    agency = {"name": "opd_code", "from": "OPD", "type": "code", "ref": "ref_opd"}
    one = contract([agency], "core_budget_ceiling", grain=("opd_code",), period="opd_code")
    (row,) = judge(connection, one, ["DPUPR"])
    assert row["v_opd_code"] == "DPUPR"
