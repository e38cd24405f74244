"""A delivery that says again what its sender said before changes nothing; whatever says something new is loaded."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import xlsxwriter

from pipelines.contracts.contract import SOURCES_DIR, load_contract
from pipelines.deliveries.source_deliveries import SourceDeliveries
from pipelines.deliveries.submissions import Submission
from tests.unit.pipelines.loaded import warehouse
from tests.unit.pipelines.test_rows import CALL_HEADER, GOOD_CALL
from warehouse.durable_files import sha256_of
from warehouse.schema import meta_quarantine, metadata
from warehouse.settings import load_settings

_INSTALLED = load_contract(SOURCES_DIR / "dlh_timbulan_sampah" / "contract.yml")
WASTE = _INSTALLED.model_copy(update={"file": _INSTALLED.file.model_copy(update={"pattern": "sipsn_*"})})
CALLS = load_contract(SOURCES_DIR / "bpbd_panggilan_112" / "contract.yml")
HEADER = ["Tahun", "Provinsi", "Kabupaten/Kota", "Timbulan Sampah Harian(ton)", "Timbulan Sampah Tahunan(ton)"]
GOOD = ["2024", "Jawa Timur", "Kab. Mojokerto", "450.25", ""]
OTHER = ["2024", "Jawa Timur", "Kota Mojokerto", "70.5", ""]
BROKEN = ["2024", "Jawa Timur", "Kab. Gresik", "tujuh", ""]
NEWER = [*GOOD[:3], "460.25", ""]
FIRST = datetime(2026, 11, 21, 16)
A, B, X = "sipsn_a.csv", "sipsn_b.csv", "sipsn_x.xlsx"
DONE, PARTLY, GONE, AGAIN, NO = "diterima", "sebagian", "digantikan", "sudah diterima", "ditolak"


def write(path, rows, separator=","):
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write(0, 0, "Data Timbulan Sampah")
            for number, row in enumerate(rows, 2):
                for column, text in enumerate(row):
                    sheet.write(
                        number, column, float(text) if number > 2 and column in (0, 3) and text[0].isdigit() else text
                    )
    else:
        path.write_text("".join(separator.join(row) + "\n" for row in rows), "utf-8")
    return path


def load(contract, paths, tmp_path):
    """Statuses in order of arrival, an hour apart; rows loaded and held back by the place of their delivery."""
    sent = [
        Submission(contract.source_id, path, sha256_of(path), 1, FIRST + timedelta(hours=hour), "inbox")
        for hour, path in enumerate(paths)
    ]
    places = {item.submission_id: place for place, item in enumerate(sent)}
    with warehouse() as connection:
        records = SourceDeliveries(connection, contract, load_settings().region, (), sent).load(tmp_path)
        tables = (metadata.tables[contract.target_table], meta_quarantine)
        ids = [row[0] for table in tables for row in connection.execute(sa.select(table.c.submission_id))]
    return records, sorted(places[one] for one in ids)


@pytest.mark.parametrize(
    ("sent", "statuses", "from_"),
    [
        # renamed with its rows in another order, then as a workbook with a title
        ([(A, [GOOD, OTHER, BROKEN]), (B, [OTHER, BROKEN, GOOD]), (X, [GOOD, BROKEN, OTHER])],
         [PARTLY, AGAIN, AGAIN], [0, 0, 0]),
        ([(A, [GOOD]), (A, [GOOD], ";"), (A, [GOOD], "|"), (B, [GOOD])], [DONE, AGAIN, AGAIN, AGAIN], [0]),
        ([(A, [GOOD, BROKEN]), (B, [GOOD, [*BROKEN[:3], "delapan", ""]])], [PARTLY, PARTLY], [0, 1, 1]),
        # going back to what was said first says something new again
        ([(A, [GOOD]), (B, [NEWER]), (X, [GOOD])], [DONE, DONE, DONE], [2]),
        ([(A, [GOOD]), (A, [NEWER]), (A, [GOOD], ";")], [GONE, GONE, DONE], [2]),
        # a repeat is as if it had never been sent: what replaces the first replaces all there is
        ([(A, [GOOD, OTHER]), (B, [GOOD, OTHER]), (A, [NEWER])], [GONE, AGAIN, DONE], [2]),
        # a refused file between two says nothing
        ([(A, [GOOD]), (B, []), (X, [GOOD])], [DONE, NO, AGAIN], [0]),
        ([(A, [GOOD]), (A, []), (A, [GOOD], ";")], [DONE, NO, AGAIN], [0]),
    ],
)  # fmt: skip
def test_the_same_content_changes_nothing(tmp_path, sent, statuses, from_):
    paths = [
        write(tmp_path / str(number) / name, [HEADER, *rows], *separator)
        for number, (name, rows, *separator) in enumerate(sent)
    ]
    records, found = load(WASTE, paths, tmp_path)
    assert [record["status"] for record in records] == statuses
    assert found == from_


def test_a_repeat_says_what_it_repeats_and_counts_for_nothing(tmp_path):
    paths = [write(tmp_path / name, [HEADER, GOOD]) for name in (A, B)]
    records, _found = load(WASTE, paths, tmp_path)
    again = records[1]
    assert again["message"] == (
        f"Sudah diterima: isinya sama dengan kiriman {records[0]['file_name']}, diterima 21 November 2026 pukul 16.00. "
        "Tidak ada yang berubah."
    )
    assert (again["data_until"], again["row_count"], again["accepted_count"]) == (None, 0, 0)


@pytest.mark.parametrize(("until", "status"), [("15", AGAIN), ("16", DONE)])
def test_the_same_rows_complete_to_a_later_instant_are_news(tmp_path, until, status):
    """Nothing more happened until then: without it the clock would call a punctual sender late."""
    line = GOOD_CALL.replace("16:0", "14:0")
    names = ("panggilan_112_a_2026-11-21_s.d._15.csv", f"panggilan_112_b_2026-11-21_s.d._{until}.csv")
    paths = [write(tmp_path / name, [[CALL_HEADER], [line]]) for name in names]
    records, _found = load(CALLS, paths, tmp_path)
    assert [record["status"] for record in records] == [DONE, status]
