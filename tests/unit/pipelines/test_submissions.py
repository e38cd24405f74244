"""Deliveries: archived before they leave the inbox, identified by content and name, sample never mixed with real."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.contracts.contract import ContractProblem, load_contracts
from pipelines.deliveries.intake import decide_refusals
from pipelines.deliveries.submissions import Submission, archive_inbox, list_submissions, unknown_inbox_folders
from warehouse.settings import load_settings

CONTRACTS = load_contracts()
SOURCES = [contract.source_id for contract in CONTRACTS]
MORNING, NOON = datetime(2026, 11, 21, 8), datetime(2026, 11, 21, 12)


@pytest.fixture
def settings(tmp_path):
    return load_settings(data_dir=tmp_path)


def drop(settings, name, content=b"isi", source="dlh_timbulan_sampah"):
    path = settings.state_dir / "inbox" / source / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def inbox_names(settings, now=NOON):
    found = list_submissions(settings, CONTRACTS, now)
    return [(item.file_name, item.received_at) for item in found if item.origin == "inbox"]


def test_an_inbox_file_is_archived_whole_and_then_removed(settings):
    path = drop(settings, "a.csv", b"isi asli")
    assert archive_inbox(settings.state_dir, SOURCES, MORNING) == 1
    assert not path.exists()
    (item,) = [item for item in list_submissions(settings, CONTRACTS, NOON) if item.origin == "inbox"]
    assert item.path.read_bytes() == b"isi asli"
    assert (item.file_name, item.received_at, item.is_sample) == ("a.csv", MORNING, False)


def test_the_file_that_came_last_changes_nothing_when_sent_again(settings):
    for moment in (MORNING, NOON):
        drop(settings, "a.csv")
        archive_inbox(settings.state_dir, SOURCES, moment)
    assert inbox_names(settings) == [("a.csv", MORNING)]


def test_an_older_version_sent_again_counts_as_received_now(settings):
    for hour, content in ((7, b"lama"), (8, b"baru"), (12, b"lama")):
        drop(settings, "a.csv", content)
        archive_inbox(settings.state_dir, SOURCES, datetime(2026, 11, 21, hour))
    assert inbox_names(settings) == [("a.csv", MORNING), ("a.csv", NOON)]
    (last,) = [item for item in list_submissions(settings, CONTRACTS, NOON) if item.received_at == NOON]
    assert last.path.read_bytes() == b"lama"


def test_the_same_bytes_under_two_names_are_two_deliveries(settings):
    drop(settings, "a.csv")
    drop(settings, "b.csv")
    archive_inbox(settings.state_dir, SOURCES, MORNING)
    found = [item for item in list_submissions(settings, CONTRACTS, NOON) if item.origin == "inbox"]
    assert len({item.submission_id for item in found}) == 2


def test_files_still_being_written_or_locked_wait(settings):
    drop(settings, "~$a.xlsx")
    drop(settings, ".a.csv.part")
    assert archive_inbox(settings.state_dir, SOURCES, MORNING) == 0


def test_a_crash_between_copy_and_removal_loses_nothing(settings):
    path = drop(settings, "a.csv")
    archive_inbox(settings.state_dir, SOURCES, MORNING)
    path.write_bytes(b"isi")  # as if the removal had not happened
    archive_inbox(settings.state_dir, SOURCES, NOON)
    assert inbox_names(settings) == [("a.csv", MORNING)]
    assert not path.exists()


def test_a_file_that_changes_while_it_is_copied_waits(settings, monkeypatch):
    path = drop(settings, "a.csv", b"awal")

    def copy_while_written(source, target):
        path.write_bytes(b"awal dan sisanya")
        Path(target).write_bytes(b"awal")

    monkeypatch.setattr("pipelines.deliveries.submissions.shutil.copyfile", copy_while_written)
    assert archive_inbox(settings.state_dir, SOURCES, MORNING) == 0
    monkeypatch.undo()
    assert path.read_bytes() == b"awal dan sisanya"
    assert archive_inbox(settings.state_dir, SOURCES, NOON) == 1
    assert inbox_names(settings) == [("a.csv", NOON)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are text")
def test_a_name_that_is_no_text_stops_nobody(settings):
    drop(settings, os.fsdecode(b"sampah_\xe9.csv"))
    assert archive_inbox(settings.state_dir, SOURCES, MORNING) == 1
    assert inbox_names(settings) == [("sampah_\ufffd.csv", MORNING)]


@pytest.mark.parametrize("name", ["a.csv", "kiriman.json"])
def test_an_archive_that_lost_a_file_is_named(settings, name):
    drop(settings, "a.csv")
    archive_inbox(settings.state_dir, SOURCES, MORNING)
    next(settings.state_dir.glob(f"archive/*/*/{name}")).unlink()
    with pytest.raises(ContractProblem, match=r"Arsip .* tidak lengkap .* cadangan"):
        list_submissions(settings, CONTRACTS, NOON)


def test_a_folder_without_contract_is_named(settings):
    drop(settings, "a.csv", source="dinas_lain")
    assert unknown_inbox_folders(settings.state_dir, CONTRACTS) == ["dinas_lain"]


def test_published_facts_are_there_from_the_start(settings):
    origins = {item.source_id: item.origin for item in list_submissions(settings, CONTRACTS, NOON)}
    assert origins["diskominfo_spbe"] == "terbitan"
    assert origins["dlh_capaian_sampah"] == "terbitan"


def submission(name, origin, hour):
    return Submission("sumber", Path(name), "0" * 64, 1, datetime(2026, 11, 21, hour), origin)


@pytest.mark.parametrize(
    ("arrivals", "refused"),
    [
        ([("a.csv", "inbox"), ("b.csv", "inbox")], {}),
        ([("a.csv", "inbox"), ("a.csv", "inbox")], {0: "digantikan"}),
        ([("a.csv", "contoh"), ("b.csv", "inbox")], {1: "ditolak"}),
        ([("a.csv", "terbitan"), ("b.csv", "inbox")], {}),
        ([("a.csv", "inbox"), ("b.csv", "contoh"), ("b.csv", "contoh")], {0: "ditolak", 1: "digantikan"}),
    ],
)
def test_which_deliveries_are_not_read(arrivals, refused):
    items = [submission(name, origin, hour) for hour, (name, origin) in enumerate(arrivals)]
    assert {index: item.status for index, item in decide_refusals(items).items()} == refused


def test_the_first_real_delivery_asks_to_remove_the_sample():
    items = [submission("a.csv", "contoh", 1), submission("b.csv", "inbox", 2)]
    assert "python -m pipelines sample --remove sumber" in decide_refusals(items)[1].message
