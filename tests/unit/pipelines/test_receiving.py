"""What is handed over in person: kept as it is, with a receipt, and known again; a period may be reported as empty."""

from __future__ import annotations

import hashlib
from datetime import datetime

import pytest

from pipelines.contracts.contract import ContractProblem, load_contracts
from pipelines.deliveries.intake import open_submission
from pipelines.deliveries.receiving import MOST_BYTES, Counter, NilPeriod, Upload, clean_name
from pipelines.deliveries.submissions import Handover, list_submissions
from warehouse.scope import NotPermittedError, Role, Scope
from warehouse.settings import load_settings

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
TICKETS = CONTRACTS["bpbd_kejadian_112"]
MORNING, NOON = datetime(2026, 11, 21, 8), datetime(2026, 11, 21, 12)
STEWARD = Scope(Role.STEWARD, "walidata.uji", is_verified=True)
OF_DLH = Scope(Role.OPD, "dlh.uji", is_verified=True, opd_codes=("DLH",))
OCTOBER, NOVEMBER, DECEMBER = datetime(2026, 10, 1), datetime(2026, 11, 1), datetime(2026, 12, 1)


@pytest.fixture
def settings(tmp_path):
    return load_settings(data_dir=tmp_path)


def delivered(settings):
    return [item for item in list_submissions(settings, CONTRACTS.values(), NOON) if item.origin == "inbox"]


def hand_over(settings, name="a.xlsx", content=b"isi", *, opd="DLH", scope=STEWARD, now=MORNING):
    return Counter(settings, scope, now).receive_file(TICKETS, Upload(opd, "WhatsApp", name, content))


def report_nil(settings, begun, ended, source_id="bpbd_kejadian_112"):
    return Counter(settings, OF_DLH, MORNING).receive_nil(
        CONTRACTS[source_id], NilPeriod("DLH", "halaman", begun, ended)
    )


def test_an_upload_is_kept_as_it_is_with_who_brought_it(settings):
    receipt = hand_over(settings, "Laporan DLH okt.xlsx")
    (item,) = delivered(settings)
    handover = Handover("DLH", "walidata.uji", "WhatsApp")
    assert item.path.read_bytes() == b"isi"
    assert (item.file_name, item.received_at, item.handover) == ("Laporan DLH okt.xlsx", MORNING, handover)
    assert (receipt.sha256, receipt.byte_count, receipt.opd_code) == (hashlib.sha256(b"isi").hexdigest(), 3, "DLH")
    assert receipt.number == f"20261121-{item.submission_id.partition(':')[2][:8].upper()}"


def test_the_same_file_again_is_known_and_changes_nothing(settings):
    first, again = hand_over(settings), hand_over(settings, now=datetime(2026, 12, 1, 9))
    assert (again.number, again.received_at) == (first.number, MORNING)
    assert (first.is_known, again.is_known) == (False, True)
    assert [item.received_at for item in delivered(settings)] == [MORNING]


@pytest.mark.parametrize(
    ("name", "content", "opd", "said"),
    [
        ("a.xlsx", b"", "DLH", "kosong"),
        ("a.xlsx", b"x" * (MOST_BYTES + 1), "DLH", "50 MB"),
        ("a.xlsx", b"isi", "SETDA", "SETDA bukan pengirim Kejadian 112"),
        ("..", b"isi", "DLH", "Nama berkas tidak dapat dipakai"),
        ("a\n.xlsx", b"isi", "DLH", "Nama berkas tidak dapat dipakai"),
    ],
)
def test_what_is_no_delivery_is_refused_and_not_kept(settings, name, content, opd, said):
    with pytest.raises(ContractProblem, match=said):
        hand_over(settings, name, content, opd=opd)
    assert delivered(settings) == []


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (OF_DLH, "tidak berhak menyetor data atas nama BPBD"),
        (Scope(Role.ANALYST, "analis.uji", is_verified=True), "tidak berhak menyetor data"),
        (Scope(Role.STEWARD, "kec.uji", is_verified=True, kecamatan_codes=("35.16.01",)), "atas nama BPBD"),
    ],
)
def test_nobody_delivers_for_an_agency_they_do_not_speak_for(settings, scope, said):
    with pytest.raises(NotPermittedError, match=said):
        hand_over(settings, opd="BPBD", scope=scope)
    assert delivered(settings) == []


@pytest.mark.parametrize("name", ["a.csv", "C:\\data\\a.csv", "../../a.csv", "/etc/a.csv"])
def test_only_the_last_part_of_a_name_counts(name):
    assert clean_name(name) == "a.csv"


def test_an_empty_period_is_a_delivery_without_rows(settings, tmp_path):
    report_nil(settings, OCTOBER, NOVEMBER)
    (item,) = delivered(settings)
    delivery = open_submission(item, TICKETS, "35.16", tmp_path)
    assert (delivery.data_from, delivery.data_until) == (OCTOBER, NOVEMBER)
    assert delivery.header.headers == ()


def test_an_empty_period_that_is_not_over_reaches_to_now(settings, tmp_path):
    report_nil(settings, NOVEMBER, DECEMBER)
    assert open_submission(delivered(settings)[0], TICKETS, "35.16", tmp_path).data_until == MORNING


@pytest.mark.parametrize(
    ("source_id", "begun", "ended", "said"),
    [
        ("opd_lra", OCTOBER, NOVEMBER, "tidak menerima laporan nihil"),
        ("bpbd_kejadian_112", NOVEMBER, OCTOBER, "awal dan akhir"),
        ("bpbd_kejadian_112", NOON, DECEMBER, "belum dimulai"),
    ],
)
def test_an_empty_period_that_says_nothing_is_refused(settings, source_id, begun, ended, said):
    with pytest.raises(ContractProblem, match=said):
        report_nil(settings, begun, ended, source_id)
    assert delivered(settings) == []
