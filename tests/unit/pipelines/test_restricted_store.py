"""Personal fields go to the restricted store and nowhere else; what is past its days is gone, also from the bytes."""

from __future__ import annotations

import stat
import sys
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import xlsxwriter

from pipelines.contracts.contract import SOURCES_DIR, ContractProblem, load_contract
from pipelines.deliveries.source_deliveries import SourceDeliveries
from pipelines.deliveries.submissions import Submission
from pipelines.judging.restricted_store import RestrictedStore
from tests.unit.pipelines.loaded import warehouse
from warehouse.durable_files import sha256_of
from warehouse.schema import metadata
from warehouse.settings import load_settings

PATH = SOURCES_DIR / "bpbd_kejadian_112" / "contract.yml"
INCIDENTS = load_contract(PATH)
HEADERS = ["Nomor Tiket", "Waktu Lapor", "Jenis Kejadian", "Kecamatan", "Status", "OPD Penangan", "Nama Pelapor",
           "Nomor Telepon", "Alamat", "Keterangan"]  # fmt: skip
OLD, NEW = datetime(2026, 10, 1, 8), datetime(2026, 11, 21, 16)


def row(number, name, kind="Kebakaran"):
    reported = f"{number} September 2026 09.05"
    persons = [name, "081234567890" if name else "", "Jalan Kenari Rahasia 7" if name else "", "Kenari kata pelapor"]
    return [f"MJK-{number}", reported, kind, "Mojosari", "Belum ditugaskan", "SATPOLPP", *persons]


def workbook(folder, name, rows):
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Keadaan s.d.: 30 September 2026 pukul 06.00 WIB")
        for number, cells in enumerate([HEADERS, *rows], 2):
            sheet.write_row(number, 0, cells)
    return path


@pytest.fixture
def filled(tmp_path):
    """A draft with three deliveries, the store of its data folder, and everything the draft says."""
    files = [
        (OLD, workbook(tmp_path, "kejadian_112_BPBD_a.xlsx", [row(1, "Kenari Lama"), row(2, "Kenari Dua")])),
        (
            NEW,
            workbook(
                tmp_path, "kejadian_112_BPBD_b.xlsx", [row(2, "Kenari Baru"), row(3, ""), row(4, "Kenari X", "?")]
            ),
        ),
    ]
    sent = [Submission("bpbd_kejadian_112", path, sha256_of(path), 1, at, "inbox") for at, path in files]
    with warehouse() as connection:
        records = SourceDeliveries(connection, INCIDENTS, load_settings().region, (), sent).load(tmp_path)
        connection.execute(metadata.tables["meta_submission"].insert(), records)
        told = "".join(repr(connection.execute(sa.select(table)).all()) for table in metadata.tables.values())
        assert [record["accepted_count"] for record in records] == [2, 2]
        yield connection, RestrictedStore(tmp_path / "data"), told, tmp_path


def keep(filled, since, name):
    connection, store, _told, folder = filled
    (folder / name).mkdir()
    store.keep(store.prepare(connection, folder / name, since))
    return store


def names(store):
    return {(row.row_key, row.cells["Nama Pelapor"]) for row in store.rows("bpbd_kejadian_112")}


def test_only_rows_that_count_are_kept_and_the_release_knows_nobody(filled):
    store = keep(filled, datetime(2026, 1, 1), "a")
    assert names(store) == {("ticket_no=MJK-1", "Kenari Lama"), ("ticket_no=MJK-2", "Kenari Baru")}
    (first, _second) = store.rows("bpbd_kejadian_112")
    assert first.cells == {
        "Nama Pelapor": "Kenari Lama",
        "Nomor Telepon": "081234567890",
        "Alamat": "Jalan Kenari Rahasia 7",
    }
    assert (first.row_no, first.received_at, first.is_sample) == (4, OLD, False)
    assert "Kenari" not in filled[2]
    assert "0812345" not in filled[2]
    assert store.rows("opd_lra") == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_its_folder_and_files_are_of_the_owner_alone(filled):
    store = keep(filled, datetime(2026, 1, 1), "a")
    rights = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in store.folder.glob("*.duckdb")}
    assert (stat.S_IMODE(store.folder.stat().st_mode), rights) == (0o700, {".duckdb": 0o600})


@pytest.mark.parametrize("way", ["build", "purge"])
def test_what_is_past_its_days_is_in_no_byte(filled, way):
    since = OLD + timedelta(seconds=1)
    store = keep(filled, datetime(2026, 1, 1) if way == "purge" else since, "a")
    if way == "purge":
        store.purge(since)
    assert names(store) == {("ticket_no=MJK-2", "Kenari Baru")}
    (file,) = store.folder.glob("*.duckdb")
    assert b"Kenari Baru" in file.read_bytes()
    assert b"Kenari Lama" not in file.read_bytes()
    assert store.contents().oldest == NEW
    store.purge(NEW + timedelta(seconds=1))
    assert (store.is_whole(), [path.name for path in store.folder.iterdir()]) == (True, ["isi.json"])


def test_a_stop_before_the_pointer_leaves_the_old_one_whole(filled, monkeypatch):
    store = keep(filled, OLD + timedelta(seconds=1), "a")
    before = store.contents()

    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.judging.restricted_store.write_durably", stop)
    with pytest.raises(KeyboardInterrupt):
        keep(filled, datetime(2026, 1, 1), "b")
    monkeypatch.undo()
    assert (store.contents(), store.is_whole(), len(names(store))) == (before, True, 1)
    keep(filled, datetime(2026, 1, 1), "c")
    assert (len(names(store)), len(list(store.folder.iterdir()))) == (2, 2)


def test_a_store_that_lost_its_file_is_not_whole(filled):
    store = keep(filled, datetime(2026, 1, 1), "a")
    known = store.contents()
    keep(filled, datetime(2026, 1, 1), "b")
    assert store.contents() == known  # the same cells: not written again
    next(store.folder.glob("*.duckdb")).unlink()
    assert not store.is_whole()
    assert store.rows("bpbd_kejadian_112") == []
    assert not RestrictedStore(filled[3] / "nowhere").is_whole()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "from: Nomor Tiket, type: code,",
            "from: Nomor Tiket, type: code, personal: true,",
            "tidak boleh dipakai di grain",
        ),
        ("from: Waktu Lapor, type: datetime,", "from: Waktu Lapor, type: datetime, personal: true,", "di period"),
        ("name: reporter_name", "name: report_kecamatan", ""),
        ("type: latitude, decimals: 2", "type: latitude, decimals: 2, personal: true", "beri nama lain"),
    ],
)
def test_a_personal_field_is_never_part_of_the_release(tmp_path, old, new, said):
    text = PATH.read_text("utf-8")
    assert old in text
    (tmp_path / "contract.yml").write_text(text.replace(old, new), "utf-8")
    if not said:
        assert len(load_contract(tmp_path / "contract.yml").restricted) == 3
        return
    with pytest.raises(ContractProblem, match=said):
        load_contract(tmp_path / "contract.yml")
